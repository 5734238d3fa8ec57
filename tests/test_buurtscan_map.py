"""The map of the scan: shading, the list beside it, the polygons, and who may see them."""

import json
import re
from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from buurtagenda.demo.loading import load_demo
from buurtscan.catalogue import CATALOGUE
from buurtscan.figures import Number, TableId
from buurtscan.mapping import (
    GROUPS,
    ORDERS,
    Order,
    Spot,
    in_order,
    parts_of,
    shades_of,
    standing_of,
    tint_of,
    tints_of,
    values_in,
)
from buurtscan.maps import Wanted, ground_of, mapped_figures, sheet_of, shown_of
from buurtscan.models import AreaRow, Scan, ScanFigure, SourceTable
from core.models import Job
from gebieden.models import Area
from projects.models import Project, User
from tests import builders

type Login = Callable[[User], Client]
OWN = "BU05183620"
KWB = TableId("85984NED", 2024)


# --- groups ------------------------------------------------------------------------------
def test_a_hundred_different_figures_make_five_groups_of_twenty() -> None:
    shades = shades_of(range(1, 101))
    assert [(shade.tint, shade.low, shade.high, shade.number) for shade in shades] == [
        (1, 1, 20, 20),
        (2, 21, 40, 20),
        (3, 41, 60, 20),
        (4, 61, 80, 20),
        (5, 81, 100, 20),
    ]


@given(st.lists(st.integers(-50, 50).map(float), max_size=150))
def test_every_figure_is_in_one_group_and_groups_never_overlap(values: list[float]) -> None:
    shades = shades_of(values)
    assert sum(shade.number for shade in shades) == len(values)
    assert [shade.tint for shade in shades] == sorted({shade.tint for shade in shades})
    assert all(one.high < other.low for one, other in pairwise(shades))
    for value in values:
        assert sum(shade.low <= value <= shade.high for shade in shades) == 1
        assert tint_of(value, shades) == tints_of(sorted(values))[value]


@given(st.lists(st.integers(-50, 50).map(float), min_size=1, max_size=150))
def test_a_higher_figure_is_never_lighter(values: list[float]) -> None:
    tints = tints_of(sorted(values))
    ordered = [tints[value] for value in sorted(tints)]
    assert ordered == sorted(ordered)
    assert set(ordered) <= set(range(1, GROUPS + 1))


@pytest.mark.parametrize(
    ("values", "tints"),
    [
        ([7, 7, 7], {7: 3}),
        ([4, 7], {4: 1, 7: 5}),
        ([1, 2, 3, 3, 3, 3], {1: 1, 2: 3, 3: 5}),
        ([1, 2, 3, 4], {1: 1, 2: 2, 3: 4, 4: 5}),
        ([], {}),
    ],
)
def test_five_figures_or_fewer_each_have_a_tint(values: list[float], tints: dict[float, int]) -> None:
    assert tints_of(values) == tints


def test_without_a_figure_there_is_no_tint() -> None:
    assert tint_of(None, shades_of([1, 2])) == 0


def test_figures_are_made_by_the_rules_of_the_scan() -> None:
    """Constructed: crimes of the police for each 1,000 inhabitants of CBS, of the same year."""
    police = TableId("47018NED", 2024)
    numbers = [
        Number("0.0.0", OWN, "2024", 309, police),
        Number("T001036", OWN, "2024", 3360, KWB),
        Number("0.0.0", "BU05183637", "2024", 10, police),
        Number("T001036", "BU05183637", "2023", 3000, KWB),
        Number("T001036", "BU05183638", "2024", 0, KWB),
        Number("0.0.0", "BU05183638", "2024", 3, police),
    ]
    codes = [OWN, "BU05183637", "BU05183638", "BU05183639"]
    assert values_in(CATALOGUE["misdrijven"], "2024", numbers, codes) == {OWN: 92.0}


