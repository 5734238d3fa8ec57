"""Polygons with fewer points. Pure: no database, no clock.

Neighbours share a border. Each border is cut where three areas meet, and thinned once, so that it
stays the same line on both sides: no gaps and no overlaps come from thinning.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

type Geometry = dict[str, Any]
type Point = tuple[float, float]
type Line = tuple[Point, ...]

METRES = 111_195.0  # a degree of latitude
TOLERANCES = (5.0, 10.0, 20.0, 40.0, 80.0, 160.0)
MOST_POINTS = 12_000  # about 250 kB for all buurten of a gemeente


def thinned(geometries: Mapping[str, Geometry], most: int = MOST_POINTS) -> dict[str, Geometry]:
    """The same areas with at most about `most` points: no line moves further than it has to."""
    found = dict(geometries)
    for tolerance in TOLERANCES:
        found = thinned_by(geometries, tolerance)
        if sum(map(points_in, found.values())) <= most:
            break
    return found


def thinned_by(geometries: Mapping[str, Geometry], tolerance: float) -> dict[str, Geometry]:
    """No line moves more than `tolerance` metres. Every area keeps a polygon."""
    areas = {
        code: [[closed(ring) for ring in part] for part in parts_of(one)] for code, one in geometries.items()
    }
    rings = [ring for parts in areas.values() for part in parts for ring in part]
    corners = corners_of(rings)
    scale = math.cos(math.radians(rings[0][0][1])) if rings else 1.0
    thinner = Thinner(corners, scale, tolerance)
    return {code: geometry_of(thinner.parts(parts)) for code, parts in areas.items()}


def parts_of(geometry: Geometry) -> list[list[list[list[float]]]]:
    """The polygons of a Polygon or a MultiPolygon, each an outer ring and its holes."""
    coordinates: list[Any] = geometry["coordinates"]
    return coordinates if geometry["type"] == "MultiPolygon" else [coordinates]


def geometry_of(parts: list[list[Line]]) -> Geometry:
    coordinates = [[[list(point) for point in ring] for ring in part] for part in parts]
    if len(coordinates) == 1:
        return {"type": "Polygon", "coordinates": coordinates[0]}
    return {"type": "MultiPolygon", "coordinates": coordinates}


def points_in(geometry: Geometry) -> int:
    return sum(len(ring) for part in parts_of(geometry) for ring in part)


def closed(ring: Iterable[Iterable[float]]) -> Line:
    points: list[Point] = []
    for longitude, latitude, *_height in ring:
        if not points or points[-1] != (longitude, latitude):
            points.append((longitude, latitude))
    if points[0] != points[-1]:
        points.append(points[0])
    return tuple(points)


def corners_of(rings: Iterable[Line]) -> frozenset[Point]:
    """The points where borders part: those that have more than two neighbours on all lines together."""
    beside: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for one, other in pairwise(ring):
            beside[one].add(other)
            beside[other].add(one)
    return frozenset(point for point, others in beside.items() if len(others) > 2)


class Thinner:
    """Thins rings at one tolerance. A border is worked out once, in one direction, whoever asks."""

    def __init__(self, corners: frozenset[Point], scale: float, tolerance: float) -> None:
        self.corners = corners
        self.scale = scale
        self.tolerance = tolerance
        self.known: dict[Line, Line] = {}

    def parts(self, parts: list[list[Line]]) -> list[list[Line]]:
        """Islands too small to be seen go, but never the largest part."""
        largest = max(parts, key=lambda part: self.surface(part[0]))
        least = (2 * self.tolerance) ** 2
        kept = [part for part in parts if part is largest or self.surface(part[0]) >= least]
        return [[self.ring(ring) for ring in part] for part in kept]

    def ring(self, ring: Line) -> Line:
        """A ring that would become a line stays as it was."""
        found: list[Point] = []
        for border in self.borders(ring):
            found.extend(self.border(border)[1 if found else 0 :])
        return tuple(found) if len(found) > 3 else ring

    def borders(self, ring: Line) -> list[Line]:
        """The ring cut at its corners; one without corners begins at its lowest point, whoever draws it."""
        cuts = [place for place, point in enumerate(ring[:-1]) if point in self.corners]
        start = cuts[0] if cuts else min(range(len(ring) - 1), key=ring.__getitem__)
        turned = (*ring[start:-1], *ring[: start + 1])
        ends = [place - start for place in cuts[1:]]
        return [turned[one : other + 1] for one, other in pairwise([0, *ends, len(turned) - 1])]

    def border(self, line: Line) -> Line:
        back = line[::-1]
        forward = min(line, back)
        if forward not in self.known:
            self.known[forward] = self.thin(forward)
        thin = self.known[forward]
        return thin if forward == line else thin[::-1]

    def thin(self, line: Line) -> Line:
        """Douglas and Peucker: keep the point furthest from the straight line, as long as it is too far."""
        keep = {0, len(line) - 1}
        todo = [(0, len(line) - 1)]
        while todo:
            first, last = todo.pop()
            place, distance = self.furthest(line, first, last)
            if distance > self.tolerance:
                keep.add(place)
                todo += [(first, place), (place, last)]
        return tuple(line[place] for place in sorted(keep))

    def furthest(self, line: Line, first: int, last: int) -> tuple[int, float]:
        """In metres from the line between the two; between a point and itself: from that point."""
        ax, ay = self.metres(line[first])
        bx, by = self.metres(line[last])
        length = math.hypot(bx - ax, by - ay)
        best, most = first, 0.0
        for place in range(first + 1, last):
            x, y = self.metres(line[place])
            far = (
                abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
                if length
                else math.hypot(x - ax, y - ay)
            )
            if far > most:
                best, most = place, far
        return best, most

    def metres(self, point: Point) -> Point:
        return point[0] * METRES * self.scale, point[1] * METRES

    def surface(self, ring: Line) -> float:
        """In square metres. Measured from its first point, where floats are exact enough."""
        x0, y0 = self.metres(ring[0])
        spots = [(x - x0, y - y0) for x, y in map(self.metres, ring)]
        return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(spots))) / 2
