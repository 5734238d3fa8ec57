"""The evidence trail in words: inzicht → figures and quotes → support. Published stories only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.figures import Beside, FigureLine, beside, figure_line
from agenda.models import Inzicht, Support
from core.formats import MONTHS, dutch_date
from projects.models import Project
from stories.models import Quote, Story


@dataclass(frozen=True)
class SupportLine:
    votes: int
    held_on: date

    @property
    def text(self) -> str:
        """ "12 stippen in de wijkwerksessie van 14 november 2026"."""
        words = ngettext(
            "%(votes)s stip in de wijkwerksessie van %(day)s",
            "%(votes)s stippen in de wijkwerksessie van %(day)s",
            self.votes,
        )
        return words % {"votes": self.votes, "day": dutch_date(self.held_on)}


@dataclass(frozen=True)
class QuoteLine:
    """A resident's words. `told` says how and in which month, never who."""

    quote_id: int
    story_id: int
    door: str
    text: str
    told: str
    support: tuple[SupportLine, ...] = ()


@dataclass(frozen=True)
class InzichtLine:
    pk: int
    title: str
    text: str
    chapter: str
    relation: str
    relation_text: str
    figures: tuple[FigureLine, ...]
    quotes: tuple[QuoteLine, ...]


def support_lines(support: Iterable[Support]) -> tuple[SupportLine, ...]:
    return tuple(SupportLine(one.votes, one.held_on) for one in support if one.votes)


def told(story: Story) -> str:
    """ "openbaar formulier, november 2026": the month, since a day can point at a person."""
    return f"{story.get_door_display()}, {MONTHS[story.told_on.month - 1]} {story.told_on.year}"


def flat(text: str) -> str:
    """A passage on one line."""
    return " ".join(text.split())


def quote_line(quote: Quote) -> QuoteLine:
    """Needs `story` and `story__support` loaded."""
    story = quote.story
    support = support_lines(story.support.all())
    return QuoteLine(quote.pk, story.pk, story.get_door_display(), flat(quote.text), told(story), support)


def inzicht_line(inzicht: Inzicht, others: Beside) -> InzichtLine:
    """From a row of `Inzicht.objects.with_evidence()`."""
    return InzichtLine(
        pk=inzicht.pk,
        title=inzicht.title,
        text=inzicht.text,
        chapter=inzicht.get_chapter_display(),
        relation=inzicht.relation,
        relation_text=relation_text(inzicht),
        figures=tuple(figure_line(figure, others) for figure in inzicht.figures.all()),
        quotes=tuple(quote_line(quote) for quote in inzicht.quotes.all()),
    )


def relation_text(inzicht: Inzicht) -> str:
    """The relation as a short sentence; a blinde vlek says what is missing."""
    if inzicht.relation != Inzicht.Relation.BLINDE_VLEK:
        return inzicht.get_relation_display()
    if not inzicht.quotes.all():
        return _("blinde vlek: wel cijfers, geen verhalen")
    if not inzicht.figures.all():
        return _("blinde vlek: wel verhalen, geen cijfers")
    return _("blinde vlek")


def inzicht_lines(project: Project, inzichten: Iterable[Inzicht]) -> dict[int, InzichtLine]:
    """Per id of the inzicht. One query for what the figures are compared with."""
    inzichten = list(inzichten)
    indicators = {figure.indicator for inzicht in inzichten for figure in inzicht.figures.all()}
    others = beside(project, indicators)
    return {inzicht.pk: inzicht_line(inzicht, others) for inzicht in inzichten}
