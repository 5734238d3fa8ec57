"""PDOK Locatieserver v3_1: free, suggest, lookup and reverse over the places of the tables."""

import re
from collections.abc import Sequence
from typing import Any

from tests.replica import areas, shapes
from tests.replica.library import Library
from tests.replica.places import Place, places
from tests.replica.wire import Reply, Request, html_error, json_reply

BASE = "/pdok/bzk/locatieserver/search/v3_1/"
SEARCH = frozenset({"q", "fq", "fl", "rows", "start", "lat", "lon", "df", "bq", "sort", "wt", "qf"})
KNOWN = {
    "free": SEARCH,
    "suggest": SEARCH,
    "lookup": frozenset({"id", "fl", "wt"}),
    "reverse": frozenset({"lat", "lon", "X", "Y", "type", "distance", "fl", "fq", "rows", "start", "wt"}),
}
# without a filter query the service leaves out wijken and buurten
USUAL_TYPES = frozenset({"gemeente", "woonplaats", "weg", "postcode", "adres"})
SUGGESTED = "type,weergavenaam,id,score"
MOST_ROWS = 100


class Refused(ValueError):
    pass


def answer(library: Library, request: Request) -> Reply:
    function = request.path.removeprefix(BASE)
    if function not in KNOWN:
        return html_error(404, "404 Not Found")
    try:
        if unknown := set(request.params) - KNOWN[function]:
            raise Refused(f"Unknown parameter: {sorted(unknown)[0]}")
        return FUNCTIONS[function](library, request.params)
    except Refused as error:
        return json_reply({"status": 400, "error": "Bad Request", "message": str(error)}, 400)


def _free(library: Library, params: Any) -> Reply:
    return json_reply(_found(library, params, "type,weergavenaam,id,score"))


def _suggest(library: Library, params: Any) -> Reply:
    body = _found(library, params, SUGGESTED)
    docs = body["response"]["docs"]
    marked = {doc["id"]: {"suggest": [_marked(doc["weergavenaam"], params.get("q", ""))]} for doc in docs}
    return json_reply(body | {"highlighting": marked, "spellcheck": {"suggestions": [], "collations": []}})


def _lookup(library: Library, params: Any) -> Reply:
    wanted = [place for place in places(library) if place.identity == params.get("id")]
    return json_reply(_response([(place, 1.0) for place in wanted], 0, MOST_ROWS, params.get("fl", "*")))


def _reverse(library: Library, params: Any) -> Reply:
    point = _number(params, "lon"), _number(params, "lat")
    types = _types(params) if "type" in params or "fq" in params else frozenset({"adres"})
    near = [
        (place, _distance(place, point))
        for place in places(library)
        if place.kind in types and place.geometry
    ]
    near = sorted((pair for pair in near if pair[1] is not None), key=lambda pair: pair[1] or 0.0)
    docs = [_doc(place, 1.0) | {"afstand": round(far or 0.0, 2)} for place, far in near[: _rows(params, 5)]]
    shown = _shown(params.get("fl", "id,type,weergavenaam,score,afstand"))
    return json_reply(_envelope([_only(doc, shown) for doc in docs], len(near), 0))


def _distance(place: Place, point: shapes.Point) -> float | None:
    """Nothing at all for an area that the point is not in."""
    if not place.geometry or not place.box or not shapes.overlap(place.box, (*point, *point)):
        return None
    return 0.0 if shapes.contains(place.geometry, point) else None


def _found(library: Library, params: Any, shown: str) -> dict[str, Any]:
    words = _words(params.get("q", ""))
    types = _types(params) if "fq" in params else USUAL_TYPES
    codes = _codes(params.get("fq", ""))
    fitting = [place for place in places(library) if place.kind in types and _fits(place, words, codes)]
    scored = sorted(
        ((place, _score(place, words)) for place in fitting), key=lambda pair: (-pair[1], pair[0].code)
    )
    return _response(scored, _start(params), _rows(params, 10), params.get("fl", shown))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'’*]+", text.lower().replace("-", " "))


