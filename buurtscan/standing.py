"""How much a figure stands out, and which way. Pure; the rule is in docs/open-data.md.

A figure stands out by its place among all areas of the country, and more so when the gemeente and the
look-alikes are elsewhere. Small numbers and estimates weigh less. Who lives here may stand out, and is
never good or bad. A figure that the buurten of a set have only apart stands out by those buurten. What is nearly the figure of Nederland never does,
however few areas are as high: then the figure is spread unevenly, and `skew_in_words` says so.
"""

import math
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from buurtscan.catalogue import Indicator
from buurtscan.comparison import Spot
from buurtscan.national.distribution import is_spread
from buurtscan.reading import Reading
from buurtscan.words.figures import alike_in_words, kind_of, place_short
from buurtscan.words.member_values import bound_in_words, places_in_short, who_of
from buurtscan.words.wording import WORDING

SHOWN = 3
DEVIATION = "verschil met Nederland"
MIDDLE = 0.4  # nearer to the middle than this (30 to 70 of the 100), nothing stands out
ENOUGH = 0.5
LEAST = 0.25  # after damping: what is left of it may be chance
PLACE, GEMEENTE, ALIKE = 3, 1, 1
ENOUGH_ALIKE = 5
APART = 30  # places of the hundred between the buurten of a set: fewer is no great difference
TOGETHER = 2  # buurten: fewer show nothing of the set
SMALL = frozenset({"few_inhabitants", "few_cases"})
DAMPING = {"few_inhabitants": 0.3, "few_cases": 0.4, "modelled": 0.85}
NEUTRAL, COMPOSITION = 0.85, 0.75
WITHOUT_PLACES = 0.5  # the most a figure weighs of which only gemeente and country are known
ENOUGH_BESIDE = 0.35
CLASSES, POINT = 4, 0.3  # so far apart counts as wholly different
NEAR = 0.05  # of a world of difference: 5 of the 100 euros, or one point beside eighty of the hundred
AVERAGE = "rond het gemiddelde"  # the class that holds Nederland, where classes are deviations from it


def weight_of(reading: Reading) -> float:
    """0 for what does not stand out, to 1 for what deviates most."""
    if reading.apart:
        return weight_of_members(reading.apart)
    if reading.value is None or not reading.own or not is_spread(reading.indicator):
        return 0
    if is_as_country(reading):
        return 0
    found = by_place(reading, reading.spot) if reading.spot else by_what_is_beside(reading)
    for flag in reading.figure.flags:
        found *= DAMPING.get(flag, 1)
    if reading.indicator.composition:
        found *= COMPOSITION
    elif reading.indicator.direction == "neutraal":
        found *= NEUTRAL
    return found if found >= LEAST else 0


def weight_of_members(members: Sequence[Reading]) -> float:
    """Of the buurten of a set that have the figure: two or more, all on the same side and outside the middle.

    It weighs as much as that of the buurt where it weighs least, so that what is said holds for each of
    them. Buurten with few people or cases have to lie on that side, too, but do not decide how much it
    weighs: beside larger ones they confirm it, and a hamlet would take away what a whole village shows.
    Where all are small the least of them decides, damped as for one area.
    """
    if len(members) < TOGETHER or not all(map(is_out, members)) or len({*map(is_high, members)}) > 1:
        return 0
    large = [member for member in members if not SMALL.intersection(member.figure.flags)]
    return min(weight_of(member) for member in large or members)


def is_out(reading: Reading) -> bool:
    """Outside the middle, or else far from what is beside it."""
    if reading.spot is None:
        return by_what_is_beside(reading) > 0
    return from_middle(reading.spot) >= MIDDLE and not is_as_country(reading)


def from_middle(spot: Spot) -> float:
    """0 to 1, by the areas that really have less (or more): those with the same figure do not count.

    So nothing stands out of which the words can only say that it is higher than in 59 of the 100.
    """
    part = spot.below if spot.share > 50 else spot.above
    return max(0.0, 2 * part / spot.ranked - 1)


