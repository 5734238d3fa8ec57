"""Jobs with a real worker, on the broker of this run: the file system, or Redis."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings
from django.utils import timezone

from core.jobs import request_job
from core.models import Job
from tests import platform_tasks
from tests.platform_live import Live, environment, eventually, live

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
POOL = ["--pool", "prefork"] if settings.REDIS_URL else ["--pool", "threads"]
QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO"]


@pytest.fixture(autouse=True)
def a_real_queue() -> Iterator[None]:
    current_app.conf.task_always_eager = False
    platform_tasks.GATE.unlink(missing_ok=True)
    with current_app.connection_for_write() as connection:
        connection.SimpleQueue("celery").clear()
    yield
    current_app.conf.task_always_eager = True
    platform_tasks.GATE.unlink(missing_ok=True)


def worker(tmp_path: Path, name: str = "worker") -> AbstractContextManager[Live]:
    command = ["-m", "celery", "--app", "buurtagenda", "worker", "--include", "tests.platform_tasks"]
    env = environment(Path(settings.DATA_DIR))
    return live([*command, *POOL, "--concurrency", "2", *QUIET], env, tmp_path / name)


def is_in(job: Job, state: str) -> bool:
    job.refresh_from_db()
    return job.state == state


def test_a_worker_does_the_job_in_a_process_of_its_own(tmp_path: Path) -> None:
    with worker(tmp_path) as started:
        job = request_job("tests.at_once")
        eventually(lambda: is_in(job, "done"), f"the job is done; {started.said}")
    assert job.attempts == 1
    assert job.note.startswith("process")
    assert job.note != f"process {os.getpid()}"


def test_a_job_that_waited_for_a_worker_is_done_when_one_comes(tmp_path: Path) -> None:
    job = request_job("tests.at_once")
    with worker(tmp_path) as started:
        eventually(lambda: is_in(job, "done"), f"the job is done; {started.said}")


def test_a_job_that_breaks_in_a_worker_is_failed_and_the_worker_lives_on(tmp_path: Path) -> None:
    with worker(tmp_path) as started:
        broken = request_job("tests.broken")
        eventually(lambda: is_in(broken, "failed"), f"the job has failed; {started.said}")
        job = request_job("tests.at_once")
        eventually(lambda: is_in(job, "done"), f"the next job is done; {started.said}")
    assert broken.error
    assert "broken on purpose" not in broken.error


def test_a_job_whose_worker_is_killed_halfway_ends_after_a_restart(tmp_path: Path) -> None:
    with worker(tmp_path, "first") as first:
        job = request_job("tests.until_the_gate_opens")
        eventually(lambda: is_in(job, "running"), f"the job runs; {first.said}")
        first.kill()
    assert is_in(job, "running")

    Job.objects.update(heartbeat=timezone.now() - timedelta(minutes=1))  # silent for a while
    platform_tasks.GATE.touch()
    with worker(tmp_path, "second") as second:
        eventually(lambda: is_in(job, "done"), f"the job is done; {second.said}")
    assert job.attempts == 2


def test_a_message_that_was_lost_is_sent_again_on_the_word_of_the_clock(tmp_path: Path) -> None:
    with worker(tmp_path) as started:
        eventually(lambda: " ready." in started.said, "the worker is ready")
        lost = Job.objects.create(task="tests.at_once", created_at=timezone.now() - timedelta(minutes=1))
        current_app.send_task("core.resume_stale")
        eventually(lambda: is_in(lost, "done"), f"the job is done; {started.said}")
