"""Somebody enters the stories of others: by each door, on an evening, in another language."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from projects.models import Project, User
from stories.actions import gathering
from stories.models import Buurtwandeling, Story, Verhalenavond
from tests import builders
from tests.stories_help import answers, code_on, token_in

pytestmark = pytest.mark.django_db
type Login = Callable[[User], Client]


@pytest.fixture
def collector(project: Project) -> User:
    return builders.member(project, "verzamelaar", name="Noor")


def evening_of(project: Project, days_ago: int = 2) -> Verhalenavond:
    on = timezone.localdate() - timedelta(days=days_ago)
    return Verhalenavond.objects.create(project=project, name="Soep", on=on)


def collect(client: Client, project: Project, query: str = "", **changes: Any) -> Any:
    address = f"/p/{project.slug}/verhalen/invoeren/{query}"
    data = {
        **answers(form_token=token_in(client.get(address))),
        "way": "helper",
        "language": "nl",
        **changes,
    }
    return client.post(address, {name: value for name, value in data.items() if value is not None})


@pytest.mark.parametrize("way", ["helper", "interview", "mini_interview", "papier"])
def test_each_door_is_kept_with_who_entered_it(
    project: Project, collector: User, login: Login, way: str
) -> None:
    assert collect(login(collector), project, way=way).status_code == 302
    story = Story.objects.get()
    assert (story.door, story.entered_by, story.state) == (way, collector, "submitted")


def test_stories_of_an_evening_go_in_one_after_the_other(
    project: Project, collector: User, login: Login
) -> None:
    evening = evening_of(project)
    client = login(collector)
    query = f"?avond={evening.pk}"
    page = client.get(f"/p/{project.slug}/verhalen/invoeren/{query}").content.decode()
    assert "Dit is verhaal 1 van de avond" in page
    assert page.index("Toch van een andere avond of dag?") < page.index("Hoe hoorde u dit verhaal?")
    sent = collect(client, project, query, way="verhalenavond", evening=evening.pk, told_on=None)
    done = client.get(sent["Location"])
    assert "Nog een verhaal van deze avond" in done.content.decode()
    assert f"invoeren/{query}" in done.content.decode()
    assert code_on(done)
    assert "Dit is verhaal 2" in client.get(f"/p/{project.slug}/verhalen/invoeren/{query}").content.decode()
    story = Story.objects.get()
    assert (story.evening, story.door) == (evening, "verhalenavond")


def test_the_day_it_was_told_is_kept_and_cannot_be_in_the_future(
    project: Project, collector: User, login: Login
) -> None:
    today = timezone.localdate()
    told = today - timedelta(days=9)
    collect(login(collector), project, told_on=told.isoformat())
    assert Story.objects.get().told_on == told
    late = collect(login(collector), project, told_on=(today + timedelta(days=1)).isoformat())
    assert late.status_code == 422
    assert "Deze dag moet nog komen." in late.content.decode()


def test_an_evening_must_be_chosen_and_be_of_this_project(
    project: Project, collector: User, login: Login
) -> None:
    missing = collect(login(collector), project, way="verhalenavond")
    assert missing.status_code == 422
    assert "Kies de avond." in missing.content.decode()
    elsewhere = evening_of(builders.project())
    wrong = collect(login(collector), project, way="verhalenavond", evening=elsewhere.pk)
    assert wrong.status_code == 422
    assert "Soep" not in wrong.content.decode()
    assert (
        login(collector).get(f"/p/{project.slug}/verhalen/invoeren/?avond={elsewhere.pk}").status_code == 200
    )
    for nonsense in ("x", "²", "99999999999999999999"):
        address = f"/p/{project.slug}/verhalen/invoeren/?avond={nonsense}"
        assert login(collector).get(address).status_code == 200
    evening = evening_of(project)
    collect(login(collector), project, way="interview", evening=evening.pk)
    assert Story.objects.get().evening is None


def test_who_collects_finds_the_way_to_a_walk(project: Project, collector: User, login: Login) -> None:
    walk = Buurtwandeling.objects.create(project=project, name="Rondje", on=timezone.localdate())
    elsewhere = Buurtwandeling.objects.create(
        project=builders.project(), name="Elders", on=timezone.localdate()
    )
    client = login(collector)
    page = client.get(f"/p/{project.slug}/verhalen/invoeren/").content.decode()
    address = f"/p/{project.slug}/verhalen/wandelingen/{walk.pk}/onderweg/"
    assert f'href="{address}"' in page
    assert elsewhere.name not in page
    assert client.get(address).status_code == 200


def test_on_an_evening_an_error_in_its_day_is_not_hidden(
    project: Project, collector: User, login: Login
) -> None:
    evening = evening_of(project)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    query = f"?avond={evening.pk}"
    sent = collect(
        login(collector), project, query, way="verhalenavond", evening=evening.pk, told_on=tomorrow
    )
    assert sent.status_code == 422
    page = sent.content.decode()
    assert '<details class="hulp" open>' in page
    assert "Deze dag moet nog komen." in page


def test_a_story_keeps_the_language_it_was_written_in(
    project: Project, collector: User, login: Login
) -> None:
    collect(login(collector), project, text="Asansör bozuk.", language="tr")
    assert Story.objects.get().language == "tr"
    assert collect(login(collector), project, language="xx").status_code == 422


def test_who_collects_sees_the_questions_and_the_name_of_their_supporter(
    project: Project, collector: User, coordinator: User, login: Login
) -> None:
    address = f"/p/{project.slug}/verhalen/invoeren/"
    page = login(collector).get(address).content.decode()
    assert "Welke vragen stelt u?" in page
    assert "de wijkprofessional die u begeleidt" in page
    worker = builders.member(project, "kernteamlid", side="wijkprofessional", name="Els de Wit")
    gathering.give_support(project, collector=collector, supporter=worker, by=coordinator)
    assert "Els de Wit" in login(collector).get(address).content.decode()
