"""What is said of every figure: from where, of when, of which area, counted or estimated, and why not.

The numbers here are constructed; those of the sources are in test_buurtscan_figures.py.
"""

from typing import Any

import pytest

from buurtscan.catalogue import CATALOGUE
from buurtscan.figures import Figure, figures_of
from buurtscan.held import Held, Number, TableId
from buurtscan.models import ScanFigure, Source
from buurtscan.reading import readings_of
from buurtscan.target import target_of
from buurtscan.words.honesty import (
    MADE_BY,
    boundaries_in_words,
    facts_of,
    made_in_words,
    unit_in_words,
    why_missing,
)
from buurtscan.words.values import flags_in_words

BUURT, WIJK, GEMEENTE = "BU05183620", "WK051836", "GM0518"
INHABITANTS, OWNED = "T001036", "1014800"
NEW, OLD = TableId("86165NED", 2025), TableId("85318NED", 2022)
HEALTH = TableId("50120NED", 2022)


def scanned(*numbers: Number, indicator: str = "koopwoningen") -> Figure:
    found = figures_of([CATALOGUE[indicator]], target_of([BUURT]), Held(numbers))
    return next(figure for figure in found if figure.role == "asked")


def number(measure: str, code: str, table: TableId, value: float = 40.0) -> Number:
    return Number(measure, code, str(table.vintage), value, table)


# --- changed boundaries -------------------------------------------------------------------------
def test_a_buurt_that_did_not_exist_in_that_year_falls_back_and_says_so() -> None:
    found = scanned(
        number(OWNED, GEMEENTE, OLD),
        number(INHABITANTS, GEMEENTE, OLD, 500_000),
        number(INHABITANTS, BUURT, NEW, 7_000),
        number(INHABITANTS, GEMEENTE, NEW, 560_000),
    )
    assert (found.status, found.level_used) == ("fallback", "gemeente")
    assert "not_in_vintage" in found.flags
    assert flags_in_words(list(found.flags)) == ["dit gebied bestaat niet binnen de grenzen van dat jaar"]


def test_a_buurt_that_went_is_not_found_within_newer_boundaries_either() -> None:
    found = scanned(
        number(OWNED, GEMEENTE, NEW),
        number(INHABITANTS, GEMEENTE, NEW, 560_000),
        number(INHABITANTS, BUURT, OLD, 7_000),
    )
    assert (found.status, found.vintage) == ("fallback", 2025)
    assert "not_in_vintage" in found.flags


def test_a_buurt_that_existed_and_is_left_empty_is_not_called_new() -> None:
    found = scanned(
        number(OWNED, GEMEENTE, OLD),
        number(INHABITANTS, GEMEENTE, OLD, 500_000),
        number(INHABITANTS, BUURT, OLD, 0),
    )
    assert found.status == "fallback"
    assert "not_in_vintage" not in found.flags


def test_a_count_of_a_buurt_that_did_not_exist_is_empty_and_says_so() -> None:
    measure = CATALOGUE["woningen"].measures[0]
    found = scanned(
        number(measure, GEMEENTE, OLD), number(INHABITANTS, GEMEENTE, OLD, 500_000), indicator="woningen"
    )
    assert (found.status, found.value) == ("suppressed", None)
    assert "not_in_vintage" in found.flags


def test_without_the_table_of_cbs_of_that_year_nothing_is_said_about_boundaries() -> None:
    found = scanned(number(OWNED, GEMEENTE, OLD))
    assert found.status == "fallback"
    assert "not_in_vintage" not in found.flags


def test_older_boundaries_are_said_beside_the_newest() -> None:
    said = boundaries_in_words(ScanFigure(vintage=2022), 2025)
    assert said.startswith("De grenzen van 2022. De nieuwste grenzen zijn van 2025.")
    assert boundaries_in_words(ScanFigure(vintage=2025), 2025) == "De grenzen van 2025."
    assert boundaries_in_words(ScanFigure(vintage=None), 2025) == ""


# --- why nothing is there -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"status": "ok"}, ""),
        ({"status": "suppressed"}, "De bron geeft dit cijfer wel voor een groter gebied"),
        ({"status": "not_published"}, "De bron heeft dit cijfer niet gepubliceerd"),
        ({"status": "not_combinable"}, "mogen niet bij elkaar worden opgeteld"),
        ({"status": "failed"}, "De bron gaf geen antwoord"),
        ({"status": "fallback"}, "De bron geeft dit cijfer wel voor een groter gebied"),
        (
            {"status": "fallback", "flags": ["not_in_vintage"], "vintage": 2022},
            "Dit gebied bestaat niet binnen de grenzen van 2022.",
        ),
    ],
)
def test_every_gap_has_a_reason(fields: dict[str, Any], said: str) -> None:
    assert said in why_missing(ScanFigure(**fields))
    assert bool(why_missing(ScanFigure(**fields))) == bool(said)


# --- the facts of a figure ----------------------------------------------------------------------
def facts(indicator: str, **fields: Any) -> dict[str, str]:
    known = CATALOGUE[indicator]
    defaults = {"role": "asked", "code": BUURT, "level": "buurt", "status": "ok", "value": 41.0}
    defaults |= {"chapter": known.chapter, "source": known.source, "period": "2024", "level_used": "buurt"}
    figure = ScanFigure(indicator=indicator, **{**defaults, "vintage": 2024, "table": "85984NED", **fields})
    return {fact.label: fact.text for fact in facts_of(readings_of([figure], {})[0], 2025)}


