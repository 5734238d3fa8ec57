"""Figures in the words and notation of a Dutch reader: € 228.000 · 16% · 92,0 per 1.000 inwoners."""

from collections.abc import Callable
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtscan.catalogue import CATALOGUE, Indicator
from core.formats import THIN, dutch_number

type Text = str | Promise


class Shown(Protocol):
    """What is needed of a figure, stored or not."""

    @property
    def indicator(self) -> str: ...
    @property
    def value(self) -> float | None: ...
    @property
    def status(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def period(self) -> str: ...


PUBLISHERS = {
    "kwb": "CBS",
    "rivm": "RIVM",
    "politie": "Politie",
    "leefbaarometer": "Leefbaarometer",
    "ses_woa": "CBS",
    "nabijheid": "CBS",
}
NO_VALUE: dict[str, Text] = {
    "not_published": gettext_lazy("niet gepubliceerd"),
    "suppressed": gettext_lazy("niet bekend voor dit gebied"),
    "not_combinable": gettext_lazy("niet op te tellen"),
    "failed": gettext_lazy("niet opgehaald"),
}
FLAGS: dict[str, Text] = {
    "modelled": gettext_lazy("schatting met een rekenmodel"),
    "not_in_vintage": gettext_lazy("dit gebied bestaat niet binnen de grenzen van dat jaar"),
    "few_inhabitants": gettext_lazy("minder dan 200 inwoners: klein aantal, grote uitschieters"),
    "few_cases": gettext_lazy("minder dan tien gevallen: toeval speelt een grote rol"),
}
LEVELS: dict[str, Text] = {
    "buurt": gettext_lazy("de buurt"),
    "wijk": gettext_lazy("de wijk"),
    "gemeente": gettext_lazy("de gemeente"),
    "land": gettext_lazy("Nederland"),
    "set": gettext_lazy("de buurten samen"),
}
_AFTER = {
    "per 1 000 inwoners": " per 1.000 inwoners",
    "per 1 000 inwoners van 15 tot 65 jaar": " per 1.000 inwoners van 15 tot 65 jaar",
    "%": "%",
    "aantal": "",
    "verschil met Nederland": "",
}


def shown_value(figure: Shown) -> str:
    """The value with its unit, or in words why there is none."""
    if figure.value is None:
        return str(NO_VALUE.get(figure.status, NO_VALUE["not_published"]))
    indicator = CATALOGUE.get(figure.indicator)
    return dutch_number(figure.value, 1) if indicator is None else value_in_words(indicator, figure.value)


def value_in_words(indicator: Indicator, value: float) -> str:
    return _FORMS.get(indicator.unit, _plain)(indicator, value)


def sentence_source(figure: Shown) -> str:
    """ "Politie, 2024": who published it, and the year it is about."""
    publisher = PUBLISHERS.get(figure.source, figure.source)
    return f"{publisher}, {figure.period}" if figure.period else publisher


def flags_in_words(flags: list[str]) -> list[str]:
    return [str(FLAGS[flag]) for flag in flags if flag in FLAGS]


def level_in_words(level: str) -> str:
    return str(LEVELS.get(level, level))


def _plain(indicator: Indicator, value: float) -> str:
    after = _AFTER.get(indicator.unit, f"{THIN}{indicator.unit}")
    return dutch_number(value, indicator.decimals) + after


def _euro(indicator: Indicator, value: float) -> str:
    """Published in thousands of euros; shown in whole euros."""
    return f"€{THIN}{dutch_number(value * 1000)}"


def _class(indicator: Indicator, value: float) -> str:
    """7 (goed): the class, and what the publisher calls it."""
    number = round(value)
    known = 1 <= number <= len(indicator.labels)
    return f"{number} ({indicator.labels[number - 1]})" if known else dutch_number(value)


def _deviation(indicator: Indicator, value: float) -> str:
    if round(value, indicator.decimals) == 0:
        return _("gelijk aan Nederland")
    size = dutch_number(abs(value), indicator.decimals)
    values = {"size": size}
    return (_("%(size)s punt hoger") if value > 0 else _("%(size)s punt lager")) % values


_FORMS: dict[str, Callable[[Indicator, float], str]] = {
    "x 1 000 euro": _euro,
    "klasse 1-5": _class,
    "klasse 1-9": _class,
    "verschil met Nederland": _deviation,
}
