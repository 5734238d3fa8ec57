"""PDOK wijken en buurten 2024: OGC API Features and WFS, with figures of the same year."""

import base64
import binascii
import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from tests.replica import areas, shapes
from tests.replica.library import Library
from tests.replica.reading import MissingTable
from tests.replica.tables import AREA
from tests.replica.wire import GEOJSON, XML, Reply, Request, html_error, json_reply

OGC = "/pdok/cbs/wijken-en-buurten-2024/ogc/v1"
WFS = "/pdok-service/cbs/wijkenbuurten/2024/wfs/v1_0"
STEMS = {"buurten": "leefbaarometer_2024_buurten", "wijken": "wijken_2024", "gemeenten": "gemeenten_2024"}
CODE_KEYS = {"buurten": "id", "wijken": "wijkcode", "gemeenten": "gemeentecode"}
CONTROLS = frozenset({"f", "limit", "cursor", "bbox", "bbox-crs", "crs", "datetime", "profile"})
CODES = frozenset({"buurtcode", "buurtnaam", "wijkcode", "wijknaam", "gemeentecode", "gemeentenaam"})
MOST = 1000
MISSING = -99997

# property: column of the 2024 table
FIGURES = {
    "aantal_inwoners": "AantalInwoners_5",
    "aantal_huishoudens": "HuishoudensTotaal_29",
    "gemiddelde_huishoudsgrootte": "GemiddeldeHuishoudensgrootte_33",
    "bevolkingsdichtheid_inwoners_per_km2": "Bevolkingsdichtheid_34",
    "gemiddelde_woningwaarde": "GemiddeldeWOZWaardeVanWoningen_39",
    "percentage_eengezinswoning": "PercentageEengezinswoning_40",
    "percentage_koopwoningen": "Koopwoningen_47",
    "gemiddeld_inkomen_per_inwoner": "GemiddeldInkomenPerInwoner_78",
    "omgevingsadressendichtheid": "Omgevingsadressendichtheid_121",
    "stedelijkheid_adressen_per_km2": "MateVanStedelijkheid_120",
    "oppervlakte_land_in_ha": "OppervlakteLand_116",
}


class Refused(ValueError):
    pass


def answer(library: Library, request: Request) -> Reply:
    try:
        if request.path == WFS:
            return _wfs(library, request)
        if request.path.startswith(OGC):
            return _ogc(library, request, request.path.removeprefix(OGC).strip("/").split("/"))
    except Refused as error:
        return _exception(str(error)) if request.path == WFS else _problem(str(error))
    return html_error(404, "404 Not Found")


def _ogc(library: Library, request: Request, parts: list[str]) -> Reply:
    match parts:
        case ["collections"]:
            return json_reply({"collections": [{"id": name, "title": name.capitalize()} for name in STEMS]})
        case ["collections", name, "items"] if name in STEMS:
            return _items(library, request, name)
        case ["collections", name, "items", identity] if name in STEMS:
            found = [feature for feature in features(library, name) if feature["id"] == identity]
            return json_reply(found[0], content_type=GEOJSON) if found else _problem("not found", 404)
    return _problem("not found", 404)


def _items(library: Library, request: Request, name: str) -> Reply:
    params = request.params
    if unknown := set(params) - CONTROLS - CODES:
        raise Refused(f"unknown query parameter: {sorted(unknown)[0]}")
    limit, start = _limit(params), _read_cursor(params.get("cursor", ""))
    wanted = {key: value for key, value in params.items() if key in CODES}
    found = [feature for feature in features(library, name) if _fits(feature, wanted)]
    if "bbox" in params:
        frame = _bbox(params["bbox"])
        found = [feature for feature in found if shapes.overlap(shapes.box(feature["geometry"]), frame)]
    return _page(request, found[start : start + limit], start + limit if len(found) > start + limit else None)


def _page(request: Request, page: Sequence[dict[str, Any]], following: int | None) -> Reply:
    links = [{"rel": "self", "type": GEOJSON, "title": "This document as GeoJSON", "href": request.url}]
    if following is not None:
        href = request.url_with(cursor=_cursor(following))
        links.append({"rel": "next", "type": GEOJSON, "title": "Next page", "href": href})
    body = {
        "type": "FeatureCollection",
        "timeStamp": "2025-01-01T00:00:00Z",
        "links": links,
        "features": page,
    }
    return json_reply(body | {"numberReturned": len(page)}, content_type=GEOJSON)


