"""The places that residents name: a page, and the part that the map of the buurtscan fetches."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.models import Project, User
from tests import builders

pytestmark = pytest.mark.django_db
type Login = Callable[[User], Client]
PART = {"HX-Request": "true"}


def address(project: Project) -> str:
    return f"/p/{project.slug}/verhalen/plekken/"


def told(project: Project, *places: str, state: str = "published") -> None:
    for place in places:
        builders.story(project, place=place, state=state, reason="reclame" if state == "rejected" else "")


def test_only_places_of_published_stories_of_this_project_are_shown(
    project: Project, login: Login, reader: User
) -> None:
    told(project, "Het plein")
    told(builders.project(), "Een andere buurt")
    for state in ("submitted", "held", "rejected"):
        told(project, f"Geheime plek {state}", state=state)
    for headers in ({}, PART):
        text = login(reader).get(address(project), headers=headers).content.decode()
        assert "Het plein" in text
        assert "andere buurt" not in text
        assert "Geheime plek" not in text


def test_a_place_is_counted_once_however_it_is_written(project: Project, login: Login, reader: User) -> None:
    told(project, "Het Plein", "het plein", " het plein ", "De Betje Wolffstraat", "")
    page = login(reader).get(address(project)).context["page"]
    assert [(row["spelled"], row["number"]) for row in page] == [
        ("het plein", 3),
        ("de betje wolffstraat", 1),
    ]


def test_a_place_leads_to_its_stories(project: Project, login: Login, reader: User) -> None:
    told(project, "Park & Plein")
    client = login(reader)
    text = client.get(address(project)).content.decode()
    link = f"/p/{project.slug}/verhalen/?q=Park%20%26%20Plein"
    assert link in text
    assert "Park &amp; Plein" in client.get(link).content.decode()


def test_the_part_is_no_page_and_shows_the_first_few(project: Project, login: Login, reader: User) -> None:
    told(project, *(f"Plek {number:02d}" for number in range(12)))
    response = login(reader).get(address(project), headers=PART)
    text = response.content.decode()
    assert text.strip().startswith('<div id="story_places">')
    assert ("Plek 07" in text, "Plek 08" in text) == (True, False)
    assert "Bekijk alle 12 plekken" in text
    assert "HX-Request" in response["Vary"]


def test_nothing_told_is_said_so(project: Project, login: Login, reader: User) -> None:
    for headers in ({}, PART):
        text = login(reader).get(address(project), headers=headers).content.decode()
        assert "nog geen gepubliceerd verhaal" in text


def test_who_may_not_read_does_not_see_places(
    client: Client, project: Project, login: Login, outsider: User
) -> None:
    collector = builders.member(project, "verzamelaar")
    assert client.get(address(project)).status_code == 302
    assert login(outsider).get(address(project)).status_code == 404
    assert login(collector).get(address(project)).status_code == 403
    assert login(collector).post(address(project)).status_code == 405


def test_words_of_a_teller_are_never_markup(project: Project, login: Login, reader: User) -> None:
    told(project, "<b onclick=x>plein</b>")
    for headers in ({}, PART):
        assert "<b onclick" not in login(reader).get(address(project), headers=headers).content.decode()


def queries(client: Client, project: Project) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address(project)).status_code == 200
    return len(found)


def test_more_places_cost_no_more_queries(project: Project, login: Login, reader: User) -> None:
    client = login(reader)
    told(project, "Plek 1")
    first = queries(client, project)
    told(project, "Plek 2", "Plek 3")
    assert queries(client, project) == first <= 7


def test_five_thousand_places_come_a_page_at_a_time(project: Project, login: Login, reader: User) -> None:
    told(project, *(f"Plek {number:02d}" for number in range(30)))
    text = login(reader).get(address(project), {"page": "2"}).content.decode()
    assert "Plek 29" in text
    assert "Plek 24" not in text
    assert "Bladzijde 2 van 2" in text


def test_the_page_of_stories_leads_to_the_places(project: Project, login: Login, reader: User) -> None:
    assert address(project) in login(reader).get(f"/p/{project.slug}/verhalen/").content.decode()
