"""The columns of a v3 table as they are called today: `Name_35` is `Name_36` after a revision."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.fetch import SourceFailed


class ColumnMissing(SourceFailed):
    """The table has no such column, or more than one where no group was given."""


class ColumnsMoved(SourceFailed):
    """The table was revised between the question for its columns and that for its rows: ask both again."""


@dataclass(frozen=True)
class Column:
    """`base` is the key without its number; `groups` are the titles above it, the nearest first."""

    key: str
    base: str
    title: str
    groups: tuple[str, ...] = ()
    unit: str = ""
    decimals: int = 0
    datatype: str = ""


class Columns:
    """Finds today's key of a column by its base name, and by a group above it where names repeat."""

    def __init__(self, columns: Iterable[Column], dimensions: Sequence[str] = ()) -> None:
        self.dimensions = tuple(dimensions)
        self._by_base: dict[str, list[Column]] = {}
        for column in columns:
            self._by_base.setdefault(_plain(column.base), []).append(column)

    @classmethod
    def of(cls, properties: Sequence[Mapping[str, Any]]) -> "Columns":
        """From the rows of DataProperties."""
        tree = {row.get("ID"): row for row in properties}
        topics = [row for row in properties if _kind(row) == "Topic"]
        others = [row for row in properties if _kind(row) not in ("Topic", "TopicGroup")]
        dimensions = [str(row.get("Key") or "").strip() for row in others]
        return cls([_column(row, tree) for row in topics], dimensions)

    def __iter__(self) -> Iterator[Column]:
        return (column for columns in self._by_base.values() for column in columns)

    def has(self, base: str, group: str = "") -> bool:
        return bool(self._matching(base, group))

    def column(self, base: str, group: str = "") -> Column:
        """The one column called `base`, under a group titled `group`. Raises ColumnMissing."""
        found = self._matching(base, group)
        if len(found) == 1:
            return found[0]
        values = {"column": base, "group": group, "number": len(found)}
        if not found:
            raise ColumnMissing(_("De tabel heeft geen kolom %(column)s.") % values)
        raise ColumnMissing(_("De tabel heeft %(number)s kolommen %(column)s.") % values)

    def key(self, base: str, group: str = "") -> str:
        return self.column(base, group).key

    def _matching(self, base: str, group: str) -> list[Column]:
        found = self._by_base.get(_plain(base), [])
        if not group:
            return found
        wanted = _plain(group)
        return [column for column in found if wanted in map(_plain, column.groups)]


def _kind(row: Mapping[str, Any]) -> str:
    """Topic, TopicGroup, GeoDetail, Dimension or TimeDimension."""
    return str(row.get("Type") or row.get("odata.type", "")).removeprefix("Cbs.OData.")


def _column(row: Mapping[str, Any], tree: Mapping[Any, Mapping[str, Any]]) -> Column:
    key = str(row.get("Key") or "").strip()
    return Column(
        key=key,
        base=re.sub(r"_\d+$", "", key),
        title=str(row.get("Title") or "").strip(),
        groups=_above(row, tree),
        unit=str(row.get("Unit") or "").strip(),
        decimals=int(row.get("Decimals") or 0),
        datatype=str(row.get("Datatype") or ""),
    )


def _above(row: Mapping[str, Any], tree: Mapping[Any, Mapping[str, Any]]) -> tuple[str, ...]:
    titles: list[str] = []
    above = tree.get(row.get("ParentID"))
    while above is not None and len(titles) < len(tree):
        titles.append(str(above.get("Title") or "").strip())
        above = tree.get(above.get("ParentID"))
    return tuple(titles)


def _plain(text: str) -> str:
    return text.strip().casefold()