def features(library: Library, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = library.kept(("pdok", name), lambda: _features(library, name))
    return found


def _features(library: Library, name: str) -> list[dict[str, Any]]:
    figures, names = _figures(library)
    return [
        {
            "type": "Feature",
            "id": str(number),
            "properties": _properties(name, feature["properties"], figures, names),
            "geometry": feature["geometry"],
        }
        for number, feature in enumerate(library.geojson(STEMS[name]), start=1)
    ]


def _figures(library: Library) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    try:
        table = library.table("cbs", "85984NED")
    except MissingTable:
        return {}, {}
    rows = {str(row[1]).strip(): dict(zip(table.names, row, strict=True)) for row in table.rows}
    members = next(dimension.members for dimension in table.dimensions if dimension.key == AREA)
    return rows, areas.titles_of(members)


def _properties(
    name: str, stored: dict[str, Any], figures: dict[str, Any], names: dict[str, str]
) -> dict[str, Any]:
    code = stored[CODE_KEYS[name]]
    row = figures.get(code, {})
    numbers = {key: MISSING if row.get(column) is None else row[column] for key, column in FIGURES.items()}
    return _identity(name, code, stored, names) | {"jaar": 2024} | numbers


def _identity(name: str, code: str, stored: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    gemeente = areas.gemeente_of(code)
    gemeentenaam = stored.get("gemeentenaam") or stored.get("gemeente") or names.get(gemeente, "")
    whole = {"gemeentecode": gemeente, "gemeentenaam": gemeentenaam}
    if name == "wijken":
        return {"wijkcode": code, "wijknaam": stored["wijknaam"]} | whole
    if name == "buurten":
        return {"buurtcode": code, "buurtnaam": stored["name"], "wijkcode": areas.wijk_of(code)} | whole
    return whole


def _fits(feature: dict[str, Any], wanted: dict[str, str]) -> bool:
    properties = feature["properties"]
    return all(properties.get(name) == value for name, value in wanted.items())


def _limit(params: Any) -> int:
    text = params.get("limit", "10")
    if not text.isdecimal() or int(text) < 1:
        raise Refused("limit must be a positive number")
    return min(int(text), MOST)


def _bbox(text: str) -> shapes.Box:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise Refused("bbox should contain exactly 4 values") from None
    if west >= east or south >= north:
        raise Refused("bbox has no surface area")
    return west, south, east, north


def _cursor(start: int) -> str:
    return base64.urlsafe_b64encode(str(start).encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> int:
    try:
        return int(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)) or 0)
    except (binascii.Error, ValueError):
        raise Refused("cursor is not valid") from None


def _problem(text: str, status: int = 400) -> Reply:
    body = {"title": "Bad Request" if status == 400 else "Not Found", "status": status, "detail": text}
    return json_reply(body, status, "application/problem+json")


def _wfs(library: Library, request: Request) -> Reply:
    params = request.lowered()
    name = (params.get("typenames") or params.get("typename") or "").removeprefix("wijkenbuurten:")
    if params.get("request", "").lower() != "getfeature" or name not in STEMS:
        raise Refused(f"TYPENAME '{name}' doesn't exist in this server")
    if "json" not in params.get("outputformat", "") or not params.get("srsname", "").endswith("4326"):
        raise Refused("This replica knows JSON in EPSG:4326 only")
    found = features(library, name)
    start, count = _number(params, "startindex", 0), min(_number(params, "count", MOST), MOST)
    page = [_camel(feature, name) for feature in found[start : start + count]]
    body = {"type": "FeatureCollection", "numberMatched": len(found), "name": name, "features": page}
    return json_reply(body, content_type="application/json; subtype=geojson; charset=utf-8")


def _number(params: dict[str, str], name: str, default: int) -> int:
    text = params.get(name, str(default))
    if not text.isdecimal():
        raise Refused(f"{name} must be a number")
    return int(text)


def _camel(feature: dict[str, Any], name: str) -> dict[str, Any]:
    properties = {
        re.sub(r"_(\w)", lambda m: m[1].upper(), key): value for key, value in feature["properties"].items()
    }
    return feature | {"id": f"{name}.{feature['id']}", "properties": properties}


def _exception(text: str) -> Reply:
    report = (
        '<?xml version="1.0" encoding="UTF-8"?><ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1"'
        f' version="2.0.0"><ows:Exception exceptionCode="InvalidParameterValue"><ows:ExceptionText>{escape(text)}'
        "</ows:ExceptionText></ows:Exception></ows:ExceptionReport>"
    )
    return Reply(report.encode(), XML, 400)
