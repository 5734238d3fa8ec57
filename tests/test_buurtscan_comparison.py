"""Places, look-alikes and courses, in the figures of a scan and in the rows it writes."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from buurtscan.actions import refresh_reference, start_scan
from buurtscan.actions.scans import write_sources
from buurtscan.catalogue import CATALOGUE
from buurtscan.comparison import Point, Trend
from buurtscan.figures import Figure, Held, Number, TableId, figures_of, rounded
from buurtscan.look_alikes import FEATURE_WORDS, look_alikes_of
from buurtscan.models import AreaRow, Distribution, Likeness, LookAlike, ScanFigure, Source
from buurtscan.national.distribution import ENOUGH_AREAS, is_national, placed, spread_of
from buurtscan.national.likeness import FEATURES
from buurtscan.scanning import Arrivals, figures_from_store
from buurtscan.sources.harvest import Harvest
from buurtscan.target import target_of
from core.models import Job
from projects.models import Project
from tests import builders
from tests.buurtscan_help import buurt
from tests.test_buurtscan_reference import code, fill, numbers, table

ONE_DECIMAL = st.integers(-500, 2000).map(lambda tenths: tenths / 10)


@given(st.lists(ONE_DECIMAL, min_size=1, max_size=300), ONE_DECIMAL)
def test_a_place_is_what_counting_gives(values: list[float], value: float) -> None:
    spread = spread_of(values, 1)
    spot = spread.spot(value)
    assert spot.below == sum(other < value for other in values)
    assert spot.equal == values.count(value)
    assert spot.above == sum(other > value for other in values)
    assert 0 <= spot.share <= 100
    ordered = sorted(values)
    middle = (ordered[(len(values) - 1) // 2] + ordered[len(values) // 2]) / 2
    assert spread.median == pytest.approx(middle)


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=50))
def test_areas_that_show_the_same_figure_have_the_same_place(values: list[float]) -> None:
    spread = spread_of(values, 2)
    for value in values:
        assert spread.spot(rounded(value, 2)).equal == sum(
            rounded(other, 2) == rounded(value, 2) for other in values
        )


def test_nothing_has_no_middle() -> None:
    with pytest.raises(ValueError, match="middle"):
        assert spread_of([], 0).median


def test_the_country_is_more_than_one_corner_of_it() -> None:
    assert is_national(code(number) for number in range(ENOUGH_AREAS))
    assert not is_national(code(number) for number in range(ENOUGH_AREAS - 1))
    assert not is_national(f"BU0518{number:04}" for number in range(5_000))


def a_figure(value: float | None, **fields: Any) -> Figure:
    given = {"role": "asked", "code": "BU00010000", "level": "buurt", "status": "ok", "period": "2024"}
    return Figure(indicator="koopwoningen", chapter="wonen", source="kwb", value=value, **given | fields)


def test_among_few_areas_nobody_has_a_place() -> None:
    few = {("koopwoningen", "2024"): spread_of([float(n) for n in range(ENOUGH_AREAS - 1)], 0)}
    enough = {("koopwoningen", "2024"): spread_of([float(n) for n in range(ENOUGH_AREAS)], 0)}
    assert placed([a_figure(10)], few)[0].spot is None
    found = placed([a_figure(10)], enough)[0]
    assert found.spot is not None
    assert (found.spot.below, found.spot.equal, found.spot.ranked, found.median) == (10, 1, 100, 49.5)


def test_a_figure_of_another_period_or_of_a_larger_area_has_no_place() -> None:
    spreads = {("koopwoningen", "2024"): spread_of([float(n) for n in range(200)], 0)}
    found = placed(
        [a_figure(10, period="2020"), a_figure(10, status="fallback"), a_figure(None, status="suppressed")],
        spreads,
    )
    assert [figure.spot for figure in found] == [None, None, None]


def held(*cells: tuple[str, str, float]) -> Held:
    """measure, year, value; each year its own table."""
    return Held(
        Number(measure, "BU00010000", year, value, TableId(f"table {year}", int(year)))
        for measure, year, value in cells
    )


def test_the_course_has_a_point_for_each_year_with_a_figure() -> None:
    numbers_ = held(("1014800", "2019", 40.0), ("1014800", "2020", 42.0), ("1014800", "2024", 50.0))
    found = figures_of([CATALOGUE["koopwoningen"]], target_of(["BU00010000"]), numbers_)
    assert [(point.period, point.value) for point in found[0].trend] == [
        ("2019", 40),
        ("2020", 42),
        ("2024", 50),
    ]
    wijk = next(figure for figure in found if figure.role == "wijk")
    assert wijk.trend == ()


def test_a_rate_takes_the_inhabitants_of_its_own_year() -> None:
    numbers_ = held(
        ("0.0.0", "2020", 10.0),
        ("T001036", "2020", 1000.0),
        ("0.0.0", "2024", 10.0),
        ("T001036", "2024", 2000.0),
    )
    found = figures_of([CATALOGUE["misdrijven"]], target_of(["BU00010000"]), numbers_)
    assert [point.value for point in found[0].trend] == [10.0, 5.0]


def test_a_change_of_definition_starts_another_series() -> None:
    broken = CATALOGUE["arbeidsparticipatie"]
    (year,) = broken.breaks
    numbers_ = held(*(("M001796_2", str(one), 60.0) for one in (year - 1, year, year + 1)))
    trend = Trend(figures_of([broken], target_of(["BU00010000"]), numbers_)[0].trend)
    assert [len(segment) for segment in trend.segments] == [1, 2]
    assert trend.change == 0


def test_a_course_of_one_point_has_no_change() -> None:
    assert Trend((Point("2024", 3.0),)).change is None
    assert Trend().newest == ()


@pytest.mark.django_db
class TestScan:
    """A country of 120 buurten, each in a gemeente of its own, with one wijk to ask for."""

    @pytest.fixture(autouse=True)
    def country(self) -> None:
        self.table = table()
        fill(self.table)
        for place in ("GM0003", "NL00"):
            AreaRow.objects.create(table=self.table, code=place, period="2024", values=numbers(100))
        refresh_reference()

    def figure(self, *codes: str, indicator: str = "koopwoningen", role: str = "asked") -> Figure:
        found = figures_from_store([CATALOGUE[indicator]], target_of(codes), frozenset())
        return next(figure for figure in found if figure.role == role)

    def test_the_place_is_among_all_buurten(self) -> None:
        spot = self.figure(code(3)).spot
        shares = [numbers(number)["1014800"] for number in range(120)]
        assert spot is not None
        assert (spot.below, spot.equal, spot.ranked) == (
            sum(other < 3 for other in shares),
            shares.count(3.0),
            120,
        )

    def test_the_gemeente_and_the_country_are_on_the_same_axis(self) -> None:
        for role in ("gemeente", "land"):
            spot = self.figure(code(3), role=role).spot
            assert spot is not None
            assert spot.ranked == 120
            assert spot.below == sum(numbers(number)["1014800"] < 10 for number in range(120))

    def test_a_set_has_its_place_among_buurten(self) -> None:
        spot = self.figure(code(3), code(4), indicator="kinderen_0_15").spot
        assert spot is not None
        assert spot.ranked == 120

    def test_a_wijk_has_no_place_among_buurten(self) -> None:
        AreaRow.objects.create(table=self.table, code="WK000300", period="2024", values=numbers(3))
        assert self.figure("WK000300").spot is None

    def test_the_look_alikes_have_their_value_of_the_same_period(self) -> None:
        found = self.figure(code(3)).alike
        assert len(found) == 10
        assert code(3) not in dict(found)
        values = {code(number): numbers(number)["1014800"] for number in range(120)}
        assert dict(found).items() <= values.items()

    def test_an_area_of_hardly_anybody_has_no_look_alikes(self) -> None:
        AreaRow.objects.filter(code=code(3)).update(values=numbers(3) | {"T001036": 5.0})
        assert self.figure(code(3)).alike == ()

    def test_a_count_has_neither_place_nor_look_alikes(self) -> None:
        found = self.figure(code(3), indicator="inwoners")
        assert (found.spot, found.alike) == (None, ())

    def test_a_scan_keeps_all_of_it(self) -> None:
        project = scanned(code(3))
        row = ScanFigure.objects.get(project=project, indicator="koopwoningen", role="asked")
        expected = self.figure(code(3))
        assert expected.spot is not None
        assert (row.below, row.equal, row.ranked) == (
            expected.spot.below,
            expected.spot.equal,
            expected.spot.ranked,
        )
        assert row.median == expected.median
        assert row.trend == [{"period": "2024", "value": 3.0, "series": ""}]
        assert [(one["code"], one["value"]) for one in row.alike] == list(expected.alike)
        near = LookAlike.objects.filter(project=project)
        assert [one.number for one in near] == list(range(1, 11))
        assert {one.period for one in near} == {"2024"}
        assert [one.distance for one in near] == sorted(one.distance for one in near)

    def test_the_overview_names_the_look_alikes(self, client: Client) -> None:
        project = scanned(code(3))
        client.force_login(builders.member(project, "coordinator"))
        page = client.get(reverse("buurtscan", args=[project.slug])).content.decode()
        assert "Buurten die hierop lijken" in page
        assert page.count("lijkt er") >= 10

    def test_the_overview_says_which_features_were_not_at_hand(self) -> None:
        project = scanned(code(3))
        assert look_alikes_of(project).lacking == ""
        row = Likeness.objects.get()
        row.scale["features"] = [name for name in row.scale["features"] if name != "corporation"]
        row.save()
        assert look_alikes_of(project).lacking == "woningen van een corporatie"

    def test_every_feature_has_words(self) -> None:
        assert tuple(FEATURE_WORDS) == FEATURES

    def test_the_overview_says_why_there_are_none(self) -> None:
        AreaRow.objects.filter(code=code(3)).update(values=numbers(3) | {"T001036": 5.0})
        few = scanned(code(3))
        assert "minder dan 200 mensen" in look_alikes_of(few).why_none
        lacking = numbers(4)
        del lacking["1014800"]
        AreaRow.objects.filter(code=code(4)).update(values=lacking)
        unknown = scanned(code(4))
        assert "niet alle kenmerken" in look_alikes_of(unknown).why_none
        Likeness.objects.all().delete()
        assert "nog niet opgehaald" in look_alikes_of(unknown).why_none
        assert look_alikes_of(builders.project()).why_none == ""

    def test_a_second_scan_gives_the_same_rows(self) -> None:
        project = scanned(code(3))
        before = set(LookAlike.objects.values_list("pk", "code"))
        scanned(code(3), project)
        assert set(LookAlike.objects.values_list("pk", "code")) == before

    def test_without_the_country_nothing_has_a_place(self) -> None:
        Distribution.objects.all().delete()
        Likeness.objects.all().delete()
        found = self.figure(code(3))
        assert (found.value, found.spot, found.median, found.alike) == (3.0, None, None, ())


def scanned(asked: str, project: Project | None = None) -> Project:
    """As when every source is fresh: nothing is asked, all is worked out of the store at once."""
    project = project or builders.project(areas=[buurt(asked)])
    scan = start_scan(project, by=None)
    target = target_of([asked])
    write_sources(scan, target, dict.fromkeys(Source.values, Harvest()), Arrivals())
    Job.objects.filter(pk=scan.job_id).update(state=Job.State.DONE)
    return project
