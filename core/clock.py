"""The clock: Celery beat that stays silent while another clock holds the lease."""

import os
import socket
from datetime import timedelta
from typing import Any

from celery.beat import PersistentScheduler
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from core.models import Lease

LEASE = timedelta(seconds=30)


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


class LeasedScheduler(PersistentScheduler):
    max_interval = 5

    def tick(self, *args: Any, **kwargs: Any) -> float:
        holder = f"{socket.gethostname()}:{os.getpid()}"
        if not take_lease("clock", holder):
            return 5.0
        return min(5.0, super().tick(*args, **kwargs))
