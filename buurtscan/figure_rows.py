"""A figure as a row of the page of its chapter: everything in words, worked out when it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from buurtscan.pages import Cell
from buurtscan.reading import Reading
from buurtscan.standing import SHOWN, differing, skew_in_words, standouts, verdict_of, why
from buurtscan.words.figures import (
    alike_in_words,
    breaks_in_words,
    change_in_words,
    place_in_words,
    place_short,
)
from buurtscan.words.honesty import Fact, facts_of, why_missing
from buurtscan.words.member_values import ends_in_words, shown_large, spots_of, who_of
from buurtscan.words.sentences import sentence_of
from buurtscan.words.values import flags_in_words, value_in_words

MEMBERS_SHOWN = 3  # buurten of a set; more are behind one click
IN_SENTENCE = frozenset({"few_inhabitants", "few_cases"})


@dataclass(frozen=True)
class Judgement:
    """Only for a figure of which high or low is clearly good; never of who lives here."""

    tone: str
    words: str


@dataclass(frozen=True)
class Step:
    """One year of the course, for the table under the chart. `since` starts another definition."""

    period: str
    shown: str
    beside: str
    since: bool


@dataclass(frozen=True)
class Member:
    """A buurt of a set with its value; `small` asks for a mark, explained once under the list."""

    name: str
    shown: str
    small: bool
    there: bool


@dataclass(frozen=True)
class Row:
    reading: Reading
    newest: int = 0

    @cached_property
    def sentence(self) -> str:
        return sentence_of(self.reading)

    @cached_property
    def remarks(self) -> list[str]:
        """What to beware of, as far as the sentence does not say it."""
        said = IN_SENTENCE if self.sentence else frozenset[str]()
        return flags_in_words([flag for flag in self.reading.figure.flags if flag not in said])

    @cached_property
    def place(self) -> str:
        reading = self.reading
        if reading.spot is None or not reading.own:
            return ""
        return place_in_words(reading.spot, reading.indicator, reading.figure.level)

    @cached_property
    def why(self) -> str:
        """Why it stands out, in short: its place, or what it is beside; of a set, what holds for its buurten."""
        if not self.place or self.reading.spot is None:
            return why(self.reading)
        skew = skew_in_words(self.reading)
        place = place_short(self.reading.spot, self.reading.indicator, self.reading.figure.level)
        return f"{place}. {skew}" if skew else place

    @cached_property
    def judgement(self) -> Judgement | None:
        return judgement_of(self.reading)

    @cached_property
    def alike(self) -> str:
        reading = self.reading
        if reading.alike is None or reading.value is None or not reading.own:
            return ""
        return alike_in_words(reading.alike, reading.value)

    @cached_property
    def alike_median(self) -> str:
        alike = self.reading.alike
        if alike is None or not self.alike:
            return ""
        return value_in_words(self.reading.indicator, alike.median).split(" per ")[0]

    @cached_property
    def alike_rows(self) -> list[tuple[str, str]]:
        alike = self.reading.alike
        buurten = alike.buurten if alike else ()
        return [(buurt.name, value_in_words(self.reading.indicator, buurt.value)) for buurt in buurten]

    @cached_property
    def course(self) -> str:
        """What changed, and from when it was counted in another way."""
        if not self.reading.own or len(self.reading.trend.points) < 2:
            return ""
        trend = self.reading.trend
        said = (change_in_words(trend, self.reading.indicator), breaks_in_words(trend))
        return " ".join(part for part in said if part)

    @cached_property
    def steps(self) -> list[Step]:
        return steps_of(self.reading) if self.course else []

    @cached_property
    def value(self) -> tuple[str, str]:
        """The number, to be shown large, and what follows it: 92,0 · per 1.000 inwoners."""
        return split_value(shown_large(self.reading))

    @cached_property
    def members(self) -> list[Member]:
        return [
            Member(cell.name, cell.shown, is_small(cell), cell.value is not None)
            for cell in self.reading.line.members
        ]

    @property
    def ends(self) -> str:
        """In which buurten of a set it is lowest and highest."""
        return ends_in_words(self.reading) if self.reading.apart else ""

    @property
    def members_folded(self) -> bool:
        return len(self.members) > MEMBERS_SHOWN

    @property
    def has_small_members(self) -> bool:
        return any(member.small for member in self.members)

    @property
    def has_places(self) -> bool:
        """There is a chart to draw: of the area, or of the buurten in it."""
        return bool(self.place or spots_of(self.reading))

    @cached_property
    def around(self) -> list[Cell]:
        """The areas around it, the nearest first."""
        line = self.reading.line
        return [*line.wijken, *line.gemeenten, *line.land]

    @cached_property
    def compared(self) -> list[tuple[str, str, bool]]:
        """Name and value of each, without the unit that the figure beside it names; is there one?

        Empty where none of them has the figure: three times "niet gepubliceerd" says nothing.
        """
        if all(cell.value is None for cell in self.around):
            return []
        return [(cell.name, cell.shown.split(" per ")[0], cell.value is not None) for cell in self.around]

    @cached_property
    def missing(self) -> str:
        """Why there is no figure of the area itself; empty when there is."""
        return why_missing(self.reading.figure)

    @cached_property
    def facts(self) -> list[Fact]:
        return facts_of(self.reading, self.newest)

    @cached_property
    def direction(self) -> str:
        match self.reading.indicator.direction:
            case "gunstig":
                return _("Een hoog cijfer is gunstig.")
            case "ongunstig":
                return _("Een laag cijfer is gunstig.")
        return _("Hoog of laag is niet goed of slecht.")


@dataclass(frozen=True)
class Rows:
    """The figures of a chapter: first what stands out, or where nothing does in what the buurten of a set differ
    most; then all; apart, those of which nothing is known."""

    standouts: list[Row]
    differing: list[Row]
    known: list[Row]
    unknown: list[Row]

    @property
    def sets(self) -> bool:
        """Figures of the buurten of a set are among them."""
        return any(row.reading.line.members for row in self.known)


def rows_of(readings: Iterable[Reading], newest: int = 0, *, number: int = SHOWN) -> Rows:
    """`newest` is the newest year of boundaries, `number` how many may stand out."""
    rows = {reading.indicator.id: Row(reading, newest) for reading in readings}
    most = standouts((row.reading for row in rows.values()), number)
    apart = [] if most else differing((row.reading for row in rows.values()), number)
    return Rows(
        standouts=[rows[reading.indicator.id] for reading in most],
        differing=[rows[reading.indicator.id] for reading in apart],
        known=[row for row in rows.values() if is_readable(row)],
        unknown=[row for row in rows.values() if not is_readable(row)],
    )


def is_readable(row: Row) -> bool:
    cells = (row.reading.asked, *row.reading.line.members, *row.around)
    return any(cell.value is not None for cell in cells)


def is_small(cell: Cell) -> bool:
    return cell.value is not None and "few_inhabitants" in cell.figure.flags


def split_value(shown: str) -> tuple[str, str]:
    for between in (" per ", " ("):
        head, found, tail = shown.partition(between)
        if found:
            return head, (between + tail).strip()
    return shown, ""


def judgement_of(reading: Reading) -> Judgement | None:
    """Of what stands out only: not of the middle, of a small number of people, or of a larger area."""
    if reading.apart:
        return judgement_of_members(reading)
    match verdict_of(reading):
        case "gunstig":
            return Judgement("goed", _("gunstiger dan in de meeste gebieden"))
        case "ongunstig":
            return Judgement("let-op", _("minder gunstig dan in de meeste gebieden"))
    return None


def judgement_of_members(reading: Reading) -> Judgement | None:
    who = {"who": who_of(len(reading.apart), len(reading.line.members))}
    match verdict_of(reading):
        case "gunstig":
            return Judgement("goed", _("in %(who)s gunstiger dan in de meeste gebieden") % who)
        case "ongunstig":
            return Judgement("let-op", _("in %(who)s minder gunstig dan in de meeste gebieden") % who)
    return None


def steps_of(reading: Reading) -> list[Step]:
    gemeenten = reading.line.gemeenten
    beside = gemeenten[0].figure.trend if len(gemeenten) == 1 else []
    shown = {
        (one["period"], one.get("series", "")): value_in_words(reading.indicator, one["value"])
        for one in beside
    }
    return [
        Step(
            point.period,
            value_in_words(reading.indicator, point.value),
            shown.get((point.period, point.series), ""),
            since=bool(number) and position == 0,
        )
        for number, segment in enumerate(reading.trend.segments)
        for position, point in enumerate(segment)
    ]
