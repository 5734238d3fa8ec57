"""What a source gives back: numbers per table, and in words what went wrong."""

import math
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from buurtscan.figures import Number, TableId
from buurtscan.target import Target, all_codes_of

NUMBERS = frozenset({int, float})
SENTINEL = -99_990  # PDOK and some CBS files say "not published" with -99997 and its kin


@dataclass(frozen=True)
class Fetched:
    """The answer of one table. `measures` and `codes` are what was asked: of these, what is not in
    `numbers` is not published. `columns` says how the table calls each measure now."""

    table: TableId
    measures: frozenset[str]
    codes: tuple[str, ...]
    numbers: tuple[Number, ...]
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Harvest:
    """`missing` are the measures that could not be asked; `note` says why, in Dutch."""

    fetched: list[Fetched] = field(default_factory=list)
    missing: frozenset[str] = frozenset()
    note: str = ""

    @property
    def failed(self) -> bool:
        return bool(self.missing)


@dataclass(frozen=True)
class Plan:
    """What to ask. `held` has the numbers of tables that a national pull brought in, by table, with
    the mark of the source (`marks`): such a table need not be asked again while its mark is the same.
    """

    targets: tuple[Target, ...]
    marks: Mapping[str, str] = field(default_factory=dict)
    held: Mapping[str, tuple[Number, ...]] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        return all_codes_of(self.targets)


type Row = tuple[str, str, dict[str, float]]  # code, period, number by measure


@dataclass(frozen=True)
class National:
    """One table to be pulled whole. `batches` gives each area and period once, with its numbers, and asks
    the source only when it is walked through; `columns` is known after that. `mark` changes when the table
    does; it is empty where the source has no such mark. `periods` are those that are replaced; none
    means all of the table.
    """

    table: TableId
    mark: str
    measures: frozenset[str]
    batches: Callable[[], Iterator[list[Row]]]
    columns: Mapping[str, str] = field(default_factory=dict)
    periods: tuple[str, ...] = ()


def numbers_from(rows: Iterable[Row], table: TableId, codes: Container[str]) -> tuple[Number, ...]:
    return tuple(
        Number(measure, code, period, value, table)
        for code, period, values in rows
        if code in codes
        for measure, value in values.items()
    )


def values_in(row: Mapping[str, Any], called: Mapping[str, str]) -> dict[str, float]:
    """The published numbers of a row by measure; `called` says in which column each stands.

    As `published`, but without a call for each of the millions of cells of a national table.
    """
    cells: Iterator[tuple[str, Any]] = ((measure, row.get(key)) for measure, key in called.items())
    return {
        measure: float(value)
        for measure, value in cells
        if type(value) in NUMBERS and SENTINEL < value < math.inf
    }


def published(value: object) -> float | None:
    """The number in a cell; None for nothing, for text and for a sentinel."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and value > SENTINEL else None
