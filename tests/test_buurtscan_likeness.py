"""Which buurten look like an area. The areas are constructed."""

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtscan.figures import Number, TableId
from buurtscan.held import Held
from buurtscan.national.likeness import (
    FEATURES,
    MEASURES,
    Known,
    features_of,
    nearest,
    own_position,
    scale_of,
    usable,
)

BUURT = {
    "T001036": 1000.0,
    "1050010_2": 500.0,
    "ST0003": 1500.0,
    "1014800": 40.0,
    "A047047": 50.0,
    "ZW10290": 30.0,
    "10680": 150.0,
    "53050": 120.0,
    "80200": 180.0,
}


def some(number: int) -> Known:
    """Areas that lie evenly along a line, so that the middle and the spread can be seen at once."""
    return {feature: float(number + place) for place, feature in enumerate(FEATURES)}


def test_the_features_of_an_area_are_its_own_figures() -> None:
    found = features_of([BUURT])
    assert found is not None
    assert tuple(found) == FEATURES
    assert found["inhabitants"] == math.log(1000)
    assert (found["owned"], found["under_15"], found["from_65"]) == (40.0, 15.0, 18.0)


def test_a_set_has_the_features_of_its_buurten_together() -> None:
    other = BUURT | {"T001036": 3000.0, "1050010_2": 1500.0, "1014800": 80.0, "10680": 450.0, "ST0003": 500.0}
    found = features_of([BUURT, other])
    assert found is not None
    assert found["inhabitants"] == math.log(4000)
    assert found["owned"] == (40 * 500 + 80 * 1500) / 2000
    assert found["under_15"] == 15.0
    assert found["density"] == math.log1p((1500 * 1000 + 500 * 3000) / 4000)


def test_an_area_of_hardly_anybody_has_no_features() -> None:
    assert features_of([BUURT | {"T001036": 199.0}]) is None
    assert features_of([BUURT | {"T001036": 0.0}]) is None
    assert features_of([{}]) is None
    assert features_of([BUURT | {"T001036": 200.0}]) is not None


def test_what_is_not_published_is_no_feature_and_never_0() -> None:
    without = {measure: value for measure, value in BUURT.items() if measure != "A047047"}
    found = features_of([without])
    assert found is not None
    assert "corporation" not in found
    assert "corporation" not in (features_of([BUURT, without]) or {})


def test_a_feature_that_most_areas_lack_is_left_out_of_that_year() -> None:
    lacking = [{name: value for name, value in some(n).items() if name != "corporation"} for n in range(3)]
    assert usable([*lacking, some(9)]) == tuple(name for name in FEATURES if name != "corporation")


def test_a_year_without_any_feature_of_a_theme_cannot_be_used() -> None:
    housing = ("owned", "corporation", "single_family")
    lacking = [{name: value for name, value in some(n).items() if name not in housing} for n in range(9)]
    assert usable(lacking) == ()
    assert scale_of(lacking) is None


def test_the_themes_count_equally() -> None:
    """All three features of the houses one deviation away are as far as urbanity one deviation away."""
    scale = scale_of([some(number) for number in range(101)])
    assert scale is not None
    middle = dict(zip(FEATURES, scale.centre, strict=True))
    spread = dict(zip(FEATURES, scale.spread, strict=True))
    houses = middle | {
        name: middle[name] + spread[name] for name in ("owned", "corporation", "single_family")
    }
    urban = middle | {"density": middle["density"] + spread["density"]}
    origin = scale.position(middle)
    assert origin == (0,) * len(FEATURES)
    assert math.dist(origin, scale.position(houses) or ()) == pytest.approx(1, abs=0.002)
    assert math.dist(origin, scale.position(urban) or ()) == pytest.approx(1, abs=0.002)


def test_a_few_extreme_areas_do_not_change_the_scale() -> None:
    plain = scale_of([some(number) for number in range(101)])
    extreme = scale_of([*(some(number) for number in range(100)), some(1_000_000)])
    assert plain is not None
    assert extreme is not None
    assert extreme.spread == pytest.approx(plain.spread, rel=0.05)


def test_the_nearest_come_first_without_the_area_itself() -> None:
    positions = {f"BU{number:08}": (float(number), 0.0) for number in range(30)}
    found = nearest((5.0, 0.0), positions, ["BU00000005", "BU00000006"])
    assert [one.code for one in found][:3] == ["BU00000004", "BU00000003", "BU00000007"]
    assert [one.distance for one in found][:3] == [1.0, 2.0, 2.0]
    assert len(found) == 10


@given(
    st.dictionaries(
        st.integers(0, 9_999).map("BU{:08}".format),
        st.tuples(st.floats(-5, 5), st.floats(-5, 5)),
        max_size=60,
    ),
    st.tuples(st.floats(-5, 5), st.floats(-5, 5)),
)
def test_nobody_who_is_left_out_is_nearer(
    positions: dict[str, tuple[float, float]], here: tuple[float, float]
) -> None:
    found = nearest(here, positions, [])
    away = sorted(math.dist(here, other) for other in positions.values())
    assert [one.distance for one in found] == pytest.approx(away[:10], abs=0.001)


def test_finding_ten_among_fifteen_thousand_takes_hardly_any_time() -> None:
    positions = {
        f"BU{number:08}": tuple(float(number % (7 + k)) for k in range(8)) for number in range(15_000)
    }
    begun = time.perf_counter()
    nearest((3.0,) * 8, positions, [])
    assert time.perf_counter() - begun < 0.25


def test_an_area_that_was_not_there_in_that_year_is_placed_by_its_own_newest() -> None:
    scale = scale_of([known for n in range(50) if (known := features_of([BUURT | {"T001036": 300.0 + n}]))])
    assert scale is not None
    table = TableId("85984NED", 2024)
    held = Held(Number(measure, "BU00010000", "2024", BUURT[measure], table) for measure in MEASURES)
    assert own_position(scale, held, ["BU00010000"], "2020") == scale.position(features_of([BUURT]))
    assert own_position(scale, held, ["BU00019999"], "2020") is None
