"""Where published stories are: public places as points, all else as squares of about 100 metres, never a door."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min
from django.utils.translation import gettext as _

from gebieden.drawing import Frame
from gebieden.models import Area
from gebieden.polygons import Geometry
from projects.models import Project
from stories.models import Place, StoryQuerySet
from stories.squares import STEP, Point

MOST = 300  # places on one map
HALF = STEP / 2  # degrees of latitude


@dataclass(frozen=True)
class Whereabout:
    """A place with stories. `exact` is a public place; else `point` is the middle of a square."""

    key: str
    name: str
    kind: str
    point: Point
    number: int
    exact: bool
    query: str

    @property
    def square(self) -> Geometry:
        half = HALF / math.cos(math.radians(self.point.lat))
        (lat, lon) = self.point
        west, east, south, north = lon - half, lon + half, lat - HALF, lat + HALF
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        return {"type": "Polygon", "coordinates": [ring]}


@dataclass(frozen=True)
class Drawn:
    """A place on the drawing: its square as a path, the middle of what is written on it."""

    place: Whereabout
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class StoryMap:
    """What the page shows. `unplaced` stories have no place on the map, or words only."""

    places: Sequence[Whereabout]
    frame: Frame | None
    ground: Sequence[str]
    drawn: Sequence[Drawn]
    unplaced: int
    more: int


def story_map(project: Project, stories: StoryQuerySet) -> StoryMap:
    """Four queries, however many stories."""
    found = [*spots_of(stories), *squares_of(stories)]
    found.sort(key=lambda one: (-one.number, one.name))
    places, total = found[:MOST], stories.order_by().values("pk").count()
    areas = Area.objects.filter(projects=project)
    shapes = [shape for shape in areas.values_list("geometry", flat=True) if shape]
    frame = Frame.around([*shapes, *(place.square for place in places)])
    return StoryMap(
        places=places,
        frame=frame,
        ground=[frame.path(shape) for shape in shapes] if frame else [],
        drawn=[drawn(place, frame) for place in reversed(places)] if frame else [],
        unplaced=total - sum(place.number for place in found),
        more=len(found) - len(places),
    )


def drawn(place: Whereabout, frame: Frame) -> Drawn:
    x, y = frame.at(place.point.lon, place.point.lat)
    return Drawn(place, frame.path(place.square), x, y)


def spots_of(stories: StoryQuerySet) -> list[Whereabout]:
    """The places that tellers chose from the list."""
    there: Any = stories.filter(spot__lat__isnull=False).order_by()
    names = ("spot_id", "spot__name", "spot__kind", "spot__lat", "spot__lon")
    return [
        Whereabout(
            key=f"plek-{pk}",
            name=name,
            kind=str(Place.Kind(kind).label),
            point=Point(lat, lon),
            number=number,
            exact=kind != Place.Kind.STREET,
            query=f"spot={pk}",
        )
        for pk, name, kind, lat, lon, number in there.values_list(*names).annotate(Count("pk"))
    ]


def squares_of(stories: StoryQuerySet) -> list[Whereabout]:
    """The squares that tellers pointed at, with the first of the names they gave."""
    there: Any = stories.filter(lat__isnull=False, spot__isnull=True).order_by().values_list("lat", "lon")
    return [
        Whereabout(
            key=f"vak-{number}",
            name=name or _("plek %(number)s, zonder naam") % {"number": number},
            kind="",
            point=Point(lat, lon),
            number=count,
            exact=False,
            query=f"vak={lat},{lon}",
        )
        for number, (lat, lon, name, count) in enumerate(there.annotate(Min("place"), Count("pk")), 1)
    ]
