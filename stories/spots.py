"""What the map of places draws: the outline of the neighbourhood, and the places that can be chosen."""

from typing import Any

from gebieden.models import Area
from projects.models import Project
from stories.models import Place

TILES = "/brt/achtergrondkaart/wmts/v2_0/standaard/EPSG:3857/{z}/{x}/{y}.png"
MOST = 500


def ground_of(project: Project) -> dict[str, Any]:
    """Outlines as GeoJSON without a name, and places as [id, name, lat, lon]. Open to everybody."""
    shapes = Area.objects.filter(projects=project, geometry__isnull=False).values_list("geometry", flat=True)
    drawn = Place.objects.of(project).filter(lat__isnull=False)[:MOST]
    return {
        "areas": [{"type": "Feature", "properties": {}, "geometry": shape} for shape in shapes],
        "places": list(drawn.values_list("pk", "name", "lat", "lon")),
    }