def is_as_country(reading: Reading) -> bool:
    """Nearly the figure of Nederland as a whole; False where that is not known."""
    value, indicator = reading.value, reading.indicator
    if value is None:
        return False
    if indicator.labels and AVERAGE in indicator.labels:
        return indicator.labels.index(AVERAGE) + 1 == round(value)
    country = 0.0 if indicator.unit == DEVIATION else country_of(reading)
    return country is not None and difference(indicator, value, country) < NEAR


def country_of(reading: Reading) -> float | None:
    return next((cell.value for cell in reading.line.land if cell.value is not None), None)


def skew_in_words(reading: Reading) -> str:
    """Why a figure as that of Nederland lies far from the middle of the areas; empty where it does not.

    Always true: where most areas have less and the whole has as much, the others are larger or differ more.
    """
    spot = reading.spot
    if (
        spot is None
        or not reading.own
        or reading.indicator.labels
        or from_middle(spot) < MIDDLE
        or not is_as_country(reading)
    ):
        return ""
    if spot.share > 50:
        more = _(
            "Toch ongeveer als heel Nederland: de %(kind)s waar het hoger is, zijn groter of wijken meer af."
        )
    else:
        more = _(
            "Toch ongeveer als heel Nederland: de %(kind)s waar het lager is, zijn groter of wijken meer af."
        )
    return more % {"kind": kind_of(reading.figure.level)}


def by_place(reading: Reading, spot: Spot) -> float:
    """How far from the middle, and how much farther out than the gemeente and the look-alikes.

    Where those lie as far out or farther, they take away from it: then it is not of this area alone.
    """
    place = from_middle(spot)
    outward = 1 if spot.share > 50 else -1
    parts = [(PLACE, place)]
    if reading.gemeente_spot:
        parts.append((GEMEENTE, between_0_and_1(outward * (spot.share - reading.gemeente_spot.share) / 50)))
    if reading.alike and len(reading.alike.buurten) >= ENOUGH_ALIKE and reading.value is not None:
        parts.append((ALIKE, between_0_and_1(outward * among_alike(reading, reading.value))))
    score = sum(weight * part for weight, part in parts) / sum(weight for weight, _part in parts)
    return score if place >= MIDDLE and score >= ENOUGH else 0


def between_0_and_1(value: float) -> float:
    return min(1.0, max(0.0, value))


def among_alike(reading: Reading, value: float) -> float:
    """1 when all look-alikes have less, −1 when all have more."""
    values = [buurt.value for buurt in reading.alike.buurten] if reading.alike else []
    return sum((value > other) - (value < other) for other in values) / len(values)


def by_what_is_beside(reading: Reading) -> float:
    """The weaker rule, as long as the country is not known: the difference with Nederland or the gemeente."""
    other = beside(reading)
    if other is None or reading.value is None:
        return 0
    apart = min(1, difference(reading.indicator, reading.value, other))
    return apart * WITHOUT_PLACES if apart >= ENOUGH_BESIDE else 0


def beside(reading: Reading) -> float | None:
    cells = [*reading.line.land, *reading.line.gemeenten]
    return next((cell.value for cell in cells if cell.value is not None), None)


def difference(indicator: Indicator, value: float, other: float) -> float:
    """1 is a world of difference: thirty of the hundred beside eighty, or nearly three times as much."""
    if indicator.unit == "%":
        return abs(logit(value) - logit(other)) / 2
    if indicator.labels:
        return abs(value - other) / CLASSES
    if indicator.unit == DEVIATION:
        return abs(value - other) / POINT
    return abs(math.log(value / other)) if value > 0 and other > 0 else 0


def logit(percent: float) -> float:
    part = min(max(percent, 0.5), 99.5) / 100
    return math.log(part / (1 - part))


