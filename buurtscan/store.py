"""The store of published numbers: what a source said, unchanged, once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from buurtscan.figures import Number, TableId
from buurtscan.models import Observation, SourceTable
from buurtscan.sources.harvest import Fetched

type Key = tuple[str, str, str]
BATCH = 2_000


@transaction.atomic
def keep(source: str, fetched: Iterable[Fetched]) -> int:
    """Make the store say what the tables just said of these areas. Returns how many rows changed.

    An answer without a single number says nothing: what is held stays.
    """
    return sum(keep_table(source, answer) for answer in fetched if answer.numbers)


def keep_table(source: str, answer: Fetched) -> int:
    """Numbers that the source withdrew go; unchanged ones are not written again."""
    table = table_row(source, answer.table)
    asked = Observation.objects.filter(table=table, code__in=answer.codes, measure__in=answer.measures)
    held = {
        (measure, code, period): (pk, value)
        for pk, measure, code, period, value in asked.values_list("pk", "measure", "code", "period", "value")
    }
    new = {(number.measure, number.code, number.period): number.value for number in answer.numbers}
    gone = [pk for key, (pk, _) in held.items() if key not in new]
    changed = {key: value for key, value in new.items() if key not in held or held[key][1] != value}
    Observation.objects.filter(pk__in=gone).delete()
    upsert(table, changed)
    return len(changed) + len(gone)


def table_row(source: str, table: TableId) -> SourceTable:
    row, _ = SourceTable.objects.get_or_create(
        source=source,
        table=table.name,
        defaults={"vintage": table.vintage, "refreshed_at": timezone.now()},
    )
    return row


def upsert(table: SourceTable, numbers: Mapping[Key, float]) -> None:
    """In a fixed order, so that two scans at once wait for each other and never lock each other out."""
    rows = [
        Observation(table=table, measure=measure, code=code, period=period, value=value)
        for (measure, code, period), value in sorted(numbers.items())
    ]
    Observation.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["code", "measure", "period", "table"],
        update_fields=["value"],
    )


def numbers_of(codes: Iterable[str], measures: Iterable[str]) -> list[Number]:
    """What we hold of these areas. Two queries."""
    tables = {row.pk: TableId(row.table, row.vintage) for row in SourceTable.objects.all()}
    rows = Observation.objects.filter(code__in=list(codes), measure__in=list(measures))
    return [
        Number(measure, code, period, value, tables[table])
        for measure, code, period, value, table in rows.values_list(
            "measure", "code", "period", "value", "table_id"
        )
    ]


def pulled(codes: Iterable[str]) -> tuple[dict[str, str], dict[str, tuple[Number, ...]]]:
    """Of the tables that were pulled whole: their marks, and the numbers of these areas."""
    tables = {row.table: row for row in SourceTable.objects.exclude(modified="")}
    if not tables:
        return {}, {}
    measures = {measure for row in tables.values() for measure in row.columns}
    found: dict[str, list[Number]] = defaultdict(list)
    for number in numbers_of(codes, measures):
        found[number.table.name].append(number)
    marks = {name: row.modified for name, row in tables.items()}
    return marks, {name: tuple(found[name]) for name in tables}


def known(codes: Iterable[str]) -> set[str]:
    """Those of these codes of which any source ever published a number."""
    found = Observation.objects.filter(code__in=list(codes)).order_by().values_list("code", flat=True)
    return set(found.distinct())