def spots() -> list[Spot]:
    return [
        Spot("BU3", "Zuid", "Wijk A", 5),
        Spot("BU1", "Oost", "Wijk B", None),
        Spot("BU2", "West", "Wijk B", 5),
        Spot("BU4", "noord", "Wijk C", 9),
    ]


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("hoog", ["noord", "West", "Zuid", "Oost"]),
        ("laag", ["West", "Zuid", "noord", "Oost"]),
        ("naam", ["noord", "Oost", "West", "Zuid"]),
        ("wijk", ["Zuid", "Oost", "West", "noord"]),
    ],
)
def test_the_list_has_an_order(order: Order, names: list[str]) -> None:
    assert [spot.name for spot in in_order(spots(), order)] == names


def many(number: int, asked: int = 0) -> list[Spot]:
    """Of 20 wijken; the one at `asked`, from 1, is the area itself."""
    return [
        Spot(
            f"BU{place:04}",
            f"Buurt {place:04}",
            f"Wijk {place // 20:02}",
            float(number - place),
            asked=place == asked,
        )
        for place in range(1, number + 1)
    ]


@pytest.mark.parametrize("order", ORDERS)
def test_a_long_list_comes_in_parts_with_every_row_once(order: Order) -> None:
    spots = in_order(many(441, asked=300), order)
    parts = parts_of(spots, order)
    assert [spot for part in parts for spot in part.spots] == spots
    assert max(len(part.spots) for part in parts) <= 50
    assert [(part.start, part.end) for part in parts][-1][1] == 441
    own = next(part for part in parts if any(spot.asked for spot in part.spots))
    assert own.open
    assert sum(part.open for part in parts) <= 2
    if order == "wijk":
        assert all(len({spot.wijk for spot in part.spots}) == 1 for part in parts)


def test_a_short_list_stays_whole() -> None:
    assert [len(part.spots) for part in parts_of(many(50), "hoog")] == [50]
    assert [len(part.spots) for part in parts_of(many(51), "hoog")] == [50, 1]
    assert [part.open for part in parts_of([], "hoog")] == [True]


def test_a_standing_counts_those_above_and_below() -> None:
    standing = standing_of("a", {"a": 5, "b": 5, "c": 6, "d": 1})
    assert standing is not None
    assert (standing.above, standing.below, standing.known) == (1, 1, 4)
    assert standing_of("a", {"a": 5}) is None
    assert standing_of("z", {"a": 5, "b": 1}) is None


# --- colours -----------------------------------------------------------------------------
def grey(share: float, towards: float) -> float:
    """The relative luminance (WCAG) of the colour of figures mixed with white (1) or black (0)."""
    tokens = Path(settings.BASE_DIR, "static/css/tokens.css").read_text()
    found = re.search(r"--tellen:\s*#(\w{6})", tokens)
    assert found
    parts = [
        int(found.group(1)[place : place + 2], 16) / 255 * share + towards * (1 - share)
        for place in (0, 2, 4)
    ]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_tints_stay_apart_in_grey() -> None:
    css = Path(settings.BASE_DIR, "static/css/buurtscan_map.css").read_text()
    mixes = re.findall(r"--tint-(\d): color-mix\(in srgb, var\(--tellen\) (\d+)%, (white|black)\)", css)
    assert [tint for tint, _share, _with in mixes] == ["1", "2", "3", "4", "5"]
    greys = [grey(int(share) / 100, 1.0 if other == "white" else 0.0) for _tint, share, other in mixes]
    steps = [(one + 0.05) / (other + 0.05) for one, other in pairwise(greys)]
    assert min(steps) > 1.45, steps


# --- the page ----------------------------------------------------------------------------
SQUARE = [[4.0, 52.0], [4.01, 52.0], [4.01, 52.01], [4.0, 52.01], [4.0, 52.0]]


def shape(number: int) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[[x + number / 100, y] for x, y in SQUARE]]}


