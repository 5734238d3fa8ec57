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
    COUNTED,
    MADE_BY,
    boundaries_in_words,
    facts_of,
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
    assert "Waarom geen cijfer" not in said


def test_a_figure_of_a_larger_area_says_of_which() -> None:
    said = facts("koopwoningen", status="fallback", level_used="gemeente")
    assert said["Gebied"] == "Dit is het cijfer van de gemeente, niet van dit gebied zelf."
    assert said["Waarom geen cijfer"]


def test_an_estimate_is_never_called_counted() -> None:
    estimated = [name for name, one in CATALOGUE.items() if one.source in ("rivm", "leefbaarometer")]
    assert estimated
    assert all("Niet geteld" in facts(name)["Hoe gemaakt"] for name in estimated)
    assert facts("koopwoningen")["Hoe gemaakt"] == str(COUNTED)
    assert MADE_BY.keys() <= {source.value for source in Source}


def test_every_unit_of_the_catalogue_can_be_read() -> None:
    units = {unit_in_words(one.unit) for one in CATALOGUE.values()}
    assert not [unit for unit in units if "1 000" in unit or "x 1" in unit or not unit]
