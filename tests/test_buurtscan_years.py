"""All years of a figure: what is asked for them, what is not asked twice, and where a course breaks."""

import csv
from io import StringIO
from typing import Any
from urllib.parse import unquote_plus

import pytest
from django.core.management import call_command

from buurtscan.catalogue import CATALOGUE, MEASURES
from buurtscan.figures import Number
from buurtscan.scanning import harvest, plan_of
from buurtscan.sources import leefbaarometer, politie
from buurtscan.sources.harvest import Plan
from buurtscan.sources.tables import KWB, LEEFBAAROMETER, NABIJHEID, POLITIE_SINCE, SES_WOA
from buurtscan.target import target_of
from core.fetch import Fetcher
from tests.buurtscan_help import scan
from tests.replica import Replica
from tests.replica.facts import FACTS

WIJK = "WK036201"  # in the file with earlier years
ZIP = "/lbm-files/"


def plan(*codes: str, held: dict[str, tuple[Number, ...]] | None = None) -> Plan:
    return Plan((target_of(codes),), held=held or {})


def paths(sources: Replica, part: str) -> list[str]:
    return [path for _, path in sources.requests if part in path]


def test_every_year_since_2017_is_configured() -> None:
    assert [table.vintage for table in KWB] == list(range(2025, 2016, -1))
    assert [table.vintage for table in NABIJHEID] == list(range(2025, 2018, -1))
    assert POLITIE_SINCE == 2012
    names = [table.name for table in (*KWB, *NABIJHEID, *SES_WOA)]
    assert len(names) == len(set(names))


@pytest.mark.django_db
def test_every_year_is_asked_with_one_question(sources: Replica) -> None:
    scan("BU05183620")
    for table in (*KWB, *NABIJHEID):
        assert len(paths(sources, f"/{table.name}/Observations")) == 1, table
    assert len(paths(sources, "47018NED")) == 1
    assert len(sources.requests) <= 30


@pytest.mark.django_db
def test_a_figure_has_a_course_of_all_years_and_shows_the_newest(sources: Replica) -> None:
    figure = scan("BU05183620")["inwoners", "BU05183620"]
    assert [(point.period, point.value) for point in figure.trend] == [
        *(("2017", 3120), ("2019", 3245), ("2020", 3150), ("2024", 3360))
    ]
    assert (figure.value, figure.period) == (3360, "2024")


@pytest.mark.django_db
def test_crime_has_every_year_and_a_rate_where_the_inhabitants_are_known(sources: Replica) -> None:
    found = scan("BU05183620")
    counts = [point.period for point in found["misdrijven_aantal", "BU05183620"].trend]
    assert counts == ["2021", "2022", "2023", "2024", "2025"]
    assert [point.period for point in found["misdrijven", "BU05183620"].trend] == ["2024"]


