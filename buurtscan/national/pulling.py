"""Bringing a whole table into the store: a staging table, then one short exchange.

Readers see the old numbers until the new ones are complete. Nothing is asked of the source while a
transaction is open, and at most one page of the source is in memory.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from buurtscan.models import AreaRow, SourceTable
from buurtscan.sources.harvest import National, Row

STAGE = "buurtscan_stage"
CREATE = (
    f"CREATE TEMPORARY TABLE {STAGE}"
    ' (code varchar(10), period varchar(8), "values" jsonb, PRIMARY KEY (code, period))'
)


def load(row: SourceTable, national: National, *, whole: bool, fence: Callable[[], None]) -> int:
    """Replace what the store has of this table. Returns how many numbers it has now.

    `whole` says that this is all we want of the table; `fence` raises in the exchange when we lost our turn.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {STAGE}")
        cursor.execute(CREATE)
        try:
            count = sum(stage(cursor, batch) for batch in national.batches())
            if count:
                exchange(cursor, row, national, fence, whole=whole)
        finally:
            cursor.execute(f"DROP TABLE IF EXISTS {STAGE}")
    return count


def stage(cursor: Any, rows: Sequence[Row]) -> int:
    """Returns how many numbers came in. What has no number is no row."""
    lines = [(code, period, json.dumps(values)) for code, period, values in rows if values]
    if connection.vendor == "postgresql":
        with cursor.copy(f'COPY {STAGE} (code, period, "values") FROM STDIN') as copy:
            for line in lines:
                copy.write_row(line)
    else:
        with transaction.atomic():
            cursor.executemany(f"INSERT INTO {STAGE} VALUES (%s, %s, %s)", lines)  # noqa: S608
    return sum(len(values) for _code, _period, values in rows)


@transaction.atomic
def exchange(
    cursor: Any, row: SourceTable, national: National, fence: Callable[[], None], *, whole: bool
) -> None:
    """Withdrawn areas go, new and changed ones come, and the mark is written down, if the table is whole."""
    fence()
    table = AreaRow._meta.db_table
    where, values = scope(national)
    cursor.execute(
        f"DELETE FROM {table} WHERE table_id = %s{where} AND NOT EXISTS (SELECT 1 FROM {STAGE} s"  # noqa: S608
        f" WHERE s.code = {table}.code AND s.period = {table}.period)",
        [row.pk, *values],
    )
    cursor.execute(
        f'INSERT INTO {table} (table_id, code, period, "values")'  # noqa: S608
        f' SELECT CAST(%s AS integer), code, period, "values" FROM {STAGE} WHERE true'
        ' ON CONFLICT (code, table_id, period) DO UPDATE SET "values" = excluded."values"'
        f' WHERE {table}."values" <> excluded."values"',
        [row.pk],
    )
    row.refreshed_at = timezone.now()
    if whole:
        row.modified = national.mark or mark_of(cursor)
        row.columns = {measure: national.columns.get(measure, "") for measure in sorted(national.measures)}
    row.save(update_fields=["modified", "refreshed_at", "columns"])


def mark_of(cursor: Any) -> str:
    """For a source that gives no mark: one that changes when its numbers do."""
    seen = hashlib.sha256()
    cursor.execute(f'SELECT code, period, "values" FROM {STAGE} ORDER BY code, period')  # noqa: S608
    for code, period, values in cursor.fetchall():
        seen.update(f"{code}|{period}|{values}".encode())
    return f"sha256:{seen.hexdigest()[:24]}"


def scope(national: National) -> tuple[str, list[str]]:
    """Which rows may go: of some tables only a few years are asked."""
    if not national.periods:
        return "", []
    places = ", ".join(["%s"] * len(national.periods))
    return f" AND period IN ({places})", list(national.periods)


def is_held(row: SourceTable, national: National) -> bool:
    """The source did not change it since, and our catalogue asks nothing new of it."""
    known: Iterable[str] = row.columns
    return bool(national.mark) and row.modified == national.mark and national.measures <= set(known)
