import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from buurtscan.actions import pulled_sources
from buurtscan.models import AreaRow, Distribution, Pull, SourceTable
from core.models import Record
from gebieden.models import Area
from tests.buurtscan_help import stored
from tests.replica import Replica

pytestmark = pytest.mark.django_db

KEYS = {
    "indicator", "chapter", "title", "code", "level", "value", "unit", "period", "vintage",
    "level_used", "source", "table", "status", "flags", "asked", "below", "equal", "ranked", "median",
}  # fmt: skip


def scan(*codes: str, **options: Any) -> str:
    out = StringIO()
    call_command("scan", *codes, stdout=out, **options)
    return out.getvalue()


def pull(**options: Any) -> str:
    out = StringIO()
    call_command("pull", stdout=out, **options)
    return out.getvalue()


def test_a_scan_needs_no_loaded_areas_and_prints_json(sources: Replica) -> None:
    assert not Area.objects.exists()
    rows = json.loads(scan("BU05183620", json=True))
    assert {frozenset(row) for row in rows} == {frozenset(KEYS)}
    woz = next(row for row in rows if row["indicator"] == "woz_waarde" and row["code"] == "BU05183620")
    assert (woz["value"], woz["unit"], woz["level_used"], woz["status"]) == (
        228,
        "x 1 000 euro",
        "buurt",
        "ok",
    )
    assert {row["code"] for row in rows} == {"BU05183620", "WK051836", "GM0518", "NL00"}
    assert {row["level"] for row in rows} == {"buurt", "wijk", "gemeente", "land"}


def test_a_scan_says_its_place_among_all_buurten_once_the_country_is_held(sources: Replica) -> None:
    """Constructed: the facts have too few buurten to say a place."""
    rows = json.loads(scan("BU05183620", json=True))
    assert {row["ranked"] for row in rows} == {None}
    Distribution.objects.create(
        indicator="woz_waarde",
        period="2024",
        level="buurt",
        number=100,
        median=300.0,
        values=[200.0, 228.0, 300.0, 500.0],
        counts=[10, 10, 60, 20],
    )
    rows = json.loads(scan("BU05183620", json=True))
    woz = next(row for row in rows if row["indicator"] == "woz_waarde" and row["code"] == "BU05183620")
    assert (woz["below"], woz["equal"], woz["ranked"], woz["median"]) == (10, 10, 100, 300.0)
    assert "[lager dan in 80 van de 100 buurten]" in scan("BU05183620")


def test_several_codes_are_separate_scans(sources: Replica) -> None:
    rows = json.loads(scan("BU05183620", "WK039208", json=True))
    assert {row["asked"] for row in rows} == {"BU05183620", "WK039208"}


def test_a_set_is_one_scan_with_its_members(sources: Replica) -> None:
    rows = json.loads(scan("BU18590004", "BU18590006", set=True, json=True))
    inwoners = {row["code"]: row["value"] for row in rows if row["indicator"] == "inwoners"}
    assert inwoners["BU18590004+BU18590006"] == 655
    assert (inwoners["BU18590004"], inwoners["BU18590006"], inwoners["NL00"]) == (300, 355, 17942942)
    assert "set" in {row["level"] for row in rows}


def test_without_json_it_is_a_readable_table(sources: Replica) -> None:
    text = scan("BU05183620").replace("\N{NO-BREAK SPACE}", " ")
    assert "Gemiddelde WOZ-waarde: € 228.000 (CBS, 2024)" in text
    assert "Misdrijven: 92,0 per 1.000 inwoners (Politie, 2024)" in text
    assert "schatting met een rekenmodel" in text


@pytest.mark.parametrize("code", ["BU05189999", "Moerwijk", "BU05183620'", "\0", "x" * 1000])
def test_an_unknown_code_is_refused_with_exit_code_2(code: str, sources: Replica) -> None:
    with pytest.raises(CommandError) as refusal:
        scan(code, json=True)
    assert refusal.value.returncode == 2


def test_a_source_that_fails_is_named_beside_the_figures(sources: Replica) -> None:
    sources.faults.add("error500", "/derden/*47018NED*")
    out, errors = StringIO(), StringIO()
    call_command("scan", "BU05183620", json=True, stdout=out, stderr=errors)
    assert "politie: CBS (dataderden) heeft een storing" in errors.getvalue()
    crime = next(row for row in json.loads(out.getvalue()) if row["indicator"] == "misdrijven")
    assert (crime["status"], crime["value"]) == ("failed", None)


def test_a_pull_brings_in_every_area_of_a_table(sources: Replica) -> None:
    text = pull(source="kwb", year=2020)
    assert "84799NED (2020): opgehaald" in text
    held = {code: value for (_, code, _, measure), value in stored().items() if measure == "T001036"}
    assert len(held) == 32
    assert held["BU05183620"] == 3150
    assert held["BU04893052"] == 0
    assert Record.objects.filter(verb="pull").count() == 1


def test_what_is_null_is_not_in_the_store(sources: Replica) -> None:
    pull(source="kwb", year=2020)
    assert "M001642" not in {measure for _, _, _, measure in stored()}
    assert "M000100" not in {measure for _, _, _, measure in stored(code="BU04893052")}


