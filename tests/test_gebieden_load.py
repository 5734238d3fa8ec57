"""Loading areas from the replica of CBS and PDOK."""

import json
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from core.errors import Conflict, DomainError
from core.fetch import Fetcher, SourceFailed
from core.models import Job, Record
from gebieden import actions
from gebieden.loading import carry_out
from gebieden.models import Area, AreaLoad
from gebieden.newest import gazetteer
from gebieden.sources import cbs, pdok
from projects.models import User
from tests import builders
from tests.replica import Options, Replica, running_replica
from tests.replica.facts import FACTS

pytestmark = pytest.mark.django_db
type Commit = Callable[..., Any]


@pytest.fixture(scope="module")
def running() -> Iterator[Replica]:
    with running_replica(FACTS, Options(v3_page=10, v4_page=20)) as replica:
        yield replica


@pytest.fixture(autouse=True)
def replica(running: Replica, settings: Any) -> Iterator[Replica]:
    for name, value in running.environ().items():
        setattr(settings, name, value)
    settings.OPENDATA_TIMEOUT = 5
    running.clear_requests()
    yield running
    running.faults.clear()


@pytest.fixture
def beheerder() -> User:
    return builders.user(is_superuser=True)


def silent(done: int, total: int, note: str) -> None:
    pass


def loaded(vintage: int | None = 2024, *, polygons: bool = True) -> AreaLoad:
    load = actions.load_areas(vintage, by=None, polygons=polygons)
    done = carry_out(load, silent)
    Job.objects.filter(pk=load.job_id).update(state=Job.State.DONE, finished_at=load.created_at)
    return done


def test_all_areas_of_a_year_are_stored_with_what_lies_above_them() -> None:
    load = loaded()
    assert load.loaded == Area.objects.count() == 34
    buurt = Area.objects.get(code="BU05183620")
    assert (buurt.name, buurt.gemeente_name, buurt.postcode) == ("Moerwijk-Oost", "'s-Gravenhage", "2531")
    assert (buurt.level, buurt.vintage, buurt.inhabitants) == ("buurt", 2024, 3360)
    above = buurt.parent
    assert above is not None
    assert above.parent is not None
    assert above.parent.parent is not None
    assert [above.code, above.parent.code, above.parent.parent.code] == ["WK051836", "GM0518", "NL00"]


def test_amsterdam_has_letters_in_its_codes() -> None:
    loaded(polygons=False)
    area = Area.objects.get(code="BU0363AD03")
    assert (area.level, area.name, area.gemeente_name) == ("buurt", "Nieuwendijk-Noord", "Amsterdam")
    assert area.parent is not None
    assert area.parent.code == "WK0363AD"


def test_inhabitants_that_are_not_published_stay_empty() -> None:
    loaded()
    assert Area.objects.get(code="BU04893052").inhabitants is None


def test_polygons_are_stored_with_coordinates_of_a_metre() -> None:
    load = loaded()
    assert load.drawn == Area.objects.filter(geometry__isnull=False).count() > 20
    geometry = Area.objects.get(code="BU05183620").geometry or {}
    assert geometry["type"] in ("Polygon", "MultiPolygon")
    assert max(len(number.partition(".")[2]) for number in numbers(geometry["coordinates"])) <= 5
    assert not Area.objects.filter(code__startswith="GM0998").exists()


