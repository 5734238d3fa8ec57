"""What v3 and v4 share: the query options and the window on the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.replica.filters import Expression, FilterError, fields, parse, predicate, size
from tests.replica.wire import Request


class BadQuery(ValueError):
    """The service answers 400 with this text."""


class TooMuch(ValueError):
    """The service answers 500 with this text."""


@dataclass(frozen=True)
class Query:
    where: Expression | None
    select: tuple[str, ...]
    top: int | None
    skip: int
    format: str

    def window[T](self, rows: Sequence[T]) -> Sequence[T]:
        end = None if self.top is None else self.skip + self.top
        return rows[self.skip : end]

    def next(self, request: Request, page: int) -> str:
        changes = {"_skip": str(self.skip + page)}
        if self.top is not None:
            changes["_top"] = str(self.top - page)
        return request.url_with(**changes)


def read_query(request: Request, functions: frozenset[str]) -> Query:
    params = request.params
    text = params.get("$filter", "").strip()
    try:
        where = parse(text, functions) if text else None
    except FilterError as error:
        raise BadQuery(str(error)) from error
    select = tuple(name.strip() for name in params.get("$select", "").split(",") if name.strip())
    return Query(
        where, select, _number(params, "$top"), _number(params, "$skip") or 0, params.get("$format", "")
    )


def _number(params: Any, name: str) -> int | None:
    if name not in params:
        return None
    if not params[name].isdecimal():
        raise BadQuery(f"Incorrect value for {name}: '{params[name]}'")
    return int(params[name])


def chosen(names: Sequence[str], query: Query) -> list[str]:
    unknown = [name for name in query.select if name not in names]
    if unknown:
        raise BadQuery(f"Could not find a property named '{unknown[0]}'")
    return [name for name in names if name in query.select] if query.select else list(names)


def plain_rows(rows: Sequence[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """Filter for small sets of dicts, in which every field may be asked."""
    if query.where is None:
        return list(rows)
    names = {name for row in rows[:50] for name in row} | fields(query.where) & set(rows[0] if rows else ())
    missing = fields(query.where) - names
    if rows and missing:
        raise BadQuery(f"Could not find a property named '{missing.pop()}'")
    test = predicate(query.where, {name: name for name in names})
    padded = (dict.fromkeys(names) | row for row in rows)
    return [row for row, whole in zip(rows, padded, strict=True) if test(whole)]


def picked(rows: Sequence[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    if not query.select:
        return list(rows)
    return [{name: row[name] for name in row if name in query.select} for row in rows]


def check_size(query: Query, limit: int) -> None:
    if query.where is not None and size(query.where) > limit:
        raise TooMuch("The filter expression is too complex.")
