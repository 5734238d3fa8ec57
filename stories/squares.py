"""A point on the map, and the square of about 100 metres that hides a door. Pure.

`static/js/stories_map.js` counts the same squares, so that a browser sends no exact point.
"""

import math
import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from core.errors import DomainError

STEP = 0.0009  # degrees of latitude: 100.2 metres
SOUTH, NORTH, WEST, EAST = 50.6, 53.8, 3.1, 7.4  # the Netherlands in Europe
_NUMBER = r"(-?[0-9]{1,3}(?:[.,][0-9]{1,20})?)"
_POINT = re.compile(rf"\s*{_NUMBER}\s*[,;\s]\s*{_NUMBER}\s*")


class Point(NamedTuple):
    """WGS 84, in degrees."""

    lat: float
    lon: float

    def __str__(self) -> str:
        return f"{self.lat:.6f}, {self.lon:.6f}"


def middle_of_square(point: Point) -> Point:
    """The middle of the square the point lies in; the middle itself stays where it is."""
    lat = (math.floor(point.lat / STEP) + 0.5) * STEP
    width = STEP / math.cos(math.radians(lat))
    lon = (math.floor(point.lon / width) + 0.5) * width
    return Point(round(lat, 6), round(lon, 6))


def point_of(text: str, field: str = "point") -> Point | None:
    """The point of "52.0512, 4.2932" or "52,0512 4,2932"; None of nothing. Raises DomainError."""
    if not text.strip():
        return None
    found = _POINT.fullmatch(text)
    if found is None:
        raise DomainError(_("Schrijf twee getallen, zoals 52.0512, 4.2932."), field)
    lat, lon = (float(number.replace(",", ".")) for number in found.groups())
    if not (SOUTH <= lat <= NORTH and WEST <= lon <= EAST):
        raise DomainError(_("Dit punt ligt niet in Nederland. Het eerste getal ligt tussen 50 en 54."), field)
    return Point(lat, lon)
