"""A scan by a real worker, which is killed halfway."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings
from django.utils import timezone

from buurtscan.actions import start_scan
from buurtscan.catalogue import CATALOGUE
from buurtscan.models import AreaRow, Scan, ScanFigure
from core.models import Job
from tests import builders
from tests.platform_live import Live, environment, eventually, live
from tests.replica import Replica

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
POOL = ["--pool", "prefork"] if settings.REDIS_URL else ["--pool", "threads"]
QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO"]


@pytest.fixture(autouse=True)
def a_real_queue() -> Iterator[None]:
    current_app.conf.task_always_eager = False
    with current_app.connection_for_write() as connection:
        connection.SimpleQueue("celery").clear()
    yield
    current_app.conf.task_always_eager = True


def worker(tmp_path: Path, name: str, sources: Replica) -> AbstractContextManager[Live]:
    command = ["-m", "celery", "--app", "buurtagenda", "worker", *POOL, "--concurrency", "2", *QUIET]
    env = environment(Path(settings.DATA_DIR), OPENDATA_TIMEOUT="120", **sources.environ())
    return live(command, env, tmp_path / name)


def states(scan: Scan) -> dict[str, str]:
    return dict(scan.sources.values_list("source", "state"))


def open_sources(scan: Scan) -> set[str]:
    """SES-WOA and Nabijheid have no tables among the facts: those fail, and are finished."""
    return {source for source, state in states(scan).items() if state not in ("done", "failed")}


def is_in(job: Job, state: str) -> bool:
    job.refresh_from_db()
    return job.state == state


def test_a_scan_whose_worker_is_killed_ends_after_a_restart_with_nothing_double_or_lost(
    tmp_path: Path, sources: Replica
) -> None:
    project = builders.project()
    coordinator = builders.member(project, "coordinator")
    slow = sources.faults.add("slow", "/derden/*47018NED*", delay=60)
    with worker(tmp_path, "first", sources) as first:
        scan = start_scan(project, by=coordinator)
        eventually(lambda: open_sources(scan) == {"politie"}, f"all others are in; {first.said}")
        first.kill()
    assert is_in(scan.job, "running")
    before = dict(ScanFigure.objects.of(project).values_list("pk", "value"))
    assert before
    assert not ScanFigure.objects.of(project).filter(indicator="misdrijven").exists()

    slow.times = 0
    Job.objects.update(heartbeat=timezone.now() - timedelta(minutes=1))  # silent for a while
    with worker(tmp_path, "second", sources) as second:
        eventually(lambda: is_in(scan.job, "done"), f"the scan is done; {second.said}")

    assert Scan.objects.count() == 1
    assert not open_sources(scan)
    assert {states(scan)[source] for source in ("kwb", "rivm", "politie", "leefbaarometer")} == {"done"}
    figures = ScanFigure.objects.of(project)
    assert figures.count() == 4 * len(CATALOGUE)
    assert figures.get(indicator="misdrijven", code="BU05183620").value == 92.0
    after = dict(figures.values_list("pk", "value"))
    assert {pk: after[pk] for pk in before} == before
    keys = list(AreaRow.objects.values_list("code", "period", "table"))
    assert len(keys) == len(set(keys))
