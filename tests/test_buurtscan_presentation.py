from dataclasses import replace

import pytest

from buurtscan.catalogue import CATALOGUE
from buurtscan.figures import Figure
from buurtscan.words.values import flags_in_words, sentence_source, shown_value, value_in_words

FIGURE = Figure("woz_waarde", "wonen", "asked", "BU05183620", "buurt", "kwb", "ok", 228.0, "2024")


@pytest.mark.parametrize(
    ("indicator", "value", "words"),
    [
        ("woz_waarde", 228, "€ 228.000"),
        ("inkomen_per_inwoner", 24.7, "€ 24.700"),
        ("koopwoningen", 16, "16%"),
        ("goede_gezondheid", 57.7, "57,7%"),
        ("misdrijven", 92.0, "92,0 per 1.000 inwoners"),
        ("bijstand", 165.1, "165,1 per 1.000 inwoners van 15 tot 65 jaar"),
        ("inwoners", 17942942, "17.942.942"),
        ("afstand_huisarts", 0.3, "0,3 km"),
        ("gasverbruik", 1690, "1.690 m³"),
        ("leefbaarheid", 4, "4 (zwak)"),
        ("leefbaarheid", 9, "9 (uitstekend)"),
        ("stedelijkheid", 1, "1 (zeer sterk stedelijk)"),
        ("stedelijkheid", 7, "7"),
        ("leefbaarheid_verschil", -0.2319, "0,23 punt lager"),
        ("leefbaarheid_verschil", 0.0, "gelijk aan Nederland"),
        ("leefbaarheid_omgeving_verschil", 0.0148, "0,01 punt hoger"),
        ("huishoudensgrootte", 1.8, "1,8 personen"),
        ("vermogen", 0.0, "€ 0"),
        ("vermogen", -1.2, "€ −1.200"),
    ],
)
def test_a_value_is_written_as_people_write_it(indicator: str, value: float, words: str) -> None:
    assert value_in_words(CATALOGUE[indicator], value).replace("\N{NO-BREAK SPACE}", " ") == words


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("not_published", "niet gepubliceerd"),
        ("suppressed", "niet bekend voor dit gebied"),
        ("not_combinable", "niet op te tellen"),
        ("failed", "niet opgehaald"),
    ],
)
def test_a_figure_without_a_value_says_why(status: str, words: str) -> None:
    assert shown_value(replace(FIGURE, value=None, status=status)) == words


def test_the_source_has_a_year() -> None:
    assert sentence_source(replace(FIGURE, source="politie")) == "Politie, 2024"
    assert sentence_source(replace(FIGURE, period="")) == "CBS"


def test_flags_are_said_in_words() -> None:
    assert flags_in_words(["modelled", "few_inhabitants", "unknown"]) == [
        "schatting met een rekenmodel",
        "minder dan 200 inwoners: klein aantal, grote uitschieters",
    ]


def test_a_figure_of_an_indicator_that_is_gone_can_still_be_shown() -> None:
    assert shown_value(replace(FIGURE, indicator="verdwenen", value=1.25)) == "1,3"


def test_every_unit_of_the_catalogue_can_be_shown() -> None:
    for indicator in CATALOGUE.values():
        assert value_in_words(indicator, 3.0)
