"""The figures of the scan against the committed facts. A figure is compared once for each area and
period, however many scans print it. The files are read by `tests/buurtscan_facts.py`.
"""

import json
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from math import isfinite
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import example, given
from hypothesis import strategies as st

from buurtscan.actions import scan_areas
from buurtscan.catalogue import CATALOGUE
from buurtscan.figures import Figure, Held, Number, TableId, figures_of, rounded
from buurtscan.sources.harvest import published
from buurtscan.sources.leefbaarometer import decimal
from buurtscan.target import target_of
from core.formats import dutch_number
from core.odata.v3 import cell
from tests.buurtscan_facts import ASKED, QUARTER, RATES, TABLES, VILLAGE, expected, rate_of
from tests.buurtscan_facts import rounded as exactly_rounded
from tests.replica import Replica

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed(sources: Replica) -> list[dict[str, Any]]:
    """The JSON of one scan of all areas."""
    out = StringIO()
    call_command("scan", *ASKED, json=True, stdout=out, stderr=StringIO())
    rows: list[dict[str, Any]] = json.loads(out.getvalue())
    return rows


def test_thousands_of_figures_are_as_published_at_every_level(printed: list[dict[str, Any]]) -> None:
    compared: dict[tuple[str, str, str], float] = {}
    levels: dict[str, int] = {}
    for row in printed:
        indicator, code = row["indicator"], row["code"]
        if indicator not in TABLES or row["status"] == "not_published":
            continue
        wanted = expected(indicator, code, TABLES[indicator].get(row["period"], {}).get(code, {}))
        if wanted is None:
            assert row["status"] in ("fallback", "suppressed"), row
        else:
            assert (row["status"], row["value"]) == ("ok", wanted), (row, wanted)
            key = (indicator, code, row["period"])
            levels[row["level"]] = levels.get(row["level"], 0) + (key not in compared)
            compared[key] = wanted
    print(f"{len(compared)} figures compared: {levels}")
    assert len(compared) >= 2_000
    assert set(levels) == {"buurt", "wijk", "gemeente", "land"}
    assert min(levels.values()) > 50


def test_the_newest_year_is_shown_and_nothing_that_is_published_is_left_out(
    printed: list[dict[str, Any]],
) -> None:
    by_scan: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in printed:
        by_scan.setdefault((row["asked"], row["indicator"]), []).append(row)
    for (asked, indicator), rows in by_scan.items():
        years = TABLES.get(indicator, {})
        codes = [row["code"] for row in rows]
        known = [
            period
            for period in sorted(years, reverse=True)
            if any(expected(indicator, code, years[period].get(code, {})) is not None for code in codes)
        ]
        assert {row["period"] for row in rows} == {known[0] if known else None}, (asked, indicator)


def test_the_course_of_a_figure_is_every_published_year_and_no_other(sources: Replica) -> None:
    targets = [target_of([code]) for code in ASKED]
    compared = 0
    for figures in scan_areas(targets).figures.values():
        for figure in figures:
            years = TABLES.get(figure.indicator)
            if years is None or figure.role not in ("asked", "gemeente", "land"):
                continue
            found = {
                period: expected(figure.indicator, figure.code, areas.get(figure.code, {}))
                for period, areas in sorted(years.items())
            }
            wanted = {period: value for period, value in found.items() if value is not None}
            assert {point.period: point.value for point in figure.trend} == wanted, figure
            compared += len(wanted)
    print(f"{compared} points of courses compared")
    assert compared > 2_000


