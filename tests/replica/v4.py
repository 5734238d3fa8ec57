"""OData v4 as spoken by datasets.cbs.nl: one observation for each area and measure."""

from collections.abc import Iterator, Sequence
from typing import Any

from tests.replica.filters import V4_FUNCTIONS, FilterError, positions, predicate
from tests.replica.library import Library
from tests.replica.odata import BadQuery, Query, chosen, picked, plain_rows, read_query
from tests.replica.reading import MissingTable
from tests.replica.tables import AREA, Column, Index, Table, Value
from tests.replica.v3 import MODIFIED
from tests.replica.wire import Reply, Request, html_error, json_reply

PREFIX = "/cbs4/odata/v1"
NAMES = ("Id", "Measure", "ValueAttribute", "Value", "StringValue", AREA)
MEASURE_AT, AREA_AT = 1, 5
LICENCE = "https://creativecommons.org/licenses/by/4.0/"

Observation = tuple[Any, ...]


def answer(library: Library, request: Request) -> Reply:
    parts = [part for part in request.path.removeprefix(PREFIX).split("/") if part]
    try:
        return _answer(library, parts, request)
    except MissingTable:
        return html_error(404, "404 - File or directory not found.")
    except (BadQuery, FilterError) as error:
        return json_reply({"error": {"code": "", "message": str(error)}}, 400)


def _answer(library: Library, parts: list[str], request: Request) -> Reply:
    match parts:
        case ["Catalogs"]:
            rows = [{"Identifier": "CBS", "Title": "Centraal Bureau voor de Statistiek"}]
            return _set_reply(f"{request.base_url}{PREFIX}/$metadata#Catalogs", rows, request)
        case ["Datasets"] | ["CBS", "Datasets"]:
            rows = [_properties(table) for table in library.tables("cbs")]
            return _set_reply(f"{request.base_url}{PREFIX}/$metadata#Datasets", rows, request)
        case ["CBS", identifier, *rest]:
            return _table_answer(library, library.table("cbs", identifier), rest, request)
    raise MissingTable(request.path)


def _table_answer(library: Library, table: Table, rest: list[str], request: Request) -> Reply:
    context = f"{request.base_url}{PREFIX}/CBS/{table.identifier}/$metadata"
    sets: dict[str, Any] = table.v4 or {}
    match rest:
        case []:
            return _root(context, sets)
        case ["Properties"]:
            return json_reply({"@odata.context": f"{context}#Properties"} | _properties(table))
        case ["Observations"]:
            return _observations(library, table, f"{context}#Observations", request)
        case ["Observations", "$count"]:
            found = sum(1 for _ in _matching(table, read_query(request, V4_FUNCTIONS)))
            return Reply(str(found).encode(), "text/plain; charset=utf-8")
        case [name] if name in sets:
            return _set_reply(f"{context}#{name}", sets[name], request)
    raise MissingTable(request.path)


def _root(context: str, sets: dict[str, Any]) -> Reply:
    singleton = {"name": "Properties", "kind": "Singleton", "url": "Properties"}
    rows = [{"name": name, "kind": "EntitySet", "url": name} for name in (*sets, "Observations")]
    return json_reply({"@odata.context": context, "value": [*rows, singleton]})


def _set_reply(context: str, rows: Sequence[dict[str, Any]], request: Request) -> Reply:
    query = read_query(request, V4_FUNCTIONS)
    found = query.window(plain_rows(rows, query))
    return json_reply({"@odata.context": context, "value": picked(found, query)})


def _observations(library: Library, table: Table, context: str, request: Request) -> Reply:
    query, page = read_query(request, V4_FUNCTIONS), library.options.v4_page
    names = chosen(NAMES, query)
    found = query.window(list(_matching(table, query)))
    places = [NAMES.index(name) for name in names]
    rows = [dict(zip(names, [row[place] for place in places], strict=True)) for row in found[:page]]
    body: dict[str, Any] = {"@odata.context": context}
    if request.params.get("$count") == "true":
        body["@odata.count"] = len(found)
    body["value"] = rows
    if len(found) > page:
        body["@odata.nextLink"] = query.next(request, page)
    return json_reply(body)


def _matching(table: Table, query: Query) -> Iterator[Observation]:
    """Walks only through the areas and measures that the filter can mean."""
    measured = table.measured
    if query.where is None:
        return _walk(table, range(len(table.rows)), measured)
    areas = positions(query.where, AREA, table.plain_index)
    measures = positions(query.where, "Measure", Index(str(column.measure) for _, _, column in measured))
    rows = range(len(table.rows)) if areas is None else sorted(areas)
    columns = measured if measures is None else [measured[position] for position in sorted(measures)]
    test = predicate(query.where, {name: place for place, name in enumerate(NAMES)})
    return (observation for observation in _walk(table, rows, columns) if test(observation))


def _walk(
    table: Table, rows: Sequence[int], columns: Sequence[tuple[int, int, Column]]
) -> Iterator[Observation]:
    width = len(table.columns)
    for position in rows:
        row = table.rows[position]
        code = str(row[1]).strip()
        for order, place, column in columns:
            yield (position * width + order, column.measure, *_cell(column, row[place]), code)


def _cell(column: Column, value: Value) -> tuple[str, float | None, str | None]:
    """ValueAttribute, Value and StringValue; what is suppressed has another attribute and no value."""
    if column.datatype == "String":
        text = str(value or "").strip()
        return ("None", None, text) if text.strip(".") else ("Impossible", None, None)
    return ("Impossible", None, None) if value is None else ("None", float(value), None)


def _properties(table: Table) -> dict[str, Any]:
    return {
        "Identifier": table.identifier,
        "Title": table.title,
        "Description": "",
        "Language": "nl-nl",
        "Authority": "CBS",
        "Modified": f"{MODIFIED}+01:00",
        "TemporalCoverage": table.period,
        "Catalog": "CBS",
        "Publisher": "https://www.cbs.nl",
        "Frequency": "Perjaar",
        "Status": "Regulier",
        "ObservationCount": len(table.rows) * len(table.measured),
        "ObservationsModified": f"{MODIFIED}+01:00",
        "DatasetType": "Numeric",
        "License": LICENCE,
        "Source": "CBS",
        "Summary": "",
    }
