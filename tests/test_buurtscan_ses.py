"""SES-WOA and Nabijheid, against constructed tables: the facts have none of theirs.

The numbers are made up by `tests/replica/constructed.py`; what is tested is that the right cell of the
right table arrives, at every level and in every year.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from buurtscan.actions.pulls import NATIONALS
from buurtscan.catalogue import CATALOGUE
from buurtscan.sources import nabijheid, ses_woa
from buurtscan.sources.harvest import Plan
from buurtscan.target import target_of
from core.fetch import Fetcher
from tests.buurtscan_help import scan
from tests.replica import Replica
from tests.replica.constructed import CODES, NABIJHEID, SES, km, ses_value

pytestmark = pytest.mark.django_db

SCORES = {
    "ses_score": "Totaalscore",
    "ses_welvaart": "Deelscore financiële welvaart",
    "ses_opleiding": "Deelscore opleidingsniveau",
    "ses_werk": "Deelscore arbeidsverleden",
}
DISTANCES = {
    "afstand_huisartsenpost": "D000027",
    "afstand_apotheek": "D000010",
    "afstand_ziekenhuis": "D000056_1",
    "afstand_park": "D000039",
    "afstand_station": "D000052",
    "afstand_bibliotheek": "D000015",
}
SCORE_AT = {group: place for place, (_, group, _) in enumerate(SES)}
KM_AT = {measure: place for place, (_, _, measure) in enumerate(NABIJHEID)}


@pytest.fixture
def constructed(sources: Replica) -> Iterator[Replica]:
    before = sources.options
    sources.options = replace(before, constructed=True)
    yield sources
    sources.options = before


def plan(*codes: str) -> Plan:
    return Plan((target_of(codes),))


def test_the_scores_of_every_level_are_those_of_the_newest_year(constructed: Replica) -> None:
    found = scan("BU05183620")
    for indicator, group in SCORES.items():
        for code in ("BU05183620", "WK051836", "GM0518", "NL00"):
            figure = found[indicator, code]
            assert (figure.status, figure.value) == ("ok", ses_value(code, 2023, SCORE_AT[group])), figure
            assert (figure.period, figure.table, figure.vintage) == ("2023", "86092NED", 2024)
    assert min(figure.value or 0 for figure in found.values() if figure.source == "ses_woa") < 0


def test_a_score_has_the_course_of_all_years_of_its_table(constructed: Replica) -> None:
    trend = scan("BU05183620")["ses_score", "BU05183620"].trend
    place = SCORE_AT["Totaalscore"]
    assert [(point.period, point.value) for point in trend] == [
        (str(year), ses_value("BU05183620", year, place)) for year in (2021, 2022, 2023)
    ]


def test_a_buurt_without_a_score_in_the_newest_year_shows_its_wijk(constructed: Replica) -> None:
    figure = scan("BU05183637")["ses_score", "BU05183637"]
    assert (figure.status, figure.period, figure.level_used) == ("fallback", "2023", "wijk")
    assert figure.value == ses_value("WK051836", 2023, SCORE_AT["Totaalscore"])


def test_one_table_of_scores_is_asked_when_it_has_the_area(constructed: Replica) -> None:
    with Fetcher() as fetcher:
        found = ses_woa.fetch(plan("BU05183620"), fetcher)
    assert [one.table.name for one in found.fetched] == ["86092NED"]
    assert not any("85163NED" in path for _, path in constructed.requests)


def test_an_area_of_older_borders_is_looked_for_in_older_tables(constructed: Replica) -> None:
    with Fetcher() as fetcher:
        found = ses_woa.fetch(plan("BU05189999"), fetcher)
    assert [one.table.name for one in found.fetched] == ["86092NED", "85163NED"]


def test_distances_of_every_level_are_as_published_with_their_course(constructed: Replica) -> None:
    found = scan("BU05183620")
    for indicator, measure in DISTANCES.items():
        for code in ("BU05183620", "WK051836", "GM0518", "NL00"):
            figure = found[indicator, code]
            wanted = km(code, 2024, KM_AT[measure])
            assert (figure.status, figure.value, figure.period) == ("ok", wanted, "2024"), figure
        trend = found[indicator, "GM0518"].trend
        assert [(point.period, point.value) for point in trend] == [
            (str(year), km("GM0518", year, KM_AT[measure])) for year in (2023, 2024)
        ]


def test_distances_are_the_same_without_v4(constructed: Replica) -> None:
    """Two hospitals stand under one name: the group above them tells which is which."""
    with Fetcher() as fetcher:
        with_v4 = nabijheid.fetch(plan("BU05183620"), fetcher)
        constructed.faults.add("not_found", "/cbs4/")
        without = nabijheid.fetch(plan("BU05183620"), fetcher)
    assert [set(one.numbers) for one in with_v4.fetched] == [set(one.numbers) for one in without.fetched]
    assert len(with_v4.fetched) == 2


@pytest.mark.parametrize("source", ["ses_woa", "nabijheid"])
def test_columns_that_moved_are_followed(source: str, constructed: Replica) -> None:
    before = {key: figure for key, figure in scan("BU05183620").items() if figure.source == source}
    constructed.faults.add("not_found", "/cbs4/")
    constructed.faults.add("shifted", "*", by=7)
    after = {key: figure for key, figure in scan("BU05183620").items() if figure.source == source}
    assert after == before


def test_a_score_whose_column_vanished_is_not_taken_from_another(constructed: Replica) -> None:
    constructed.faults.add("vanished", "*86092NED*", column="GemiddeldeScore_29")
    with Fetcher() as fetcher:
        found = ses_woa.fetch(plan("BU05183620"), fetcher)
    assert {number.measure for number in found.fetched[0].numbers} == {
        *("ses_welvaart", "ses_opleiding", "ses_werk")
    }


@pytest.mark.parametrize(("source", "tables"), [("ses_woa", 2), ("nabijheid", 2)])
def test_a_national_pull_has_every_area_and_year(source: str, tables: int, constructed: Replica) -> None:
    with Fetcher() as fetcher:
        nationals = NATIONALS[source](fetcher, None)
        rows = {one.table.name: [row for batch in one.batches() for row in batch] for one in nationals}
    assert len(rows) == tables
    assert all(one.mark for one in nationals)
    for found in rows.values():
        assert {code for code, _, _ in found} == set(CODES)
        assert all(values for _, _, values in found)
    if source == "ses_woa":
        assert {period for _, period, _ in rows["86092NED"]} == {"2021", "2022", "2023"}


def test_a_set_of_buurten_has_no_score_or_distance_of_its_own(constructed: Replica) -> None:
    found = scan("BU05183620", "BU05183637")
    for indicator in ("ses_score", "afstand_park"):
        assert found[indicator, "BU05183620+BU05183637"].status == "not_combinable"
    assert found["afstand_park", "BU05183637"].status == "ok"


def test_who_lives_here_has_no_good_or_bad_score() -> None:
    assert {CATALOGUE[indicator].direction for indicator in SCORES} == {"neutraal"}
    assert all(CATALOGUE[indicator].composition for indicator in SCORES)
