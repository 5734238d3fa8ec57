"""Polygons of gemeenten, wijken and buurten from PDOK (OGC API Features, WGS84)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from core.fetch import Fetcher, Params, SourceFailed, linked
from gebieden.codes import level_of

PAGE = 500
DECIMALS = 5  # about one metre
COLLECTIONS = {"gemeenten": "gemeentecode", "wijken": "wijkcode", "buurten": "buurtcode"}
ABROAD = "GM0998"
LAND = ("", "nee")


@dataclass(frozen=True, slots=True)
class Shape:
    """The polygon of an area; `inhabitants` is None where PDOK writes a negative sign for "not published"."""

    code: str
    geometry: dict[str, Any]
    inhabitants: int | None = None


def read_shapes(fetcher: Fetcher, vintage: int, collection: str) -> Iterator[list[Shape]]:
    """One page at a time. Raises NotFound when PDOK has no polygons of this year."""
    base = f"{settings.OPENDATA_PDOK_URL}/cbs/wijken-en-buurten-{vintage}/ogc/v1"
    for features in pages(fetcher, f"{base}/collections/{collection}/items", {"f": "json", "limit": PAGE}):
        yield [shape for feature in features if (shape := shape_of(feature, COLLECTIONS[collection]))]


def pages(fetcher: Fetcher, url: str, params: Params) -> Iterator[list[dict[str, Any]]]:
    link, asked, seen = url, params, {url}  # type: str, Params | None, set[str]
    while link:
        reply = fetcher.json(link, asked)
        features = reply.get("features") if isinstance(reply, dict) else None
        if not isinstance(features, list):
            raise SourceFailed(_("PDOK stuurt iets anders dan kaarten."))
        yield [feature for feature in features if isinstance(feature, dict)]
        link, asked = next_link(link, reply.get("links")), None
        if link in seen:
            raise SourceFailed(_("PDOK stuurt steeds dezelfde bladzijde."))
        seen.add(link)


def next_link(url: str, links: Any) -> str:
    for link in links if isinstance(links, list) else []:
        if isinstance(link, dict) and link.get("rel") == "next" and link.get("href"):
            return linked(url, link["href"])
    return ""


def shape_of(feature: Mapping[str, Any], code_field: str) -> Shape | None:
    """None for water, for what lies abroad, and for a feature without code or polygon."""
    properties = feature.get("properties") or {}
    code = str(properties.get(code_field) or "").strip()
    water = str(properties.get("water") or "").strip().lower()
    geometry = rounded(feature.get("geometry"))
    if geometry is None or water not in LAND or properties.get("gemeentecode") == ABROAD or not is_area(code):
        return None
    return Shape(code, geometry, published(properties.get("aantal_inwoners")))


def is_area(code: str) -> bool:
    try:
        return level_of(code) != "land"
    except ValueError:
        return False


def published(value: Any) -> int | None:
    """PDOK writes -99997, -99995 and the like for what is unknown or secret."""
    return round(value) if isinstance(value, int | float) and value >= 0 else None


def rounded(geometry: Any) -> dict[str, Any] | None:
    """A Polygon or MultiPolygon with coordinates of one metre; None for anything else."""
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return None
    try:
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        polygons = [polygon for part in parts if (polygon := polygon_of(part))]
    except (KeyError, TypeError, ValueError):
        return None
    if not polygons:
        return None
    single = len(polygons) == 1
    coordinates = polygons[0] if single else polygons
    return {"type": "Polygon" if single else "MultiPolygon", "coordinates": coordinates}


def polygon_of(rings: Any) -> list[list[list[float]]]:
    """The outer ring and its holes; nothing when the outer ring is too small to keep."""
    outer, *holes = (ring_of(ring) for ring in rings)
    return [outer, *filter(None, holes)] if outer else []


def ring_of(points: Any) -> list[list[float]]:
    ring: list[list[float]] = []
    for longitude, latitude, *_height in points:
        point = [round(longitude, DECIMALS), round(latitude, DECIMALS)]
        if not ring or ring[-1] != point:
            ring.append(point)
    return ring if len(ring) > 3 else []
