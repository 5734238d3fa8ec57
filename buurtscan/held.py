"""The published numbers at hand, found by measure, period and area. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TableId:
    """A table we hold, and its year of boundaries."""

    name: str
    vintage: int


@dataclass(frozen=True, slots=True)
class Number:
    """A published number, as it is in the store. `period` is a year."""

    measure: str
    code: str
    period: str
    value: float
    table: TableId


class Held:
    """The published numbers at hand, found by measure and period."""

    def __init__(self, numbers: Iterable[Number] = ()) -> None:
        self._cells: dict[tuple[str, str], dict[TableId, dict[str, float]]] = {}
        self._periods: dict[str, set[str]] = {}
        self._seen: set[tuple[TableId, str]] = set()
        for number in numbers:
            self._seen.add((number.table, number.code))
            tables = self._cells.setdefault((number.measure, number.period), {})
            tables.setdefault(number.table, {})[number.code] = number.value
            self._periods.setdefault(number.measure, set()).add(number.period)

    def periods(self, measures: Iterable[str]) -> list[str]:
        """The periods in which all measures have a number, the newest first."""
        found = [self._periods.get(measure, set()) for measure in measures]
        return sorted(set.intersection(*found), reverse=True) if found else []

    def cells(self, measure: str, period: str, codes: Iterable[str]) -> "Cells":
        """The numbers of the newest table that has any for these codes."""
        tables = self._cells.get((measure, period), {})
        for table in sorted(tables, key=lambda table: (table.vintage, table.name), reverse=True):
            if any(code in tables[table] for code in codes):
                return Cells(table, tables[table])
        return Cells()

    def was_asked(self, table: TableId | None, code: str) -> bool:
        """True when the table ever gave a number of this area: then what lacks is not published."""
        return table is not None and (table, code) in self._seen

    def newest(self, measure: str, code: str) -> float | None:
        for period in self.periods([measure]):
            value = self.cells(measure, period, [code]).values.get(code)
            if value is not None:
                return value
        return None


@dataclass(frozen=True)
class Cells:
    table: TableId | None = None
    values: Mapping[str, float] = field(default_factory=dict)

    def sum_of(self, codes: Iterable[str]) -> float | None:
        """None as soon as one of them is not published: nothing is never 0."""
        found = [self.values.get(code) for code in codes]
        return None if None in found else sum(value for value in found if value is not None)
