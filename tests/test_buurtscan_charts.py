"""The charts of a figure: where everything stands, what is said of it, and that it is the same everywhere."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtscan.catalogue import CATALOGUE
from buurtscan.charts import (
    PLOT,
    Break,
    Label,
    across,
    anchor_at,
    is_crossed,
    pieces,
    place_drawing,
    trend_drawing,
)
from buurtscan.comparison import Alike, AlikeBuurt, Point, Spot, Trend, trend_of
from buurtscan.figure_rows import Row, judgement_of, split_value
from buurtscan.models import ScanFigure
from buurtscan.reading import Reading, readings_of
from buurtscan.templatetags.scan_charts import place_chart, trend_chart
from buurtscan.words.figures import (
    alike_in_words,
    breaks_in_words,
    change_in_words,
    place_in_words,
    place_short,
    size_in_words,
)
from tests.scan_pages_help import AREAS, LEVELS, place, trend

PERCENTAGE = CATALOGUE["corporatiewoningen"]
EUROS = CATALOGUE["woz_waarde"]
COUNT = CATALOGUE["woningen"]
NAMES = {AREAS["asked"]: "Moerwijk-Oost", AREAS["gemeente"]: "Den Haag"}


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def row(indicator: str, role: str, value: float | None, **fields: Any) -> ScanFigure:
    defaults = {"status": "suppressed" if value is None else "ok", "period": "2024", "source": "kwb"}
    return ScanFigure(
        indicator=indicator,
        chapter=CATALOGUE[indicator].chapter,
        role=role,
        code=fields.pop("code", AREAS.get(role, "")),
        level=fields.pop("level", LEVELS[role]),
        value=value,
        **{**defaults, **fields},
    )


def reading_of(indicator: str, value: float | None, *beside: ScanFigure, **fields: Any) -> Reading:
    return readings_of([row(indicator, "asked", value, **fields), *beside], NAMES)[0]


def points(*values: float, series: str = "") -> Trend:
    return trend_of(trend(*values, series=series))


# --- the place -----------------------------------------------------------------------------
def test_the_axis_is_rank_and_the_middle_of_the_country_is_half() -> None:
    drawing = place_drawing(Spot(below=940, equal=0, ranked=1000))
    assert drawing.dot == across(94)
    assert drawing.middle == 50
    assert drawing.low < drawing.middle < drawing.high < drawing.dot


@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 500))
def test_a_dot_never_leaves_the_axis(below: int, equal: int, above: int) -> None:
    drawing = place_drawing(Spot(below, equal, below + equal + above))
    assert drawing.dot is not None
    assert drawing.left <= drawing.dot <= drawing.right


def test_more_of_them_below_is_further_to_the_right() -> None:
    dots = [place_drawing(Spot(below, 1, 100)).dot or 0 for below in range(100)]
    assert dots == sorted(set(dots))


def test_buurten_that_have_a_figure_only_apart_leave_no_dot_for_all_of_them() -> None:
    drawing = place_drawing(None, members=[Spot(100, 0, 1000), Spot(900, 0, 1000)])
    assert (drawing.dot, drawing.members) == (None, (across(10), across(90)))


@pytest.mark.parametrize(("x", "anchor"), [(2, "start"), (50, "middle"), (98, "end")])
def test_a_label_near_an_end_is_written_away_from_it(x: float, anchor: str) -> None:
    assert anchor_at(x) == anchor


@pytest.mark.parametrize(
    ("spot", "said"),
    [
        (Spot(11_418, 1, 12_147), "Hoger dan in 93 van de 100 buurten (van 12.147 met een cijfer)"),
        (Spot(12_146, 1, 12_147), "Het hoogste van alle buurten (van 12.147 met een cijfer)"),
        (Spot(0, 1, 12_147), "Het laagste van alle buurten (van 12.147 met een cijfer)"),
        (Spot(600, 7, 12_000), "Lager dan in 94 van de 100 buurten (van 12.000 met een cijfer)"),
        (Spot(0, 9_000, 10_000), "Even hoog als in 90 van de 100 buurten (van 10.000 met een cijfer)"),
        (
            Spot(4_000, 2_000, 10_000),
            "In 40 van de 100 buurten lager, in 40 hoger, in de andere even hoog (van 10.000 met een cijfer)",
        ),
        (
            Spot(5_200, 100, 10_000),
            "Rond het midden: in 52 van de 100 buurten lager, in 47 hoger (van 10.000 met een cijfer)",
        ),
        (
            Spot(1_100, 4_200, 10_000),
            "In 11 van de 100 buurten lager, in 47 hoger, in de andere even hoog (van 10.000 met een cijfer)",
        ),
    ],
)
def test_the_place_is_said_in_words(spot: Spot, said: str) -> None:
    assert place_in_words(spot, PERCENTAGE) == said


@given(st.integers(0, 5000), st.integers(1, 5000), st.integers(0, 5000))
def test_no_place_is_said_better_than_it_is(below: int, equal: int, above: int) -> None:
    spot = Spot(below, equal, below + equal + above)
    said = re.match(r"(Hoger|Lager) dan in (\d+) van de 100", place_short(spot, PERCENTAGE))
    if said:
        part = below if said[1] == "Hoger" else above
        assert int(said[2]) <= 100 * part / spot.ranked < int(said[2]) + 1
        assert int(said[2]) < 100


def test_of_people_and_houses_there_are_more_not_higher() -> None:
    assert place_short(Spot(94, 1, 100), COUNT) == "Meer dan in 94 van de 100 buurten"
    assert place_short(Spot(1, 1, 100), COUNT) == "Minder dan in 98 van de 100 buurten"


def test_a_wijk_stands_among_wijken_and_a_set_among_buurten() -> None:
    assert place_short(Spot(94, 1, 100), PERCENTAGE, "wijk") == "Hoger dan in 94 van de 100 wijken"
    assert place_short(Spot(94, 1, 100), PERCENTAGE, "set") == "Hoger dan in 94 van de 100 buurten"


# --- the course ----------------------------------------------------------------------------
def test_a_line_is_never_drawn_through_a_change_of_definition() -> None:
    drawing = trend_drawing(points(10, 11, 12, 20, 21, 22, series="aaabbb"))
    assert drawing is not None
    assert [len(segment) for segment in drawing.segments] == [3, 3]
    assert [one.since for one in drawing.breaks] == ["2022"]
    assert drawing.segments[0][-1].x < drawing.breaks[0].x < drawing.segments[1][0].x


def test_one_year_is_no_course() -> None:
    assert trend_drawing(Trend()) is None
    assert trend_drawing(points(10)) is None
    assert place_chart(reading_of("corporatiewoningen", 78)) == ""
    assert trend_chart(reading_of("corporatiewoningen", 78, trend=trend(78))) == ""


def test_hardly_a_change_is_drawn_as_hardly_a_change() -> None:
    drawing = trend_drawing(points(78, 77, 78, 79))
    assert drawing is not None
    heights = [dot.y for segment in drawing.segments for dot in segment]
    assert max(heights) - min(heights) < PLOT / 5


def test_years_without_a_figure_keep_their_room() -> None:
    uneven = Trend((Point("2012", 1), Point("2020", 2), Point("2022", 3)))
    drawing = trend_drawing(uneven)
    assert drawing is not None
    first, second, last = drawing.segments[0]
    assert (second.x - first.x) == pytest.approx(4 * (last.x - second.x), rel=0.01)


def test_zero_is_drawn_only_where_the_line_passes_it() -> None:
    passing, above = trend_drawing(points(-2, 3)), trend_drawing(points(20, 30))
    assert passing is not None
    assert above is not None
    assert passing.zero is not None
    assert passing.segments[0][1].y < passing.zero < passing.segments[0][0].y
    assert above.zero is None


def test_the_gemeente_is_drawn_in_the_years_of_the_buurt_alone() -> None:
    own = Trend((Point("2020", 10), Point("2022", 12)))
    drawing = trend_drawing(own, Trend((Point("2012", 90), Point("2020", 20), Point("2022", 21))))
    assert drawing is not None
    assert [dot.point.period for segment in drawing.beside for dot in segment] == ["2020", "2022"]


values = st.floats(-1e7, 1e7, allow_nan=False)


@given(
    st.lists(st.tuples(values, st.sampled_from("ab")), min_size=2, max_size=9),
    st.lists(values, max_size=9),
)
def test_every_course_stays_within_its_chart(own: list[tuple[float, str]], beside: list[float]) -> None:
    line = Trend(tuple(Point(str(2016 + year), value, name) for year, (value, name) in enumerate(own)))
    other = Trend(tuple(Point(str(2016 + year), value) for year, value in enumerate(beside)))
    drawing = trend_drawing(line, other)
    assert drawing is not None
    dots = [dot for segment in (*drawing.segments, *drawing.beside) for dot in segment]
    assert all(0 <= dot.x <= 100 and drawing.top <= dot.y <= drawing.bottom for dot in dots)
    assert sum(len(segment) for segment in drawing.segments) == len(own)


@pytest.mark.parametrize(
    ("course", "indicator", "said"),
    [
        (points(77, 78), PERCENTAGE, "Van 77% in 2023 naar 78% in 2024: 1 punt hoger."),
        (points(30, 14), PERCENTAGE, "Van 30% in 2023 naar 14% in 2024: 16 punten lager."),
        (points(192, 228), EUROS, "Van € 192.000 in 2023 naar € 228.000 in 2024: € 36.000 hoger."),
        (points(3_120, 3_360), COUNT, "Van 3.120 in 2023 naar 3.360 in 2024: 240 erbij."),
        (points(301, 300), COUNT, "Van 301 in 2023 naar 300 in 2024: vrijwel gelijk gebleven."),
        (points(78, 70, 78), PERCENTAGE, "78% in 2022 en in 2024: gelijk gebleven."),
        (points(10, 20, 30, series="abb"), PERCENTAGE, "Van 20% in 2023 naar 30% in 2024: 10 punten hoger."),
        (points(10, 20, series="ab"), PERCENTAGE, ""),
    ],
)
def test_the_change_is_said_of_one_definition_only(course: Trend, indicator: Any, said: str) -> None:
    assert plain(change_in_words(course, indicator)) == said


@pytest.mark.parametrize(
    ("indicator", "first", "last", "said"),
    [
        ("bijstand", 202.2, 165.1, "Van 202,2 in 2023 naar 165,1 per 1.000 inwoners van 15 tot 65 jaar in 2024: 37,1 minder."),
        ("bevolkingsdichtheid", 8128, 8739, "Van 8.128 in 2023 naar 8.739 inwoners per km² in 2024: 611 meer."),
        ("scholen_binnen_3km", 30.5, 41.1, "Van 30,5 in 2023 naar 41,1 scholen in 2024: 10,6 meer."),
        ("afstand_huisarts", 0.4, 1.1, "Van 0,4 km in 2023 naar 1,1 km in 2024: 0,7 km verder."),
        ("afstand_huisarts", 1.1, 0.4, "Van 1,1 km in 2023 naar 0,4 km in 2024: 0,7 km dichterbij."),
        ("afstand_huisarts", 1.5, 1.6, "Van 1,5 km in 2023 naar 1,6 km in 2024."),
        ("autos_per_huishouden", 0.5, 0.6, "Van 0,5 in 2023 naar 0,6 auto's in 2024."),
        ("kinderen_0_15", 20.2, 19.0, "Van 20,2% in 2023 naar 19,0% in 2024: 1,2 punt lager."),
        ("kinderen_0_15", 20.0, 19.0, "Van 20,0% in 2023 naar 19,0% in 2024: 1 punt lager."),
        ("ouderen_65", 11.1, 11.2, "Van 11,1% in 2023 naar 11,2% in 2024: vrijwel gelijk gebleven."),
        ("ouderen_65", 11.1, 11.4, "Van 11,1% in 2023 naar 11,4% in 2024: vrijwel gelijk gebleven."),
        ("oppervlakte_land", 203, 200, "Van 203 in 2023 naar 200 hectare in 2024: vrijwel gelijk gebleven."),
        ("leefbaarheid", 6, 7, "Van 6 (ruim voldoende) in 2023 naar 7 (goed) in 2024."),
        ("leefbaarheid_verschil", -0.2, -0.25, "Van 0,20 punt lager dan Nederland in 2023 naar 0,25 punt lager dan Nederland in 2024."),
        ("leefbaarheid_verschil", 0.0, 0.25, "Van gelijk aan Nederland in 2023 naar 0,25 punt hoger dan Nederland in 2024."),
    ],
)  # fmt: skip
def test_a_change_says_its_unit_once_and_no_more_than_it_knows(
    indicator: str, first: float, last: float, said: str
) -> None:
    assert plain(change_in_words(points(first, last), CATALOGUE[indicator])) == said


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_of_no_figure_a_change_repeats_a_long_unit(name: str) -> None:
    said = change_in_words(points(20.0, 60.0), CATALOGUE[name])
    assert said.count(" per ") <= 1
    assert said.count("inwoners") <= 2


def test_a_share_changes_in_points_and_never_in_percent() -> None:
    assert size_in_words(3, PERCENTAGE) == "3 punten"
    assert "%" not in size_in_words(0.5, PERCENTAGE)


def test_every_change_of_definition_is_said() -> None:
    assert breaks_in_words(points(1, 2, 3)) == ""
    assert (
        breaks_in_words(points(1, 2, 3, 4, series="abbb"))
        == "Andere definitie vanaf 2022: niet te vergelijken met de jaren daarvoor."
    )
    assert breaks_in_words(points(1, 2, 3, series="abc")) == (
        "Andere definitie vanaf 2023, andere definitie vanaf 2024: niet te vergelijken met de jaren daarvoor."
    )


def test_a_definition_began_in_its_own_year_and_not_in_the_first_with_a_figure() -> None:
    course = Trend((Point("2017", 94.0), Point("2024", 228.0, "2018")))
    drawing = trend_drawing(course)
    assert drawing is not None
    assert [one.since for one in drawing.breaks] == ["2018"]
    assert (
        breaks_in_words(course) == "Andere definitie vanaf 2018: niet te vergelijken met de jaren daarvoor."
    )


def test_the_words_at_a_break_stay_within_the_chart() -> None:
    at = {x: Break(x, "2018", 0).anchor for x in (10.0, 37.0, 50.0, 63.0, 90.0)}
    assert at == {10.0: "start", 37.0: "start", 50.0: "middle", 63.0: "end", 90.0: "end"}


def test_the_mark_of_a_break_does_not_run_through_a_label() -> None:
    label = Label(2.0, 4.0, "start", Point("2017", 94.0))
    assert is_crossed(16.0, label, len("€ 94.000"))
    assert not is_crossed(60.0, label, len("€ 94.000"))
    assert pieces(1.1, 6.0, [label]) == [(1.1, 3.05), (4.25, 6.0)]
    assert pieces(1.1, 6.0, []) == [(1.1, 6.0)]
    over = Label(2.0, 1.2, "start", Point("2017", 94.0))
    assert pieces(1.1, 6.0, [over, label]) == [(1.45, 3.05), (4.25, 6.0)]
    under = Label(2.0, 6.1, "start", Point("2017", 94.0))
    assert pieces(1.1, 6.0, [under]) == [(1.1, 5.15)]


def test_a_count_is_not_pressed_flat_by_that_of_the_gemeente() -> None:
    beside = row("woningen", "gemeente", 260_000, trend=trend(250_000, 260_000))
    reading = reading_of("woningen", 3_200, beside, trend=trend(3_000, 3_200))
    assert "Den Haag" not in str(trend_chart(reading))
    shares = row("koopwoningen", "gemeente", 40, trend=trend(41, 40))
    assert "Den Haag" in str(trend_chart(reading_of("koopwoningen", 14, shares, trend=trend(15, 14))))


@pytest.mark.parametrize(
    ("shown", "parts"),
    [
        ("78%", ("78%", "")),
        ("92,0 per 1.000 inwoners", ("92,0", "per 1.000 inwoners")),
        ("3 (onder het gemiddelde)", ("3", "(onder het gemiddelde)")),
        ("niet gepubliceerd", ("niet gepubliceerd", "")),
    ],
)
def test_the_number_is_large_and_its_unit_small(shown: str, parts: tuple[str, str]) -> None:
    assert split_value(shown) == parts


# --- look-alikes -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "said"),
    [
        (50, "In alle drie de buurten die hierop lijken is het lager."),
        (5, "In alle drie de buurten die hierop lijken is het hoger."),
        (15, "In 2 van de 3 buurten die hierop lijken is het hoger."),
        (20, "In 1 van de 3 buurten die hierop lijken is het lager, in 1 hoger."),
    ],
)
def test_the_look_alikes_are_counted(value: float, said: str) -> None:
    alike = Alike(tuple(AlikeBuurt(f"BU{number}", "", number) for number in (10, 20, 30)))
    assert alike_in_words(alike, value) == said


def test_look_alikes_that_have_the_same_are_not_called_lower() -> None:
    alike = Alike((AlikeBuurt("BU1", "", 10), AlikeBuurt("BU2", "", 10)))
    assert alike_in_words(alike, 10) == "In alle twee de buurten die hierop lijken is het even hoog."


def test_most_look_alikes_are_named_first() -> None:
    alike = Alike(tuple(AlikeBuurt(f"BU{number}", "", value) for number, value in enumerate([4, 4, 4, 3])))
    assert alike_in_words(alike, 4) == "In 3 van de 4 buurten die hierop lijken is het even hoog."
    one = Alike((AlikeBuurt("BU1", "", 10),))
    assert alike_in_words(one, 4) == "In de ene buurt die hierop lijkt en dit cijfer heeft, is het hoger."


# --- judgement --------------------------------------------------------------------------------
def judged(indicator: str, share: float, **fields: Any) -> str:
    found = judgement_of(reading_of(indicator, 10.0, **place(share), **fields))
    return found.tone if found else ""


GOOD = next(name for name, one in CATALOGUE.items() if one.direction == "gunstig" and not one.labels)
BAD = next(name for name, one in CATALOGUE.items() if one.direction == "ongunstig" and not one.labels)
COMPOSITION = [name for name, one in CATALOGUE.items() if one.composition]


def test_high_is_good_only_where_high_is_clearly_good() -> None:
    assert [judged(GOOD, 95), judged(GOOD, 5), judged(GOOD, 50)] == ["goed", "let-op", ""]
    assert [judged(BAD, 95), judged(BAD, 5), judged(BAD, 50)] == ["let-op", "goed", ""]
    assert judged("corporatiewoningen", 99) == ""


def test_a_small_number_or_a_figure_of_a_larger_area_is_not_judged() -> None:
    assert judged(BAD, 99, flags=["few_inhabitants"]) == ""
    assert judged(BAD, 99, status="fallback", level_used="gemeente") == ""


@pytest.mark.parametrize("indicator", COMPOSITION)
def test_who_lives_here_is_never_called_good_or_bad(indicator: str) -> None:
    assert COMPOSITION
    assert judged(indicator, 99) == judged(indicator, 1) == ""


# --- the drawing itself --------------------------------------------------------------------------
def full() -> Reading:
    return reading_of(
        "corporatiewoningen",
        78.0,
        row("corporatiewoningen", "gemeente", 30.0, **place(60), trend=trend(31, 31, 30, 30, series="aabb")),
        **place(94, ranked=12_147),
        trend=trend(70, 71, 77, 78, series="aabb"),
    )


def drawings() -> list[str]:
    return [str(place_chart(full())), str(trend_chart(full())), str(trend_chart(full(), size=12))]


@pytest.mark.parametrize("number", range(3))
def test_a_chart_needs_no_style_of_the_page(number: int) -> None:
    """Attributes only, nothing that the policy of the page forbids, and a title of its own first."""
    drawing = ElementTree.fromstring(drawings()[number])  # noqa: S314 (our own)
    names = {name for element in drawing.iter() for name in element.attrib}
    assert not names & {"style", "onload", "href"}
    assert [
        element for element in drawing.iter() if element is not drawing and "class" in element.attrib
    ] == []
    assert drawing.get("role") == "img"
    assert drawing[0].tag.endswith("title")
    assert drawing[0].text


def test_the_title_of_the_place_says_what_the_eye_sees() -> None:
    title = ElementTree.fromstring(str(place_chart(full())))[0].text  # noqa: S314
    assert title == (
        "Huurwoningen van corporaties: Hoger dan in 93 van de 100 buurten (van 12.147 met een cijfer)."
        " Den Haag: Hoger dan in 59 van de 100 buurten."
    )


def test_a_strip_has_the_same_marks_and_title_and_no_words() -> None:
    """The list that it stands in says once what its marks are."""
    whole, strip = (ElementTree.fromstring(str(place_chart(full(), strip=one))) for one in (False, True))  # noqa: S314
    words = [element for element in strip.iter() if element.tag.endswith("}text")]
    assert words == []
    assert strip[0].text == whole[0].text
    assert [len(drawing.findall("{*}circle")) for drawing in (whole, strip)] == [1, 1]
    assert len(strip.findall("{*}line")) == len(whole.findall("{*}line"))


def test_the_title_of_the_course_has_every_year() -> None:
    title = ElementTree.fromstring(str(trend_chart(full())))[0].text  # noqa: S314
    assert title == (
        "Huurwoningen van corporaties. 2021: 70%, 2022: 71%, 2023: 77%, 2024: 78%."
        " Andere definitie vanaf 2023: niet te vergelijken met de jaren daarvoor."
    )


def test_the_words_beside_a_break_are_in_the_drawing() -> None:
    assert "andere definitie vanaf 2023" in str(trend_chart(full()))
    assert ">70%</text>" in str(trend_chart(full()))
    assert ">78%</text>" in str(trend_chart(full()))


def test_a_name_is_escaped_in_a_drawing() -> None:
    beside = row("corporatiewoningen", "gemeente", 30.0, **place(60))
    asked = row("corporatiewoningen", "asked", 78.0, **place(94))
    reading = readings_of([asked, beside], {**NAMES, AREAS["gemeente"]: "<script>"})[0]
    assert "<script>" not in str(place_chart(reading))
    assert "&lt;script&gt;" in str(place_chart(reading))


def test_a_figure_of_a_larger_area_has_no_place_and_no_course() -> None:
    reading = reading_of(
        "corporatiewoningen", 30.0, status="fallback", level_used="gemeente", **place(60), trend=trend(1, 2)
    )
    assert place_chart(reading) == trend_chart(reading) == ""
    assert Row(reading).place == Row(reading).course == ""


def test_buurten_of_a_set_are_on_the_axis_too() -> None:
    members = [row("corporatiewoningen", "member", 10.0, code=f"BU{n}", **place(n * 10)) for n in (1, 2)]
    asked = row("corporatiewoningen", "asked", 12.0, code="BU1+BU2", level="set", **place(15))
    drawing = str(place_chart(readings_of([asked, *members], {})[0]))
    assert drawing.count("<circle") == 3
