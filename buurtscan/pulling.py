"""Bringing a whole table into the store: a staging table, then one short exchange.

Readers see the old numbers until the new ones are complete. Nothing is asked of the source while a
transaction is open, and at most one page of the source is in memory.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from buurtscan.models import Observation, SourceTable
from buurtscan.sources.harvest import National, Row

STAGE = "buurtscan_stage"
CREATE = (
    f"CREATE TEMPORARY TABLE {STAGE}"
    " (measure varchar(60), code varchar(10), period varchar(8), value double precision)"
)


def load(row: SourceTable, national: National) -> int:
    """Replace what the store has of this table. Returns the number of rows it has now."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {STAGE}")
        cursor.execute(CREATE)
        try:
            count = sum(stage(cursor, batch) for batch in national.batches())
            if count:
                exchange(cursor, row, national)
        finally:
            cursor.execute(f"DROP TABLE IF EXISTS {STAGE}")
    return count


def stage(cursor: Any, rows: Sequence[Row]) -> int:
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {STAGE} (measure, code, period, value) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        with transaction.atomic():
            cursor.executemany(f"INSERT INTO {STAGE} VALUES (%s, %s, %s, %s)", rows)  # noqa: S608
    return len(rows)


@transaction.atomic
def exchange(cursor: Any, row: SourceTable, national: National) -> None:
    """Withdrawn numbers go, new and changed ones come, and the mark of the source is written down."""
    table = Observation._meta.db_table
    index = f"CREATE INDEX {STAGE}_key ON {STAGE} (code, measure, period)"
    cursor.execute(index)
    where, values = scope(national)
    cursor.execute(
        f"DELETE FROM {table} WHERE table_id = %s{where} AND NOT EXISTS (SELECT 1 FROM {STAGE} s"  # noqa: S608
        f" WHERE s.code = {table}.code AND s.measure = {table}.measure AND s.period = {table}.period)",
        [row.pk, *values],
    )
    cursor.execute(
        f"INSERT INTO {table} (table_id, measure, code, period, value)"  # noqa: S608
        f" SELECT DISTINCT CAST(%s AS integer), measure, code, period, value FROM {STAGE} WHERE true"
        " ON CONFLICT (code, measure, period, table_id) DO UPDATE SET value = excluded.value"
        f" WHERE {table}.value <> excluded.value",
        [row.pk],
    )
    row.modified, row.refreshed_at = national.mark or row.modified, timezone.now()
    row.columns = {measure: national.columns.get(measure, "") for measure in sorted(national.measures)}
    row.save(update_fields=["modified", "refreshed_at", "columns"])


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
