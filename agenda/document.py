"""The whole agenda of a project as one frozen thing: page, PDF, HTML and JSON are made of it."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.evidence import InzichtLine, QuoteLine, SupportLine, flat, inzicht_lines, support_lines
from agenda.figures import FigureLine
from agenda.models import Agendapunt, Idea, published_quotes
from core.formats import dutch_date
from projects.models import Project, UrgencyStatement

State = Agendapunt.State
COUNT_WORDS = [
    "Geen",
    "Eén",
    "Twee",
    "Drie",
    "Vier",
    "Vijf",
    "Zes",
    "Zeven",
    "Acht",
    "Negen",
    "Tien",
    "Elf",
    "Twaalf",
]
LICENCE = "CC BY 4.0 (Leefbaarometer: CC0)"


@dataclass(frozen=True)
class Urgency:
    tone: str
    text: str
    felt_by: str
    since: str


@dataclass(frozen=True)
class Point:
    number: int
    pk: int
    title: str
    wat: str
    waar: str
    wanneer: str
    trekker: str
    helpers: tuple[str, ...]
    policy: str
    quick_win: bool
    state: str
    state_text: str
    inzichten: tuple[InzichtLine, ...]
    support: tuple[SupportLine, ...]

    @property
    def agreed(self) -> bool:
        return self.state == State.AFGESPROKEN

    @property
    def quotes(self) -> tuple[QuoteLine, ...]:
        return tuple(quote for inzicht in self.inzichten for quote in inzicht.quotes)


@dataclass(frozen=True)
class Agenda:
    """`number` is that of the document, 0 for a print or an export that is not kept."""

    name: str
    slug: str
    areas: tuple[str, ...]
    gemeente: str
    is_demo: bool
    made_on: date
    number: int
    urgencies: tuple[Urgency, ...]
    points: tuple[Point, ...]

    @property
    def is_concept(self) -> bool:
        """True until every point in it is agreed."""
        return not self.points or not all(point.agreed for point in self.points)

    @property
    def label(self) -> str:
        """ "concept 2" or "versie 3"; without a number "concept" or "afgesproken"."""
        if self.is_concept:
            return _("concept %(number)s") % {"number": self.number} if self.number else _("concept")
        return _("versie %(number)s") % {"number": self.number} if self.number else _("afgesproken")

    @property
    def title(self) -> str:
        return _("Buurtagenda %(name)s") % {"name": self.name}

    @property
    def footer(self) -> str:
        """ "Voorbeeld · Buurtagenda Moerwijk-Oost · 12 december 2026 · concept 2"."""
        parts = [_("Voorbeeld")] if self.is_demo else []
        return " · ".join([*parts, self.title, dutch_date(self.made_on), self.label])

    @property
    def years(self) -> str:
        return str(self.made_on.year + (self.made_on.month >= 10))

    @property
    def heading(self) -> str:
        """ "Zes afspraken voor Moerwijk-Oost"; from thirteen on in figures."""
        count = len(self.points)
        word = COUNT_WORDS[count] if count < len(COUNT_WORDS) else str(count)
        words = ngettext("%(word)s afspraak voor %(name)s", "%(word)s afspraken voor %(name)s", count)
        return words % {"word": word, "name": self.name}

    @property
    def figures(self) -> tuple[FigureLine, ...]:
        """Every figure once, in the order of the points."""
        found = {
            (figure.indicator, figure.code): figure
            for point in self.points
            for inzicht in point.inzichten
            for figure in inzicht.figures
        }
        return tuple(found.values())

    @property
    def quotes(self) -> tuple[QuoteLine, ...]:
        """Every quote once."""
        return tuple({q.quote_id: q for point in self.points for q in point.quotes}.values())

    @property
    def doors(self) -> tuple[tuple[str, int], ...]:
        """How the quoted stories were told, and how many of each."""
        return tuple(Counter({q.story_id: q.door for q in self.quotes}.values()).most_common())

    @property
    def story_count(self) -> int:
        return len({quote.story_id for quote in self.quotes})


def build_agenda(project: Project, *, with_concept: bool = True, made_on: date, number: int = 0) -> Agenda:
    """Agreed points, and those in concept when asked; never what was dropped or is not published."""
    punten = Agendapunt.objects.of(project).for_agenda()
    punten = punten.on_agenda() if with_concept else punten.agreed()
    areas = list(project.areas.all())
    return Agenda(
        name=project.name,
        slug=project.slug,
        areas=tuple(area.name for area in areas),
        gemeente=next((area.gemeente_name for area in areas), ""),
        is_demo=project.is_demo,
        made_on=made_on,
        number=number,
        urgencies=tuple(map(urgency, UrgencyStatement.objects.filter(project=project))),
        points=points_of(project, punten),
    )


def points_of(project: Project, punten: Iterable[Agendapunt], *, start: int = 1) -> tuple[Point, ...]:
    """From rows of `Agendapunt.objects.for_agenda()`, numbered in their order."""
    punten = list(punten)
    lines = inzicht_lines(project, {i.pk: i for punt in punten for i in punt.inzichten.all()}.values())
    return tuple(point(number, punt, lines) for number, punt in enumerate(punten, start=start))


def point(number: int, punt: Agendapunt, lines: dict[int, InzichtLine]) -> Point:
    return Point(
        number=number,
        pk=punt.pk,
        title=punt.title,
        wat=punt.wat,
        waar=punt.waar,
        wanneer=punt.wanneer,
        trekker=punt.trekker.name if punt.trekker else "",
        helpers=tuple(one.name for one in punt.helpers.all() if one.pk != punt.trekker_id),
        policy=policy_text(punt.idea),
        quick_win=punt.quick_win,
        state=punt.state,
        state_text=punt.get_state_display(),
        inzichten=tuple(lines[inzicht.pk] for inzicht in punt.inzichten.all()),
        support=support_lines(punt.support.all()),
    )


def policy_text(idea: Idea | None) -> str:
    """ "Past in: Uitvoeringsplan openbare verlichting, 2026–2028", or nothing when nothing is said."""
    if idea is None or not idea.fit:
        return ""
    if idea.policy_line is None:
        return _("Hiervoor is nog geen beleid")
    line = ", ".join(filter(None, [idea.policy_line.title, idea.policy_line.years]))
    words = {
        Idea.Fit.PAST: _("Past in: %(line)s"),
        Idea.Fit.PAST_DEELS: _("Past deels in: %(line)s"),
        Idea.Fit.BOTST: _("Botst met: %(line)s"),
    }
    return words[Idea.Fit(idea.fit)] % {"line": line}


def urgency(statement: UrgencyStatement) -> Urgency:
    tone = statement.get_tone_display()
    return Urgency(tone, statement.text, statement.felt_by, statement.since)


def mark_of(quotes: Mapping[int, str]) -> str:
    """A mark of the words of residents, by the id of each quote."""
    return hashlib.sha256(json.dumps(sorted(quotes.items())).encode()).hexdigest()


def current_mark(quote_ids: Iterable[int]) -> str:
    """The mark of these quotes as they are public now: another once a story is withdrawn or changed."""
    quotes = published_quotes().filter(pk__in=list(quote_ids))
    return mark_of({quote.pk: flat(quote.text) for quote in quotes})