@pytest.mark.parametrize("codes", [VILLAGE, QUARTER])
def test_a_set_is_worked_out_from_the_numbers_of_its_buurten(codes: list[str], sources: Replica) -> None:
    target = target_of(codes)
    by_indicator: dict[str, Figure] = {
        figure.indicator: figure for figure in scan_areas([target]).figures[target] if figure.role == "asked"
    }
    compared = 0
    counts = ("inwoners", "huishoudens", "oppervlakte_land", "oppervlakte_water", "misdrijven_aantal")
    for indicator in (*RATES, *counts):
        figure = by_indicator[indicator]
        areas = [TABLES[indicator].get(figure.period, {}).get(code, {}) for code in codes]
        if indicator in RATES:
            wanted = rate_of(areas, RATES[indicator])
        else:
            parts = [expected(indicator, code, area) for code, area in zip(codes, areas, strict=True)]
            wanted = None if None in parts else sum(part for part in parts if part is not None)
        if wanted is not None:
            assert (figure.status, figure.value, figure.level_used) == ("ok", wanted, "set"), figure
            compared += 1
    assert compared >= 10
    for indicator in ("woz_waarde", "afstand_huisarts", "goede_gezondheid", "leefbaarheid"):
        assert by_indicator[indicator].status == "not_combinable", indicator


WHOLE = st.integers(-10_000_000, 10_000_000)
DECIMALS = st.integers(0, 4)


@given(WHOLE, DECIMALS, DECIMALS)
def test_a_number_in_dutch_reads_back_as_that_number_rounded_half_up(
    digits: int, has: int, shown: int
) -> None:
    """1.234,5 and −0,3: points between thousands, a comma, and never a zero below zero."""
    value = Decimal(digits).scaleb(-has)
    text = dutch_number(value, shown)
    plain = text.replace(".", "").replace(",", ".").replace("−", "-")
    assert float(plain) == exactly_rounded(Fraction(value), shown)
    assert dutch_number(float(value), shown) == text
    whole = text.removeprefix("−").partition(",")[0]
    assert [len(group) for group in whole.split(".")[1:]] == [3] * whole.count(".")
    assert 1 <= len(whole.split(".")[0]) <= 3
    assert not (text.startswith("−") and float(plain) == 0)


@given(WHOLE, DECIMALS, DECIMALS)
def test_rounding_is_that_of_fractions(digits: int, has: int, to: int) -> None:
    value = Decimal(digits).scaleb(-has)
    assert rounded(float(value), to) == exactly_rounded(Fraction(value), to)


@given(st.integers(0, 20_000), st.integers(1, 4_000).map(lambda number: number * 5))
@example(1_833, 20_000)
@example(687, 16_000)
def test_a_rate_is_rounded_as_the_fraction_that_it_is(cases: int, inhabitants: int) -> None:
    """No noise of floating point: 687 of 16,000 is 42.9375 per 1,000; 1,833 of 20,000 is 91.65, so 91.7."""
    table = TableId("85984NED", 2024)
    held = Held(
        [
            Number("0.0.0", "GM0001", "2024", float(cases), table),
            Number("T001036", "GM0001", "2024", float(inhabitants), table),
        ]
    )
    for indicator in (CATALOGUE["misdrijven"], CATALOGUE["misdrijven_aantal"]):
        figure = figures_of([indicator], target_of(["GM0001"]), held)[0]
        exact = Fraction(cases * 1000, inhabitants) if indicator.formula else Fraction(cases)
        assert figure.value == exactly_rounded(exact, 1)


@given(st.floats(allow_nan=True, allow_infinity=True) | st.integers() | st.booleans() | st.none() | st.text())
def test_what_is_no_figure_is_never_taken_for_one(value: Any) -> None:
    number = published(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        assert number is None
    elif number is not None:
        assert number == value
        assert number > -99_990
        assert isfinite(number)


@given(WHOLE, DECIMALS, st.sampled_from([".", ","]), st.sampled_from(["", " ", "  "]))
def test_a_score_in_the_file_may_have_a_point_or_a_comma(digits: int, has: int, sign: str, pad: str) -> None:
    value = Decimal(digits).scaleb(-has)
    text = f"{pad}{value:f}{pad}".replace(".", sign)
    assert decimal(text) == (float(value) if value > -99_990 else None)


@given(st.sampled_from(["", ".", "       .", "  ", None]), st.integers(0, 9))
def test_a_cell_without_a_figure_is_nothing(text: str | None, spaces: int) -> None:
    assert cell(None if text is None else text + " " * spaces) is None
