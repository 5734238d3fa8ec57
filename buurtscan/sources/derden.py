"""What RIVM and Politie share: third-party tables on dataderden.cbs.nl, v3 only.

A scan asks one reply per table, whole rows: names are found by base in the row itself, so nothing
can move between two questions. Where a base name stands in a row twice, DataProperties decides.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings

from buurtscan.catalogue import Measure
from buurtscan.sources.cbs import AREA, keys_of
from core.fetch import Fetcher
from core.odata import Column, ColumnMissing, Columns, OData3
from core.odata.v3 import Cell
from gebieden.codes import NATION

NATION_HERE = "NL01"


def service_of(fetcher: Fetcher) -> OData3:
    return OData3(fetcher, settings.OPENDATA_DERDEN_URL)


def both_nations(codes: Iterable[str]) -> list[str]:
    """NL00 in one table is NL01 in the next: ask both."""
    found = list(codes)
    return [*found, NATION_HERE] if NATION in found else found


def area_of(row: Mapping[str, Cell]) -> str:
    code = str(row.get(AREA) or "")
    return NATION if code == NATION_HERE else code


def year_of(row: Mapping[str, Cell]) -> str:
    """2024 for 2024JJ00; empty for a month or a quarter."""
    period = str(row.get("Perioden") or "")
    return period[:4] if period[4:] == "JJ00" else ""


def columns_of(row: Mapping[str, Cell]) -> Columns:
    return Columns([Column(key=key, base=key.rpartition("_")[0] or key, title=key) for key in row])


def called_in(
    service: OData3, table: str, rows: Sequence[Mapping[str, Cell]], measures: Sequence[Measure]
) -> dict[str, str]:
    """Measure: its key in these rows."""
    if not rows:
        return {}
    columns = columns_of(rows[0])
    repeated = any(repeats(columns, name.base) for measure in measures for name in measure.v3)
    return keys_of(service.columns(table) if repeated else columns, measures)


def repeats(columns: Columns, base: str) -> bool:
    try:
        columns.column(base)
    except ColumnMissing:
        return columns.has(base)
    return False
