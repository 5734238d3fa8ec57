"""What nobody looks at any more is forgotten at night: old pulls, and jobs to which nothing refers."""

from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.conf import settings
from django.db.models import ForeignObjectRel
from django.utils import timezone

from buurtscan.models import Pull, Scan, Takeaway
from core.models import Job
from projects.models import Project

pytestmark = pytest.mark.django_db


def job(task: str, days: int, state: str = "done") -> Job:
    ended = None if state in ("waiting", "running") else timezone.now() - timedelta(days=days)
    made = timezone.now() - timedelta(days=days)
    return Job.objects.create(task=task, state=state, created_at=made, finished_at=ended, heartbeat=made)


def pull(source: str, days: int, state: str = "done", **only: Any) -> Pull:
    return Pull.objects.create(job=job("buurtscan.pull", days, state), source=source, **only)


def at_night() -> None:
    """As the clock asks for it."""
    current_app.loader.import_default_modules()
    for entry in ("forget old pulls", "forget old jobs"):
        current_app.tasks[settings.CELERY_BEAT_SCHEDULE[entry]["task"]].apply().get()


def test_old_pulls_go_with_their_jobs_and_the_newest_of_each_source_stays() -> None:
    old = [pull("kwb", days) for days in (300, 200, 100)]
    newest, other = pull("kwb", 95), pull("rivm", 400)
    at_night()
    assert set(Pull.objects.all()) == {newest, other}
    assert not Job.objects.filter(pk__in=[one.job_id for one in old]).exists()


def test_pulls_of_the_last_ninety_days_stay() -> None:
    found = {pull("kwb", days) for days in (89, 30, 1, 0)}
    at_night()
    assert set(Pull.objects.all()) == found


def test_the_newest_pull_that_went_well_stays_however_long_ago() -> None:
    good = pull("kwb", 200)
    failed = [pull("kwb", days, "failed") for days in (150, 100)]
    at_night()
    assert set(Pull.objects.all()) == {good, failed[-1]}


def test_of_one_table_and_of_one_year_the_newest_stays_too() -> None:
    pull("kwb", 300, only_table="84799NED")
    found = {
        pull("kwb", 200, only_table="84799NED"),
        pull("kwb", 250, only_year=2020),
        pull("kwb", 100),
    }
    at_night()
    assert set(Pull.objects.all()) == found


@pytest.mark.parametrize("state", ["waiting", "running"])
def test_what_is_not_finished_stays(state: str) -> None:
    open_ = pull("kwb", 300, state)
    pull("kwb", 1)
    at_night()
    assert open_ in Pull.objects.all()


def test_old_jobs_go_except_the_newest_of_their_task() -> None:
    job("buurtscan.reference", 300, "failed")
    newest, recent = job("buurtscan.reference", 200), job("stories.something", 10)
    at_night()
    assert set(Job.objects.all()) == {newest, recent}


def test_jobs_of_what_was_made_stay(project: Project) -> None:
    scan = Scan.objects.create(project=project, job=job("buurtscan.scan", 300))
    again = Scan.objects.create(project=project, job=job("buurtscan.scan", 200))
    Scan.objects.create(project=project, job=job("buurtscan.scan", 1))
    at_night()
    assert {scan, again} <= set(Scan.objects.all())
    assert Job.objects.filter(pk__in=[scan.job_id, again.job_id]).count() == 2


def test_every_model_with_a_job_is_asked_whether_it_still_needs_it() -> None:
    """Also those of rooms that core knows nothing of."""
    said = str(Job.objects.of_nothing().query)
    for relation in Job._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            assert relation.field.model._meta.db_table in said
    assert Takeaway._meta.db_table in said


def test_the_time_is_a_setting(settings: Any) -> None:
    settings.KEEP_JOBS_DAYS = 14
    pull("kwb", 20)
    newest = pull("kwb", 1)
    at_night()
    assert set(Pull.objects.all()) == {newest}
