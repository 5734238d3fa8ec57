"""The areas of the newest vintage, kept in memory for searching until a newer load is done."""

import threading
from datetime import datetime

from gebieden.models import Area, AreaLoad
from gebieden.search import Entry, Gazetteer

type Stamp = tuple[int, datetime | None]

_lock = threading.Lock()
_kept: dict[Stamp, Gazetteer] = {}


def gazetteer() -> Gazetteer:
    """Kept per process. Areas that no load has brought are few, and read each time."""
    stamp = (
        AreaLoad.objects.done().order_by("-job__finished_at").values_list("pk", "job__finished_at").first()
    )
    if stamp is None:
        return read_gazetteer()
    with _lock:
        if stamp not in _kept:
            made = read_gazetteer()
            _kept.clear()
            _kept[stamp] = made
        return _kept[stamp]


def read_gazetteer() -> Gazetteer:
    fields = ("code", "level", "name", "gemeente_name", "postcode", "inhabitants")
    return Gazetteer(Entry(*row) for row in Area.objects.newest().values_list(*fields).iterator())
