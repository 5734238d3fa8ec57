"""The values and places of the buurten of a set, shortly: for where there is no room for a sentence."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from buurtscan.catalogue import Indicator
from buurtscan.comparison import Spot
from buurtscan.reading import Reading
from buurtscan.words.figures import of_hundred, place_short
from buurtscan.words.members import both_or_all, groups_of, names_of, phrase_for, value_of
from buurtscan.words.numbers import capital
from buurtscan.words.values import value_in_words
from core.formats import dutch_number

NUMBER = re.compile(r"[\d.]*\d(?:,\d+)?")
TWO = 2
MIDDLE = 50


def shown_large(reading: Reading) -> str:
    """The value of the area, or those of the buurten in it; in words why there is none."""
    return values_in_short(reading) if reading.apart else reading.asked.shown


def values_in_short(reading: Reading) -> str:
    """ "83 en 81%" of two different figures, as the buurten come; "€ 208.000 tot € 475.000" of more."""
    indicator = reading.indicator
    values = [value_of(member) for member in reading.apart]
    shown = dict.fromkeys(short_value(indicator, value) for value in values)  # each once
    if len(shown) == 1:
        return with_class(indicator, next(iter(shown)))
    if len(values) > TWO:
        values.sort(key=abs if max(values) < 0 else None)
        shown = dict.fromkeys(short_value(indicator, value) for value in values)
    first, *_between, last = shown
    word = _("en") if len(shown) == TWO else _("tot")
    return with_class(indicator, f"{without_unit(first, last)} {word} {last}")


def short_value(indicator: Indicator, value: float) -> str:
    return dutch_number(value) if indicator.labels else value_in_words(indicator, value)


def with_class(indicator: Indicator, shown: str) -> str:
    return _("klasse %(numbers)s") % {"numbers": shown} if indicator.labels else shown


def without_unit(first: str, last: str) -> str:
    """What follows the number is said once where it is the same for both."""
    one, other = NUMBER.search(first), NUMBER.search(last)
    if one and other and not one.start() and first[one.end() :] == last[other.end() :]:
        return one.group()
    return first


def spots_of(reading: Reading) -> list[tuple[Reading, Spot]]:
    return [(member, member.spot) for member in reading.apart if member.spot]


def places_in_short(reading: Reading) -> str:
    """ "Hoger dan in 51 tot 76 van de 100 buurten": the places of the lowest and the highest; empty without."""
    found = sorted((spot for _member, spot in spots_of(reading)), key=lambda spot: spot.share)
    if not found:
        return ""
    low, high = found[0], found[-1]
    if low == high:
        place = lower_first(place_short(low, reading.indicator))
        return capital(f"{both_or_all(len(found))}: {place}") if len(found) > 1 else capital(place)
    values = {"least": of_hundred(low.above, low.ranked), "most": of_hundred(high.below, high.ranked)}
    if low.share >= MIDDLE:
        values["least"] = of_hundred(low.below, low.ranked)
        return _("Hoger dan in %(least)s tot %(most)s van de 100 buurten") % values
    if high.share <= MIDDLE:
        values["most"] = of_hundred(high.above, high.ranked)
        return _("Lager dan in %(most)s tot %(least)s van de 100 buurten") % values
    return _("Laagste: lager dan in %(least)s van de 100 buurten. Hoogste: hoger dan in %(most)s") % values


def ends_in_words(reading: Reading) -> str:
    """ "Het laagst in Dordsedijk, het hoogst in 4 van de 8 buurten."; empty where all have the same."""
    groups = groups_of(phrase_for(reading), sorted(reading.apart, key=value_of, reverse=True))
    if len(groups) < TWO:
        return ""
    number = len(reading.apart)
    values = {"low": names_of(groups[-1], number), "high": names_of(groups[0], number)}
    return _("Het laagst in %(low)s, het hoogst in %(high)s.") % values


def bound_in_words(members: Sequence[Reading], of: int, *, high: bool) -> str:
    """ "In alle 8 buurten lager dan in minstens 89 van de 100 buurten": what holds for each of them.

    Only for members that all have a place; `of` is how many buurten the set has.
    """
    spots = [member.spot for member in members if member.spot]
    least = min(of_hundred(spot.below if high else spot.above, spot.ranked) for spot in spots)
    side = _("hoger") if high else _("lager")
    values = {"who": who_of(len(members), of), "side": side, "least": least}
    return _("In %(who)s %(side)s dan in minstens %(least)s van de 100 buurten van Nederland") % values


def who_of(known: int, of: int) -> str:
    if known == of:
        return both_or_all(of)
    return _("de %(n)s buurten met een cijfer") % {"n": known}


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def members_title(reading: Reading) -> str:
    """The places of all buurten as text, for who does not see the chart."""
    places = ". ".join(
        f"{member.asked.name}: {lower_first(place_short(spot, reading.indicator))}"
        for member, spot in spots_of(reading)
    )
    return f"{reading.indicator.title}. {places}."