def buurten(count: int, *, gemeente: str = "0518") -> list[Area]:
    """Constructed buurten beside each other, with a polygon."""
    codes = [f"BU{gemeente}99{number:02d}" for number in range(count)]
    return [
        builders.area(code, name=f"Buurt {code[-2:]}", geometry=shape(number), gemeente_name="'s-Gravenhage")
        for number, code in enumerate(codes)
    ]


def published(areas: Iterable[Area | str], measure: str = "M001642", period: str = "2024") -> None:
    """Constructed: the first has 100, the next 101 and so on."""
    table, _new = SourceTable.objects.get_or_create(source="kwb", table=KWB.name, defaults={"vintage": 2024})
    for number, area in enumerate(areas):
        code = area if isinstance(area, str) else area.code
        AreaRow.objects.create(table=table, code=code, period=period, values={measure: 100.0 + number})


def scanned(project: Project, value: float | None = 228.0, **fields: Any) -> ScanFigure:
    job = Job.objects.create(task="buurtscan.scan", state=Job.State.DONE)
    defaults = {
        "indicator": "woz_waarde",
        "chapter": "wonen",
        "role": "asked",
        "code": OWN,
        "level": "buurt",
        "level_used": "buurt",
        "period": "2024",
        "vintage": 2024,
        "source": "kwb",
        "table": KWB.name,
        "status": "ok" if value is not None else "not_published",
    }
    scan = Scan.objects.create(project=project, job=job)
    return ScanFigure.objects.create(project=project, scan=scan, value=value, **{**defaults, **fields})


def address(project: Project, tail: str = "") -> str:
    return f"/p/{project.slug}/buurtscan/kaart/{tail}"


@pytest.fixture
def mapped(project: Project) -> Project:
    """The area itself and six buurten around it, of which the last has no figure."""
    Area.objects.filter(code=OWN).update(geometry=shape(50))
    around = buurten(6)
    published([*around[:5], OWN])
    scanned(project, 105.0)
    return project


def text_of(client: Client, project: Project, **query: str) -> str:
    response = client.get(address(project), query)
    assert response.status_code == 200
    return str(response.content.decode())


def test_map_and_list_hold_the_same_figures(mapped: Project, login: Login, reader: User) -> None:
    text = text_of(login(reader), mapped)
    drawn = dict(re.findall(r'<path id="map-(\w+)" class="spot spot--(\d)"', text))
    listed = dict(re.findall(r'data-code="(\w+)" data-tint="(\d)"', text))
    assert drawn == listed
    assert len(listed) == 7
    assert (listed[OWN], listed["BU05189905"]) == ("5", "0")
    told = dict(re.findall(r'id="map-(\w+)".*?<title>(.*?)</title>', text))
    assert told[OWN] == "Moerwijk-Oost: €\xa0105.000"
    assert told["BU05189905"] == "Buurt 05: geen cijfer"
    assert text.count("€\xa0105.000</span>") == 1


def test_the_legend_says_the_groups_in_words(mapped: Project, login: Login, reader: User) -> None:
    text = " ".join(re.sub(r"<[^>]+>", "", text_of(login(reader), mapped)).split())
    assert "groep 5 € 105.000 (1 buurt)" in text
    assert "groep 1 € 100.000 (1 buurt)" in text
    assert "gestreept geen cijfer" in text
    assert "dikke rand Proefbuurt" in text


def test_the_area_is_outlined_and_its_standing_told(mapped: Project, login: Login, reader: User) -> None:
    text = text_of(login(reader), mapped)
    assert text.count('class="spot-asked"') == 2  # on the map and in the legend
    words = " ".join(re.sub(r"<[^>]+>", "", text).split())
    assert (
        "Van de 6 buurten van Den Haag met dit cijfer hebben er 0 een hoger cijfer, en 5 een lager." in words
    )


