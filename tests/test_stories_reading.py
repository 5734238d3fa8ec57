"""Reading together: the story wall, its photos, its map, and stories on the projector."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.models import Job
from projects.models import Project, User
from stories import actions
from stories.models import Buurtwandeling, Place, Story, StoryPhoto, Theme, Verhalenavond
from stories.projecting import ROOM, SIZES, WIDE, cut, height, laid_out
from stories.squares import Point, middle_of_square
from stories.whereabouts import Whereabout
from tests import builders

pytestmark = pytest.mark.django_db

type Login = Callable[[User], Client]
PAGES = ["verhalen", "story_pictures", "story_map", "story_presentation"]


def address(project: Project, name: str, query: str = "") -> str:
    return reverse(name, args=[project.slug]) + query


def pictured(story: Story, caption: str = "") -> Story:
    job = Job.objects.create(task="test", state="done")
    image = f"photos/{story.pk}.jpg"
    StoryPhoto.objects.create(story=story, job=job, image=image, caption=caption, width=640, height=480)
    return story


# --- who may look -------------------------------------------------------------------------
@pytest.mark.parametrize("name", PAGES)
def test_who_reads_sees_the_wall_and_who_presents_the_screen(
    login: Login, client: Client, outsider: User, project: Project, name: str
) -> None:
    where = address(project, name)
    roles = {"coordinator": 200, "kernteamlid": 200, "gespreksleider": 200, "verzamelaar": 403}
    readers = 403 if name == "story_presentation" else 200
    for role, status in {**roles, "lezer": readers, "begeleider": readers}.items():
        assert login(builders.member(project, role)).get(where).status_code == status, role
    assert login(outsider).get(where).status_code == 404
    assert client.get(where).headers["Location"].startswith("/account/login/")
    assert login(builders.member(project, "coordinator")).post(where).status_code == 405


@pytest.mark.parametrize("state", ["submitted", "held", "rejected", "second", "care", "spoken"])
def test_only_what_is_public_is_shown_anywhere(
    login: Login, coordinator: User, project: Project, state: str
) -> None:
    reason = "reclame" if state == "rejected" else ""
    spot = Place.objects.create(project=project, name="Muzenplein", kind="plein", lat=52.05, lon=4.29)
    story = builders.story(
        project, text="Geheim verhaal", state=state, reason=reason, place="Geheime plek", spot=spot
    )
    pictured(story, "Geheim bijschrift")
    client = login(coordinator)
    for name in PAGES:
        for query in ("", "?nr=1", "?nr=1&wat=citaten", "?q=geheim"):
            assert "Geheim" not in client.get(address(project, name, query)).text
    assert "Muzenplein" not in client.get(address(project, "story_map")).context["map"].places


# --- the wall -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("theme={theme}", {"plein"}),
        ("language=tr", {"park"}),
        ("evening={evening}", {"feest"}),
        ("walk={walk}", {"park"}),
        ("spot={spot}", {"feest"}),
        ("vak=52.04925,4.290245", {"plein"}),
        ("q=banken&language=tr", {"park"}),
        ("language=tr&theme={theme}", set()),
    ],
)
def test_the_wall_is_narrowed_by_everything_that_is_known(
    login: Login, reader: User, project: Project, query: str, expected: set[str]
) -> None:
    gathering = {"project": project, "name": "In de Wissel", "on": date(2026, 10, 1)}
    evening, walk = Verhalenavond.objects.create(**gathering), Buurtwandeling.objects.create(**gathering)
    spot = Place.objects.create(project=project, name="Muzenplein", kind="plein")
    middle = middle_of_square(Point(52.049, 4.290))
    plein = builders.story(project, text="plein", lat=middle.lat, lon=middle.lon)
    builders.story(project, text="feest", evening=evening, spot=spot)
    builders.story(
        project, text="park", language="tr", walk=walk, translation="De banken zijn stuk.", translated_by="A"
    )
    theme = Theme.objects.create(project=project, name="Licht")
    actions.quote_story(plein, start=0, end=5, by=None).codings.create(theme=theme)
    named = {"theme": theme.pk, "evening": evening.pk, "walk": walk.pk, "spot": spot.pk}
    found = query.format(**named).replace("52.04925,4.290245", f"{middle.lat},{middle.lon}")
    page = login(reader).get(address(project, "verhalen", f"?{found}")).context["page"]
    assert {story.text for story in page} == expected


def test_the_wall_is_put_in_the_order_that_was_asked_for(
    login: Login, reader: User, project: Project
) -> None:
    builders.story(project, text="een", told_on=date(2026, 9, 1), about="leefomgeving", place="b")
    builders.story(project, text="twee", told_on=date(2026, 10, 1), about="wonen", place="c")
    builders.story(project, text="drie", told_on=date(2026, 11, 1), about="veiligheid", place="a")
    client = login(reader)

    def texts(order: str) -> list[str]:
        page = client.get(address(project, "verhalen", f"?order={order}")).context["page"]
        return [story.text for story in page]

    assert texts("") == ["drie", "twee", "een"]
    assert texts("oud") == ["een", "twee", "drie"]
    assert texts("plek") == ["drie", "een", "twee"]
    assert texts("hoofdstuk") == ["twee", "drie", "een"]


@pytest.mark.parametrize(
    "query", ["theme=999", "evening=x", "order=zomaar", "vak=hier", "vak=1,1", "spot=%00"]
)
def test_a_filter_that_cannot_be_is_told_so(login: Login, reader: User, project: Project, query: str) -> None:
    builders.story(project)
    for name in ("verhalen", "story_pictures", "story_map"):
        assert login(reader).get(address(project, name, f"?{query}")).status_code == 422


def test_a_theme_of_another_project_narrows_nothing(login: Login, reader: User, project: Project) -> None:
    theme = Theme.objects.create(project=builders.project(), name="Van anderen")
    response = login(reader).get(address(project, "verhalen", f"?theme={theme.pk}"))
    assert response.status_code == 422
    assert "Van anderen" not in response.text


def test_a_story_stands_there_in_its_own_language_with_the_dutch_of_it(
    login: Login, reader: User, project: Project
) -> None:
    builders.story(
        project, text="الشارع مظلم", language="ar", translation="De straat is donker", translated_by="Samira"
    )
    builders.story(project, text="Sokak karanlık", language="tr")
    page = login(reader).get(address(project, "verhalen")).text
    assert 'dir="auto" lang="ar">الشارع مظلم' in page
    assert 'lang="nl"' in page
    assert "De straat is donker" in page
    assert "vertaald door <bdi>Samira</bdi>" in page
    assert "Nog niet vertaald" in page


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "number"), [("story_pictures", 10), ("story_map", 12)])
def test_photos_and_map_ask_the_same_number_of_questions(
    login: Login,
    coordinator: User,
    project: Project,
    rows: int,
    name: str,
    number: int,
    django_assert_num_queries: Any,
) -> None:
    for place in range(rows):
        pictured(builders.story(project, lat=52.05 + place / 100, lon=4.29))
    client = login(coordinator)
    with django_assert_num_queries(number):
        assert client.get(address(project, name)).status_code == 200


def test_photos_have_their_caption_in_words(login: Login, reader: User, project: Project) -> None:
    story = pictured(builders.story(project), "Kapotte bank <b>")
    builders.story(project, text="Zonder foto")
    page = login(reader).get(address(project, "story_pictures")).text
    assert 'alt="Kapotte bank &lt;b&gt;"' in page
    assert reverse("story_quotes", args=[project.slug, story.pk]) in page
    assert "1 foto gevonden" in page


# --- the map ------------------------------------------------------------------------------
def test_the_map_shows_a_public_place_as_a_point_and_anything_else_as_a_square(
    login: Login, reader: User, project: Project
) -> None:
    plein = Place.objects.create(project=project, name="Muzenplein", kind="plein", lat=52.05, lon=4.29)
    street = Place.objects.create(project=project, name="Lindelaan", kind="straat", lat=52.051, lon=4.291)
    for _number in range(2):
        builders.story(project, spot=plein)
    builders.story(project, spot=street)
    builders.story(project, lat=52.04925, lon=4.290245, place="bij de bakker")
    builders.story(project, place="ergens")
    shown = login(reader).get(address(project, "story_map"))
    places = {one.name: (one.exact, one.number) for one in shown.context["map"].places}
    assert places == {"Muzenplein": (True, 2), "Lindelaan": (False, 1), "bij de bakker": (False, 1)}
    assert shown.text.count('class="plek__punt"') == 1
    assert shown.text.count('class="plek__vak"') == 2
    assert "1 verhaal heeft geen plek op de kaart" in shown.text
    assert f"?spot={plein.pk}#lijst" in shown.text
    assert "?vak=52.04925,4.290245#lijst" in shown.text


def test_a_square_is_about_a_hundred_metres() -> None:

    square = Whereabout("x", "x", "", Point(52.0, 4.3), 1, False, "").square
    (west, south), (east, _south), (_east, north) = square["coordinates"][0][:3]
    assert 95 < (north - south) * 111_320 < 105
    assert 95 < (east - west) * 111_320 * 0.6157 < 105


# --- the projector ------------------------------------------------------------------------
def test_the_screens_follow_each_other_from_the_first_to_the_last(
    login: Login, coordinator: User, project: Project
) -> None:
    for number in range(3):
        builders.story(project, text=f"Verhaal {number}", told_on=date(2026, 9, 1 + number))
    client = login(coordinator)
    begin = client.get(address(project, "story_presentation")).context["screen"]
    assert (begin.number, begin.total, begin.before, begin.after) == (0, 3, "", "?nr=1")
    last = client.get(address(project, "story_presentation", "?nr=laatste&deel=laatste")).context["screen"]
    assert (last.story.text, last.before, last.after) == ("Verhaal 2", "?nr=2&deel=laatste", "")
    for odd in ("?nr=99", "?nr=-1", "?nr=x", "?nr=%00", "?deel=9", "?theme=x", "?about=x", "?nr=" + "9" * 30):
        assert client.get(address(project, "story_presentation", odd)).status_code == 200


def test_a_long_story_takes_several_screens_and_loses_no_word() -> None:
    text = "Het begon toen de winkel dichtging. Daarna kwam er niemand meer. " * 60
    pieces = cut(text.strip(), WIDE)
    assert len(pieces) > 1
    assert " ".join(pieces) == text.strip()
    assert all(height(piece, WIDE, SIZES[-1]) <= ROOM for piece in pieces)
    assert all(piece.endswith(".") for piece in pieces)


def test_no_letter_is_smaller_than_forty_pixels_on_the_projector() -> None:
    assert min(SIZES) * 1920 / 48 >= 32
    assert laid_out(["Kort."], WIDE)[0] == SIZES[0]
    assert laid_out(["x" * 5000], WIDE)[0] == SIZES[-1]


def test_the_screen_asks_whether_it_still_stands_and_changes_when_the_story_goes(
    login: Login, coordinator: User, project: Project
) -> None:
    story = builders.story(project, text="Wilgenroos")
    client = login(coordinator)
    here = address(project, "story_presentation", "?nr=1")
    mark = client.get(here).context["screen"].mark
    part = {"HX-Request": "true"}
    assert client.get(f"{here}&v={mark}", headers=part).status_code == 204
    actions.hold_story(story, by=coordinator)
    gone = client.get(f"{here}&v={mark}", headers=part)
    assert gone.status_code == 200
    assert "Wilgenroos" not in gone.text


def test_the_screen_says_how_and_in_which_month_but_nothing_about_anybody(
    login: Login, coordinator: User, project: Project
) -> None:
    entered = builders.member(project, "verzamelaar", name="Vera Zamel")
    builders.story(project, told_on=date(2026, 9, 17), door="helper", entered_by=entered)
    page = login(coordinator).get(address(project, "story_presentation", "?nr=1")).text
    assert "verteld aan een verzamelaar, september 2026" in page
    for private in ("17 september", "Vera Zamel", coordinator.name, coordinator.email):
        assert private not in page


def test_a_theme_and_quotes_can_be_chosen_and_a_pause_shows_no_story(
    login: Login, coordinator: User, project: Project
) -> None:
    theme = Theme.objects.create(project=project, name="Licht")
    chosen = builders.story(project, text="Het plein is donker. Daarna niets.")
    builders.story(project, text="Iets anders.")
    quote = actions.quote_story(chosen, start=0, end=20, by=coordinator)
    quote.codings.create(theme=theme, coded_by=coordinator)
    client = login(coordinator)
    screen = client.get(address(project, "story_presentation", f"?nr=1&theme={theme.pk}")).context["screen"]
    assert (screen.total, screen.story.pk) == (1, chosen.pk)
    shown = client.get(address(project, "story_presentation", f"?nr=1&theme={theme.pk}&wat=citaten"))
    assert shown.context["screen"].words.text == "Het plein is donker."
    paused = client.get(address(project, "story_presentation", "?nr=1&pauze=1"))
    assert "donker" not in paused.text
    assert paused.context["screen"].after == "?nr=1"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_projector_asks_the_same_number_of_questions(
    login: Login, coordinator: User, project: Project, rows: int, django_assert_num_queries: Any
) -> None:
    for _number in range(rows):
        builders.story(project)
    client = login(coordinator)
    with django_assert_num_queries(5):
        client.get(address(project, "story_presentation", "?nr=1"))
