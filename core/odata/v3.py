"""OData v3: opendata.cbs.nl and dataderden.cbs.nl."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from core.fetch import Fetcher, NotFound, Refused
from core.odata.columns import Columns, ColumnsMoved
from core.odata.pages import Row, list_of, pages

type Cell = str | float | None
FINE = frozenset({int, float, type(None)})


class OData3:
    """The tables of one service. `base_url` is the part before /ODataApi, /ODataFeed and /ODataCatalog."""

    def __init__(self, fetcher: Fetcher, base_url: str) -> None:
        self.fetcher = fetcher
        self.base_url = base_url.rstrip("/")

    def catalogue(self) -> dict[str, str]:
        """When each table was last modified; empty where the service has no catalogue."""
        url = f"{self.base_url}/ODataCatalog/Tables"
        params = {"$format": "json", "$select": "Identifier,Modified"}
        try:
            rows = [row for page in pages(self.fetcher, url, params) for row in page]
        except NotFound:
            return {}
        return {str(row.get("Identifier", "")).strip(): str(row.get("Modified") or "") for row in rows}

    def modified(self, table: str) -> str:
        """Changes when the table does. Empty when the service does not say."""
        infos = self._small(table, "TableInfos")
        return str(infos[0].get("Modified") or "") if infos else ""

    def columns(self, table: str) -> Columns:
        return Columns.of(self._small(table, "DataProperties"))

    def members(self, table: str, dimension: str) -> Iterator[dict[str, Cell]]:
        """The members of a dimension: Key, Title, Description and what else the service tells."""
        for page in pages(self.fetcher, self._url(table, dimension, bulk=True), {"$format": "json"}):
            yield from map(typed, page)

    def rows(
        self,
        table: str,
        *,
        filter: str = "",
        select: Sequence[str] = (),
        bulk: bool = False,
    ) -> Iterator[dict[str, Cell]]:
        """Rows of TypedDataSet with texts stripped; None for what is not published, never 0.

        `select` holds today's keys (see `columns`). Without `bulk` the answer comes at once and
        more than 10,000 rows raise TooManyRows; with it a page at a time. Raises ColumnsMoved
        when the table no longer has a selected column.
        """
        params = {"$format": "json"}
        if filter:
            params["$filter"] = filter
        if select:
            params["$select"] = ",".join(select)
        try:
            for page in pages(self.fetcher, self._url(table, "TypedDataSet", bulk=bulk), params):
                check_columns(page, select)
                yield from map(typed, page)
        except Refused as refusal:
            if self._lost(table, select):
                raise moved() from refusal
            raise

    def _lost(self, table: str, select: Sequence[str]) -> bool:
        columns = self.columns(table)
        known = {"ID", *columns.dimensions, *(column.key for column in columns)}
        return bool(set(select) - known)

    def _small(self, table: str, name: str) -> list[Row]:
        url = self._url(table, name, bulk=False)
        return list_of(url, self.fetcher.json(url, {"$format": "json"}))

    def _url(self, table: str, name: str, *, bulk: bool) -> str:
        interface = "ODataFeed" if bulk else "ODataApi"
        return f"{self.base_url}/{interface}/odata/{quote(table, safe='')}/{quote(name, safe='')}"


def check_columns(page: Sequence[Mapping[str, Any]], select: Sequence[str]) -> None:
    if page and not set(select) <= page[0].keys():
        raise moved()


def moved() -> ColumnsMoved:
    return ColumnsMoved(_("De tabel is net vernieuwd."), transient=True)


def typed(row: Mapping[str, Any]) -> dict[str, Cell]:
    """Most cells of a national table, of millions, are fine as they are: those cost no call."""
    return {name: value if type(value) in FINE else cell(value) for name, value in row.items()}


def cell(value: Any) -> Cell:
    """A text without its padding, a number, or None for nothing (null, empty, '.')."""
    if isinstance(value, str):
        text = value.strip()
        return None if text in ("", ".") else text
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