def standouts(readings: Iterable[Reading], number: int = SHOWN) -> list[Reading]:
    """The figures that deviate most, the most first; none that do not, and one of each kin."""
    weighed = [(weight_of(reading), reading) for reading in readings]
    found: dict[str, Reading] = {}
    for weight, reading in sorted(weighed, key=lambda pair: -pair[0]):
        if weight > 0:
            found.setdefault(kin_of(reading.indicator), reading)
    return list(found.values())[:number]


def differing(readings: Iterable[Reading], number: int = SHOWN) -> list[Reading]:
    """Where the buurten of a set lie farthest apart, the most first: one of each kin, and never judged.

    For where nothing stands out: that they differ is then what there is to see.
    """
    found: dict[str, Reading] = {}
    for span, reading in sorted(((span_of(one), one) for one in readings), key=lambda pair: -pair[0]):
        if span >= APART:
            found.setdefault(kin_of(reading.indicator), reading)
    return list(found.values())[:number]


def span_of(reading: Reading) -> float:
    """From the lowest to the highest of the larger buurten, in places of the hundred; less for an estimate."""
    large = [member for member in reading.apart if not SMALL.intersection(member.figure.flags)]
    shares = [member.spot.share for member in large if member.spot]
    if len(shares) < TOGETHER or not is_spread(reading.indicator):
        return 0
    return (max(shares) - min(shares)) * math.prod(DAMPING.get(flag, 1) for flag in large[0].figure.flags)


def kin_of(indicator: Indicator) -> str:
    """What says nearly the same: huur and koop, a class and the deviation it was made of."""
    wording = WORDING.get(indicator.id)
    return wording.kin if wording and wording.kin else indicator.id.removesuffix("_verschil")


def is_high(reading: Reading) -> bool:
    """Above the middle; where the country is not known, above what is beside it."""
    if reading.apart:
        return all(map(is_high, reading.apart))
    if reading.spot:
        return reading.spot.share > 50
    other = beside(reading)
    return reading.value is not None and other is not None and reading.value > other


def verdict_of(reading: Reading) -> str:
    """Of what stands out: gunstig, ongunstig or neutraal; of a few people, and of what does not, nothing."""
    if not weight_of(reading) or is_of_few_people(reading):
        return ""
    indicator = reading.indicator
    if indicator.composition or indicator.direction == "neutraal":
        return "neutraal"
    return "gunstig" if is_high(reading) == (indicator.direction == "gunstig") else "ongunstig"


def is_of_few_people(reading: Reading) -> bool:
    return all("few_inhabitants" in one.figure.flags for one in reading.apart or (reading,))


def why(reading: Reading) -> str:
    """ "Hoger dan in 97 van de 100 buurten. In 9 van de 10 buurten die hierop lijken is het lager." """
    if reading.apart:
        return why_of_members(reading)
    if reading.value is None:
        return ""
    if reading.spot:
        parts = [place_short(reading.spot, reading.indicator, reading.figure.level) + "."]
        if reading.alike:
            parts.append(alike_in_words(reading.alike, reading.value))
        if skew := skew_in_words(reading):
            parts.append(skew)
        return " ".join(parts)
    other = beside(reading)
    if other is None:
        return ""
    where = beside_in_words(reading)
    more = _("Veel hoger dan in %(where)s.") if reading.value > other else _("Veel lager dan in %(where)s.")
    return more % {"where": where}


def beside_in_words(reading: Reading) -> str:
    country = reading.line.land and reading.line.land[0].value is not None
    return _("Nederland") if country else _("de gemeente")


def why_of_members(reading: Reading) -> str:
    """What holds for each of the buurten where it stands out; else from where to where they lie."""
    if not weight_of(reading):
        return f"{places}." if (places := places_in_short(reading)) else ""
    members, of = reading.apart, len(reading.line.members)
    high = is_high(reading)
    if members[0].spot:
        return bound_in_words(members, of, high=high) + "."
    text = (
        _("In %(who)s veel hoger dan in %(where)s.") if high else _("In %(who)s veel lager dan in %(where)s.")
    )
    return text % {"who": who_of(len(members), of), "where": beside_in_words(reading)}
