"""Place, look-alikes and course of a figure in words, for who does not see the chart and for who does."""

import math

from django.utils.translation import gettext as _

from buurtscan.catalogue import Indicator
from buurtscan.comparison import Alike, Spot, Trend
from buurtscan.reading import Reading
from buurtscan.words.numbers import capital, in_words
from buurtscan.words.values import value_in_words
from core.formats import dutch_number

RANKED = {"wijk": "wijken", "gemeente": "gemeenten"}
POINTS = "%"
EUROS = "x 1 000 euro"
KILOMETRES = "km"
PLAIN_UNITS = frozenset({"klasse 1-5", "klasse 1-9", "verschil met Nederland"})
SHORT_UNITS = frozenset({POINTS, EUROS, KILOMETRES, "m³", "kWh", *PLAIN_UNITS})
CLEAR = 55  # of the hundred: nearer to half than this is the middle
MANY_ALIKE = 10  # of the hundred: so many with the same figure are worth saying
HARDLY_POINTS, HARDLY_PART = 0.5, 0.02


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
    equal = of_hundred(spot.equal, spot.ranked)
    values: dict[str, str | int] = {"kind": kind, "lower": lower, "higher": higher, "equal": equal}
    if lower >= CLEAR:
        more = _("Meer dan in") if indicator.count else _("Hoger dan in")
        return _("%(more)s %(lower)s van de 100 %(kind)s") % {**values, "more": more}
    if higher >= CLEAR:
        less = _("Minder dan in") if indicator.count else _("Lager dan in")
        return _("%(less)s %(higher)s van de 100 %(kind)s") % {**values, "less": less}
    if spot.equal * 2 >= spot.ranked:
        return _("Even hoog als in %(equal)s van de 100 %(kind)s") % values
    if equal >= MANY_ALIKE:
        return (
            _("In %(lower)s van de 100 %(kind)s lager, in %(higher)s hoger, in de andere even hoog") % values
        )
    return _("Rond het midden: in %(lower)s van de 100 %(kind)s lager, in %(higher)s hoger") % values


def of_hundred(part: int, whole: int) -> int:
    return math.floor(100 * part / whole)


def alike_in_words(alike: Alike, value: float) -> str:
    """ "In 8 van de 10 buurten die hierop lijken is het lager." """
    number = len(alike.buurten)
    lower = alike.below(value)
    higher = sum(buurt.value > value for buurt in alike.buurten)
    parts = {_("lager"): lower, _("hoger"): higher, _("even hoog"): number - lower - higher}
    most = max(parts, key=parts.__getitem__)
    values = {"number": number, "all": in_words(number), "part": parts[most], "most": most, "higher": higher}
    if number == 1:
        return _("In de ene buurt die hierop lijkt en dit cijfer heeft, is het %(most)s.") % values
    if parts[most] == number:
        return _("In alle %(all)s de buurten die hierop lijken is het %(most)s.") % values
    if lower == higher:
        return (
            _("In %(higher)s van de %(number)s buurten die hierop lijken is het lager, in %(higher)s hoger.")
            % values
        )
    return _("In %(part)s van de %(number)s buurten die hierop lijken is het %(most)s.") % values


def change_in_words(trend: Trend, indicator: Indicator) -> str:
    """From the first to the last year with the same definition; empty when there is no such pair.

    A long unit is said once, and a change no larger than what rounding makes has no size.
    """
    if trend.change is None:
        return ""
    first, last = trend.newest[0], trend.newest[-1]
    values = {
        "first": compared_value(indicator, first.value, unit=indicator.unit in SHORT_UNITS),
        "last": compared_value(indicator, last.value),
        "since": first.period,
        "until": last.period,
    }
    if value_in_words(indicator, first.value) == value_in_words(indicator, last.value):
        return _("%(last)s in %(since)s en in %(until)s: gelijk gebleven.") % values
    said = _("Van %(first)s in %(since)s naar %(last)s in %(until)s") % values
    if indicator.unit in PLAIN_UNITS:
        return f"{said}."
    if hardly_changed(first.value, last.value, indicator):
        return _("%(said)s: vrijwel gelijk gebleven.") % {"said": said}
    if is_one_step(trend.change, indicator):
        return f"{said}."
    return f"{said}: {size_in_words(abs(trend.change), indicator)} {way_in_words(trend.change, indicator)}."


def compared_value(indicator: Indicator, value: float, *, unit: bool = True) -> str:
    """A value within a sentence about two years; a deviation says from what."""
    shown = value_in_words(indicator, value)
    if indicator.unit == "verschil met Nederland" and value and shown.endswith((_("hoger"), _("lager"))):
        return _("%(shown)s dan Nederland") % {"shown": shown}
    return shown if unit else dutch_number(value, indicator.decimals)


def is_one_step(change: float, indicator: Indicator) -> bool:
    """0,5 beside 0,6 may be 0,54 beside 0,56."""
    return indicator.decimals > 0 and abs(change) * 10**indicator.decimals < 1.5


def hardly_changed(first: float, last: float, indicator: Indicator) -> bool:
    if indicator.unit == POINTS:
        return abs(last - first) < HARDLY_POINTS
    return abs(last - first) < HARDLY_PART * max(abs(first), abs(last))


def size_in_words(size: float, indicator: Indicator) -> str:
    """How much it changed, without its unit where that is long. A share changes in points, never in percent."""
    if indicator.unit == POINTS:
        shown = dutch_number(size, indicator.decimals)
        whole = shown.removesuffix(",0")
        return (
            _("%(size)s punt") % {"size": whole} if "," in whole or whole == "1" else f"{whole} {_('punten')}"
        )
    if indicator.unit in SHORT_UNITS:
        return value_in_words(indicator, size)
    return dutch_number(size, indicator.decimals)


def way_in_words(change: float, indicator: Indicator) -> str:
    """Which way: people and things come and go, prices and shares rise and fall, a shop moves away."""
    more, less = _("meer"), _("minder")
    if indicator.count:
        more, less = _("erbij"), _("eraf")
    elif indicator.unit in (POINTS, EUROS):
        more, less = _("hoger"), _("lager")
    elif indicator.unit == KILOMETRES:
        more, less = _("verder"), _("dichterbij")
    return more if change > 0 else less


def break_in_words(since: str) -> str:
    return _("andere definitie vanaf %(year)s") % {"year": since}


def breaks_in_words(trend: Trend) -> str:
    """Said under the chart; empty without a break."""
    found = [break_in_words(segment[0].began) for segment in trend.segments[1:]]
    if not found:
        return ""
    said = ", ".join(found)
    return capital(_("%(breaks)s: niet te vergelijken met de jaren daarvoor.") % {"breaks": said})


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
