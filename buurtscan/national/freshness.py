"""What need not be asked, because we hold it whole and it cannot have changed, or did not.

1. Everything of a source was brought in, or found unchanged, less than a day ago (`FRESH_FOR`): nothing
   is asked. A source that gives no mark of its last change, and seldom has any, has longer (`UNMARKED_FOR`).
2. Longer ago: one question to its catalogue. While every table has the mark that we hold, none is asked.
3. Else the tables are asked, for the areas of the scan alone.

A table counts as held only if it was asked for all that our catalogue has of it now.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from buurtscan.catalogue import measures_of
from buurtscan.figures import TableId
from buurtscan.models import Pull, SourceTable
from buurtscan.sources.tables import POLITIE, RIVM, SES_WOA
from core.fetch import Fetcher, SourceFailed
from core.models import Job
from core.odata import OData3

FRESH_FOR = timedelta(hours=26)  # a day, and the time a pull of the next night may take
UNMARKED_FOR = timedelta(days=8)
UNMARKED = frozenset({"leefbaarometer"})
# KWB and Nabijheid compare marks themselves, table by table.
ASKED_BY_CATALOGUE: Mapping[str, tuple[str, tuple[TableId, ...]]] = {
    "rivm": ("OPENDATA_DERDEN_URL", RIVM),
    "politie": ("OPENDATA_DERDEN_URL", (POLITIE,)),
    "ses_woa": ("OPENDATA_CBS_V3_URL", SES_WOA),
}


@dataclass(frozen=True)
class Shelf:
    """The tables that we hold whole, by name with their mark; the sources that need no question; and when
    each table was brought in."""

    marks: Mapping[str, str] = field(default_factory=dict)
    fresh: frozenset[str] = frozenset()
    dates: Mapping[str, datetime | None] = field(default_factory=dict)


def shelf() -> Shelf:
    """Two queries."""
    rows = list(SourceTable.objects.all())
    whole = {row: covers(row) for row in rows if row.modified}
    marks = {row.table: row.modified for row, covered in whole.items() if covered}
    outgrown = {row.source for row, covered in whole.items() if not covered}
    fresh = recently_pulled() & {row.source for row in whole} - outgrown
    return Shelf(marks, fresh, {row.table: row.refreshed_at for row in rows})


def covers(row: SourceTable) -> bool:
    """The table was asked for every measure that it may have."""
    wanted = {measure.id for measure in measures_of(row.source) if measure.exists_in(row.vintage)}
    return wanted <= set(row.columns)


def recently_pulled() -> frozenset[str]:
    """The sources that gave everything they have for us, or had not changed, not long ago."""
    done = Pull.objects.filter(only_table="", only_year=None, job__state=Job.State.DONE)
    last = done.order_by().values_list("source").annotate(at=Max("job__finished_at"))
    now = timezone.now()
    return frozenset(
        source for source, at in last if now - at < (UNMARKED_FOR if source in UNMARKED else FRESH_FOR)
    )


def is_unchanged(source: str, held: Mapping[str, str], fetcher: Fetcher) -> bool:
    """By one question to the catalogue of the source. False when it does not answer."""
    if source not in ASKED_BY_CATALOGUE or not held:
        return False
    setting, tables = ASKED_BY_CATALOGUE[source]
    if not any(table.name in held for table in tables):
        return False
    try:
        listed = OData3(fetcher, getattr(settings, setting)).catalogue()
    except SourceFailed:
        return False
    there = [table.name for table in tables if table.name in listed]
    return bool(there) and all(held.get(name) == listed[name] for name in there)
