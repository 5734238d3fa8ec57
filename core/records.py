from typing import Any

from django.db import models

from core.models import Record


def record(verb: str, thing: models.Model, *, by: Any, project_id: int | None = None) -> Record:
    """Append what happened, inside the transaction in which it happens.

    `by` is the user who did it, or None for a resident or the system.
    """
    return Record.objects.create(
        actor_id=getattr(by, "pk", None),
        verb=verb,
        kind=thing._meta.label_lower,
        object_id=str(thing.pk),
        project_id=project_id if project_id is not None else getattr(thing, "project_id", None),
    )
