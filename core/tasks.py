from celery import shared_task
from celery.signals import worker_ready

from core import jobs


@shared_task(name="core.resume_stale")
def resume_stale() -> None:
    jobs.resume_stale()


@shared_task(name="core.forget_jobs")
def forget_jobs() -> None:
    jobs.forget_jobs()


@worker_ready.connect
def resume_at_start(**_: object) -> None:
    """What a killed worker left behind is taken up as soon as a worker is back."""
    jobs.resume_stale()