def test_what_was_chosen_is_shown_and_what_is_wrong_counts_as_not_chosen(
    mapped: Project, login: Login, reader: User
) -> None:
    published([OWN], measure="1014800", period="2023")
    scanned(mapped, 100.0, indicator="koopwoningen", period="2023")
    client = login(reader)
    assert "<h2>Koopwoningen, 2023</h2>" in text_of(client, mapped, cijfer="koopwoningen")
    for query in ({"cijfer": "x"}, {"sorteer": "\x00"}, {"gemeente": "GM9999"}, {"cijfer": "9" * 2000}):
        assert "<h2>Gemiddelde WOZ-waarde, 2024</h2>" in text_of(client, mapped, **query)


def test_the_list_can_be_put_in_another_order(mapped: Project, login: Login, reader: User) -> None:
    def first(order: str) -> str:
        found = re.search(r'data-code="(\w+)"', text_of(login(reader), mapped, sorteer=order))
        return found.group(1) if found else ""

    assert [first(order) for order in ("hoog", "laag", "naam")] == [OWN, "BU05189900", "BU05189900"]
    text = text_of(login(reader), mapped, sorteer="laag")
    assert 'class="num" aria-sort="ascending"' in text
    assert re.search(r'sorteer=laag#list-heading" aria-current="true"', text)


def test_a_gemeente_with_many_buurten_has_its_list_in_parts(
    project: Project, login: Login, reader: User, django_assert_max_num_queries: Any
) -> None:
    buurten(99)
    client = login(reader)
    with django_assert_max_num_queries(14):
        text = text_of(client, project)
    parts = re.findall(r'<details class="map-part"( open)?><summary>(.*?)</summary>', text)
    assert [bool(is_open) for is_open, _summary in parts].count(True) >= 1
    assert len(parts) == 2
    assert len(re.findall(r'data-code="', text)) >= 99
    of_wijken = text_of(client, project, sorteer="wijk")
    assert "buurten)</span></summary>" in of_wijken


def test_other_years_and_other_gemeenten_are_no_part_of_it(mapped: Project) -> None:
    published(["BU05189900"], period="2023")
    published(buurten(2, gemeente="0519"))
    sheet = sheet_of(mapped, Wanted())
    assert sheet.shown is not None
    assert sheet.shown.known == 6
    assert {spot.code[:6] for spot in sheet.spots} == {"BU0518"}


def test_where_the_store_has_little_it_is_said_how_to_get_the_rest(
    project: Project, login: Login, reader: User
) -> None:
    buurten(5)
    published([OWN])
    scanned(project, 100.0)
    text = text_of(login(reader), project)
    assert "Van 1 van de 6 buurten van Den Haag hebben wij dit cijfer." in text
    assert "<code>pull --all</code>" in text


def test_without_a_scan_the_map_is_there_without_shades(project: Project, login: Login, reader: User) -> None:
    buurten(3)
    text = text_of(login(reader), project)
    assert "Maak eerst de scan" in text
    assert text.count('class="spot spot--plain"') == 3
    assert len(re.findall(r'data-code="(\w+)"', text)) == 4


def test_without_polygons_the_list_is_there(project: Project, login: Login, reader: User) -> None:
    published([OWN])
    scanned(project, 100.0)
    text = text_of(login(reader), project)
    assert "nog geen kaart" in text
    assert "<path" not in text
    assert "€\xa0100.000" in text


def test_without_an_area_the_page_says_so(project: Project, login: Login, reader: User) -> None:
    project.areas.clear()
    assert "nog geen gebied" in text_of(login(reader), project)
    assert login(reader).get(address(project, "buurten.json")).status_code == 404


def test_a_figure_of_a_larger_area_is_not_given_to_the_buurt(
    project: Project, login: Login, reader: User
) -> None:
    published(buurten(4))
    scanned(project, 300.0, status="fallback", level_used="wijk")
    text = text_of(login(reader), project)
    assert "zelf is dit cijfer er niet" in text
    assert re.search(rf'data-code="{OWN}" data-tint="0"', text)
    assert "€\xa0300.000" not in text


