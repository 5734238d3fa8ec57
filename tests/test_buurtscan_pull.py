"""The store of the whole country: brought in once at a time, taken up again, read instead of asked."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtscan import store
from buurtscan.actions import (
    begin_pull,
    pulled_sources,
    refresh_reference,
    refresh_sources,
    request_pull,
    run_pull,
    run_scan,
    scan_areas,
    start_scan,
)
from buurtscan.catalogue import measures_of
from buurtscan.figures import TableId
from buurtscan.models import Pull, Scan, ScanFigure, ScanSource, Source, SourceTable
from buurtscan.national import pulling, turns
from buurtscan.national.freshness import FRESH_FOR, UNMARKED_FOR
from buurtscan.sources.harvest import National, Row
from buurtscan.target import target_of
from core.errors import Conflict, DomainError
from core.jobs import Run, claim
from core.models import Job, Lease
from projects.models import Project, User
from tests.buurtscan_help import stored
from tests.platform_live import Live, environment, eventually, live
from tests.replica import Replica

HERE = "BU05183620"
CONTROL = ("BEGIN", "BEGIN IMMEDIATE", "COMMIT")
CONSTRUCTED = ("ses_woa", "nabijheid")


def pull(**options: Any) -> str:
    out = StringIO()
    call_command("pull", stdout=out, **options)
    return out.getvalue()


def stocked() -> None:
    """The store of today, with all sources. Constructed: two of them have no tables among the facts, and are
    held as if they had been brought in without a number."""
    for source in pulled_sources():
        if source not in CONSTRUCTED:
            pull(source=source)
            continue
        columns = dict.fromkeys((measure.id for measure in measures_of(source)), "")
        SourceTable.objects.create(
            source=source,
            table=f"{source}-constructed",
            vintage=2024,
            modified="constructed",
            columns=columns,
        )
        job = Job.objects.create(task="buurtscan.pull", state=Job.State.DONE, finished_at=timezone.now())
        Pull.objects.create(job=job, source=source)
    refresh_reference()


def claimed(thing: Pull | Scan) -> Run:
    run = claim(thing.job_id)
    assert run is not None
    return run


def made_older(by: timedelta) -> None:
    Job.objects.update(finished_at=timezone.now() - by)


def paths(sources: Replica) -> list[str]:
    return [path for _, path in sources.requests]


def values_now() -> dict[tuple[str, str], float | None]:
    target = target_of([HERE])
    return {(figure.indicator, figure.code): figure.value for figure in scan_areas([target]).figures[target]}


# --- what need not be asked --------------------------------------------------------------
@pytest.mark.django_db
def test_a_scan_of_a_project_from_a_store_of_today_asks_nothing(
    project: Project, coordinator: User, sources: Replica
) -> None:
    stocked()
    scan = start_scan(project, by=coordinator)
    sources.clear_requests()
    run_scan(scan, claimed(scan))
    assert sources.requests == []
    assert {source.state for source in scan.sources.all()} == {"done"}
    assert ScanFigure.objects.of(project).get(indicator="misdrijven", code=HERE).value == 92.0


@pytest.mark.django_db(transaction=True)
def test_a_warm_scan_takes_at_most_twelve_queries(
    project: Project, coordinator: User, sources: Replica
) -> None:
    stocked()
    scan = Scan.objects.create(project=project, job=Job.objects.create(task="buurtscan.scan"))
    scan.sources.bulk_create(ScanSource(scan=scan, source=source) for source in Source.values)
    run = claimed(scan)
    with CaptureQueriesContext(connections["default"]) as queries:
        run_scan(scan, run)
    said = [query["sql"][:90] for query in queries if query["sql"] not in CONTROL]
    assert len(said) <= 12, "\n".join(said)


@pytest.mark.django_db
def test_a_warm_scan_of_an_area_without_a_project_takes_as_few(sources: Replica) -> None:
    stocked()
    with CaptureQueriesContext(connections["default"]) as queries:
        scan_areas([target_of([HERE])])
    assert len(queries) <= 12, "\n".join(query["sql"][:90] for query in queries)


@pytest.mark.django_db
def test_figures_from_the_store_have_the_date_of_the_store(
    project: Project, coordinator: User, sources: Replica
) -> None:
    stocked()
    day = timezone.now() - timedelta(hours=5)
    SourceTable.objects.update(refreshed_at=day)
    scan = start_scan(project, by=coordinator)
    run_scan(scan, claimed(scan))
    figures = ScanFigure.objects.of(project).filter(status="ok")
    assert set(figures.values_list("fetched_at", flat=True)) == {day}


@pytest.mark.django_db
def test_a_store_of_the_day_before_yesterday_costs_one_question_to_each_catalogue(sources: Replica) -> None:
    stocked()
    before = values_now()
    made_older(FRESH_FOR + timedelta(hours=1))
    sources.clear_requests()
    assert values_now() == before
    held = set(SourceTable.objects.values_list("table", flat=True))
    assert not [path for path in paths(sources) if any(table in path for table in held)]
    assert not [path for path in paths(sources) if "lbm" in path]
    assert [path for path in paths(sources) if "ODataCatalog" in path]


@pytest.mark.django_db
def test_a_source_without_a_mark_is_asked_again_after_a_week(sources: Replica) -> None:
    stocked()
    made_older(UNMARKED_FOR - timedelta(hours=1))
    sources.clear_requests()
    values_now()
    assert not [path for path in paths(sources) if "lbm" in path]
    made_older(UNMARKED_FOR + timedelta(hours=1))
    values_now()
    assert [path for path in paths(sources) if "lbm" in path]


@pytest.mark.django_db
@pytest.mark.parametrize(("source", "table"), [("rivm", "50150NED"), ("politie", "47018NED")])
def test_a_table_with_another_mark_than_ours_is_asked(source: str, table: str, sources: Replica) -> None:
    stocked()
    made_older(FRESH_FOR * 2)
    SourceTable.objects.filter(table=table).update(modified="2020-01-01T00:00:00")
    sources.clear_requests()
    values_now()
    asked = [path for path in paths(sources) if "TypedDataSet" in path]
    assert asked
    assert all("/derden/" in path for path in asked)
    assert any(table in path for path in asked)


@pytest.mark.django_db
def test_a_pull_of_one_table_or_year_makes_a_source_not_fresh(sources: Replica) -> None:
    pull(source="kwb", table="85984NED")
    pull(source="rivm", year=2024)
    sources.clear_requests()
    values_now()
    assert [path for path in paths(sources) if "50150NED" in path]
    assert [path for path in paths(sources) if "84799NED" in path]


@pytest.mark.django_db
def test_a_pull_that_failed_makes_a_source_not_fresh(sources: Replica) -> None:
    pull(source="rivm")
    made_older(FRESH_FOR * 2)
    SourceTable.objects.filter(table="50090NED").update(modified="2020-01-01")
    sources.faults.add("error500", "*50090NED/TypedDataSet*")
    with pytest.raises(CommandError):
        pull(source="rivm")
    sources.faults.clear()
    sources.clear_requests()
    values_now()
    assert [path for path in paths(sources) if "50150NED" in path]


@pytest.mark.django_db
def test_a_new_indicator_makes_a_source_not_fresh(sources: Replica) -> None:
    stocked()
    table = SourceTable.objects.get(table="47018NED")
    table.columns.pop(sorted(table.columns)[0])
    table.save()
    sources.clear_requests()
    values_now()
    assert [path for path in paths(sources) if "47018NED" in path]
    assert not [path for path in paths(sources) if "/cbs3/" in path]


@pytest.mark.django_db
def test_a_catalogue_that_does_not_answer_is_no_reason_to_fail(sources: Replica) -> None:
    stocked()
    before = values_now()
    made_older(FRESH_FOR * 2)
    sources.faults.add("error500", "*ODataCatalog*")
    assert values_now() == before


# --- the mark of a source without one ----------------------------------------------------
CONSTRUCTED_TABLE = TableId("constructed", 2024)


def constructed(score: float) -> National:
    rows: list[Row] = [("BU05183620", "2024", {"score": score}), ("NL00", "2024", {"score": 1.0})]
    return National(CONSTRUCTED_TABLE, "", frozenset({"score"}), lambda: iter([rows]), {"score": "s"})


def loaded(national: National, *, whole: bool = True) -> SourceTable:
    row = store.table_row("leefbaarometer", CONSTRUCTED_TABLE)
    pulling.load(row, national, whole=whole, fence=lambda: None)
    return row


@pytest.mark.django_db
def test_a_table_without_a_mark_gets_one_that_changes_only_with_its_numbers() -> None:
    first = loaded(constructed(2.0)).modified
    assert first.startswith("sha256:")
    assert loaded(constructed(2.0)).modified == first
    assert loaded(constructed(3.0)).modified != first


@pytest.mark.django_db
def test_a_part_of_a_table_leaves_the_mark_and_the_columns_of_the_whole() -> None:
    before = loaded(constructed(2.0))
    part = replace(constructed(4.0), measures=frozenset({"score", "another"}), periods=("2024",))
    after = loaded(part, whole=False)
    assert (after.modified, after.columns) == (before.modified, before.columns)
    assert stored(code="NL00") == {("constructed", "NL00", "2024", "score"): 1.0}


# --- one at a time -----------------------------------------------------------------------
@pytest.mark.django_db
def test_a_worker_whose_source_is_being_pulled_is_told_so(sources: Replica) -> None:
    first, second = begin_pull("kwb"), begin_pull("kwb")
    with turns.turn("pull kwb", claimed(first), wait=False):
        with pytest.raises(DomainError, match="al opgehaald"):
            run_pull(second, claimed(second))
        other = begin_pull("leefbaarometer")
        run_pull(other, claimed(other))
    assert sources.requests
    assert not [path for path in paths(sources) if "cbs3" in path]


@pytest.mark.django_db
def test_who_died_loses_his_turn_and_who_took_over_keeps_it(sources: Replica) -> None:
    first, second = begin_pull("kwb", table="84799NED"), begin_pull("kwb", table="84799NED")
    dead = claimed(first)
    with turns.turn("pull kwb", dead, wait=False) as fence:
        Job.objects.filter(pk=first.job_id).update(heartbeat=timezone.now() - timedelta(minutes=1))
        run_pull(second, claimed(second))
        third = claimed(begin_pull("kwb"))
        with turns.turn("pull kwb", third, wait=False), pytest.raises(Conflict):
            fence()  # he was only asleep
    assert second.rows > 0
    assert not Lease.objects.exists()


@pytest.mark.django_db
def test_who_lost_his_turn_while_downloading_changes_nothing(
    sources: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    asleep = begin_pull("kwb", table="84799NED")
    run = claimed(asleep)
    beats = []

    def overtaken(done: int, total: int, note: str = "") -> None:
        beats.append(note)
        Lease.objects.update(holder="another run")

    monkeypatch.setattr(run, "progress", overtaken)
    with pytest.raises(Conflict, match="overgenomen"):
        run_pull(asleep, run)
    assert beats == ["84799NED"]
    assert stored() == {}
    assert Lease.objects.get().holder == "another run"


@pytest.mark.django_db(transaction=True)
def test_of_two_commands_at_once_one_waits_and_then_finds_nothing_to_fetch(
    sources: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "LOOK_EVERY", 0.05)
    slow = sources.faults.add("slow", "*84799NED/TypedDataSet*", delay=1.0)
    said: list[str] = []

    def one() -> None:
        try:
            said.append(pull(source="kwb", table="84799NED"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert slow
    assert len([path for path in paths(sources) if "84799NED/TypedDataSet" in path]) == 1
    assert sorted("opgehaald, " in text for text in said) == [False, True]
    assert any("niet veranderd" in text for text in said)
    assert {job.state for job in Job.objects.filter(task="buurtscan.pull")} == {"done"}


@pytest.mark.django_db(transaction=True)
def test_of_many_that_want_a_turn_at_once_exactly_one_gets_it() -> None:
    runs = [claimed(begin_pull("kwb")) for _ in range(8)]
    ready, got = threading.Barrier(len(runs)), []

    def want(run: Run) -> None:
        try:
            ready.wait()
            got.append(turns.take("pull kwb", turns.holder_of(run)))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=want, args=(run,)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [False] * 7 + [True]


# --- asked by the clock ------------------------------------------------------------------
@pytest.mark.django_db
def test_the_clock_asks_for_every_source_once_and_never_piles_up() -> None:
    refresh_sources()
    assert sorted(Pull.objects.values_list("source", flat=True)) == sorted(pulled_sources())
    refresh_sources()
    assert Pull.objects.count() == len(pulled_sources())
    Job.objects.update(state=Job.State.DONE)
    refresh_sources()
    assert Pull.objects.count() == 2 * len(pulled_sources())


@pytest.mark.django_db
def test_a_pull_of_one_year_is_another_wish_than_that_of_all() -> None:
    assert request_pull("kwb") == request_pull("kwb")
    assert request_pull("kwb", year=2020) != request_pull("kwb")


@pytest.mark.django_db
def test_the_door_of_the_clock_asks_for_a_refresh(
    sources: Replica, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[Any]]]
) -> None:
    current_app.loader.import_default_modules()
    with django_capture_on_commit_callbacks(execute=True):
        current_app.tasks["buurtscan.refresh_sources"].apply()
    states = {one.source: one.job.state for one in Pull.objects.select_related("job")}
    assert sorted(states) == sorted(pulled_sources())
    assert {states[source] for source in states if source not in CONSTRUCTED} == {"done"}


# --- killed halfway ----------------------------------------------------------------------
def command(tmp_path: Path, sources: Replica, name: str) -> AbstractContextManager[Live]:
    env = environment(Path(settings.DATA_DIR), OPENDATA_TIMEOUT="120", **sources.environ())
    return live(["manage.py", "pull", "--source", "kwb"], env, tmp_path / name)


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_a_pull_killed_halfway_goes_on_where_it_was(tmp_path: Path, sources: Replica) -> None:
    pull(source="kwb", table="83765NED")
    SourceTable.objects.update(modified="2020-01-01")
    old = stored(table__table="83765NED")
    slow = sources.faults.add("slow", "*83765NED/TypedDataSet*", delay=60)
    with command(tmp_path, sources, "first") as first:
        eventually(lambda: done_tables() == {"85984NED", "84799NED", "84583NED"}, first.said)
        eventually(lambda: [path for path in paths(sources) if "83765NED/TypedDataSet" in path], first.said)
        first.kill()
    assert stored(table__table="83765NED") == old
    assert Lease.objects.filter(name="pull kwb").exists()
    assert Job.objects.latest("pk").state == "running"

    slow.times = 0
    sources.clear_requests()
    Job.objects.update(heartbeat=timezone.now() - timedelta(minutes=1))  # silent for a while
    said = pull(source="kwb")
    assert [path for path in paths(sources) if "TypedDataSet" in path and "83765NED" not in path] == []
    assert said.count("niet veranderd") == 3
    assert stored(table__table="83765NED") == old
    assert SourceTable.objects.get(table="83765NED").modified != "2020-01-01"


def done_tables() -> set[str]:
    rows = SourceTable.objects.exclude(modified__in=["", "2020-01-01"])
    return set(rows.values_list("table", flat=True))


@pytest.mark.django_db
def test_a_pull_taken_up_again_reports_what_the_first_attempt_brought_in(sources: Replica) -> None:
    pulled = begin_pull("rivm")
    run_pull(pulled, claimed(pulled))
    before = pulled.report
    Job.objects.update(state="running", heartbeat=timezone.now() - timedelta(minutes=1))
    again = Pull.objects.get()
    run_pull(again, claimed(again))
    assert again.report == before
    assert again.rows == pulled.rows > 0
