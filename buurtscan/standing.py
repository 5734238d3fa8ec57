"""How much a figure stands out, and which way. Pure; the rule is in docs/open-data.md.

A figure stands out by its place among all areas of the country, and more so when the gemeente and the
look-alikes are elsewhere. Small numbers and estimates weigh less. Who lives here may stand out, and is
never good or bad. A figure that the buurten of a set have only apart stands out by those buurten.
"""

import math
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from buurtscan.catalogue import Indicator
from buurtscan.comparison import Spot
from buurtscan.national.distribution import is_spread
from buurtscan.reading import Reading
from buurtscan.words.figures import alike_in_words, place_short
from buurtscan.words.member_values import bound_in_words, places_in_short, who_of
from buurtscan.words.wording import WORDING

SHOWN = 3
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


def weight_of(reading: Reading) -> float:
    """0 for what does not stand out, to 1 for what deviates most."""
    if reading.apart:
        return weight_of_members(reading.apart)
    if reading.value is None or not reading.own or not is_spread(reading.indicator):
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
    return abs(reading.spot.share - 50) / 50 >= MIDDLE


def by_place(reading: Reading, spot: Spot) -> float:
    """How far from the middle, and how much farther out than the gemeente and the look-alikes.

    Where those lie as far out or farther, they take away from it: then it is not of this area alone.
    """
    place = abs(spot.share - 50) / 50
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
    if indicator.unit == "verschil met Nederland":
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