def numbers(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for inner in part:
            yield from numbers(inner)
    else:
        yield repr(part)


def test_loading_twice_gives_the_same_rows() -> None:
    loaded()
    before = list(Area.objects.order_by("pk").values())
    loaded()
    assert list(Area.objects.order_by("pk").values()) == before


def test_another_year_stands_beside_the_first() -> None:
    loaded(2024, polygons=False)
    loaded(2020, polygons=False)
    assert set(Area.objects.values_list("vintage", flat=True)) == {2020, 2024}
    assert Area.objects.get(code="BU05183620", vintage=2020).inhabitants == 3150
    assert set(Area.objects.newest().values_list("vintage", flat=True)) == {2024}


def test_without_a_year_the_newest_that_cbs_has_is_taken() -> None:
    assert loaded(None, polygons=False).vintage == 2024


def test_a_failing_newest_table_is_no_reason_to_take_an_older_one(replica: Replica) -> None:
    replica.faults.add("error500", "*86165NED*")
    with Fetcher(timeout=5, pause=0.01) as fetcher, pytest.raises(SourceFailed, match="storing"):
        cbs.newest_vintage(fetcher)


def test_where_v4_fails_v3_gives_the_same_areas(replica: Replica) -> None:
    with Fetcher(timeout=5, pause=0.01) as fetcher:
        by_v4 = cbs.read_areas(fetcher, "85984NED")
        replica.faults.add("error500", "*/cbs4/*")
        by_v3 = cbs.read_areas(fetcher, "85984NED")
    assert sorted(by_v3, key=lambda row: row.code) == sorted(by_v4, key=lambda row: row.code)


def test_an_empty_list_of_v4_is_a_failure_too(replica: Replica) -> None:
    replica.faults.add("empty", "*WijkenEnBuurtenCodes*")
    with Fetcher(timeout=5, pause=0.01) as fetcher:
        assert len(cbs.read_areas(fetcher, "85984NED")) == 34


def test_a_table_without_inhabitants_or_postcodes_still_gives_its_areas(replica: Replica) -> None:
    replica.faults.add("not_found", "*/cbs4/*")
    replica.faults.add("vanished", "*84799NED*", column="MeestVoorkomendePostcode_113")
    with Fetcher(timeout=5, pause=0.01) as fetcher:
        rows = {row.code: row for row in cbs.read_areas(fetcher, "84799NED")}
    assert (rows["BU05183620"].inhabitants, rows["BU05183620"].postcode) == (3150, "")


def test_when_cbs_gives_nothing_the_areas_of_before_remain(replica: Replica) -> None:
    loaded()
    replica.faults.add("empty")
    load = actions.load_areas(2024, by=None)
    with pytest.raises(DomainError, match="lege lijst"):
        carry_out(load, silent)
    assert Area.objects.count() == 34


def test_a_year_that_cbs_does_not_have_is_said_so() -> None:
    load = actions.load_areas(2018, by=None)
    with pytest.raises(DomainError, match="geen gebieden van dit jaar"):
        carry_out(load, silent)


def test_a_year_without_maps_keeps_its_areas_and_says_so() -> None:
    load = loaded(2020)
    assert (load.loaded, load.drawn) == (Area.objects.count(), 0)
    assert load.note == "PDOK heeft geen kaarten van dit jaar."


def test_maps_that_break_off_leave_the_areas_and_the_maps_of_before(replica: Replica) -> None:
    before = loaded().drawn
    replica.faults.add("atom", "*collections/wijken*")
    load = loaded()
    assert load.loaded == 34
    assert load.drawn < before
    assert load.note.startswith("Niet alle kaarten zijn geladen: PDOK")
    assert Area.objects.filter(geometry__isnull=False).count() == before


def test_negative_signs_of_pdok_are_never_inhabitants(replica: Replica) -> None:
    replica.faults.add("sentinels", "*/pdok/*")
    loaded()
    assert Area.objects.get(code="BU05183620").inhabitants == 3360
    assert Area.objects.get(code="BU04893052").inhabitants is None


def test_pdok_fills_in_inhabitants_that_cbs_leaves_out() -> None:
    area = builders.area("BU05183620")
    shape = pdok.Shape("BU05183620", {"type": "Polygon", "coordinates": []}, 3360)
    assert actions.store_shapes(2024, [shape, pdok.Shape("BU99999999", {}, 5)]) == 1
    area.refresh_from_db()
    assert area.inhabitants == 3360


SQUARE = {"type": "Polygon", "coordinates": [[[4.0, 52.0], [4.1, 52.0], [4.1, 52.1], [4.0, 52.0]]]}


@pytest.mark.parametrize(
    ("properties", "geometry"),
    [
        ({"buurtcode": "BU05183620", "water": "JA"}, SQUARE),
        ({"buurtcode": "BU09980000", "gemeentecode": "GM0998"}, SQUARE),
        ({"buurtcode": "rommel"}, SQUARE),
        ({}, SQUARE),
        ({"buurtcode": "BU05183620"}, None),
        ({"buurtcode": "BU05183620"}, {"type": "Point", "coordinates": [4, 52]}),
        ({"buurtcode": "BU05183620"}, {"type": "Polygon"}),
        ({"buurtcode": "BU05183620"}, {"type": "Polygon", "coordinates": []}),
        ({"buurtcode": "BU05183620"}, {"type": "Polygon", "coordinates": [[["a", "b"]]]}),
        ({"buurtcode": "BU05183620"}, {"type": "MultiPolygon", "coordinates": [[[[4, None]]]]}),
        (
            {"buurtcode": "BU05183620"},
            {"type": "Polygon", "coordinates": [[[4, 52], [4, 52], [4, 52], [4, 52]]]},
        ),
    ],
)
def test_features_that_are_no_area_are_left_out(properties: dict[str, Any], geometry: Any) -> None:
    assert pdok.shape_of({"properties": properties, "geometry": geometry}, "buurtcode") is None


def test_a_hole_stays_a_hole_and_a_crumb_disappears() -> None:
    ring = SQUARE["coordinates"][0]
    crumb = [[[5, 52], [5, 52.000001], [5, 52], [5, 52]]]
    found = pdok.rounded({"type": "MultiPolygon", "coordinates": [[ring, ring], crumb]})
    assert found == {"type": "Polygon", "coordinates": [ring, ring]}
    json.dumps(found, allow_nan=False)


def test_pages_of_pdok_that_go_round_stop(replica: Replica) -> None:
    replica.faults.add("looping", "*/pdok/*")
    assert "steeds dezelfde bladzijde" in loaded().note


# --- asking for it ------------------------------------------------------------------------


def test_a_second_load_waits_until_the_first_is_done() -> None:
    actions.load_areas(2024, by=None)
    with pytest.raises(Conflict, match="al geladen"):
        actions.load_areas(2024, by=None)
    assert Job.objects.count() == AreaLoad.objects.count() == 1


@pytest.mark.parametrize("state", [Job.State.DONE, Job.State.FAILED])
def test_after_a_load_has_ended_another_may_begin(state: str) -> None:
    first = actions.load_areas(2024, by=None)
    Job.objects.filter(pk=first.job_id).update(state=state)
    second = actions.load_areas(2024, by=None)
    first.refresh_from_db()
    assert (first.busy, second.busy) == (None, True)


def test_a_year_we_do_not_know_is_refused() -> None:
    with pytest.raises(DomainError, match="dit jaar"):
        actions.load_areas(1899, by=None)


def test_asking_and_storing_are_recorded(beheerder: User) -> None:
    load = actions.load_areas(2024, by=beheerder, polygons=False)
    carry_out(load, silent)
    rows = (
        Record.objects.filter(kind="gebieden.areaload")
        .order_by("pk")
        .values_list("verb", "actor_id", "object_id")
    )
    assert list(rows) == [
        ("load_areas", beheerder.pk, str(load.pk)),
        ("store_areas", None, str(load.pk)),
    ]


def test_the_job_does_the_work(django_capture_on_commit_callbacks: Commit) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        load = actions.load_areas(2024, by=None)
    load.refresh_from_db()
    assert load.job.__class__.objects.get(pk=load.job_id).state == Job.State.DONE
    assert Area.objects.count() == load.loaded == 34


def test_a_failing_source_is_told_in_the_job(
    replica: Replica, django_capture_on_commit_callbacks: Commit
) -> None:
    replica.faults.add("not_found")
    with django_capture_on_commit_callbacks(execute=True):
        load = actions.load_areas(2024, by=None)
    job = Job.objects.get(pk=load.job_id)
    assert (job.state, job.error) == (Job.State.FAILED, "Het CBS heeft geen gebieden van dit jaar.")


def test_a_newer_load_renews_what_the_search_knows() -> None:
    loaded(2020, polygons=False)
    assert gazetteer().find("BU05183620").hits[0].inhabitants == 3150
    assert gazetteer() is gazetteer()
    loaded(2024, polygons=False)
    assert gazetteer().find("BU05183620").hits[0].inhabitants == 3360


def test_the_command_loads_at_once_and_prints_how_far_it_is(
    django_capture_on_commit_callbacks: Commit,
) -> None:
    out = StringIO()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("load_areas", "--vintage", "2024", stdout=out)
    assert "Gebieden opgeslagen 34/68" in out.getvalue()
    assert "2024: 34 gebieden, " in out.getvalue()
    assert Job.objects.get().attempts == 1


def test_the_command_takes_the_newest_year_and_can_leave_out_the_maps(replica: Replica) -> None:
    out = StringIO()
    call_command("load_areas", "--no-polygons", stdout=out)
    assert "2024: 34 gebieden, 0 kaarten." in out.getvalue()
    assert not any("/pdok/" in target for _method, target in replica.requests)


@pytest.mark.parametrize(("vintage", "words"), [("1899", "dit jaar"), ("2018", "geen gebieden van dit jaar")])
def test_the_command_says_why_it_failed(vintage: str, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("load_areas", "--vintage", vintage, stdout=StringIO())


# --- the page of the beheerder ------------------------------------------------------------


@pytest.fixture
def page(beheerder: User, login: Callable[[User], Client]) -> Client:
    return login(beheerder)


URL = "/gebieden/"


def test_the_page_has_its_address() -> None:
    assert reverse("area_loads") == URL


def test_only_the_beheerder_sees_the_page(coordinator: User, login: Callable[[User], Client]) -> None:
    assert login(coordinator).get(URL).status_code == 404
    assert login(coordinator).post(URL, {"vintage": "2024"}).status_code == 404
    assert Client().get(URL).status_code == 302
    assert AreaLoad.objects.count() == 0


def test_only_the_beheerder_finds_the_way_there(
    page: Client, coordinator: User, login: Callable[[User], Client]
) -> None:
    assert f'href="{URL}"' in page.get(reverse("projects")).content.decode()
    assert f'href="{URL}"' not in login(coordinator).get(reverse("projects")).content.decode()


def test_other_methods_are_refused(page: Client) -> None:
    assert page.put(URL).status_code == 405
    assert page.delete(URL).status_code == 405


def test_an_empty_installation_says_what_is_missing(page: Client) -> None:
    assert "Er zijn nog geen gebieden" in page.get(URL).content.decode()


def test_the_button_starts_the_load_and_the_page_shows_how_far_it_is(page: Client) -> None:
    response = page.post(URL, {"vintage": "2024", "polygons": "on"})
    assert (response.status_code, response["Location"]) == (302, URL)
    load = AreaLoad.objects.get()
    assert (load.vintage, load.polygons) == (2024, True)
    text = page.get(URL).content.decode()
    assert 'hx-trigger="every 2s"' in text
    assert "Ververs deze pagina" in text


def test_a_second_click_is_told_that_it_is_already_loading(page: Client) -> None:
    page.post(URL, {})
    response = page.post(URL, {})
    assert response.status_code == 409
    assert AreaLoad.objects.count() == 1


def test_the_whole_way_from_button_to_table(page: Client, django_capture_on_commit_callbacks: Commit) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page.post(URL, {"vintage": "", "polygons": "on"})
    text = page.get(URL).content.decode()
    assert "De gebieden van 2024 zijn geladen op" in text
    assert 'hx-trigger="every 2s"' not in text
    assert (
        '<th scope="row">2024</th><td class="num">7</td><td class="num">8</td><td class="num">18</td>' in text
    )


@pytest.mark.parametrize("vintage", ["1899", "x", "\x00", "9" * 1000])
def test_a_wrong_year_is_said_beside_the_field(page: Client, vintage: str) -> None:
    assert page.post(URL, {"vintage": vintage}).status_code == 422
    assert AreaLoad.objects.count() == 0


def test_the_end_is_announced_to_who_waits(page: Client, django_capture_on_commit_callbacks: Commit) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page.post(URL, {"vintage": "2024"})
    part = page.get(URL, headers={"HX-Request": "true"}).content.decode()
    assert '<p id="area_load_status" hx-swap-oob="innerHTML">Het laden is klaar.</p>' in part
    assert "hx-swap-oob" not in page.get(URL).content.decode()


def test_htmx_gets_only_the_part(page: Client) -> None:
    part = page.get(URL, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div id="area_load"')
    assert "<html" not in part


@pytest.mark.parametrize("years", [[2024], [2022, 2023, 2024]])
def test_the_page_asks_the_database_as_often_for_one_year_as_for_three(
    page: Client, years: list[int], django_assert_num_queries: Callable[..., Any]
) -> None:
    for year in years:
        builders.area("BU05183620", vintage=year)
    with django_assert_num_queries(4):
        page.get(URL)