def test_of_a_wijk_all_buurten_are_outlined(db: None, login: Login) -> None:
    wijk = builders.moerwijk()[2]
    inside = [builders.area(f"BU0518363{number}", geometry=shape(number)) for number in (7, 8)]
    buurten(2)
    project = builders.project(areas=[wijk])
    published(inside)
    scanned(project, 100.0, code=wijk.code, level="wijk", level_used="wijk")
    text = text_of(login(builders.member(project, "lezer")), project)
    assert re.findall(r'data-code="(\w+)" data-tint="\d" data-asked', text) == [
        "BU05183638",
        "BU05183637",
        OWN,
    ]
    assert text.count('class="spot-asked"') == 3


def test_a_set_in_two_gemeenten_shows_one_at_a_time(db: None, login: Login) -> None:
    here, there = buurten(2), buurten(1, gemeente="0519")
    builders.area("GM0518", name="'s-Gravenhage")
    project = builders.project(areas=[*here, *there])
    client = login(builders.member(project, "lezer"))
    assert "Kaart van de buurten van Den Haag" in text_of(client, project)
    text = text_of(client, project, gemeente="GM0519")
    assert re.findall(r'data-code="(\w+)"', text) == ["BU05199900"]
    found = client.get(address(project, "buurten.json"), {"gemeente": "GM0519"}).json()
    assert [one["properties"]["code"] for one in found["features"]] == ["BU05199900"]


def test_a_long_unit_stands_in_the_head_of_the_list() -> None:
    assert Spot("BU1", "Oost", "", 92.0, "92,0 per 1.000 inwoners").brief == "92,0"
    assert Spot("BU1", "Oost", "", 19.0, "19,0%").brief == "19,0%"


def test_of_a_set_each_buurt_is_told(db: None, login: Login) -> None:
    areas = buurten(3)
    project = builders.project(areas=areas[:2])
    published(areas[1:])
    scanned(project, None, code="+".join(area.code for area in areas[:2]), level="set", level_used="")
    words = re.sub(r"<[^>]+>", "", text_of(login(builders.member(project, "lezer")), project))
    assert "Per buurt: Buurt 01 €\xa0100.000; Buurt 00 geen cijfer." in " ".join(words.split(" "))


def test_an_area_without_a_polygon_is_said_not_to_be_on_the_map(
    mapped: Project, login: Login, reader: User
) -> None:
    Area.objects.filter(code=OWN).update(geometry=None)
    text = text_of(login(reader), mapped)
    assert "zelf staat niet op de kaart" in text
    assert "dikke rand" not in text
    assert "spot-asked" not in text
    assert re.search(rf'<tr [^>]*data-code="{OWN}"', text)


def test_a_buurt_of_few_inhabitants_is_told_with_its_figure(
    mapped: Project, login: Login, reader: User
) -> None:
    Area.objects.filter(code="BU05189900").update(inhabitants=199)
    Area.objects.filter(code="BU05189901").update(inhabitants=200)
    Area.objects.filter(code="BU05189905").update(inhabitants=5)  # without a figure
    few = [spot.code for spot in sheet_of(mapped, Wanted()).spots if spot.few]
    assert few == ["BU05189900"]
    assert text_of(login(reader), mapped).count("minder dan 200 inwoners") == 1


# --- gates -------------------------------------------------------------------------------
@pytest.mark.parametrize("tail", ["", "buurten.json"])
def test_only_who_reads_the_project_sees_its_map(
    mapped: Project, login: Login, reader: User, outsider: User, tail: str
) -> None:
    collector = builders.member(mapped, "verzamelaar")
    assert login(reader).get(address(mapped, tail)).status_code == 200
    assert login(collector).get(address(mapped, tail)).status_code == 403
    assert login(outsider).get(address(mapped, tail)).status_code == 404
    assert Client().get(address(mapped, tail)).status_code == 302
    assert login(reader).post(address(mapped, tail)).status_code == 405


