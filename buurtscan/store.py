"""The store of published numbers: what a source said, unchanged, once."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from buurtscan.catalogue import MEASURES
from buurtscan.figures import Number, TableId
from buurtscan.models import AreaRow, SourceTable
from buurtscan.sources.harvest import Fetched

type Key = tuple[str, str]  # code, period
type Values = dict[str, float]
BATCH = 1_000


@transaction.atomic
def keep(source: str, fetched: Iterable[Fetched]) -> int:
    """Make the store say what the tables just said of these areas. Returns how many rows changed.

    An answer without a single number says nothing: what is held stays.
    """
    return sum(keep_table(source, answer) for answer in fetched if answer.numbers)


def keep_table(source: str, answer: Fetched) -> int:
    """Numbers that the source withdrew go; unchanged rows are not written again."""
    table = table_row(source, answer.table)
    rows = AreaRow.objects.filter(table=table, code__in=answer.codes)
    held: dict[Key, Values] = {(row.code, row.period): row.values for row in rows}
    new: dict[Key, Values] = {
        key: {name: value for name, value in values.items() if name not in answer.measures}
        for key, values in held.items()
    }
    for number in answer.numbers:
        new.setdefault((number.code, number.period), {})[number.measure] = number.value
    changed = {key: values for key, values in new.items() if held.get(key) != values}
    gone = [row.pk for row in rows if not new[row.code, row.period]]
    AreaRow.objects.filter(pk__in=gone).delete()
    upsert(table, {key: values for key, values in changed.items() if values})
    return len(changed)


def table_row(source: str, table: TableId) -> SourceTable:
    row, _ = SourceTable.objects.get_or_create(
        source=source,
        table=table.name,
        defaults={"vintage": table.vintage, "refreshed_at": timezone.now()},
    )
    return row


def upsert(table: SourceTable, rows: Mapping[Key, Values]) -> None:
    """In a fixed order, so that two scans at once wait for each other and never lock each other out."""
    AreaRow.objects.bulk_create(
        [
            AreaRow(table=table, code=code, period=period, values=values)
            for (code, period), values in sorted(rows.items())
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["code", "table", "period"],
        update_fields=["values"],
    )


def numbers_of(codes: Iterable[str], measures: Iterable[str]) -> list[Number]:
    """What we hold of these areas. One query."""
    wanted = frozenset(measures)
    rows = AreaRow.objects.filter(code__in=list(codes)).order_by()
    fields = ("code", "period", "values", "table__table", "table__vintage")
    return [
        Number(measure, code, period, value, table)
        for code, period, values, name, vintage in rows.values_list(*fields)
        for table in [TableId(name, vintage)]
        for measure, value in values.items()
        if measure in wanted
    ]


def numbers_by_table(codes: Iterable[str]) -> dict[str, tuple[Number, ...]]:
    """All that we hold of these areas, whole tables and others."""
    found: dict[str, list[Number]] = {}
    for number in numbers_of(codes, MEASURES):
        found.setdefault(number.table.name, []).append(number)
    return {name: tuple(numbers) for name, numbers in found.items()}


def known(codes: Iterable[str]) -> set[str]:
    """Those of these codes of which any source ever published a number."""
    found = AreaRow.objects.filter(code__in=list(codes)).order_by().values_list("code", flat=True)
    return set(found.distinct())
