"""How a figure is spread over all areas of the country, and the place of one value in it. Pure.

Values are compared as they are shown (rounded to the decimals of the indicator): two areas of which a
reader sees the same figure have the same place. Of fewer than a hundred areas, or areas in fewer than a
hundred gemeenten, nobody gets a place: that is no national picture, but a table that is half there or a
figure that is hardly ever published.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from buurtscan.catalogue import CATALOGUE, Indicator
from buurtscan.comparison import Spot
from buurtscan.figures import Figure, rounded

ENOUGH_AREAS = 100
ENOUGH_GEMEENTEN = 100
LEVELS = {"buurt": "BU", "wijk": "WK"}  # how the codes of a level begin

type Key = tuple[str, str]  # indicator, period


@dataclass(frozen=True)
class Spread:
    """The distinct values, low to high, and how many areas have each."""

    values: tuple[float, ...] = ()
    counts: tuple[int, ...] = ()

    @cached_property
    def _until(self) -> tuple[int, ...]:
        """How many areas have less than the first, the second, … value; the last is all."""
        return (0, *accumulate(self.counts))

    @property
    def number(self) -> int:
        return self._until[-1]

    @property
    def enough(self) -> bool:
        return self.number >= ENOUGH_AREAS

    def spot(self, value: float) -> Spot:
        below = self._until[bisect_left(self.values, value)]
        return Spot(below, self._until[bisect_right(self.values, value)] - below, self.number)

    @cached_property
    def median(self) -> float:
        """Raises ValueError without areas."""
        if not self.number:
            raise ValueError("nothing has no middle")
        low, high = self._at((self.number - 1) // 2), self._at(self.number // 2)
        return low if low == high else (low + high) / 2

    def _at(self, place: int) -> float:
        return self.values[bisect_right(self._until, place) - 1]


def spread_of(values: Iterable[float], decimals: int) -> Spread:
    """Of published values: what is not published is not among them, a true zero is."""
    found: Counter[float] = Counter()
    for value, number in Counter(values).items():
        found[rounded(value, decimals)] += number
    ordered = sorted(found.items())
    return Spread(tuple(value for value, _ in ordered), tuple(number for _, number in ordered))


def is_national(codes: Iterable[str]) -> bool:
    """The areas lie all over the country."""
    found = list(codes)
    return len(found) >= ENOUGH_AREAS and len({code[2:6] for code in found}) >= ENOUGH_GEMEENTEN


def axis_of(level: str) -> str:
    """Among which areas an asked area has its place: a wijk among wijken, all smaller ones among buurten."""
    return {"buurt": "buurt", "set": "buurt", "wijk": "wijk"}.get(level, "")


def is_spread(indicator: Indicator) -> bool:
    """A count says nothing beside other areas, and the catalogue knows some more figures that do not."""
    return indicator.ranked and not indicator.count


def has_place(figure: Figure) -> bool:
    """A figure of a larger area is no place of the area itself."""
    return figure.status == "ok" and figure.value is not None and is_spread(CATALOGUE[figure.indicator])


def keys_of(figures: Iterable[Figure]) -> set[Key]:
    return {(figure.indicator, figure.period) for figure in figures if has_place(figure)}


def placed(figures: Sequence[Figure], spreads: Mapping[Key, Spread]) -> list[Figure]:
    """The figures with their place, where there is one."""
    return [placed_one(figure, spreads.get((figure.indicator, figure.period))) for figure in figures]


def placed_one(figure: Figure, spread: Spread | None) -> Figure:
    if spread is None or not spread.enough or figure.value is None or not has_place(figure):
        return figure
    value = rounded(figure.value, CATALOGUE[figure.indicator].decimals)
    return replace(figure, spot=spread.spot(value), median=spread.median)
