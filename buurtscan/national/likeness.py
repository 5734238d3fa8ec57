"""Which buurten look like an area: as urban, as large, with such houses and such ages. Pure.

Each feature is put on one scale with the middle and the spread of all buurten (median, and the distance
between the quarters as a standard deviation), so that a few extreme buurten do not stretch it. The four
themes count equally, however many features a theme has; the distance is the plain (Euclidean) one.
Income, origin, health and safety take no part: they are what is to be compared.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from statistics import median, quantiles

from buurtscan.held import Held

INHABITANTS = "T001036"
HOUSEHOLDS = "1050010_2"
DENSITY = "ST0003"
THEMES: dict[str, tuple[str, ...]] = {
    "urbanity": ("density",),
    "size": ("inhabitants",),
    "housing": ("owned", "corporation", "single_family"),
    "ages": ("under_15", "from_15_to_25", "from_65"),
}
FEATURES = tuple(feature for features in THEMES.values() for feature in features)
HOUSING = {"owned": "1014800", "corporation": "A047047", "single_family": "ZW10290"}
AGES = {"under_15": "10680", "from_15_to_25": "53050", "from_65": "80200"}
MEASURES = (INHABITANTS, HOUSEHOLDS, DENSITY, *HOUSING.values(), *AGES.values())
ENOUGH_INHABITANTS = 200
NEAREST = 10
AS_STANDARD_DEVIATION = 1.349  # in a normal distribution the quarters lie this many deviations apart
DECIMALS = 3

type Numbers = Mapping[str, float]  # measure: value, of one area in one year
type Known = dict[str, float]  # feature: value, of one area
type Position = tuple[float, ...]


@dataclass(frozen=True)
class Scale:
    """The features that the year has, and the middle and the spread of each over all buurten."""

    features: tuple[str, ...]
    centre: Position
    spread: Position

    @cached_property
    def weights(self) -> Position:
        """Each theme counts as one, however many of its features are known."""
        number = Counter(theme_of(feature) for feature in self.features)
        return tuple(1 / math.sqrt(number[theme_of(feature)]) for feature in self.features)

    def position(self, known: Known | None) -> Position | None:
        """On one scale, weighted: the plain distance between two positions is how much they differ."""
        if known is None or any(feature not in known for feature in self.features):
            return None
        values = (known[feature] for feature in self.features)
        parts = zip(values, self.centre, self.spread, self.weights, strict=True)
        return tuple(
            round((value - centre) / spread * weight, DECIMALS) for value, centre, spread, weight in parts
        )


@dataclass(frozen=True)
class Near:
    """A buurt and how far it is: 0 is the same, 1 is one standard deviation in one theme."""

    code: str
    distance: float


def theme_of(feature: str) -> str:
    return next(theme for theme, features in THEMES.items() if feature in features)


def features_of(members: Sequence[Numbers]) -> Known | None:
    """Of one area, or of buurten taken together; without what is not published. None when it is too small
    to say of it how people live there."""
    people = _sum(members, INHABITANTS)
    if people is None or people < ENOUGH_INHABITANTS:
        return None
    density = _mean(members, DENSITY, INHABITANTS)
    found = {
        "density": None if density is None else math.log1p(max(density, 0)),
        "inhabitants": math.log(people),
        **{name: _mean(members, measure, HOUSEHOLDS) for name, measure in HOUSING.items()},
        **{name: _share(members, measure, people) for name, measure in AGES.items()},
    }
    return {name: value for name, value in found.items() if value is not None}


def usable(all_known: Collection[Known]) -> tuple[str, ...]:
    """The features that at least half of the areas have; none when a theme would be without any."""
    half = len(all_known) / 2
    number = Counter(feature for known in all_known for feature in known)
    found = tuple(feature for feature in FEATURES if number[feature] and number[feature] >= half)
    return found if {theme_of(feature) for feature in found} == set(THEMES) else ()


def _share(members: Sequence[Numbers], measure: str, people: float) -> float | None:
    number = _sum(members, measure)
    return None if number is None else 100 * number / people


def _sum(members: Sequence[Numbers], measure: str) -> float | None:
    values = [numbers.get(measure) for numbers in members]
    return None if None in values else sum(value for value in values if value is not None)


def _mean(members: Sequence[Numbers], measure: str, of: str) -> float | None:
    """What is published per area as a percentage or an average, weighted by what it is of."""
    if len(members) == 1:
        return members[0].get(measure)
    total = _sum(members, of)
    if not total or any(measure not in numbers for numbers in members):
        return None
    return sum(numbers[measure] * numbers[of] for numbers in members) / total


def scale_of(all_known: Collection[Known]) -> Scale | None:
    """None when the year lacks too much, or has fewer than two complete areas."""
    features = usable(all_known)
    whole = [known for known in all_known if all(feature in known for feature in features)]
    if not features or len(whole) < 2:
        return None
    columns = [[known[feature] for known in whole] for feature in features]
    return Scale(features, tuple(map(median, columns)), tuple(map(_spread, columns)))


def _spread(column: Sequence[float]) -> float:
    low, _, high = quantiles(column, n=4)
    return (high - low) / AS_STANDARD_DEVIATION or 1.0


def nearest(
    position: Position,
    positions: Mapping[str, Sequence[float]],
    without: Iterable[str],
    number: int = NEAREST,
) -> list[Near]:
    """The nearest first; of two that are as near, the one with the lower code."""
    own = frozenset(without)
    dist = math.dist
    found = nsmallest(number + len(own), ((dist(position, other), code) for code, other in positions.items()))
    return [Near(code, round(away, DECIMALS)) for away, code in found if code not in own][:number]


def numbers_of(held: Held, codes: Sequence[str], period: str) -> list[Numbers]:
    """What the features of these areas are made of, an empty one for an area that is not held."""
    cells = {measure: held.cells(measure, period, codes).values for measure in MEASURES}
    return [{measure: values[code] for measure, values in cells.items() if code in values} for code in codes]


def own_position(scale: Scale, held: Held, codes: Sequence[str], period: str) -> Position | None:
    """In the year of the others; where the area is unknown in that year, in the newest it is known."""
    periods = [period, *(found for found in held.periods([INHABITANTS, DENSITY]) if found != period)]
    found = (scale.position(features_of(numbers_of(held, codes, one))) for one in periods)
    return next((position for position in found if position), None)