@pytest.mark.parametrize("number", [10, 60])
def test_every_kind_of_crime_is_asked_however_many_there_are(
    number: int, sources: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = frozenset({"0.0.0", *(f"9.9.{kind}" for kind in range(number))})
    monkeypatch.setattr(politie, "KINDS", kinds)
    with Fetcher() as fetcher:
        assert politie.fetch(plan("BU05183620"), fetcher).fetched[0].numbers
        [national] = politie.nationals(fetcher, 2024)
        assert any(batch for batch in national.batches())
    asked = unquote_plus(" ".join(paths(sources, "47018NED/TypedDataSet")))
    assert {kind for kind in kinds if asked.count(f"'{kind:<6}'") != 2} == set()


@pytest.mark.django_db
def test_years_that_are_held_unchanged_are_not_asked_again(sources: Replica) -> None:
    call_command("pull", source="kwb", stdout=StringIO())
    before = {key: figure for key, figure in scan("BU05183620").items() if figure.source == "kwb"}
    sources.clear_requests()
    asked = plan_of([target_of(["BU05183620"])])
    assert not harvest("kwb", asked).failed or "kwb" in asked.fresh
    held = {"83765NED", "84583NED", "84799NED", "85984NED"}
    assert not [path for name in held for path in paths(sources, name)]
    assert {key: figure for key, figure in scan("BU05183620").items() if figure.source == "kwb"} == before


def published_earlier() -> dict[tuple[str, str], dict[str, float]]:
    with (FACTS / "leefbaarometer_wijken_amstelveen_2014-2022.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    names = ("afw", "fys", "onv", "soc", "vrz", "won")
    return {(row["wk_code"], row["jaar"]): {name: float(row[name]) for name in names} for row in rows}


def by_area(numbers: Any) -> dict[tuple[str, str], dict[str, float]]:
    found: dict[tuple[str, str], dict[str, float]] = {}
    for number in numbers:
        found.setdefault((number.code, number.period), {})[number.measure] = number.value
    return found


def test_the_earlier_years_of_the_leefbaarometer_come_from_its_file(sources: Replica) -> None:
    with Fetcher() as fetcher:
        found = leefbaarometer.fetch(plan(WIJK, held={LEEFBAAROMETER.name: (EARLIER,)}), fetcher)
        assert not paths(sources, ZIP)
        rows = leefbaarometer.file_rows(fetcher, [WIJK])
    wanted = {key: values for key, values in published_earlier().items() if key[0] == WIJK}
    assert {(code, period): values for code, period, values in rows} == wanted
    assert len(wanted) == 4
    assert found.fetched[0].numbers == (EARLIER,)


EARLIER = Number("afw", WIJK, "2014", 0.1683347537237974, LEEFBAAROMETER)


def test_the_file_is_fetched_only_for_areas_whose_earlier_years_we_lack(sources: Replica) -> None:
    held = Number("afw", "BU05183620", "2014", 0.1, LEEFBAAROMETER)
    with Fetcher() as fetcher:
        leefbaarometer.fetch(plan("BU05183620", held={LEEFBAAROMETER.name: (held,)}), fetcher)
        assert not paths(sources, ZIP)
        leefbaarometer.fetch(plan("BU05183620"), fetcher)
        assert len(paths(sources, ZIP)) == 1


def test_without_the_file_the_newest_year_is_there_and_the_rest_is_said_to_lack(sources: Replica) -> None:
    sources.faults.add("not_found", ZIP)
    with Fetcher() as fetcher:
        found = leefbaarometer.fetch(plan("BU05183620"), fetcher)
    assert not found.failed
    assert "De jaren voor 2024 ontbreken nog." in found.note
    assert {number.period for number in found.fetched[0].numbers} == {"2024"}


def test_a_national_pull_of_the_leefbaarometer_has_all_years_of_its_file(sources: Replica) -> None:
    with Fetcher() as fetcher:
        national = leefbaarometer.nationals(fetcher)[0]
        rows = [row for batch in national.batches() for row in batch]
        one_year = leefbaarometer.nationals(fetcher, 2018)[0]
        of_2018 = [row for batch in one_year.batches() for row in batch]
    assert len({row[:2] for row in rows}) == len(rows)
    found = {(code, period): values for code, period, values in rows}
    published = published_earlier()
    assert {key: found[key] for key in published} == published
    assert found["BU05183620", "2024"]["kscore"] == 4
    assert {period for _, period, _ in of_2018} == {"2018"}
    assert (national.periods, one_year.periods) == ((), ("2018",))


@pytest.mark.parametrize(
    ("indicator", "before", "after"),
    [
        ("woz_waarde", "2017", "2018"),
        ("stroomverbruik", "2021", "2022"),
        ("opleiding_basis", "2022", "2023"),
        ("arbeidsparticipatie", "2020", "2021"),
        ("eenzaam", "2016", "2020"),
        ("zedenmisdrijven", "2023", "2024"),
    ],
)
def test_a_course_breaks_where_the_definition_changed(indicator: str, before: str, after: str) -> None:
    one = CATALOGUE[indicator]
    assert one.series(before) != one.series(after) == after
    assert one.series("2012") == ""
    assert one.series("2025") == one.series(after)


def test_what_did_not_change_is_one_series() -> None:
    for indicator in ("inwoners", "koopwoningen", "misdrijven", "leefbaarheid_verschil", "ses_score"):
        years = [str(year) for year in range(2002, 2026)]
        assert {CATALOGUE[indicator].series(year) for year in years} == {""}


def test_a_measure_that_changed_breaks_all_that_is_made_of_it() -> None:
    for measure in MEASURES.values():
        for indicator in CATALOGUE.values():
            if measure.id in indicator.parts:
                assert set(measure.breaks) <= set(indicator.breaks), indicator.id


@pytest.mark.django_db
def test_a_course_is_never_joined_over_a_break(sources: Replica) -> None:
    trend = scan("BU05183620")["woz_waarde", "BU05183620"].trend
    assert [(point.period, point.series) for point in trend] == [
        *(("2017", ""), ("2019", "2018"), ("2024", "2018"))
    ]


@pytest.mark.django_db
def test_after_a_pull_the_leefbaarometer_need_not_be_asked(sources: Replica) -> None:
    """It gives no mark of its last change, and seldom has any: for some days nothing is asked."""
    scan("BU05183620")
    assert "leefbaarometer" not in plan_of([target_of(["BU05183620"])]).fresh
    call_command("pull", source="leefbaarometer", stdout=StringIO())
    assert "leefbaarometer" in plan_of([target_of(["BU05183620"])]).fresh
    sources.clear_requests()
    found = scan("BU05183620")
    assert not paths(sources, "/lbm-")
    assert found["leefbaarheid", "BU05183620"].value == 4
