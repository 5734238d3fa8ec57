"""One neutral shape for every table, whatever protocol serves it."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

Value = int | float | str | None
Row = tuple[Value, ...]

AREA = "WijkenEnBuurten"


@dataclass(frozen=True)
class Column:
    key: str
    datatype: str = "Long"
    decimals: int = 0
    measure: str | None = None

    @property
    def base(self) -> str:
        return re.sub(r"_\d+$", "", self.key)

    def read(self, raw: Any) -> Value:
        """The typed value of a cell, be it a number, a number as text, or one of the signs for nothing.

        The tree of 2020 calls some columns Long that were empty then and have decimals in 2019: no
        figure is rounded for that.
        """
        if raw is None or self.datatype == "String":
            return raw if raw is None else str(raw)
        if isinstance(raw, str) and raw.strip() in ("", "."):
            return None
        number = float(raw)
        return int(number) if self.datatype == "Long" and number.is_integer() else number

    def untyped(self, value: Value) -> Value:
        if isinstance(value, str):
            return value
        if value is None:
            return "" if self.datatype == "String" else "       ."
        return f"{value:8.{self.decimals}f}"


@dataclass(frozen=True)
class Dimension:
    key: str
    title: str
    kind: str = "Dimension"
    members: tuple[dict[str, Any], ...] = ()


class Index:
    """Finds the rows of a code, or of codes that begin alike, without walking through all rows."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._rows: dict[str, list[int]] = {}
        for position, code in enumerate(codes):
            self._rows.setdefault(code, []).append(position)
        self._sorted = sorted(self._rows)

    def equal(self, code: str) -> Sequence[int]:
        return self._rows.get(code, ())

    def prefix(self, text: str) -> Iterable[int]:
        for code in self._sorted[bisect_left(self._sorted, text) :]:
            if not code.startswith(text):
                return
            yield from self._rows[code]


@dataclass(frozen=True)
class Table:
    identifier: str
    title: str
    period: str
    dimensions: tuple[Dimension, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    properties: tuple[dict[str, Any], ...]
    info: dict[str, Any]
    v4: dict[str, Any] | None = None

    @cached_property
    def names(self) -> tuple[str, ...]:
        return (
            "ID",
            *(dimension.key for dimension in self.dimensions),
            *(column.key for column in self.columns),
        )

    @cached_property
    def index(self) -> Index:
        position = self.names.index(AREA)
        return Index(str(row[position]) for row in self.rows)

    @cached_property
    def plain_index(self) -> Index:
        position = self.names.index(AREA)
        return Index(str(row[position]).strip() for row in self.rows)

    @cached_property
    def measured(self) -> list[tuple[int, int, Column]]:
        """Order, place in the row and column, for columns with at least one figure: v4 has nothing of the others."""
        places = enumerate(self.columns, start=len(self.names) - len(self.columns))
        return [
            (order, place, column)
            for order, (place, column) in enumerate(places)
            if column.measure and any(row[place] is not None for row in self.rows)
        ]

    def prepare(self) -> None:
        assert self.index
        assert self.plain_index
        assert self.measured is not None

    def shifted(self, by: int) -> "Table":
        """The same table after a revision in which every column moved."""
        return self._renamed(lambda key: re.sub(r"_(\d+)$", lambda match: f"_{int(match[1]) + by}", key))

    def without(self, base: str) -> "Table":
        """The same table after a revision in which one column disappeared."""
        gone = {column.key for column in self.columns if base in (column.base, column.key)}
        kept = [position for position, name in enumerate(self.names) if name not in gone]
        return replace(
            self,
            columns=tuple(column for column in self.columns if column.key not in gone),
            rows=tuple(tuple(row[position] for position in kept) for row in self.rows),
            properties=tuple(row for row in self.properties if row["Key"] not in gone),
        )

    def _renamed(self, rename: Callable[[str], str]) -> "Table":
        keys = {column.key: rename(column.key) for column in self.columns}
        return replace(
            self,
            columns=tuple(replace(column, key=keys[column.key]) for column in self.columns),
            properties=tuple({**row, "Key": keys.get(row["Key"], row["Key"])} for row in self.properties),
        )
