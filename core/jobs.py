"""The life of a job: asked for, claimed, kept alive, finished, resumed after a crash."""

import functools
import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from celery import current_app, shared_task
from django.conf import settings
from django.db import connections, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from core.errors import DomainError
from core.models import STALE_AFTER, Job

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 3
BEAT_SECONDS = 5


def request_job(task: str) -> Job:
    """Write the row now, send the message after commit. Call it inside the asking transaction."""
    job = Job.objects.create(task=task)
    transaction.on_commit(lambda: send(job.pk, task))
    return job


def send(job_id: int, task: str) -> None:
    current_app.loader.import_default_modules()
    try:
        current_app.tasks[task].apply_async((job_id,))
    except (OperationalError, OSError):
        logger.warning("the queue is unreachable; job %s waits for the clock", job_id)


class Run:
    """One attempt at a job, as its task sees it."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Show how far the work is, and that this worker is alive."""
        self._mine().update(done=done, total=total, note=note, heartbeat=timezone.now())

    def beat(self) -> None:
        self._mine().update(heartbeat=timezone.now())

    def finish(self, state: Job.State, error: str = "") -> None:
        now = timezone.now()
        self._mine().update(state=state, error=error[:500], finished_at=now, heartbeat=now)

    def _mine(self) -> Any:
        """Nothing once another worker has taken the job over."""
        return Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, attempts=self.job.attempts)


def claim(job_id: int) -> Run | None:
    """Take a waiting job, or a running one whose worker went silent. None if it is not ours."""
    now = timezone.now()
    free = Job.objects.filter(pk=job_id, state=Job.State.WAITING) | Job.objects.filter(
        pk=job_id, state=Job.State.RUNNING, heartbeat__lt=now - STALE_AFTER
    )
    changes = {"state": Job.State.RUNNING, "heartbeat": now, "attempts": F("attempts") + 1}
    if not free.update(**changes):
        return None
    return Run(Job.objects.get(pk=job_id))


def job_task(name: str) -> Callable[[Callable[[Run], None]], Any]:
    """A Celery task that takes the id of a Job, claims it, keeps it alive and closes it."""

    def decorate(work: Callable[[Run], None]) -> Any:
        @shared_task(name=name, bind=True)
        @functools.wraps(work)
        def door(task: Any, job_id: int) -> None:
            run = claim(job_id)
            if run is not None:
                perform(run, work, beating=not task.request.is_eager)

        return door

    return decorate


def perform(run: Run, work: Callable[[Run], None], *, beating: bool) -> None:
    stop = threading.Event()
    if beating:
        threading.Thread(target=keep_beating, args=(run, stop), daemon=True).start()
    try:
        work(run)
    except DomainError as refusal:
        run.finish(Job.State.FAILED, refusal.message)
    except Exception:
        run.finish(Job.State.FAILED, _("Er ging iets mis. Probeer het later opnieuw."))
        raise
    else:
        run.finish(Job.State.DONE)
    finally:
        stop.set()


def keep_beating(run: Run, stop: threading.Event) -> None:
    try:
        while not stop.wait(BEAT_SECONDS):
            run.beat()
    finally:
        connections.close_all()


def resume_stale() -> int:
    """Send stale jobs again; give up after three attempts. Returns how many were sent."""
    now = timezone.now()
    stale = Job.objects.stale(now)
    stale.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=Job.State.FAILED,
        error=_("Het werk stopte drie keer halverwege. Vraag het opnieuw aan."),
        finished_at=now,
    )
    jobs = list(stale.filter(attempts__lt=MAX_ATTEMPTS))
    for job in jobs:
        waiting = Job.objects.filter(pk=job.pk, state=Job.State.WAITING)
        waiting.update(heartbeat=now)
        send(job.pk, job.task)
    return len(jobs)


def forget_jobs() -> int:
    """Forget finished jobs of longer ago than KEEP_JOBS_DAYS, to which nothing refers.

    The newest of each task stays. Returns how many went.
    """
    newest = Job.objects.order_by().values("task").annotate(newest=Max("pk")).values("newest")
    old = Job.objects.finished_before(timezone.now() - timedelta(days=settings.KEEP_JOBS_DAYS))
    return old.of_nothing().exclude(pk__in=newest).delete()[0]
