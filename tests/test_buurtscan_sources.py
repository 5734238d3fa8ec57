"""The figures of a scan against what was published, over HTTP."""

import csv
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from buurtscan import store
from buurtscan.catalogue import CATALOGUE, MEASURES
from buurtscan.figures import Figure
from buurtscan.models import AreaRow, SourceTable
from buurtscan.scanning import figures_from_store, harvests, plan_of
from buurtscan.sources.cbs import keys_of
from buurtscan.target import Target, target_of
from core.odata import Column, Columns
from tests.buurtscan_help import scan
from tests.replica import Replica
from tests.replica.facts import FACTS

pytestmark = pytest.mark.django_db

# code: inhabitants 2017, 2020, 2024, WOZ, koop, crimes per 1,000, Leefbaarometer, health
SPOT_CHECKS = {
    "BU05183620": (3120, 3150, 3360, 228, 16, 92.0, 4, 57.7),
    "BU01140800": (4765, 4800, 4825, 246, 61, 19.5, 6, 72.3),
    "BU01140801": (6135, 6090, 5940, 234, 62, 24.6, 6, 69.8),
    "BU04892039": (5295, 5395, 5465, 438, 70, 20.5, 6, 76.3),
    "BU01602806": (3445, 3355, 3290, 272, 76, 12.5, 7, 76.0),
    "BU18590004": (315, 285, 300, 409, 83, 10.0, 7, 79.3),
    "BU03920801": (2140, 2035, 2250, 422, 40, 39.1, 7, 70.8),
    "BU03920802": (1150, 1345, 1320, 374, 18, 51.5, 5, 60.2),
    "BU03920803": (1515, 1630, 1500, 385, 14, 100.7, 6, 63.5),
    "BU03920804": (525, 535, 1230, 419, 29, 32.5, 6, 71.6),
}
SHOWN = ("inwoners", "woz_waarde", "koopwoningen", "misdrijven", "leefbaarheid", "goede_gezondheid")


def facts(name: str, delimiter: str = ",") -> Iterator[dict[str, str]]:
    with (FACTS / f"{name}.csv").open(encoding="utf-8-sig") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


@pytest.mark.parametrize("code", SPOT_CHECKS)
def test_the_spot_checks_are_right(code: str, sources: Replica) -> None:
    _, in_2020, *wanted = SPOT_CHECKS[code]
    found = scan(code)
    assert [found[indicator, code].value for indicator in SHOWN] == wanted
    assert {found[indicator, code].period for indicator in SHOWN} == {"2024"}
    assert AreaRow.objects.get(table__table="84799NED", code=code).values["T001036"] == in_2020


def test_the_spot_checks_of_older_years_are_right_after_a_pull(sources: Replica) -> None:
    call_command("pull", source="kwb", stdout=StringIO())
    held = AreaRow.objects.filter(table__table="83765NED")
    assert {code: held.get(code=code).values["T001036"] for code in SPOT_CHECKS} == {
        code: values[0] for code, values in SPOT_CHECKS.items()
    }


def test_the_netherlands_is_right_in_tables_that_call_it_nl00_and_nl01(sources: Replica) -> None:
    found = scan("BU05183620")
    values = {name: found[name, "NL00"].value for name in ("inwoners", "woz_waarde", "inkomen_per_inwoner")}
    assert values == {"inwoners": 17942942, "woz_waarde": 378, "inkomen_per_inwoner": 34.9}
    assert found["koopwoningen", "NL00"].value == 57
    assert found["goede_gezondheid", "NL00"].value == 72.8
    assert found["eenzaam", "NL00"].value == 47.0


def test_health_of_2020_has_other_column_names_and_is_found(sources: Replica) -> None:
    found = scan("BU05183620")
    expected = {"eenzaam": 68.4, "moeite_met_rondkomen": 35.6}
    for indicator, value in expected.items():
        figure = found[indicator, "BU05183620"]
        assert (figure.value, figure.period, figure.table, figure.vintage) == (
            value,
            "2020",
            "50090NED",
            2020,
        )
        assert "modelled" in figure.flags
    assert found["eenzaam", "GM0518"].value == 56.8


def test_a_wijk_can_be_scanned(sources: Replica) -> None:
    found = scan("WK039208")
    assert found["inwoners", "WK039208"].value == 6300
    assert found["woz_waarde", "WK039208"].value == 403
    crime = found["misdrijven", "WK039208"]
    assert (crime.status, crime.level_used, crime.value) == ("fallback", "gemeente", 57.0)
    assert found["misdrijven_aantal", "WK039208"].status == "suppressed"
    assert {code for _, code in found} == {"WK039208", "GM0392", "NL00"}


