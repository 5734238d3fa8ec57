from collections.abc import Iterable
from typing import Any

from django.db import models

from core.models import Record


def record(verb: str, thing: models.Model, *, by: Any, project_id: int | None = None) -> Record:
    """Append what happened, inside the transaction in which it happens.

    `by` is the user who did it, or None for a resident or the system.
    """
    row = _row(verb, thing, by, project_id)
    row.save(force_insert=True)
    return row


def record_all(verb: str, things: Iterable[models.Model], *, by: Any) -> None:
    """The same for each of a page full of rows, in one query."""
    Record.objects.bulk_create([_row(verb, thing, by, None) for thing in things])


def _row(verb: str, thing: models.Model, by: Any, project_id: int | None) -> Record:
    return Record(
        actor_id=getattr(by, "pk", None),
        verb=verb,
        kind=thing._meta.label_lower,
        object_id=str(thing.pk),
        project_id=project_id if project_id is not None else getattr(thing, "project_id", None),
    )
