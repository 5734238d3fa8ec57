"""Leefbaarometer: scores as WFS features, and the zip of CSV files."""

import csv
import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape

from tests.replica.filters import FilterError, parse, predicate
from tests.replica.library import Library
from tests.replica.reading import MissingTable, read_columns, rows_of
from tests.replica.wire import XML, Reply, Request, html_error, json_reply

STORED = {"buurtscore24": "leefbaarometer_2024_buurten"}
EMPTY = frozenset({"wijkscore24", "gemeentescore24", "pc4score24"})
WIJKEN = "leefbaarometer_wijken_amstelveen_2014-2022"
FIGURES = ("lbm", "afw", "fys", "onv", "soc", "vrz", "won")
ZIP_PATH = "/lbm-files/resources/open-data-leefbaarometer-meting-2024.zip"


class Refused(ValueError):
    """The service answers with an exception in XML."""


def answer(library: Library, request: Request) -> Reply:
    if request.path == ZIP_PATH:
        return Reply(library.kept(ZIP_PATH, lambda: _zip(library)), "application/zip")
    if not request.path.rstrip("/").endswith(("/ows", "/wfs")):
        return html_error(404, "404 Not Found")
    try:
        return _features(library, request)
    except (Refused, FilterError) as error:
        return _exception(str(error))


def _features(library: Library, request: Request) -> Reply:
    params = request.lowered()
    _check(params)
    name = (params.get("typenames") or params.get("typename") or "").removeprefix("lbm3:")
    if name not in STORED and name not in EMPTY:
        raise Refused(f"Feature type lbm3:{name} unknown")
    features = library.geojson(STORED[name]) if name in STORED else []
    found = _matching(library, name, features, params.get("cql_filter", ""))
    start, count = _number(params, "startindex", 0), _number(params, "count", len(found))
    return _collection(found[start : start + count], len(found))


def _check(params: dict[str, str]) -> None:
    if params.get("service", "").upper() != "WFS":
        raise Refused("Could not determine service")
    if params.get("request", "").lower() != "getfeature":
        raise Refused(f"No such operation {params.get('request', '')}")
    if params.get("outputformat", "").lower() not in ("application/json", "json"):
        raise Refused("This replica knows outputFormat=application/json only")


def _matching(library: Library, name: str, features: list[dict[str, Any]], cql: str) -> list[dict[str, Any]]:
    numbered = library.kept(
        ("numbered", name), lambda: [_numbered(name, *pair) for pair in enumerate(features, 1)]
    )
    if not cql:
        return list(numbered)
    names = numbered[0]["properties"] if numbered else {"id": "", "gemeente": "", "name": ""}
    test = predicate(parse(cql), {key: key for key in names})
    return [feature for feature in numbered if test(feature["properties"])]


def _numbered(name: str, number: int, feature: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "id": f"{name}.{number}", "geometry_name": "geom"} | feature


def _collection(features: list[dict[str, Any]], matched: int) -> Reply:
    return json_reply(
        {
            "type": "FeatureCollection",
            "features": features,
            "totalFeatures": matched,
            "numberMatched": matched,
            "numberReturned": len(features),
            "timeStamp": "2025-01-01T00:00:00.000Z",
            "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4326"}}
            if features
            else None,
        },
        content_type="application/json;charset=UTF-8",
    )


def _number(params: dict[str, str], name: str, default: int) -> int:
    if name not in params:
        return default
    if not params[name].isdecimal():
        raise Refused(f"Could not parse {name}")
    return int(params[name])


def _exception(text: str) -> Reply:
    """GeoServer reports an exception with status 200 or 400; clients must look at the content type."""
    report = (
        '<?xml version="1.0" encoding="UTF-8"?><ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1"'
        ' version="2.0.0"><ows:Exception exceptionCode="InvalidParameterValue"><ows:ExceptionText>'
        f"{escape(text)}</ows:ExceptionText></ows:Exception></ows:ExceptionReport>"
    )
    return Reply(report.encode(), XML, 400)


def _zip(library: Library) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Leefbaarometer-scores buurten 2002-2024.csv", _csv("bu", _buurten(library)))
        archive.writestr("Leefbaarometer-scores wijken 2002-2024.csv", _csv("wk", _wijken(library)))
    return buffer.getvalue()


def _buurten(library: Library) -> list[list[Any]]:
    """The absolute score `lbm` is not in the stored scores, so its column stays empty."""
    rows = [feature["properties"] for feature in library.geojson(STORED["buurtscore24"])]
    return [[row["id"], row["name"], row["year"], *(row.get(name, "") for name in FIGURES)] for row in rows]


def _wijken(library: Library) -> list[list[Any]]:
    try:
        rows = rows_of(read_columns(library.folder, WIJKEN))
    except MissingTable:
        return []
    return [[row[name] for name in ("wk_code", "wk_naam", "jaar", *FIGURES)] for row in rows]


def _csv(level: str, rows: list[list[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([f"{level}_code", f"{level}_naam", "jaar", *FIGURES])
    writer.writerows(rows)
    return text.getvalue()
