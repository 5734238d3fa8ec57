"""The places that residents can choose, and what the form keeps of where a story is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.errors import DomainError
from core.models import Record
from projects.models import Project, User
from stories import actions
from stories.actions.spots import add_place
from stories.models import Place, Story
from stories.squares import Point, middle_of_square
from tests import builders
from tests.stories_help import form_address, tell

pytestmark = pytest.mark.django_db
HERE = "52.051234, 4.293211"


@pytest.fixture(autouse=True)
def patient_teller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stories.suspicion.QUICKEST", 0)


def address(project: Project, step: str = "") -> str:
    return f"/p/{project.slug}/verhalen/plekken/kaart/{step}"


def fields(**changes: Any) -> dict[str, Any]:
    return {"name": "Het Heeswijkplein", "kind": "plein", "point": HERE, **changes}


def square(project: Project, **given: Any) -> Place:
    made = {"name": "Het plein", "kind": "plein", "lat": 52.051234, "lon": 4.293211, **given}
    return Place.objects.create(project=project, **made)


# --- the pages of the kernteam -----------------------------------------------------------
def test_an_empty_list_explains_what_to_do(project: Project, colleague: User, login: Any) -> None:
    page = login(colleague).get(address(project)).content.decode()
    assert "Begin met vijf plekken die iedereen kent" in page
    assert address(project, "nieuw/") in page


def test_a_public_place_is_kept_where_it_is(project: Project, colleague: User, login: Any) -> None:
    response = login(colleague).post(address(project, "nieuw/"), fields(), follow=True)
    assert "Het Heeswijkplein staat nu op de lijst." in response.content.decode()
    place = Place.objects.get()
    assert (place.name, place.kind, place.lat, place.lon) == (
        "Het Heeswijkplein",
        "plein",
        52.051234,
        4.293211,
    )
    assert Record.objects.get(verb="add_place").actor_id == colleague.pk


def test_a_street_is_rounded_to_its_square(project: Project, colleague: User, login: Any) -> None:
    login(colleague).post(address(project, "nieuw/"), fields(name="Erasmusweg", kind="straat"))
    place = Place.objects.get()
    assert (place.lat, place.lon) == middle_of_square(Point(52.051234, 4.293211))


def test_a_place_that_becomes_a_street_loses_its_exact_point(
    project: Project, colleague: User, login: Any
) -> None:
    place = square(project)
    login(colleague).post(address(project, f"{place.pk}/"), fields(kind="straat", version=1))
    place.refresh_from_db()
    assert (place.lat, place.lon) == middle_of_square(Point(52.051234, 4.293211))


def test_a_place_may_have_no_point(project: Project, colleague: User, login: Any) -> None:
    inside = login(colleague)
    inside.post(address(project, "nieuw/"), fields(point=""))
    assert Place.objects.get().lat is None
    assert "nog niet op de kaart" in inside.get(address(project)).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "", "Geef de plek een naam."),
        ("name", "\u202e \u200b", "Geef de plek een naam."),
        ("name", "x" * 81, "80"),
        ("kind", "", "Kies wat voor plek het is."),
        ("kind", "kasteel", "kasteel"),
        ("point", "bij de bakker", "Schrijf twee getallen"),
        ("point", "4.29, 52.05", "Dit punt ligt niet in Nederland."),
        ("point", "nul\x00", ""),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_rest_stays(
    project: Project, colleague: User, login: Any, field: str, value: str, message: str
) -> None:
    other = {"name": "point", "kind": "name", "point": "name"}[field]
    response = login(colleague).post(address(project, "nieuw/"), fields(**{field: value}))
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert f'value="{fields()[other]}"' in page
    assert not Place.objects.exists()


def test_a_name_stands_on_the_list_once(project: Project, colleague: User, login: Any) -> None:
    first, second = square(project), square(project, name="Het park")
    inside = login(colleague)
    again = inside.post(address(project, "nieuw/"), fields(name="HET PLEIN"))
    assert again.status_code == 409
    assert "Er is al een plek met deze naam." in again.content.decode()
    renamed = inside.post(address(project, f"{second.pk}/"), fields(name="het plein", version=1))
    assert renamed.status_code == 409
    assert (
        inside.post(address(project, f"{first.pk}/"), fields(name="Het plein", version=1)).status_code == 302
    )


def test_the_second_of_two_editors_is_told_so(project: Project, colleague: User, login: Any) -> None:
    place = square(project)
    inside = login(colleague)
    assert inside.post(address(project, f"{place.pk}/"), fields(name="Een", version=1)).status_code == 302
    late = inside.post(address(project, f"{place.pk}/"), fields(name="Twee", version=1))
    assert late.status_code == 409
    assert "Iemand anders was u voor" in late.content.decode()
    place.refresh_from_db()
    assert place.name == "Een"


def test_stories_of_a_place_that_goes_keep_its_name(project: Project, colleague: User, login: Any) -> None:
    place = square(project)
    story, _code = actions.submit_story(project, text="Mooi.", about="wonen", feeling="goed", spot=place)
    inside = login(colleague)
    assert (
        "blijven, met de naam in woorden" in inside.get(address(project, f"{place.pk}/weg/")).content.decode()
    )
    for _click in range(2):
        assert inside.post(address(project, f"{place.pk}/weg/")).status_code == 302
    story.refresh_from_db()
    assert (story.spot, story.place, story.lat) == (None, "Het plein", None)
    assert Record.objects.filter(verb="delete_place").count() == 1


@pytest.mark.parametrize("step", ["nieuw/", "{pk}/", "{pk}/weg/"])
def test_who_only_reads_sees_the_list_and_changes_nothing(
    project: Project, reader: User, outsider: User, login: Callable[[User], Client], step: str
) -> None:
    place = square(project)
    path = address(project, step.format(pk=place.pk))
    page = login(reader).get(address(project)).content.decode()
    assert "Het plein" in page
    assert "Plek toevoegen" not in page
    assert login(reader).post(path, fields(version=1)).status_code == 403
    assert login(outsider).post(path, fields(version=1)).status_code == 404
    assert login(outsider).get(address(project)).status_code == 404
    assert login(reader).put(path).status_code == 405
    assert Place.objects.get().name == "Het plein"


def test_the_list_has_as_many_queries_at_one_row_as_at_three(
    project: Project, reader: User, login: Any
) -> None:
    inside = login(reader)
    counts = []
    for number in range(3):
        square(project, name=f"Plek {number}")
        with CaptureQueriesContext(connection) as queries:
            inside.get(address(project))
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_five_thousand_places_go_over_pages(project: Project, reader: User, login: Any) -> None:
    Place.objects.bulk_create(Place(project=project, name=f"Plek {n:04}", kind="anders") for n in range(5000))
    page = login(reader).get(address(project)).content.decode()
    assert "5000 plekken" in page or "5.000 plekken" in page
    assert len(page) < 100_000


# --- on the form -------------------------------------------------------------------------
def test_a_teller_chooses_a_place_from_the_list(client: Client, project: Project) -> None:
    place = square(project)
    assert "Het plein</option>" in client.get(form_address(project)).content.decode()
    tell(client, project, spot=str(place.pk))
    story = Story.objects.get()
    assert (story.spot, story.place, story.lat, story.lon) == (place, "Het plein", None, None)


def test_words_of_the_teller_go_before_the_name_of_the_place(client: Client, project: Project) -> None:
    tell(client, project, spot=str(square(project).pk), place="achter de bakker")
    assert Story.objects.get().place == "achter de bakker"


def test_without_places_only_words_are_asked(client: Client, project: Project) -> None:
    page = client.get(form_address(project)).content.decode()
    assert 'name="spot"' not in page
    assert 'name="place"' in page


def test_of_a_point_only_the_square_is_kept(client: Client, project: Project) -> None:
    tell(client, project, point=HERE)
    story = Story.objects.get()
    assert (story.lat, story.lon) == middle_of_square(Point(52.051234, 4.293211))
    assert (story.lat, story.lon) != (52.051234, 4.293211)


@pytest.mark.parametrize("point", ["0, 0", "hier", "nan, nan", "52.05, 4.29; DROP TABLE", "9" * 1000])
def test_a_point_that_is_none_is_left_out_and_the_story_arrives(
    client: Client, project: Project, point: str
) -> None:
    assert tell(client, project, point=point).status_code == 302
    assert Story.objects.get().lat is None


@pytest.mark.parametrize("value", ["0", "-1", "999999", "9" * 40, "x", "1.5", "' OR 1=1"])
def test_a_place_that_is_not_on_the_list_is_told_so(client: Client, project: Project, value: str) -> None:
    square(project)
    response = tell(client, project, spot=value)
    assert response.status_code == 422
    assert "Deze plek staat niet meer in de lijst." in response.content.decode()


def test_a_place_of_another_project_cannot_be_chosen(client: Client, project: Project) -> None:
    elsewhere = square(builders.project())
    assert tell(client, project, spot=str(elsewhere.pk)).status_code == 422
    with pytest.raises(DomainError):
        actions.submit_story(project, text="Mooi.", about="wonen", feeling="goed", spot=elsewhere)
    assert not Story.objects.exists()


# --- what the map draws --------------------------------------------------------------------
def test_the_map_shows_outlines_and_places_and_nothing_of_stories(client: Client, coordinator: User) -> None:
    outline = {"type": "Polygon", "coordinates": [[[4.29, 52.05], [4.3, 52.05], [4.3, 52.06], [4.29, 52.05]]]}
    area = builders.moerwijk()[-1]
    type(area).objects.filter(pk=area.pk).update(geometry=outline)
    project = builders.project(areas=[area])
    place = add_place(project, name="Het plein", kind="plein", point=Point(52.05, 4.29), by=coordinator)
    add_place(project, name="Zonder punt", kind="plein", point=None, by=coordinator)
    builders.story(project, lat=52.0512, lon=4.2931, place="geheim")
    response = client.get(f"/buurt/{project.slug}/vertel/kaart/")
    assert response.json() == {
        "areas": [{"type": "Feature", "properties": {}, "geometry": outline}],
        "places": [[place.pk, "Het plein", 52.05, 4.29]],
    }
    assert client.post(f"/buurt/{project.slug}/vertel/kaart/").status_code == 405
    assert client.get("/buurt/bestaat-niet/vertel/kaart/").status_code == 404