def test_a_village_of_two_buurten_is_added_up(sources: Replica) -> None:
    village, one, other = "BU18590004+BU18590006", "BU18590004", "BU18590006"
    found = scan(one, other)
    assert (found["inwoners", village].value, found["inwoners", village].level) == (655, "set")
    assert found["ouderen_65", village].value == 26.0
    assert found["woz_waarde", village].status == "not_combinable"
    assert (found["woz_waarde", one].value, found["woz_waarde", other].value) == (409, 517)
    assert found["goede_gezondheid", village].status == "not_combinable"
    assert found["bevolkingsdichtheid", village].value == 68
    assert found["woz_waarde", "WK185900"].value == 368
    counts = [
        float(row["geregistreerde_misdrijven"])
        for row in facts("politie_totaal_2021-2025")
        if row["code"] in (one, other) and row["jaar"] == "2024"
    ]
    assert found["misdrijven", village].value == round(sum(counts) / 655 * 1000, 1)


def test_a_buurt_without_inhabitants_has_no_invented_figures(sources: Replica) -> None:
    found = scan("BU04893052")
    assert found["inwoners", "BU04893052"].status == "suppressed"
    woz = found["woz_waarde", "BU04893052"]
    assert (woz.status, woz.level_used, woz.value) == ("fallback", "wijk", 468)
    assert "few_inhabitants" in found["inwoners", "BU04893052"].flags
    assert found["inwoners", "WK048930"].value == 215


def test_a_code_with_letters_is_no_exception(sources: Replica) -> None:
    found = scan("BU0363AD03")
    assert found["inwoners", "BU0363AD03"].value == 500
    assert found["misdrijven", "BU0363AD03"].value == 926.0
    assert found["woz_waarde", "WK0363AD"].value == 524


@pytest.mark.parametrize(
    "codes", [["BU05183620"], ["BU04893052"], ["BU0363AD03"], ["BU18590004", "BU18590006"]]
)
def test_a_cold_scan_asks_at_most_thirty_times(codes: list[str], sources: Replica) -> None:
    scan(*codes)
    assert len(sources.requests) <= 30


def test_figures_are_the_same_without_v4(sources: Replica) -> None:
    with_v4 = scan("BU05183620")
    sources.faults.add("error500", "/cbs4/")
    AreaRow.objects.all().delete()
    sources.clear_requests()
    assert scan("BU05183620") == with_v4
    assert len(sources.requests) <= 30


def test_figures_are_the_same_when_v4_has_no_such_tables(sources: Replica) -> None:
    with_v4 = scan("BU05183620")
    sources.faults.add("not_found", "/cbs4/")
    AreaRow.objects.all().delete()
    assert scan("BU05183620") == with_v4


def test_figures_are_the_same_when_the_catalogue_does_not_answer(sources: Replica) -> None:
    """Whether a table is gone or the service is down is not known then: that figure failed."""
    with_catalogue = scan("BU05183620")
    sources.faults.add("error500", "/ODataCatalog/")
    AreaRow.objects.all().delete()
    found = scan("BU05183620")
    absent = {key for key in found if CATALOGUE[key[0]].source in ("ses_woa", "nabijheid")}
    assert {found[key].status for key in absent} == {"failed"}
    assert {with_catalogue[key].status for key in absent} == {"not_published"}
    assert {key: found[key] for key in found.keys() - absent} == {
        key: with_catalogue[key] for key in found.keys() - absent
    }


@pytest.mark.parametrize("kind", ["reset", "error500", "truncated"])
def test_a_hiccup_changes_nothing(kind: Any, sources: Replica) -> None:
    without = scan("BU05183620")
    AreaRow.objects.all().delete()
    for path in ("/cbs3/*", "/cbs4/*", "/derden/*", "/lbm-geo/*"):
        sources.faults.add(kind, path, times=1)
    assert scan("BU05183620") == without


@pytest.mark.parametrize("kind", ["atom", "sentinels", "empty", "not_found", "truncated", "reset"])
def test_without_a_usable_answer_a_figure_failed_and_is_never_made_up(kind: Any, sources: Replica) -> None:
    sources.faults.add(kind, "*")
    sources.faults.add("not_found", "/lbm-files/")
    found = scan("BU05183620")
    assert {figure.value for figure in found.values()} == {None}
    assert {found[name, "BU05183620"].status for name in ("inwoners", "goede_gezondheid", "misdrijven")} == {
        "failed"
    }
    assert not AreaRow.objects.exists()


@pytest.mark.parametrize("kind", ["atom", "sentinels", "empty", "not_found", "error500"])
def test_what_was_known_survives_a_source_that_fails(kind: Any, sources: Replica) -> None:
    before = {key: figure for key, figure in scan("BU05183620").items() if figure.value is not None}
    sources.faults.add(kind, "*")
    after = {key: figure for key, figure in scan("BU05183620").items() if figure.value is not None}
    assert after == before