def _fits(place: Place, words: Sequence[str], codes: dict[str, str]) -> bool:
    text = place.words.replace("-", " ")
    doc = _doc(place, 0.0) if codes else {}
    return all(word.rstrip("*") in text for word in words) and all(doc.get(k) == v for k, v in codes.items())


def _score(place: Place, words: Sequence[str]) -> float:
    """Whole names before names that begin so, before the rest."""
    name, asked = " ".join(_words(place.name)), " ".join(words)
    if name == asked:
        return 12.0
    return 9.0 if name.startswith(asked) else 6.0 if asked in name else 3.0


def _types(params: Any) -> frozenset[str]:
    text = params.get("type") or " ".join(re.findall(r"type:\s*(\([^)]*\)|\S+)", params.get("fq", "")))
    named = {word for word in re.findall(r"[a-z]+", text.lower()) if word not in ("or", "and")}
    return frozenset(named) or USUAL_TYPES | {"wijk", "buurt"}


def _codes(fq: str) -> dict[str, str]:
    pairs = re.findall(r"(gemeentecode|wijkcode|buurtcode|gemeentenaam):\"?([^\s\"]+)\"?", fq)
    return dict(pairs)


def _response(scored: Sequence[tuple[Place, float]], start: int, rows: int, fl: str) -> dict[str, Any]:
    shown = _shown(fl)
    docs = [_only(_doc(place, score), shown) for place, score in scored[start : start + rows]]
    return _envelope(docs, len(scored), start, max((score for _, score in scored), default=0.0))


def _envelope(docs: list[dict[str, Any]], total: int, start: int, best: float = 1.0) -> dict[str, Any]:
    response = {"numFound": total, "start": start, "maxScore": best, "numFoundExact": True, "docs": docs}
    return {"response": response}


def _doc(place: Place, score: float) -> dict[str, Any]:
    doc = {
        "bron": "CBS",
        "type": place.kind,
        "id": place.identity,
        "weergavenaam": place.label,
        "score": score,
    }
    doc |= {"gemeentecode": areas.gemeente_of(place.code)[2:], "gemeentenaam": place.gemeente or place.name}
    if place.kind in ("wijk", "buurt", "postcode"):
        doc |= {"wijkcode": areas.wijk_of(place.code), "wijknaam": place.wijk or place.name}
    if place.kind == "buurt":
        doc |= {"buurtcode": place.code, "buurtnaam": place.name}
    if place.kind == "postcode":
        doc |= {"buurtcode": place.code, "postcode": place.postcode}
    return doc | ({"centroide_ll": "POINT({:.8f} {:.8f})".format(*place.centre)} if place.centre else {})


def _shown(fl: str) -> frozenset[str]:
    return frozenset(re.split(r"[,\s]+", fl.strip()))


def _only(doc: dict[str, Any], shown: frozenset[str]) -> dict[str, Any]:
    return doc if "*" in shown else {name: value for name, value in doc.items() if name in shown}


def _marked(label: str, q: str) -> str:
    words = [re.escape(word) for word in _words(q)]
    return re.sub(f"({'|'.join(words)})", r"<b>\1</b>", label, flags=re.IGNORECASE) if words else label


def _rows(params: Any, default: int) -> int:
    rows = int(_number(params, "rows")) if "rows" in params else default
    if not 0 <= rows <= MOST_ROWS:
        raise Refused(f"rows must be between 0 and {MOST_ROWS}")
    return rows


def _start(params: Any) -> int:
    return int(_number(params, "start")) if "start" in params else 0


def _number(params: Any, name: str) -> float:
    try:
        return float(params[name])
    except (KeyError, ValueError):
        raise Refused(f"{name} must be a number") from None


FUNCTIONS = {"free": _free, "suggest": _suggest, "lookup": _lookup, "reverse": _reverse}
