"""A scan of a project: asked for once, done source by source, repeatable."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import transaction

from buurtscan.actions import start_scan
from buurtscan.catalogue import CATALOGUE
from buurtscan.models import Scan, ScanFigure, ScanSource, Source
from core.errors import DomainError
from core.models import Job, Record
from projects.models import Project, User
from tests import builders
from tests.buurtscan_help import buurt, gelselaar
from tests.replica import Replica

pytestmark = pytest.mark.django_db

type Capture = Callable[..., AbstractContextManager[list[Callable[[], Any]]]]


@pytest.fixture
def scanned(
    sources: Replica, django_capture_on_commit_callbacks: Capture, coordinator: User
) -> Callable[[Project], Scan]:
    """Starts a scan and lets it run to its end, as a worker would."""

    def run(project: Project) -> Scan:
        with django_capture_on_commit_callbacks(execute=True):
            scan = start_scan(project, by=coordinator)
        scan.refresh_from_db()
        scan.job.refresh_from_db()
        return scan

    return run


def values(project: Project) -> dict[tuple[str, str], Any]:
    rows = ScanFigure.objects.of(project)
    return {
        (row.indicator, row.code): (row.pk, row.value, row.status, row.period, row.role, tuple(row.flags))
        for row in rows
    }


def figure(project: Project, indicator: str, code: str = "BU05183620") -> ScanFigure:
    return ScanFigure.objects.of(project).get(indicator=indicator, code=code)


def test_a_scan_fills_all_chapters(project: Project, scanned: Any) -> None:
    scan = scanned(project)
    assert scan.job.state == Job.State.DONE
    assert {source.state for source in scan.sources.all()} == {"done"}
    assert ScanFigure.objects.of(project).count() == 4 * len(CATALOGUE)
    assert ScanFigure.objects.of(project).of_area_asked().count() == len(CATALOGUE)
    assert figure(project, "misdrijven").value == 92.0
    assert figure(project, "woz_waarde", "NL00").value == 378


def test_asking_is_written_down(project: Project, coordinator: User) -> None:
    scan = start_scan(project, by=coordinator)
    row = Record.objects.get(verb="start_scan")
    assert (row.actor_id, row.object_id, row.project_id) == (coordinator.pk, str(scan.pk), project.pk)


def test_the_second_of_two_clicks_gets_the_scan_that_runs(project: Project, coordinator: User) -> None:
    assert start_scan(project, by=coordinator) == start_scan(project, by=coordinator)
    assert (Scan.objects.count(), ScanSource.objects.count()) == (1, len(Source.values))


def test_the_same_scan_twice_gives_the_same_rows(project: Project, scanned: Any) -> None:
    scanned(project)
    before = values(project)
    second = scanned(project)
    assert values(project) == before
    assert set(ScanFigure.objects.of(project).values_list("scan", flat=True)) == {second.pk}


def test_a_project_without_an_area_is_refused(coordinator: User) -> None:
    project = builders.project()
    project.areas.clear()
    with pytest.raises(DomainError, match="buurt"):
        start_scan(project, by=coordinator)


def test_a_source_that_fails_says_so_and_keeps_its_old_figures(
    project: Project, scanned: Any, sources: Replica
) -> None:
    scanned(project)
    old = figure(project, "misdrijven")
    sources.faults.add("error500", "/derden/*47018NED*")
    scan = scanned(project)
    failed = scan.sources.get(source="politie")
    kept = figure(project, "misdrijven")
    assert (failed.state, "storing" in failed.message) == ("failed", True)
    assert scan.job.state == Job.State.DONE
    assert (kept.value, kept.fetched_at, kept.scan_id) == (old.value, old.fetched_at, old.scan_id)
    assert figure(project, "goede_gezondheid").scan_id == scan.pk


def test_without_old_figures_a_failed_source_has_failed_figures(
    project: Project, scanned: Any, sources: Replica
) -> None:
    sources.faults.add("error500", "/derden/*47018NED*")
    scanned(project)
    assert figure(project, "misdrijven").status == "failed"
    sources.faults.clear()
    scanned(project)
    assert figure(project, "misdrijven").status == "ok"


def test_figures_of_another_project_stand_in_with_their_date(
    project: Project, scanned: Any, sources: Replica
) -> None:
    scanned(project)
    twin = builders.project()
    sources.faults.add("error500", "/derden/*47018NED*")
    scanned(twin)
    first, second = figure(project, "misdrijven"), figure(twin, "misdrijven")
    assert second.value == first.value
    assert second.fetched_at <= first.fetched_at


def test_a_scan_without_any_answer_failed(project: Project, scanned: Any, sources: Replica) -> None:
    sources.faults.add("not_found", "*")
    scan = scanned(project)
    assert (scan.job.state, "bronnen" in scan.job.error) == ("failed", True)
    assert {row.status for row in ScanFigure.objects.of(project)} == {"failed"}


def test_a_source_that_gave_part_is_done_and_says_what_lacks(
    project: Project, scanned: Any, sources: Replica
) -> None:
    sources.faults.add("error500", "/lbm-geo/")
    source = scanned(project).sources.get(source="leefbaarometer")
    assert (source.state, "bestand" in source.message) == ("done", True)


def test_a_job_taken_up_again_asks_only_what_is_not_in_yet(
    project: Project, coordinator: User, sources: Replica, django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        scan = start_scan(project, by=coordinator)
    scan.sources.exclude(source="politie").update(state="done")
    Job.objects.update(attempts=1)  # whose worker is gone
    for callback in callbacks:
        callback()
    assert {path for _, path in sources.requests if "47018NED" not in path} == set()
    assert scan.sources.get(source="politie").state == "done"


def test_a_village_has_figures_for_itself_its_buurten_and_around(scanned: Any) -> None:
    project = gelselaar()
    scanned(project)
    village = "BU18590004+BU18590006"
    assert figure(project, "inwoners", village).value == 655
    assert figure(project, "woz_waarde", village).status == "not_combinable"
    roles = ScanFigure.objects.of(project).filter(indicator="woz_waarde").values_list("role", flat=True)
    assert sorted(roles) == ["asked", "gemeente", "land", "member", "member", "wijk"]


def test_figures_of_an_area_that_the_project_left_step_aside(project: Project, scanned: Any) -> None:
    scanned(project)
    old = figure(project, "woz_waarde")
    project.areas.set([buurt("BU01602806")])
    scanned(project)
    old.refresh_from_db()
    assert old.role == ScanFigure.Place.FORMER
    assert figure(project, "woz_waarde", "BU01602806").value == 272
    asked = ScanFigure.objects.of(project).of_area_asked()
    assert set(asked.values_list("code", flat=True)) == {"BU01602806"}


def test_a_failing_source_does_not_keep_a_new_area_from_being_shown(
    project: Project, scanned: Any, sources: Replica
) -> None:
    scanned(project)
    project.areas.set([buurt("BU05183637")])
    sources.faults.add("error500", "/derden/*47018NED*")
    scanned(project)
    assert figure(project, "misdrijven", "BU05183637").status == "failed"


def test_no_question_is_asked_while_a_transaction_is_open(
    project: Project, scanned: Any, sources: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_blocks: list[int] = []
    before = transaction.get_connection().savepoint_ids
    depth = len(before)
    record = sources.record

    def watch(method: str, target: str) -> None:
        open_blocks.append(len(transaction.get_connection().savepoint_ids) - depth)
        record(method, target)

    monkeypatch.setattr(sources, "record", watch)
    scanned(project)
    assert open_blocks
    assert set(open_blocks) == {-depth} or set(open_blocks) == {0}
