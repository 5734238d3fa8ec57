"""Compare-and-swap: the second of two clicks is told so."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from core.errors import Conflict


def swap[M: models.Model](row: M, expected: dict[str, Any], changes: dict[str, Any]) -> M:
    """Write `changes` to `row` if it still has the `expected` values, else raise Conflict."""
    manager = type(row)._default_manager
    if manager.filter(pk=row.pk, **expected).update(**changes) != 1:
        raise Conflict(_("Iemand anders was u voor. Bekijk wat er nu staat en probeer het opnieuw."))
    row.refresh_from_db(fields=list(changes))
    return row


class Versioned(models.Model):
    """A row whose texts people edit together: forms carry the version they started from."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


def swap_version[V: Versioned](row: V, version: int, changes: dict[str, Any]) -> V:
    """Write `changes` if nobody wrote since `version` was read, else raise Conflict."""
    return swap(row, {"version": version}, {**changes, "version": version + 1})
