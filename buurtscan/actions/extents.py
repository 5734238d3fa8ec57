"""Counting what a table holds, when it was brought in."""

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from buurtscan.models import AreaRow, SourceTable, TableExtent


@transaction.atomic
def count_extents() -> list[TableExtent]:
    """Of every table that was brought in whole since it was counted: how many areas, which years."""
    tables = SourceTable.objects.exclude(columns={}).exclude(extent__counted_at__gte=F("refreshed_at"))
    return [count_extent(table) for table in tables]


def count_extent(table: SourceTable) -> TableExtent:
    rows = AreaRow.objects.filter(table=table).order_by()
    found = {
        "areas": rows.aggregate(number=Count("code", distinct=True))["number"],
        "periods": sorted(rows.values_list("period", flat=True).distinct()),
        "counted_at": timezone.now(),
    }
    return TableExtent.objects.update_or_create(table=table, defaults=found)[0]