def test_what_did_not_change_is_skipped_and_said(sources: Replica) -> None:
    pull(source="kwb", table="85984NED")
    sources.clear_requests()
    assert "niet veranderd" in pull(source="kwb", table="85984NED")
    assert len(sources.requests) == 1


def test_a_table_that_changed_is_brought_in_again(sources: Replica) -> None:
    pull(source="kwb", table="85984NED")
    here = AreaRow.objects.filter(code="BU05183620", period="2024")
    here.update(values={**here.get().values, "M001642": 1, "A047047": 9})
    SourceTable.objects.update(modified="2024-01-01")
    assert "opgehaald" in pull(source="kwb", table="85984NED")
    assert here.get().values["M001642"] == 228
    assert "A047047" not in here.get().values


def test_a_new_measure_in_the_catalogue_is_reason_to_pull_again(sources: Replica) -> None:
    pull(source="kwb", table="85984NED")
    table = SourceTable.objects.get(table="85984NED")
    table.columns.pop("M001642")
    table.save()
    assert "opgehaald" in pull(source="kwb", table="85984NED")


def test_a_source_without_any_of_our_tables_gives_exit_code_3_and_fails_nothing(sources: Replica) -> None:
    """The facts have nothing of SES-WOA and Nabijheid."""
    out = StringIO()
    with pytest.raises(CommandError, match="ses_woa: De bron heeft deze tabellen nu niet") as outcome:
        call_command("pull", all=True, stdout=out)
    assert outcome.value.returncode == 3
    assert "ses_woa 86296NED (2025): heeft de bron nu niet; wat wij ervan hebben, blijft" in out.getvalue()
    states = {pull.source: pull.job.state for pull in Pull.objects.all()}
    assert set(states) == set(pulled_sources())
    assert {states[source] for source in ("kwb", "rivm", "politie", "leefbaarometer")} == {"done"}


def test_a_year_that_the_source_no_longer_lists_is_said_and_no_failure(sources: Replica) -> None:
    said = pull(source="kwb")
    assert "kwb 85618NED (2023): heeft de bron nu niet; wat wij ervan hebben, blijft" in said
    assert "kwb 85984NED (2024): opgehaald" in said


def test_what_we_hold_of_a_table_that_went_away_stays(sources: Replica) -> None:
    table = SourceTable.objects.create(source="ses_woa", table="86092NED", vintage=2024, modified="2025")
    AreaRow.objects.create(table=table, code="BU05183620", period="2023", values={"ses_totaal": -0.5})
    with pytest.raises(CommandError) as outcome:
        pull(source="ses_woa")
    assert outcome.value.returncode == 3
    assert stored(table=table) == {("86092NED", "BU05183620", "2023", "ses_totaal"): -0.5}


def test_of_all_sources_those_without_that_year_are_skipped(sources: Replica) -> None:
    said = pull(all=True, year=2020)
    assert "kwb 84799NED (2020): opgehaald" in said
    assert "nabijheid: overgeslagen" in said
    assert AreaRow.objects.exists()


def test_a_year_that_no_source_has_gives_exit_code_3(sources: Replica) -> None:
    with pytest.raises(CommandError, match="jaar niet") as outcome:
        pull(all=True, year=1999)
    assert outcome.value.returncode == 3
    assert not AreaRow.objects.exists()


def test_a_failure_weighs_more_than_a_table_that_is_not_there(sources: Replica) -> None:
    sources.faults.add("error500", "/derden/*")
    with pytest.raises(CommandError, match="politie") as outcome:
        pull(all=True)
    assert outcome.value.returncode == 1


def test_a_source_that_fails_gives_exit_code_1_and_the_others_go_on(sources: Replica) -> None:
    sources.faults.add("error500", "/cbs3/")
    with pytest.raises(CommandError, match="kwb") as failure:
        pull(all=True)
    assert failure.value.returncode == 1
    states = {pull.source: pull.job.state for pull in Pull.objects.all()}
    assert states["kwb"] == "failed"
    assert states["rivm"] == states["politie"] == states["leefbaarometer"] == "done"


@pytest.mark.parametrize("kind", ["truncated", "error500", "looping", "empty", "atom"])
def test_a_table_that_breaks_off_leaves_the_store_as_it_was(kind: Any, sources: Replica) -> None:
    pull(source="kwb", table="84799NED")
    SourceTable.objects.update(modified="2020-01-01")
    before = stored()
    sources.faults.add(kind, "*84799NED/TypedDataSet*")
    with pytest.raises(CommandError):
        pull(source="kwb", table="84799NED")
    assert stored() == before
    assert SourceTable.objects.get(table="84799NED").modified == "2020-01-01"


def test_one_year_of_the_police_leaves_the_other_years(sources: Replica) -> None:
    pull(source="politie")
    before = AreaRow.objects.count()
    assert "opgehaald" in pull(source="politie", year=2024)
    assert AreaRow.objects.count() == before
    assert "niet veranderd" in pull(source="politie")


def test_one_year_of_health_is_not_the_whole_table(sources: Replica) -> None:
    pull(source="rivm", year=2020)
    assert set(AreaRow.objects.values_list("period", flat=True)) == {"2020"}
    assert set(SourceTable.objects.values_list("modified", flat=True)) == {""}


def test_a_year_that_is_not_there_is_said(sources: Replica) -> None:
    with pytest.raises(CommandError, match="jaar niet"):
        pull(source="kwb", year=2023)
