"""OData v3 as spoken by opendata.cbs.nl and dataderden.cbs.nl."""

from collections.abc import Sequence
from typing import Any

from tests.replica import atom
from tests.replica.filters import V3_FUNCTIONS, FilterError, fields, positions, predicate
from tests.replica.library import Library, Revision
from tests.replica.odata import BadQuery, Query, TooMuch, check_size, chosen, picked, plain_rows, read_query
from tests.replica.reading import MissingTable
from tests.replica.tables import AREA, Table
from tests.replica.wire import Reply, Request, html_error, json_reply

DATA_SETS = ("TypedDataSet", "UntypedDataSet")
MODIFIED = "2025-01-01T02:00:00"
MODIFIED_AFTER_REVISION = "2025-07-01T02:00:00"
TOO_MANY = "De query levert meer dan {limit} records op. (The query returns more than {limit} records.)"


def answer(library: Library, service: str, prefix: str, request: Request, revision: Revision) -> Reply:
    """`prefix` is the part of the path before ODataApi, ODataFeed or ODataCatalog."""
    parts = [part for part in request.path.removeprefix(prefix).split("/") if part]
    try:
        return _answer(library, service, prefix, parts, request, revision)
    except MissingTable:
        return html_error(404, "404 - File or directory not found.")
    except (BadQuery, FilterError) as error:
        return _error(400, str(error))
    except TooMuch as error:
        return _error(500, str(error))


def _answer(
    library: Library, service: str, prefix: str, parts: list[str], request: Request, revision: Revision
) -> Reply:
    match [parts[0].lower() if parts else "", *parts[1:]]:
        case ["odatacatalog", "Tables"]:
            rows = [table_info(request, prefix, table, revision) for table in library.tables(service)]
            return _Page(
                library, request, True, f"{prefix}/ODataCatalog/$metadata#Cbs.OData.Catalog.Tables"
            ).of(rows)
        case ["odataapi" | "odatafeed" as interface, odata, identifier, *rest] if odata.lower() == "odata":
            table = library.table(service, identifier, revision)
            return _table_answer(library, prefix, table, interface == "odatafeed", rest, request, revision)
    raise MissingTable(request.path)


def _table_answer(
    library: Library,
    prefix: str,
    table: Table,
    bulk: bool,
    rest: list[str],
    request: Request,
    revision: Revision,
) -> Reply:
    if not rest:
        return _root(prefix, table, bulk, request)
    name = rest[0]
    page = _Page(library, request, bulk, f"{_metadata(prefix, table)}#Cbs.OData.WebAPI.{name}")
    if name in DATA_SETS:
        check_size(page.query, library.options.v3_conditions)
        chosen(table.names, page.query)
        rows = _matching(table, page.query)
        if rest[1:] == ["$count"]:
            return Reply(str(len(rows)).encode(), "text/plain; charset=utf-8")
        return page.of(
            rows, lambda window: _data(table, window, page.query, untyped=name == "UntypedDataSet")
        )
    return page.of(_metadata_set(request, prefix, table, name, revision))


class _Page:
    """One reply of a set, within the limits of the interface that was asked."""

    def __init__(self, library: Library, request: Request, bulk: bool, metadata: str) -> None:
        self.options = library.options
        self.request = request
        self.bulk = bulk
        self.metadata = request.base_url + metadata
        self.query = read_query(request, V3_FUNCTIONS)

    def of(self, rows: Sequence[Any], shape: Any = None) -> Reply:
        found = rows if shape else plain_rows(rows, self.query)
        window, more = self._limited(self.query.window(found))
        link = self.query.next(self.request, self.options.v3_page) if more else None
        return self._reply(shape(window) if shape else picked(window, self.query), link)

    def _limited(self, window: Sequence[Any]) -> tuple[Sequence[Any], bool]:
        if self.bulk:
            return window[: self.options.v3_page], len(window) > self.options.v3_page
        if len(window) > self.options.v3_limit:
            raise TooMuch(TOO_MANY.format(limit=self.options.v3_limit))
        return window, False

    def _reply(self, rows: list[dict[str, Any]], link: str | None) -> Reply:
        if self.bulk and "Catalog" not in self.metadata and self.query.format != "json":
            return atom.feed(self.metadata.rpartition(".")[2], rows, link)
        body = {"odata.metadata": self.metadata, "value": rows}
        return json_reply(body | ({"odata.nextLink": link} if link else {}))