def test_a_figure_says_source_table_year_unit_area_and_boundaries() -> None:
    said = facts("koopwoningen")
    assert said["Bron"] == "CBS Kerncijfers wijken en buurten, tabel 85984NED"
    assert said["Jaar"] == "2024"
    assert said["Eenheid"] == "procent"
    assert said["Gebied"] == "Dit gebied zelf (de buurt)."
    assert said["Grenzen"].startswith("De grenzen van 2024.")
    assert not [label for label in said if label.startswith("Waarom")]


def test_a_figure_of_a_larger_area_says_of_which() -> None:
    said = facts("koopwoningen", status="fallback", level_used="gemeente")
    assert said["Gebied"] == "Dit is het cijfer van de gemeente, niet van dit gebied zelf."
    assert said["Waarom niet van hier"]


def test_an_estimate_is_never_called_counted() -> None:
    estimated = [name for name, one in CATALOGUE.items() if one.source in ("rivm", "leefbaarometer")]
    assert estimated
    assert all("Niet geteld" in facts(name)["Hoe gemaakt"] for name in estimated)
    assert MADE_BY.keys() <= {source.value for source in Source}


@pytest.mark.parametrize(
    ("indicator", "said"),
    [
        ("inwoners", "Geteld, uit registers van de overheid. In buurten en wijken afgerond op 5."),
        ("woningen", "Geteld, uit registers van de overheid."),
        ("kinderen_0_15", "Door ons berekend uit aantallen van het CBS."),
        ("koopwoningen", "Berekend en afgerond door het CBS"),
        ("afstand_huisarts", "voor elke inwoner over de weg"),
        ("scholen_binnen_3km", "voor elke inwoner over de weg"),
        ("woz_waarde", "Een schatting dus, geen verkoopprijs."),
        ("inkomen_per_inwoner", "Het gemiddelde, uit registers"),
        ("opleiding_hbo_wo", "Van een deel van de mensen is de opleiding geschat."),
        ("arbeidsparticipatie", "Geschat door het CBS"),
        ("wmo", "Het cijfer van Nederland is een schatting."),
        ("oppervlakte_land", "Gemeten op de kaart."),
        ("misdrijven", "Wij delen dat door het aantal inwoners."),
    ],
)
def test_a_figure_of_cbs_says_whether_it_was_counted_rounded_worked_out_or_estimated(
    indicator: str, said: str
) -> None:
    assert said in facts(indicator)["Hoe gemaakt"]


def test_only_counts_are_called_counted_without_more() -> None:
    said = {name for name, one in CATALOGUE.items() if made_in_words(one).startswith("Geteld, uit registers")}
    assert said
    assert all(CATALOGUE[name].count for name in said)


def test_only_what_cbs_rounds_to_five_is_said_to_be() -> None:
    """Checked against KWB 2019 of Den Haag: dwellings and hectares are exact there."""
    rounded = {name for name, one in CATALOGUE.items() if one.rounded}
    assert rounded == {"inwoners", "huishoudens", "bedrijfsvestigingen", "wmo_aantal", "jeugdzorg_aantal"}
    said = {name for name, one in CATALOGUE.items() if one.count and "op 5" in made_in_words(one)}
    assert said == rounded


def test_what_to_beware_of_is_said_in_whole_sentences_and_only_where_it_matters() -> None:
    both = ["modelled", "few_inhabitants", "few_cases"]
    assert facts("roken", flags=both)["Let op"] == (
        "Minder dan 200 inwoners: klein aantal, grote uitschieters."
        " Minder dan tien gevallen: toeval speelt een grote rol."
    )
    assert "Let op" not in facts("roken", flags=["modelled"])
    assert "Let op" not in facts("inwoners", flags=["few_inhabitants"])
    assert "Let op" not in facts("adressendichtheid", flags=["few_inhabitants"])


@pytest.mark.parametrize(
    "indicator",
    ["jeugdzorg", "jeugdzorg_aantal", "gasverbruik", "stroomverbruik", "afstand_cafe", "hoogste_inkomens"],
)
def test_what_can_be_read_two_ways_is_never_judged(indicator: str) -> None:
    """Much youth care may mean that help is near; little gas that people save on it."""
    assert CATALOGUE[indicator].direction == "neutraal"


def test_the_meaning_of_crime_does_not_repeat_how_the_police_counts() -> None:
    of_police = [one for one in CATALOGUE.values() if one.source == "politie"]
    assert of_police
    assert not [one.id for one in of_police if "De politie telt" in one.meaning]
    assert all(one.reading.count("De politie telt") == 1 for one in of_police)


def test_no_reading_says_the_same_sentence_twice() -> None:
    for one in CATALOGUE.values():
        sentences = f"{one.meaning} {one.reading} {one.made}".split(". ")
        assert len(sentences) == len(set(sentences)), one.id


def test_every_unit_of_the_catalogue_can_be_read() -> None:
    units = {unit_in_words(one.unit) for one in CATALOGUE.values()}
    assert not [unit for unit in units if "1 000" in unit or "x 1" in unit or not unit]
