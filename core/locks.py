import threading
from contextlib import AbstractContextManager, nullcontext

from django.conf import settings
from django.db import models

_LINE = threading.Lock()


def in_line() -> AbstractContextManager[object]:
    """On SQLite the threads of this process write one after the other, each in its turn.

    Left to itself SQLite lets whoever happens to try at the right moment go first, and in a rush somebody
    waits until the time is up. PostgreSQL keeps its own line. Do not use it inside a transaction.
    """
    return _LINE if settings.SQLITE else nullcontext()


def lock[M: models.Model](row: M) -> M:
    """Hold the row until the transaction ends, so that what hangs on it is counted only once."""
    return type(row)._default_manager.select_for_update().get(pk=row.pk)