def _matching(table: Table, query: Query) -> Sequence[int]:
    if query.where is None:
        return range(len(table.rows))
    keys = {dimension.key for dimension in table.dimensions} | {"ID"}
    if topics := fields(query.where) - keys:
        raise BadQuery(f"Filtering on '{topics.pop()}' is not supported")
    likely = positions(query.where, AREA, table.index)
    test = predicate(query.where, {name: table.names.index(name) for name in keys})
    order = range(len(table.rows)) if likely is None else sorted(likely)
    return [position for position in order if test(table.rows[position])]


def _data(table: Table, rows: Sequence[int], query: Query, *, untyped: bool) -> list[dict[str, Any]]:
    names = chosen(table.names, query)
    places = [table.names.index(name) for name in names]
    if not untyped:
        return [dict(zip(names, [row[place] for place in places], strict=True)) for row in _rows(table, rows)]
    columns = {column.key: column for column in table.columns}
    forms = [columns[name].untyped if name in columns else _as_is for name in names]
    steps = list(zip(names, places, forms, strict=True))
    return [{name: form(row[place]) for name, place, form in steps} for row in _rows(table, rows)]


def _rows(table: Table, positions_: Sequence[int]) -> Any:
    return (table.rows[position] for position in positions_)


def _as_is(value: Any) -> Any:
    return value


def _metadata_set(
    request: Request, prefix: str, table: Table, name: str, revision: Revision
) -> Sequence[dict[str, Any]]:
    members = {dimension.key: dimension.members for dimension in table.dimensions}
    sets: dict[str, Sequence[dict[str, Any]]] = {
        "TableInfos": [table_info(request, prefix, table, revision)],
        "DataProperties": table.properties,
        "CategoryGroups": [],
        **members,
    }
    if name not in sets:
        raise MissingTable(name)
    return sets[name]


def table_info(request: Request, prefix: str, table: Table, revision: Revision) -> dict[str, Any]:
    base = f"{request.base_url}{prefix}"
    info = table.info or _derived_info(table)
    addresses = {
        "ApiUrl": f"{base}/ODataApi/OData/{table.identifier}",
        "FeedUrl": f"{base}/ODataFeed/OData/{table.identifier}",
    }
    changed = {"Modified": MODIFIED_AFTER_REVISION} if revision != Revision() else {}
    counts = {"RecordCount": len(table.rows), "ColumnCount": len(table.names) - 1}
    return info | addresses | counts | changed


def _derived_info(table: Table) -> dict[str, Any]:
    return {
        "Updated": MODIFIED,
        "ID": int(table.identifier[:5]),
        "Identifier": table.identifier,
        "Title": table.title,
        "ShortTitle": table.title,
        "ShortDescription": "",
        "Summary": "",
        "Modified": MODIFIED,
        "MetaDataModified": MODIFIED,
        "OutputStatus": "Regulier",
        "Language": "nl",
        "Frequency": "Perjaar",
        "Period": table.period,
    }


def _root(prefix: str, table: Table, bulk: bool, request: Request) -> Reply:
    names = ["TableInfos", *reversed(DATA_SETS), "DataProperties", "CategoryGroups"]
    names += [dimension.key for dimension in table.dimensions]
    if bulk and request.params.get("$format") != "json":
        return atom.service(names)
    interface = "ODataFeed" if bulk else "ODataApi"
    base = f"{request.base_url}{prefix}/{interface}/odata/{table.identifier}"
    sets = [{"name": name, "url": f"{base}/{name}"} for name in names]
    return json_reply({"odata.metadata": request.base_url + _metadata(prefix, table), "value": sets})


def _metadata(prefix: str, table: Table) -> str:
    return f"{prefix}/ODataApi/OData/{table.identifier}/$metadata"


def _error(status: int, text: str) -> Reply:
    return json_reply({"odata.error": {"code": "", "message": {"lang": "nl-NL", "value": text}}}, status)