def test_columns_that_move_between_two_questions_are_followed(sources: Replica) -> None:
    before = scan("BU05183620")
    sources.faults.add("not_found", "/cbs4/")
    sources.faults.add("shifted", "*/TypedDataSet*", by=3)
    AreaRow.objects.all().delete()
    sources.faults.add("shifted", "*/DataProperties*", by=3, after=4)
    found = scan("BU05183620")
    assert found["goede_gezondheid", "BU05183620"] == before["goede_gezondheid", "BU05183620"]
    wrong = {name: figure for name, figure in found.items() if figure.value not in (None, before[name].value)}
    assert {figure.period for figure in wrong.values()} <= {"2017", "2019", "2020"}


def test_a_column_that_vanished_takes_its_figure_with_it(sources: Replica) -> None:
    assert scan("BU05183620")["woz_waarde", "BU05183620"].period == "2024"
    sources.faults.add("not_found", "/cbs4/")
    sources.faults.add("vanished", "*85984NED*", column="GemiddeldeWOZWaardeVanWoningen")
    figure = scan("BU05183620")["woz_waarde", "BU05183620"]
    assert (figure.value, figure.period) == (113, "2019")


def test_the_file_of_the_leefbaarometer_stands_in_for_its_service(sources: Replica) -> None:
    with_service = scan("BU05183620")
    AreaRow.objects.all().delete()
    sources.faults.add("error500", "/lbm-geo/")
    found = scan("BU05183620")
    assert found["leefbaarheid", "BU05183620"].status == "failed"
    for name in ("leefbaarheid_verschil", "leefbaarheid_veiligheid_verschil"):
        assert found[name, "BU05183620"] == with_service[name, "BU05183620"]


def test_one_source_that_fails_does_not_stop_the_others(sources: Replica) -> None:
    sources.faults.add("error500", "/derden/*47018NED*")
    found = scan("BU05183620")
    assert found["misdrijven", "BU05183620"].status == "failed"
    assert found["goede_gezondheid", "BU05183620"].value == 57.7
    assert found["inwoners", "BU05183620"].value == 3360


def test_a_year_that_cannot_be_asked_is_said_to_have_failed(sources: Replica) -> None:
    sources.faults.add("error500", "*85984NED*")
    found = scan("BU05183620")
    assert found["inwoners", "BU05183620"].period == "2020"
    assert found["herkomst_nederland", "BU05183620"].status == "failed"


def test_the_same_scan_twice_writes_nothing_twice(sources: Replica) -> None:
    first = scan("BU05183620")
    held = list(AreaRow.objects.order_by("pk").values_list())
    assert scan("BU05183620") == first
    assert list(AreaRow.objects.order_by("pk").values_list()) == held
    assert SourceTable.objects.count() == len(set(SourceTable.objects.values_list("source", "table")))


def test_a_number_that_changed_is_replaced_and_one_that_was_withdrawn_goes(sources: Replica) -> None:
    first = scan("BU05183620")
    table = SourceTable.objects.get(table="85984NED")
    here = AreaRow.objects.filter(table=table, code="BU05183620")
    right = here.get().values
    here.update(values={**right, "M001642": 1, "A047047": 99})
    assert scan("BU05183620") == first
    assert here.get().values == right


def test_a_source_that_answers_nonsense_does_not_stop_the_others(sources: Replica, settings: Any) -> None:
    settings.OPENDATA_DERDEN_URL = f"{sources.url}/cbs4/odata/v1"
    found = scan("BU05183620")
    assert found["goede_gezondheid", "BU05183620"].status == "failed"
    assert json.dumps(found["inwoners", "BU05183620"].value) == "3360.0"


def test_a_name_that_stands_in_a_table_twice_is_found_by_its_group() -> None:
    rows = [
        Column("Nederland_17", "Nederland", "Nederland", ("Herkomstland", "Bevolking")),
        Column("Nederland_20", "Nederland", "Nederland", ("Geboorteland", "Bevolking")),
        Column("AantalInwoners_5", "AantalInwoners", "Aantal inwoners", ("Bevolking",)),
    ]
    wanted = [MEASURES["1012600_1"], MEASURES["T001036"]]
    assert keys_of(Columns(rows), wanted) == {"1012600_1": "Nederland_17", "T001036": "AantalInwoners_5"}
    assert keys_of(Columns(rows[1:]), wanted) == {"T001036": "AantalInwoners_5"}


def test_a_large_set_is_asked_in_parts(sources: Replica) -> None:
    codes = ["BU05183620", *(f"BU0518990{number}" for number in range(10)), "BU05183637"]
    target = target_of(codes)
    found = {(figure.indicator, figure.code): figure for figure in figures_of_set(target)}
    assert found["inwoners", target.asked.code].status == "suppressed"
    assert found["inwoners", "BU05183637"].value == 6330


def figures_of_set(target: Target) -> list[Figure]:
    """Straight from the sources: the command refuses codes that CBS does not know."""
    plan = plan_of([target])
    for source, harvest in harvests(["kwb", "politie", "rivm", "leefbaarometer"], plan):
        assert not harvest.failed, (source, harvest.note)
        store.keep(source, harvest.fetched)
    return figures_from_store(list(CATALOGUE.values()), target, frozenset())
