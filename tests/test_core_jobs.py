from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from core.jobs import MAX_ATTEMPTS, claim, job_task, request_job, resume_stale
from core.models import Job

seen: list[int] = []


@job_task("tests.remember")
def remember(run: object) -> None:
    seen.append(run.job.pk)  # type: ignore[attr-defined]


@job_task("tests.break")
def break_down(run: object) -> None:
    raise ValueError("broken")


@pytest.mark.django_db(transaction=True)
def test_a_job_is_sent_after_commit_and_done_afterwards() -> None:
    job = request_job("tests.remember")
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert seen == [job.pk]


@pytest.mark.django_db
def test_a_job_is_not_sent_while_the_transaction_is_open() -> None:
    seen.clear()
    request_job("tests.remember")
    assert seen == []


@pytest.mark.django_db(transaction=True)
def test_a_job_that_breaks_is_failed_with_a_text_for_the_user() -> None:
    with pytest.raises(ValueError):
        request_job("tests.break")
    job = Job.objects.get()
    assert job.state == Job.State.FAILED
    assert "mis" in job.error


@pytest.mark.django_db
def test_a_job_that_is_alive_is_claimed_once() -> None:
    job = Job.objects.create(task="tests.remember")
    assert claim(job.pk) is not None
    assert claim(job.pk) is None


@pytest.mark.django_db
def test_the_worker_that_lost_a_job_can_no_longer_write_to_it() -> None:
    job = Job.objects.create(task="tests.remember")
    first = claim(job.pk)
    Job.objects.filter(pk=job.pk).update(heartbeat=timezone.now() - timedelta(minutes=5))
    second = claim(job.pk)
    assert first
    assert second
    first.finish(Job.State.FAILED, "te laat")
    second.finish(Job.State.DONE)
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert job.error == ""


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_was_killed_is_taken_up_again() -> None:
    seen.clear()
    old = timezone.now() - timedelta(minutes=5)
    job = Job.objects.create(task="tests.remember", state="running", heartbeat=old, attempts=1)
    assert resume_stale() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, seen) == ("done", 2, [job.pk])


@pytest.mark.django_db(transaction=True)
def test_a_job_that_stopped_three_times_is_given_up() -> None:
    old = timezone.now() - timedelta(minutes=5)
    job = Job.objects.create(task="tests.remember", state="running", heartbeat=old, attempts=MAX_ATTEMPTS)
    assert resume_stale() == 0
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert job.error


def test_every_scheduled_task_exists() -> None:
    from django.conf import settings

    current_app.loader.import_default_modules()
    planned = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert planned <= set(current_app.tasks)
