"""What a measure and an indicator are."""

from dataclasses import dataclass
from typing import Literal

type Direction = Literal["gunstig", "ongunstig", "neutraal"]
type SourceName = Literal["kwb", "rivm", "politie", "leefbaarometer", "ses_woa", "nabijheid"]

UNITS = frozenset(
    {
        "aantal",
        "%",
        "x 1 000 euro",
        "per 1 000 inwoners",
        "per 1 000 inwoners van 15 tot 65 jaar",
        "personen",
        "inwoners per km²",
        "adressen per km²",
        "auto's",
        "auto's per km²",
        "hectare",
        "km",
        "scholen",
        "m³",
        "kWh",
        "klasse 1-5",
        "klasse 1-9",
        "verschil met Nederland",
    }
)


@dataclass(frozen=True)
class Name:
    """A v3 column without its number, and the group above it where the name repeats in a table."""

    base: str
    group: str = ""


@dataclass(frozen=True)
class Measure:
    """A number as a source publishes it. `id` is ours: for KWB the v4 code, which changes least.

    `v4` and `v3` are all names it had, the newest first; `first` and `last` are the years of the
    tables that can have it. `breaks` are the years in which it got another definition.
    """

    id: str
    source: SourceName
    v4: tuple[str, ...] = ()
    v3: tuple[Name, ...] = ()
    first: int = 0
    last: int = 9999
    breaks: tuple[int, ...] = ()

    def exists_in(self, year: int) -> bool:
        return self.first <= year <= self.last


@dataclass(frozen=True)
class Combination:
    """How a number is recomputed: sum of `numerator` / sum of `denominator` × `times`."""

    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    times: float

    @property
    def measures(self) -> tuple[str, ...]:
        return (*self.numerator, *self.denominator)


@dataclass(frozen=True)
class Indicator:
    """A figure a reader understands.

    Either `measures` (as published; more than one are counts to add up) or `formula` (a rate we
    compute ourselves). `combine` recomputes a published average for a set of buurten.

    `reading` says what `meaning` leaves open: who is counted, what high and low mean, what to beware of.
    `ranked` is False where a place among the buurten says nothing: a large buurt has more of everything.
    `rounded` counts are published in fives; `made` says how it was made where the kind of figure does not.
    `breaks` are the years from which figures cannot be compared with those before (docs/open-data.md).
    """

    id: str
    chapter: str
    title: str
    meaning: str
    unit: str
    direction: Direction
    source: SourceName
    decimals: int
    measures: tuple[str, ...] = ()
    formula: Combination | None = None
    combine: Combination | None = None
    count: bool = False
    composition: bool = False
    labels: tuple[str, ...] = ()
    reading: str = ""
    ranked: bool = True
    rounded: bool = False
    made: str = ""
    breaks: tuple[int, ...] = ()

    def series(self, period: str) -> str:
        """The definition that holds in a period: the year it began, or nothing for the first one.

        A line may join two periods only when they are of the same series.
        """
        begun = [year for year in self.breaks if str(year) <= period[:4]]
        return str(max(begun)) if begun else ""

    @property
    def parts(self) -> tuple[str, ...]:
        """The measures that the figure of one area is made of, that of its own source first."""
        return self.formula.measures if self.formula else self.measures

    @property
    def all_measures(self) -> frozenset[str]:
        return frozenset(self.parts) | frozenset(self.combine.measures if self.combine else ())

    @property
    def modelled(self) -> bool:
        """RIVM estimates buurten with a model; nobody counted."""
        return self.source == "rivm"
