"""The clock: Celery beat that stays silent while another clock holds the lease."""

import contextlib
import logging
import os
import socket
from datetime import timedelta
from typing import Any

from celery.beat import PersistentScheduler
from django.db import DatabaseError, IntegrityError, close_old_connections, transaction
from django.db.models import Q
from django.utils import timezone

from core.models import Lease

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=30)
LOOK_EVERY = 5  # seconds; well within the lease


def take_lease(name: str, holder: str) -> bool:
    """True if `holder` has the lease now; it is renewed, or taken over once it has run out."""
    now = timezone.now()
    mine_or_expired = Q(holder=holder) | Q(expires_at__lt=now)
    leases = Lease.objects.filter(mine_or_expired, name=name)
    if leases.update(holder=holder, expires_at=now + LEASE):
        return True
    try:
        with transaction.atomic():
            Lease.objects.create(name=name, holder=holder, expires_at=now + LEASE)
    except IntegrityError:
        return False
    return True


def release_lease(name: str, holder: str) -> None:
    Lease.objects.filter(name=name, holder=holder).delete()


class LeasedScheduler(PersistentScheduler):
    max_interval = LOOK_EVERY

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.holder = f"{socket.gethostname()}:{os.getpid()}"
        super().__init__(*args, **kwargs)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        try:
            if not take_lease("clock", self.holder):
                return LOOK_EVERY
        except DatabaseError:
            logger.warning("the clock cannot reach the database and waits")
            close_old_connections()
            return LOOK_EVERY
        return min(LOOK_EVERY, super().tick(*args, **kwargs))

    def close(self) -> None:
        """A clock that stops leaves the lease to the next one, which need not wait."""
        with contextlib.suppress(DatabaseError):
            release_lease("clock", self.holder)
        super().close()
