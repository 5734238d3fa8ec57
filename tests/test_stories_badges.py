"""How much is told under a chapter, as the page of that chapter fetches it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from projects.models import Project, User
from tests import builders

pytestmark = pytest.mark.django_db
type Login = Callable[[User], Client]
PART = {"HX-Request": "true"}


def address(project: Project, chapter: str = "wonen") -> str:
    return reverse("story_badge", args=[project.slug, chapter])


def test_only_published_stories_of_the_chapter_and_project_are_counted(
    project: Project, login: Login, reader: User
) -> None:
    for number in range(3):
        builders.story(project, text=f"Verhaal {number} over de flat.", about="wonen")
    builders.story(project, about="werk")
    builders.story(builders.project(), about="wonen")
    for state in ("submitted", "held", "rejected"):
        builders.story(project, about="wonen", state=state, reason="reclame" if state == "rejected" else "")
    part = login(reader).get(address(project), headers=PART)
    assert "3 verhalen over Wonen" in part.text
    assert part.text.strip().startswith('<p id="story_badge"')
    assert f"{reverse('verhalen', args=[project.slug])}?about=wonen" in part.text
    assert "HX-Request" in part.headers["Vary"]


def test_without_stories_it_says_so_and_leads_nowhere(project: Project, login: Login, reader: User) -> None:
    part = login(reader).get(address(project), headers=PART).text
    assert "Nog geen gepubliceerd verhaal over Wonen." in part
    assert "<a" not in part


def test_without_htmx_it_leads_to_the_stories_of_the_chapter(
    project: Project, login: Login, reader: User
) -> None:
    builders.story(project, text="De lift is stuk.", about="wonen")
    builders.story(project, text="Ik zoek werk.", about="werk")
    answer = login(reader).get(address(project), follow=True)
    assert "De lift is stuk." in answer.text
    assert "Ik zoek werk." not in answer.text


def test_only_who_reads_the_project_sees_it(
    project: Project, login: Login, reader: User, outsider: User
) -> None:
    assert login(outsider).get(address(project), headers=PART).status_code == 404
    assert Client().get(address(project)).headers["Location"].startswith("/account/login/")
    assert login(reader).get(address(project, "geen-hoofdstuk"), headers=PART).status_code == 404
    assert login(reader).post(address(project)).status_code == 405


def test_it_asks_the_same_of_one_story_and_of_many(
    project: Project, login: Login, reader: User, django_assert_num_queries: Callable[[int], object]
) -> None:
    client = login(reader)
    builders.story(project, about="wonen")
    client.get(address(project), headers=PART)
    with django_assert_num_queries(4):  # type: ignore[attr-defined]
        client.get(address(project), headers=PART)
    for number in range(3):
        builders.story(project, text=f"Nog een verhaal {number}.", about="wonen")
    with django_assert_num_queries(4):  # type: ignore[attr-defined]
        client.get(address(project), headers=PART)


def test_the_page_of_a_chapter_fetches_it_and_has_a_link_without_a_script(
    project: Project, login: Login, reader: User
) -> None:
    page = login(reader).get(reverse("scan_chapter", args=[project.slug, "wonen"])).text
    assert f'hx-get="{address(project)}" hx-trigger="load"' in page
    assert f'<a class="tap" href="{reverse("verhalen", args=[project.slug])}?about=wonen">' in page
