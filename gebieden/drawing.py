"""Polygons as paths of an SVG. Pure.

North is up and a metre is as long to the east as to the north: good enough for a gemeente.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from gebieden.polygons import Geometry, parts_of

SIZE = 1_000  # of the longer side, in units of the picture
MARGIN = 12


@dataclass(frozen=True)
class Frame:
    """Where on the picture a place of the earth is. `scale` is units for a degree of latitude."""

    west: float
    north: float
    scale: float
    narrow: float
    width: int
    height: int

    @classmethod
    def around(cls, geometries: Iterable[Geometry]) -> "Frame | None":
        """None when there is nothing to draw."""
        points = list(chain.from_iterable(part[0] for one in geometries for part in parts_of(one)))
        if not points:
            return None
        west, east = min(point[0] for point in points), max(point[0] for point in points)
        south, north = min(point[1] for point in points), max(point[1] for point in points)
        narrow = math.cos(math.radians((south + north) / 2))
        wide, high = (east - west) * narrow, north - south
        scale = (SIZE - 2 * MARGIN) / (max(wide, high) or 1)
        return cls(
            west, north, scale, narrow, round(wide * scale) + 2 * MARGIN, round(high * scale) + 2 * MARGIN
        )

    def at(self, longitude: float, latitude: float) -> tuple[int, int]:
        x = MARGIN + (longitude - self.west) * self.narrow * self.scale
        y = MARGIN + (self.north - latitude) * self.scale
        return round(x), round(y)

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"

    def path(self, geometry: Geometry) -> str:
        """All rings, in steps from point to point, which is short to send."""
        return "".join(self.ring(ring) for part in parts_of(geometry) for ring in part)

    def ring(self, points: Iterable[Iterable[float]]) -> str:
        x, y = 0, 0
        steps: list[str] = []
        for longitude, latitude, *_height in points:
            to_x, to_y = self.at(longitude, latitude)
            if not steps:
                steps.append(f"M{to_x} {to_y}")
            elif (to_x, to_y) != (x, y):
                steps.append(f"l{to_x - x} {to_y - y}")
            x, y = to_x, to_y
        return "".join(steps) + "z" if steps else ""
