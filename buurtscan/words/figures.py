"""Place, look-alikes and course of a figure in words, for who does not see the chart and for who does."""

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtscan.catalogue import Indicator
from buurtscan.comparison import Alike, Spot, Trend
from buurtscan.reading import Reading
from buurtscan.words.values import value_in_words
from core.formats import dutch_number

RANKED = {"wijk": "wijken", "gemeente": "gemeenten"}
POINTS = "%"
PLAIN_UNITS = frozenset({"klasse 1-5", "klasse 1-9", "verschil met Nederland"})


def kind_of(level: str) -> str:
    """What the area is ranked among; a set of buurten is ranked among buurten."""
    return _(RANKED.get(level, "buurten"))


def place_in_words(spot: Spot, indicator: Indicator, level: str = "buurt") -> str:
    """ "Hoger dan in 94 van de 100 buurten (van 12.147 met een cijfer)". Rounded down: never too much."""
    return _("%(place)s (van %(ranked)s met een cijfer)") % {
        "place": place_short(spot, indicator, level),
        "ranked": dutch_number(spot.ranked),
    }


def place_short(spot: Spot, indicator: Indicator, level: str = "buurt") -> str:
    kind = kind_of(level)
    if not spot.below and spot.equal == 1:
        return _("Het laagste van alle %(kind)s") % {"kind": kind}
    if not spot.above and spot.equal == 1:
        return _("Het hoogste van alle %(kind)s") % {"kind": kind}
    lower, higher = of_hundred(spot.below, spot.ranked), of_hundred(spot.above, spot.ranked)
    values = {"kind": kind, "lower": lower, "higher": higher, "equal": of_hundred(spot.equal, spot.ranked)}
    if lower >= 50:
        more = _("Meer dan in") if indicator.count else _("Hoger dan in")
        return _("%(more)s %(lower)s van de 100 %(kind)s") % {**values, "more": more}
    if higher >= 50:
        less = _("Minder dan in") if indicator.count else _("Lager dan in")
        return _("%(less)s %(higher)s van de 100 %(kind)s") % {**values, "less": less}
    if spot.equal * 2 >= spot.ranked:
        return _("Even hoog als in %(equal)s van de 100 %(kind)s") % values
    return _("Rond het midden: in %(lower)s van de 100 %(kind)s lager, in %(higher)s hoger") % values


def of_hundred(part: int, whole: int) -> int:
    return math.floor(100 * part / whole)


def alike_in_words(alike: Alike, value: float) -> str:
    """ "In 8 van de 10 buurten die hierop lijken is het lager." """
    number = len(alike.buurten)
    lower = alike.below(value)
    higher = sum(buurt.value > value for buurt in alike.buurten)
    values = {"number": number, "part": max(lower, higher)}
    if lower == higher == 0:
        return _("In alle %(number)s buurten die hierop lijken is het even hoog.") % values
    if lower >= higher:
        return _("In %(part)s van de %(number)s buurten die hierop lijken is het lager.") % values
    return _("In %(part)s van de %(number)s buurten die hierop lijken is het hoger.") % values


def change_in_words(trend: Trend, indicator: Indicator) -> str:
    """From the first to the last year with the same definition; empty when there is no such pair."""
    if trend.change is None:
        return ""
    first, last = trend.newest[0], trend.newest[-1]
    values = {
        "first": value_in_words(indicator, first.value),
        "last": value_in_words(indicator, last.value),
        "since": first.period,
        "until": last.period,
        "size": size_in_words(abs(trend.change), indicator),
    }
    if values["first"] == values["last"]:
        return _("%(last)s in %(since)s en in %(until)s: gelijk gebleven.") % values
    if not values["size"]:
        return _("Van %(first)s in %(since)s naar %(last)s in %(until)s.") % values
    if trend.change > 0:
        return _("Van %(first)s in %(since)s naar %(last)s in %(until)s: %(size)s erbij.") % values
    return _("Van %(first)s in %(since)s naar %(last)s in %(until)s: %(size)s eraf.") % values


def size_in_words(size: float, indicator: Indicator) -> str:
    """How much it changed. A share changes in points, never in percent; of a class we do not say it."""
    if indicator.unit in PLAIN_UNITS:
        return ""
    if indicator.unit != POINTS:
        return value_in_words(indicator, size)
    shown = dutch_number(size, indicator.decimals)
    return ngettext("%(size)s punt", "%(size)s punten", 1 if shown == "1" else 2) % {"size": shown}


def break_in_words(since: str) -> str:
    return _("andere definitie vanaf %(year)s") % {"year": since}


def breaks_in_words(trend: Trend) -> str:
    """Said under the chart; empty without a break."""
    found = [break_in_words(segment[0].period) for segment in trend.segments[1:]]
    return ", ".join(found).capitalize() + "." if found else ""


def place_title(reading: Reading, spot: Spot) -> str:
    """The place chart as text."""
    indicator, level = reading.indicator, reading.figure.level
    said = [f"{indicator.title}: {place_in_words(spot, indicator, level)}."]
    if reading.gemeente_spot:
        name = reading.line.gemeenten[0].name
        said.append(f"{name}: {place_short(reading.gemeente_spot, indicator, level)}.")
    return " ".join(said)


def trend_title(reading: Reading) -> str:
    """The trend chart as text: every year with its value."""
    indicator, trend = reading.indicator, reading.trend
    points = ", ".join(f"{point.period}: {value_in_words(indicator, point.value)}" for point in trend.points)
    return " ".join(part for part in (f"{indicator.title}. {points}.", breaks_in_words(trend)) if part)
