"""The Dutch words beside a story in another language, and who supports the residents who collect."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from core.errors import Conflict
from core.models import Record
from projects.models import Project, User
from stories.actions.translating import translate_story
from stories.models import Steun, Story
from tests import builders

pytestmark = pytest.mark.django_db
type Login = Callable[[User], Client]
WORDS = {"translation": "De lift is stuk.", "translated_by": "Noor Yilmaz", "seen": ""}


def turkish(project: Project, **fields: Any) -> Story:
    return builders.story(project, text="Asansör bozuk.", language="tr", **fields)


def address(story: Story) -> str:
    return f"/p/{story.project.slug}/verhalen/{story.pk}/vertalen/"


def test_a_translation_stands_with_its_name_beside_the_words_of_the_teller(
    project: Project, colleague: User, reader: User, login: Login
) -> None:
    story = turkish(project)
    client = login(colleague)
    assert "Asansör bozuk." in client.get(address(story)).content.decode()
    assert client.post(address(story), WORDS)["Location"].endswith(f"/verhalen/{story.pk}/")
    page = login(reader).get(f"/p/{project.slug}/verhalen/").content.decode()
    for words in ("Asansör bozuk.", "De lift is stuk.", "Noor Yilmaz"):
        assert words in page
    found = login(reader).get(f"/p/{project.slug}/verhalen/?q=liften").content.decode()
    assert "De lift is stuk." in found


def test_a_story_in_another_language_leads_to_its_translation(
    project: Project, colleague: User, reader: User, coordinator: User, login: Login
) -> None:
    public, waiting = turkish(project, change="Tamir edin."), turkish(project, state="submitted")
    dutch = builders.story(project)
    story_page = f"/p/{project.slug}/verhalen/{public.pk}/"
    assert f'href="{address(public)}"' in login(colleague).get(story_page).content.decode()
    assert address(public) not in login(reader).get(story_page).content.decode()
    queue = login(coordinator).get(f"/p/{project.slug}/verhalen/beoordelen/").content.decode()
    assert f'href="{address(waiting)}"' in queue
    plain = login(colleague).get(f"/p/{project.slug}/verhalen/{dutch.pk}/").content.decode()
    assert "vertalen/" not in plain
    form = login(colleague).get(address(public)).content.decode()
    assert "Een verhaal in het Turks vertalen" in form
    assert "Tamir edin." in form


def test_the_second_of_two_translators_is_told_and_keeps_what_was_typed(
    project: Project, colleague: User, login: Login
) -> None:
    story = turkish(project)
    assert login(colleague).post(address(story), WORDS).status_code == 302
    late = login(colleague).post(address(story), {**WORDS, "translation": "De lift doet het niet."})
    assert late.status_code == 409
    assert "De lift doet het niet." in late.content.decode()
    story.refresh_from_db()
    assert story.translation == "De lift is stuk."


def test_lines_of_a_translation_survive_the_form(project: Project, colleague: User, login: Login) -> None:
    story = turkish(project)
    two = {**WORDS, "translation": "De lift is stuk.\r\nAl weken."}
    assert login(colleague).post(address(story), two).status_code == 302
    again = {**WORDS, "translation": "De lift.", "seen": "De lift is stuk.\r\nAl weken."}
    assert login(colleague).post(address(story), again).status_code == 302
    gone = {**WORDS, "translation": "", "seen": "De lift."}
    assert login(colleague).post(address(story), gone).status_code == 302
    story.refresh_from_db()
    assert (story.translation, story.translated_by) == ("", "")


def test_a_translation_without_a_name_is_refused(project: Project, colleague: User, login: Login) -> None:
    response = login(colleague).post(address(turkish(project)), {**WORDS, "translated_by": " "})
    assert response.status_code == 422
    assert "Zeg wie dit vertaalde." in response.content.decode()


def test_who_may_translate(
    project: Project, colleague: User, reader: User, outsider: User, coordinator: User, login: Login
) -> None:
    public, hidden = turkish(project), turkish(project, state="submitted")
    assert login(reader).post(address(public), WORDS).status_code == 403
    assert login(outsider).get(address(public)).status_code == 404
    assert login(colleague).get(address(hidden)).status_code == 404
    assert login(builders.member(project, "verzamelaar")).get(address(hidden)).status_code == 403
    assert login(colleague).put(address(public)).status_code == 405
    assert login(coordinator).get(address(hidden)).status_code == 200
    assert Record.objects.filter(verb="read", object_id=str(hidden.pk), actor_id=coordinator.pk).exists()
    assert login(coordinator).post(address(hidden), WORDS)["Location"].endswith("/beoordelen/")
    assert login(colleague).get(address(builders.story(project))).status_code == 404


@pytest.mark.parametrize("fields", [{"state": "rejected", "reason": "reclame"}, {"state": "care"}])
def test_what_is_not_for_reading_is_not_translated(
    project: Project, coordinator: User, fields: dict[str, str]
) -> None:
    with pytest.raises(Conflict):
        translate_story(
            turkish(project, **fields), translation="x", translated_by="y", seen="", by=coordinator
        )
    with pytest.raises(Conflict):
        translate_story(builders.story(project), translation="x", translated_by="y", seen="", by=coordinator)


def test_the_coordinator_gives_each_collector_a_supporter(
    project: Project, coordinator: User, colleague: User, outsider: User, login: Login
) -> None:
    collector = builders.member(project, "verzamelaar", name="Noor")
    worker = builders.member(project, "kernteamlid", side="wijkprofessional", name="Els de Wit")
    base = f"/p/{project.slug}/verhalen/verzamelaars/"
    client = login(coordinator)
    assert "Nog geen begeleider." in client.get(base).content.decode()
    one = f"{base}{collector.memberships.get().pk}/"
    for path in (base, one):
        assert login(colleague).get(path).status_code == 403
        assert login(outsider).get(path).status_code == 404
        assert client.put(path).status_code == 405
    for _ in range(2):
        assert client.post(one, {"supporter": worker.pk})["Location"] == base
    assert "Els de Wit" in client.get(base).content.decode()
    wrong = client.post(one, {"supporter": collector.pk})
    assert wrong.status_code == 422
    assert client.post(f"{base}{worker.memberships.get().pk}/", {}).status_code == 404
    client.post(one, {"supporter": ""})
    assert not Steun.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_collectors_asks_the_same_number_of_questions(
    project: Project, coordinator: User, login: Login, django_assert_num_queries: Any, number: int
) -> None:
    client = login(coordinator)
    for _ in range(number):
        builders.member(project, "verzamelaar")
    client.get(f"/p/{project.slug}/verhalen/verzamelaars/")
    with django_assert_num_queries(7):
        client.get(f"/p/{project.slug}/verhalen/verzamelaars/")
