"""The map of the scan, and its polygons."""

import hashlib
import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from buurtscan.mapping import parts_of
from buurtscan.maps import Wanted, chosen_ground, collection_of, gemeenten_of, sheet_of
from projects.access import gate

# Grey: the blue water of the usual background would look like a shade of the figures.
TILES = "/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/{z}/{x}/{y}.png"


@require_safe
def scan_map(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    sheet = sheet_of(access.project, Wanted.sent(request.GET.dict()))
    context = {
        "access": access,
        "project": access.project,
        "sheet": sheet,
        "parts": parts_of(sheet.spots, sheet.order),
        "tiles": settings.MAP_TILES_HOST + TILES,
    }
    return render(request, "buurtscan/map.html", context)


@require_safe
def scan_map_shapes(request: HttpRequest, slug: str) -> HttpResponse:
    """GeoJSON of the buurten of one gemeente. A browser that has it already is told so: 304."""
    access = gate(request, slug)
    ground = chosen_ground(gemeenten_of(access.project), request.GET.get("gemeente", ""))
    if ground is None:
        raise Http404
    body = json.dumps(collection_of(ground), ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="application/geo+json")
    response["ETag"], response["Cache-Control"] = etag, "private, no-cache"
    return get_conditional_response(request, etag=etag, response=response) or response