def test_the_overview_leads_to_the_map(mapped: Project, login: Login, reader: User) -> None:
    assert address(mapped) in login(reader).get(f"/p/{mapped.slug}/buurtscan/").content.decode()


def test_a_figure_leads_to_itself_on_the_map(mapped: Project, login: Login, reader: User) -> None:
    text = login(reader).get(f"/p/{mapped.slug}/buurtscan/wonen/").content.decode()
    assert f'href="{address(mapped)}?cijfer=woz_waarde"' in text


def test_only_pictures_may_come_from_the_host_of_the_background(
    mapped: Project, login: Login, reader: User
) -> None:
    response = login(reader).get(address(mapped))
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    hosts = {name for name, value in policy.items() if settings.MAP_TILES_HOST in value}
    assert hosts == {"img-src"}
    assert f'data-tiles="{settings.MAP_TILES_HOST}/' in response.content.decode()


# --- polygons ----------------------------------------------------------------------------
def test_polygons_are_sent_once(mapped: Project, login: Login, reader: User) -> None:
    client = login(reader)
    first = client.get(address(mapped, "buurten.json"))
    assert first["Content-Type"] == "application/geo+json"
    assert "private" in first["Cache-Control"]
    features = json.loads(first.content)["features"]
    assert [one["properties"]["code"] for one in features] == [OWN, *(f"BU051899{n:02d}" for n in range(6))]
    again = client.get(address(mapped, "buurten.json"), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Area.objects.filter(code=OWN).update(geometry=shape(60))
    changed = client.get(address(mapped, "buurten.json"), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_names_and_codes_are_all_that_goes_with_them(mapped: Project, login: Login, reader: User) -> None:
    features = login(reader).get(address(mapped, "buurten.json")).json()["features"]
    assert {key for one in features for key in one["properties"]} == {"code", "name"}


# --- cost --------------------------------------------------------------------------------
def queries(client: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(where).status_code == 200
    return len(found)


@pytest.mark.parametrize(("tail", "most"), [("", 10), ("buurten.json", 7)])
def test_more_buurten_cost_no_more_queries(
    project: Project, login: Login, reader: User, tail: str, most: int
) -> None:
    client = login(reader)
    published([*buurten(1), OWN])
    scanned(project, 101.0)
    first = queries(client, address(project, tail))
    published(buurten(40)[1:])
    assert queries(client, address(project, tail)) == first <= most


def test_the_rest_of_the_country_is_not_read(mapped: Project) -> None:
    """The bounds are those of an index. PostgreSQL reads a table this small whole unless told not to."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Area.objects.of_vintage(2024).buurten_in("GM0518").explain()
    bounds = plan[plan.index("SEARCH" if connection.vendor == "sqlite" else "Index Cond") :].splitlines()[0]
    assert re.search(r"code\b\W*(text\)? )?>", bounds)
    assert re.search(r"code\b\W*(text\)? )?<", bounds)


# --- the demonstration -------------------------------------------------------------------
def test_map_and_scan_say_the_same_of_the_demonstration(db: None) -> None:
    demo = load_demo(date(2026, 11, 22), password=None)
    ground = ground_of("GM0518", list(demo.areas.all()))
    assert (len(ground.buurten), ground.undrawn, ground.name) == (114, 4, "Den Haag")
    compared = 0
    for figure in mapped_figures(demo).values():
        shown = shown_of(ground, figure, "naam")
        own = next(spot for spot in shown.spots if spot.code == OWN)
        if figure.status == "ok":
            assert own.value == figure.value, figure.indicator
            compared += 1
    assert compared >= 45


def test_the_polygons_of_the_demonstration_are_small_to_send(db: None) -> None:
    demo = load_demo(date(2026, 11, 22), password=None)
    client = Client()
    client.force_login(User.objects.get(email="samira@voorbeeld.example"))
    assert 20_000 < len(client.get(address(demo, "buurten.json")).content) < 150_000
