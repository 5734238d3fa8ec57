"""Shading an indicator among the buurten of a gemeente. Pure: no database, no clock.

The buurten with a figure are put in order and cut into five groups of about as many buurten. Buurten
with the same figure are always in the same group, so groups differ in size where figures do not.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched, groupby
from typing import Literal

from buurtscan.catalogue import Indicator
from buurtscan.figures import Held, Number, Year

GROUPS = 5
PER = " per "
MOST_ROWS = 50  # of the list beside the map, before it is shown in parts
SPREAD = {1: (3,), 2: (1, 5), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}
type Order = Literal["naam", "wijk", "hoog", "laag"]
ORDERS: tuple[Order, ...] = ("hoog", "laag", "naam", "wijk")


@dataclass(frozen=True)
class Shade:
    """One group: `tint` 1 is the lightest, 5 the darkest. `low` and `high` are figures that occur."""

    tint: int
    low: float
    high: float
    number: int


@dataclass(frozen=True)
class Spot:
    """A buurt on the map. `tint` is 0 without a figure; with `few` inhabitants a figure can be far off."""

    code: str
    name: str
    wijk: str
    value: float | None = None
    shown: str = ""
    tint: int = 0
    asked: bool = False
    few: bool = False
    path: str = ""

    @property
    def brief(self) -> str:
        """92,0 for 92,0 per 1.000 inwoners: the head of the column says the rest."""
        return self.shown.partition(PER)[0]


def values_in(
    indicator: Indicator, period: str, numbers: Iterable[Number], codes: Sequence[str]
) -> dict[str, float]:
    """What each of these areas has, by the same rules as a scan."""
    held = Held(numbers)
    cells = {measure: held.cells(measure, period, codes) for measure in indicator.all_measures}
    year = Year(indicator, period, cells)
    found = ((code, year.value([code])) for code in codes)
    return {code: value for code, value in found if value is not None}


def shades_of(values: Iterable[float]) -> tuple[Shade, ...]:
    """The groups that hold anything, the lowest first."""
    ordered = sorted(values)
    tints = tints_of(ordered)
    groups: dict[int, list[float]] = {}
    for value in ordered:
        groups.setdefault(tints[value], []).append(value)
    return tuple(Shade(tint, group[0], group[-1], len(group)) for tint, group in groups.items())


def tints_of(ordered: Sequence[float]) -> dict[float, int]:
    """The tint of each figure. Five figures or fewer: each its own; else by the share that has less."""
    distinct = list(dict.fromkeys(ordered))
    if len(distinct) <= GROUPS:
        return dict(zip(distinct, SPREAD.get(len(distinct), ()), strict=True))
    return {value: tint_at(ordered, value) for value in distinct}


def tint_at(ordered: Sequence[float], value: float) -> int:
    """Equal figures stand together in their middle."""
    middle = (bisect_left(ordered, value) + bisect_right(ordered, value)) / 2
    return min(GROUPS, 1 + int(GROUPS * middle / len(ordered)))


def tint_of(value: float | None, shades: Iterable[Shade]) -> int:
    if value is None:
        return 0
    return next((shade.tint for shade in shades if shade.low <= value <= shade.high), 0)


def in_order(spots: Iterable[Spot], order: Order) -> list[Spot]:
    """Without a figure last; equal figures by name."""
    by_name = sorted(spots, key=lambda spot: (spot.name.casefold(), spot.code))
    if order == "naam":
        return by_name
    if order == "wijk":
        return sorted(by_name, key=lambda spot: spot.wijk.casefold())
    sign = 1 if order == "laag" else -1
    return sorted(by_name, key=lambda spot: (spot.value is None, sign * (spot.value or 0)))


@dataclass(frozen=True)
class Part:
    """Some rows of the list that follow each other; `start` counts from 1. `open` says if it is shown at once."""

    start: int
    spots: tuple[Spot, ...]
    open: bool

    @property
    def end(self) -> int:
        return self.start + len(self.spots) - 1

    @property
    def first(self) -> Spot:
        return self.spots[0]

    @property
    def last(self) -> Spot:
        return self.spots[-1]


def parts_of(spots: Sequence[Spot], order: Order, most: int = MOST_ROWS) -> list[Part]:
    """A long list in parts, so that nobody has to go through hundreds of links: of each wijk, or of `most` rows.

    Open are the part with the area itself, and the first one where the order says what matters most.
    """
    if len(spots) <= most:
        return [Part(1, tuple(spots), open=True)]
    if order == "wijk":
        groups = [tuple(group) for _wijk, group in groupby(spots, key=lambda spot: spot.wijk)]
    else:
        groups = list(batched(spots, most))
    parts: list[Part] = []
    start = 1
    for group in groups:
        own = any(spot.asked for spot in group)
        parts.append(Part(start, group, open=own or (start == 1 and order != "wijk")))
        start += len(group)
    return parts


@dataclass(frozen=True)
class Standing:
    """How many of the `known` buurten have more and less than the one that was asked."""

    value: float
    above: int
    below: int
    known: int


def standing_of(code: str, values: Mapping[str, float]) -> Standing | None:
    """None without a figure, or without others to stand among."""
    value = values.get(code)
    if value is None or len(values) < 2:
        return None
    above = sum(other > value for other in values.values())
    below = sum(other < value for other in values.values())
    return Standing(value, above, below, len(values))
