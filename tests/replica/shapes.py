"""Just enough geometry for longitude and latitude: boxes, centroids, inside or outside."""

import math
from itertools import pairwise
from typing import Any

Point = tuple[float, float]
Ring = list[list[float]]
Box = tuple[float, float, float, float]

METRES_PER_DEGREE = 111_195


def polygons(geometry: dict[str, Any]) -> list[list[Ring]]:
    coordinates: list[Any] = geometry["coordinates"]
    return coordinates if geometry["type"] == "MultiPolygon" else [coordinates]


def box(geometry: dict[str, Any]) -> Box:
    points = [point for polygon in polygons(geometry) for point in polygon[0]]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def overlap(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def centroid(geometry: dict[str, Any]) -> Point:
    """The centre of the largest part."""
    return max((_ring_centre(polygon[0]) for polygon in polygons(geometry)), key=lambda found: found[1])[0]


def _ring_centre(ring: Ring) -> tuple[Point, float]:
    x0, y0 = ring[0][:2]
    area = x = y = 0.0
    for (ax, ay), (bx, by) in pairwise(ring):
        cross = (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
        area += cross
        x += (ax + bx - 2 * x0) * cross
        y += (ay + by - 2 * y0) * cross
    if not area:
        return (x0, y0), 0.0
    return (x0 + x / (3 * area), y0 + y / (3 * area)), abs(area)


def contains(geometry: dict[str, Any], point: Point) -> bool:
    return any(
        _in_ring(polygon[0], point) and not any(_in_ring(hole, point) for hole in polygon[1:])
        for polygon in polygons(geometry)
    )


def _in_ring(ring: Ring, point: Point) -> bool:
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def metres(one: Point, other: Point) -> float:
    east = (one[0] - other[0]) * math.cos(math.radians(one[1]))
    return math.hypot(east, one[1] - other[1]) * METRES_PER_DEGREE
