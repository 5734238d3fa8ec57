"""A point on the map becomes a square of about 100 metres."""

import math
import random

import pytest

from core.errors import DomainError
from stories.squares import Point, middle_of_square, point_of

HOME = Point(52.0512345, 4.2932109)


def metres(one: Point, other: Point) -> tuple[float, float]:
    up = abs(one.lat - other.lat) * 111_320
    along = abs(one.lon - other.lon) * 111_320 * math.cos(math.radians(one.lat))
    return up, along


def test_a_point_moves_to_the_middle_of_its_square_at_most_51_metres_each_way() -> None:
    chance = random.Random(4)
    for _ in range(500):
        point = Point(chance.uniform(50.7, 53.6), chance.uniform(3.3, 7.2))
        assert max(metres(point, middle_of_square(point))) < 51


def test_the_middle_of_a_square_stays_where_it_is() -> None:
    chance = random.Random(5)
    for _ in range(500):
        middle = middle_of_square(Point(chance.uniform(50.7, 53.6), chance.uniform(3.3, 7.2)))
        assert middle_of_square(middle) == middle


def test_two_doors_in_one_square_cannot_be_told_apart() -> None:
    middle = middle_of_square(HOME)
    doors = {middle_of_square(Point(middle.lat + step, middle.lon - step)) for step in (-0.0004, 0, 0.0004)}
    assert doors == {middle}


@pytest.mark.parametrize(
    "text",
    [
        "52.0512, 4.2932",
        "52.0512,4.2932",
        "52,0512 4,2932",
        "52,0512,4,2932",
        "52.0512;4.2932",
        " 52.0512\t4.2932 ",
    ],
)
def test_a_point_is_read_however_it_is_written(text: str) -> None:
    assert point_of(text) == (52.0512, 4.2932)


def test_nothing_is_no_point() -> None:
    assert point_of("  ") is None


@pytest.mark.parametrize(
    "text", ["52.05", "hier", "nan, nan", "inf 4", "1e3, 4", "52.05, 4.29, 1", "٥٢, ٤", "52.05, " + "4" * 400]
)
def test_what_is_no_point_is_told_so(text: str) -> None:
    with pytest.raises(DomainError, match="Schrijf twee getallen"):
        point_of(text)


@pytest.mark.parametrize("text", ["4.2932, 52.0512", "0, 0", "-52.05, 4.29", "48.85, 2.35"])
def test_a_point_outside_the_netherlands_is_told_so(text: str) -> None:
    with pytest.raises(DomainError, match="niet in Nederland") as refusal:
        point_of(text)
    assert refusal.value.field == "point"
