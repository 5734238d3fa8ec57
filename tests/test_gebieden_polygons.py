"""Thinning polygons: fewer points, the same areas, and borders that stay shared."""

import gzip
import json
import math
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebieden import actions
from gebieden.drawing import MARGIN, Frame
from gebieden.models import Area
from gebieden.polygons import points_in, thinned, thinned_by
from tests import builders

METRE = 1 / 111_195


def wobbly(start: tuple[float, float], end: tuple[float, float], steps: int = 200) -> list[list[float]]:
    """A border that strays at most a metre or two from the straight line."""
    (ax, ay), (bx, by) = start, end
    return [
        [ax + (bx - ax) * n / steps + math.sin(n) * METRE, ay + (by - ay) * n / steps + math.cos(n) * METRE]
        for n in range(steps)
    ]


def around(*corners: tuple[float, float]) -> list[list[float]]:
    """A closed ring along these corners; the same border has the same points from either side."""
    ring: list[list[float]] = []
    for start, end in pairwise([*corners, corners[0]]):
        one, other = min(start, end), max(start, end)
        line = [list(one), *wobbly(one, other)[1:], list(other)]
        ring += (line if start == one else line[::-1])[:-1]
    return [*ring, ring[0]]


def polygon(*rings: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def two_neighbours() -> dict[str, Any]:
    """Side by side: they share the line from (4.01, 52) to (4.01, 52.01)."""
    left = around((4.0, 52.0), (4.01, 52.0), (4.01, 52.01), (4.0, 52.01))
    right = around((4.01, 52.0), (4.02, 52.0), (4.02, 52.01), (4.01, 52.01))
    return {"BU00010001": polygon(left), "BU00010002": polygon(right)}


def surface(geometry: dict[str, Any]) -> float:
    """Constructed areas are single polygons; their holes count as not there."""
    outer, *holes = geometry["coordinates"]
    return ring_surface(outer) - sum(map(ring_surface, holes))


def ring_surface(ring: list[list[float]]) -> float:
    x0, y0 = ring[0]
    return abs(
        sum((ax - x0) * (by - y0) - (bx - x0) * (ay - y0) for (ax, ay), (bx, by) in pairwise(ring)) / 2
    )


def points(geometry: dict[str, Any]) -> set[tuple[float, ...]]:
    return {tuple(point) for ring in geometry["coordinates"] for point in ring}


def test_a_border_of_two_neighbours_stays_one_line() -> None:
    before = two_neighbours()
    after = thinned_by(before, 5)
    left, right = after.values()
    assert points_in(left) + points_in(right) < 60 < sum(map(points_in, before.values()))
    assert points(left) & points(right) == {
        point for point in points(left) | points(right) if abs(point[0] - 4.01) < 3 * METRE
    }


def test_together_the_areas_stay_as_large_as_they_were() -> None:
    before = two_neighbours()
    after = thinned_by(before, 5)
    assert sum(map(surface, after.values())) == pytest.approx(sum(map(surface, before.values())), rel=0.01)


def test_no_point_is_invented() -> None:
    before = two_neighbours()
    for code, geometry in thinned_by(before, 5).items():
        assert points(geometry) <= points(before[code])


def test_an_area_inside_another_keeps_its_border_with_it() -> None:
    inner = around((4.003, 52.003), (4.007, 52.003), (4.007, 52.007), (4.003, 52.007))
    outer = around((4.0, 52.0), (4.01, 52.0), (4.01, 52.01), (4.0, 52.01))
    after = thinned_by({"BU00010001": polygon(outer, inner[::-1]), "BU00010002": polygon(inner)}, 5)
    hole = after["BU00010001"]["coordinates"][1]
    assert {tuple(point) for point in hole} == points(after["BU00010002"])
    assert len(hole) < len(inner)


def test_a_small_area_never_disappears() -> None:
    crumb = [[4.0, 52.0], [4.00002, 52.0], [4.00002, 52.00002], [4.0, 52.0]]
    after = thinned_by({"BU00010001": polygon(crumb)}, 160)
    assert after["BU00010001"] == polygon(crumb)


def test_an_island_too_small_to_be_seen_goes_and_a_large_one_stays() -> None:
    land = around((4.0, 52.0), (4.01, 52.0), (4.01, 52.01), (4.0, 52.01))
    island = around((4.02, 52.0), (4.025, 52.0), (4.025, 52.005), (4.02, 52.005))
    crumb = [[4.03, 52.0], [4.03002, 52.0], [4.03002, 52.00002], [4.03, 52.0]]
    whole = {"type": "MultiPolygon", "coordinates": [[land], [island], [crumb]]}
    after = thinned_by({"BU00010001": whole}, 10)["BU00010001"]
    assert (after["type"], len(after["coordinates"])) == ("MultiPolygon", 2)


def test_more_points_than_a_map_can_hold_are_thinned_further() -> None:
    before = two_neighbours()
    assert sum(map(points_in, thinned(before, most=12).values())) <= 12
    assert thinned({}) == {}


def test_what_is_thin_stays_as_it_is() -> None:
    once = thinned(two_neighbours())
    assert thinned(once) == once


coordinate = st.integers(0, 40).map(lambda step: step / 1000)
rings = st.lists(st.tuples(coordinate, coordinate), min_size=3, max_size=12, unique=True)


@given(st.lists(rings, min_size=1, max_size=4), st.sampled_from([1.0, 50.0, 2000.0]))
def test_whatever_is_drawn_every_area_keeps_a_closed_polygon(
    drawn: list[list[tuple[float, float]]], tolerance: float
) -> None:
    before = {
        f"BU{number:08d}": polygon([[4 + x, 52 + y] for x, y in [*ring, ring[0]]])
        for number, ring in enumerate(drawn)
    }
    after = thinned_by(before, tolerance)
    assert after.keys() == before.keys()
    for code, geometry in after.items():
        ring = geometry["coordinates"][0]
        assert ring[0] == ring[-1]
        assert len(ring) > 3
        assert points(geometry) <= points(before[code])


# --- drawing -----------------------------------------------------------------------------
def test_the_drawing_has_north_above_and_fits_its_frame() -> None:
    frame = Frame.around(two_neighbours().values())
    assert frame is not None
    west, north = frame.at(4.0, 52.01)
    east, south = frame.at(4.02, 52.0)
    assert MARGIN - 1 <= west < east <= frame.width
    assert MARGIN - 1 <= north < south <= frame.height
    assert max(frame.width, frame.height) == 1000


def test_a_metre_is_as_long_to_the_east_as_to_the_north() -> None:
    north, east = 0.01, 0.01 / math.cos(math.radians(52.005))
    square = [[4.0, 52.0], [4.0 + east, 52.0], [4.0 + east, 52.0 + north], [4.0, 52.0 + north], [4.0, 52.0]]
    frame = Frame.around([polygon(square)])
    assert frame is not None
    assert frame.width == pytest.approx(frame.height, abs=1)


def test_a_path_goes_round_each_ring() -> None:
    frame = Frame(west=4.0, north=52.01, scale=10_000, narrow=1.0, width=100, height=100)
    square = [[4.0, 52.0], [4.01, 52.0], [4.01, 52.01], [4.0, 52.0]]
    assert frame.path(polygon(square, square)) == "M12 112l100 0l0 -100l-100 100z" * 2


def test_without_polygons_there_is_no_drawing() -> None:
    assert Frame.around([]) is None


# --- in the database ---------------------------------------------------------------------
def test_after_a_load_the_buurten_of_a_gemeente_fit_in_a_page(db: None) -> None:
    shapes = two_neighbours()
    for code, geometry in shapes.items():
        builders.area(code, geometry=geometry)
    other = builders.area("BU00020001", geometry=shapes["BU00010001"])
    builders.area("BU00010003")
    assert actions.thin_shapes(2024, "GM0001") == 2
    stored = dict(Area.objects.buurten_in("GM0001").values_list("code", "geometry"))
    assert len(json.dumps(stored)) < 3_000 < len(json.dumps(shapes))
    other.refresh_from_db()
    assert other.geometry == shapes["BU00010001"]


def test_the_buurten_of_a_gemeente_are_found_by_their_codes(db: None) -> None:
    for code in ("BU0363AD03", "BU03630000", "BU03640000", "BU03620000", "WK036300", "GM0363"):
        builders.area(code)
    found = Area.objects.buurten_in("GM0363").order_by("code").values_list("code", flat=True)
    assert list(found) == ["BU03630000", "BU0363AD03"]


def test_a_gemeente_of_120_buurten_is_small_to_send() -> None:
    """Full detail: 120 buurten of some 400 points each, as PDOK sends them."""
    side = [4 + number / 100 for number in range(13)]
    low = [52 + number / 100 for number in range(11)]
    shapes = {
        f"BU0001{number:04d}": polygon(around((a, c), (b, c), (b, d), (a, d)))
        for number, ((a, b), (c, d)) in enumerate((x, y) for x in pairwise(side) for y in pairwise(low))
    }
    assert sum(map(points_in, shapes.values())) > 90_000
    body = json.dumps(thinned(shapes), separators=(",", ":"))
    assert len(body) < 300_000
    assert len(gzip.compress(body.encode())) < 60_000
