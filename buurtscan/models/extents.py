"""How much of a table we hold: counted once when it was brought in, so that no page has to count."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from buurtscan.models.store import SourceTable


class TableExtent(models.Model):
    """The number of areas and the periods of a table that was brought in whole."""

    table = models.OneToOneField(SourceTable, models.CASCADE, related_name="extent")
    areas = models.PositiveIntegerField()
    periods = models.JSONField(default=list)
    counted_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.table_id}: {self.areas}"
