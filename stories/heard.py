"""The page "Wie hebben we nog niet gehoord?": published counts beside the population, in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.formats import dutch_number
from projects.models import Project
from stories.hearing.coverage import ENOUGH, Heard, heard
from stories.hearing.groups import GROUPS, WHY_APART, Group, Text
from stories.hearing.suppression import LEAST, ROOM
from stories.models import TellerCount
from stories.models.hearing import ANSWERS, EVERYBODY, STORIES
from stories.population import Population, Share

TITLES: dict[str, Text] = {
    "age": gettext_lazy("Leeftijd"),
    "household": gettext_lazy("Huishouden"),
    "tenure": gettext_lazy("Huur of koop"),
    "disability": gettext_lazy("Beperking of lange ziekte"),
    "lives": gettext_lazy("Hoe lang hier"),
}


@dataclass(frozen=True)
class Counted:
    """One question as it was published: without a number a group is `few`, or it covers a small one."""

    question: str
    total: int
    counted_on: date
    numbers: dict[str, int]

    def number(self, answer: str) -> int | None:
        return self.numbers.get(answer) or None

    def few(self, answer: str) -> bool:
        return self.numbers.get(answer) == 0


@dataclass(frozen=True)
class Line:
    """What is said of one group; `whom` is what a task to look for them starts with."""

    whom: str
    sentence: str
    judgement: str
    heard: Heard
    share: Share | None
    lower: bool

    @property
    def order(self) -> tuple[bool, bool, float]:
        """Who is heard least first, then the largest part of the neighbourhood."""
        return (self.heard is not Heard.LESS, not self.lower, -(self.share.percent if self.share else 0.0))


@dataclass(frozen=True)
class Said:
    """One question: sentences, or that there are too few stories to say anything."""

    title: str
    total: int
    counted_on: date | None
    lines: tuple[Line, ...]
    why_apart: str
    enough: bool


@dataclass(frozen=True)
class Skipped:
    """How many stories came in, and with how many of them nothing was answered (None: fewer than five)."""

    stories: int
    answered: int
    skipped: int | None
    counted_on: date


def counts_of(project: Project) -> dict[str, Counted]:
    """By question; only those that were ever published. One query."""
    found: dict[str, Counted] = {}
    rows = list(TellerCount.objects.filter(project=project))
    for row in rows:
        if row.answer == "":
            found[row.question] = Counted(row.question, row.number, row.counted_on, {})
    for row in rows:
        if row.answer and row.question in found:
            found[row.question].numbers[row.answer] = row.number
    return found


def skipped_of(counts: dict[str, Counted]) -> Skipped | None:
    answered, stories = counts.get(EVERYBODY), counts.get(STORIES)
    if answered is None or stories is None or stories.total < answered.total:
        return None  # stories go when their time is up, answers stay
    number = stories.total - answered.total
    return Skipped(stories.total, answered.total, number if number >= LEAST else None, answered.counted_on)


def said_of(counts: dict[str, Counted], population: Population) -> list[Said]:
    return [_said(question, counts.get(question), population) for question in GROUPS]


def least_heard(said: Iterable[Said]) -> Line | None:
    """The group of all questions to go to first: heard less than chance explains."""
    lines = [line for one in said for line in one.lines if line.heard is Heard.LESS]
    return min(lines, key=lambda line: line.order, default=None)


def _said(question: str, counted: Counted | None, population: Population) -> Said:
    title = str(TITLES[question])
    apart = str(WHY_APART.get(question, ""))
    if counted is None:
        return Said(title, 0, None, (), apart, enough=False)
    enough = counted.total >= ENOUGH
    lines = (_line(group, counted, population.share(group)) for group in GROUPS[question])
    ordered = sorted(lines, key=lambda line: line.order) if enough else []
    return Said(title, counted.total, counted.counted_on, tuple(ordered), apart, enough)


def _line(group: Group, counted: Counted, share: Share | None) -> Line:
    number, few = counted.number(group.answer), counted.few(group.answer)
    percent = share.percent if share and share.comparable else None
    found = heard(number, counted.total, percent, few=few)
    most = ROOM if few else number
    lower = percent is not None and most is not None and most < percent * counted.total / 100
    return Line(
        whom=str(group.who),
        sentence=_sentence(group, counted, share),
        judgement=_judgement(found, lower=lower),
        heard=found,
        share=share,
        lower=lower,
    )


def _sentence(group: Group, counted: Counted, share: Share | None) -> str:
    part = f", {share.shown} {share.of}," if share else ""
    words = {"who": f"{group.who}{part}", "total": dutch_number(counted.total)}
    number = counted.number(group.answer)
    if counted.few(group.answer):
        return _("Van %(who)s kwamen minder dan 5 van deze %(total)s verhalen.") % words
    if number is None:
        text = _("Van %(who)s tonen wij geen aantal: anders is een kleine groep uit te rekenen.")
        return text % words
    words["number"] = dutch_number(number)
    words["percent"] = dutch_number(100 * number / counted.total)
    return _("Van %(who)s kwamen %(number)s van deze %(total)s verhalen (%(percent)s%%).") % words


def _judgement(found: Heard, *, lower: bool) -> str:
    if found is Heard.LESS:
        return _("Dat is minder dan hun deel van het gebied. Wie gaat naar hen toe?")
    if found is Heard.MORE:
        return _("Dat is meer dan hun deel van het gebied.")
    if found is Heard.FAIR and lower:
        return _("Dat is minder dan hun deel van het gebied, maar het kan toeval zijn.")
    return _("Dat past bij hun deel van het gebied.") if found is Heard.FAIR else ""


@dataclass(frozen=True)
class Cell:
    answer: str
    shown: str


@dataclass(frozen=True)
class Table:
    title: str
    total: int
    counted_on: date
    cells: tuple[Cell, ...]


def tables_of(counts: dict[str, Counted]) -> list[Table]:
    """Every question that was published, each answer with its number or why there is none."""
    return [
        Table(str(TITLES[question]), found.total, found.counted_on, tuple(_cells(found)))
        for question in GROUPS
        if (found := counts.get(question))
    ]


def _cells(found: Counted) -> Iterable[Cell]:
    for answer, label in ANSWERS[found.question].choices:
        number = found.number(answer)
        if number is not None:
            shown = dutch_number(number)
        else:
            shown = _("minder dan 5") if found.few(answer) else _("niet getoond")
        yield Cell(str(label), shown)
