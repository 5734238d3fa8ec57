"""One at a time: a turn belongs to a run of a job, and is lost when that run dies."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Conflict, DomainError
from core.jobs import Run
from core.models import STALE_AFTER, Job, Lease

LOOK_EVERY = 1.0  # seconds


@contextmanager
def turn(name: str, run: Run, *, wait: bool) -> Iterator[Callable[[], None]]:
    """Hold the turn. Gives a fence: called inside a transaction it keeps others out until the commit, and raises
    Conflict when the turn was taken over. Raises DomainError when it is not free, unless we may wait."""
    mine = holder_of(run)
    while not take(name, mine):
        if not wait:
            raise DomainError(_("Deze bron wordt al opgehaald. Wacht tot dat klaar is."))
        run.beat()
        time.sleep(LOOK_EVERY)
    try:
        yield lambda: stay(name, mine)
    finally:
        Lease.objects.filter(name=name, holder=mine).delete()


def holder_of(run: Run) -> str:
    return f"{run.job.pk} {run.job.attempts}"


def take(name: str, mine: str) -> bool:
    """True when the turn is ours now: it was free, or the run that had it is no longer alive."""
    lease, made = Lease.objects.get_or_create(
        name=name, defaults={"holder": mine, "expires_at": timezone.now()}
    )
    if made or lease.holder == mine:
        return True
    if is_alive(lease.holder):
        return False
    taken = Lease.objects.filter(name=name, holder=lease.holder)
    return taken.update(holder=mine, expires_at=timezone.now()) == 1


def is_alive(holder: str) -> bool:
    """Its job still counts that attempt as running, and heard of it not long ago."""
    job, _space, attempts = holder.partition(" ")
    running = Job.objects.filter(pk=job, attempts=attempts, state=Job.State.RUNNING)
    return running.filter(heartbeat__gte=timezone.now() - STALE_AFTER).exists()


def is_taken(name: str) -> bool:
    return any(is_alive(lease.holder) for lease in Lease.objects.filter(name=name))


def stay(name: str, mine: str) -> None:
    if not Lease.objects.filter(name=name, holder=mine).update(expires_at=timezone.now()):
        raise Conflict(_("Het ophalen duurde te lang en is door een ander overgenomen."))
