"""Going out to people who were not heard: a task with an owner, a place and a day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.models import Record
from projects.models import Project, User
from stories.models import OutreachTask
from tests import builders

pytestmark = pytest.mark.django_db

type Login = Callable[[User], Client]


def fields(**changes: Any) -> dict[str, Any]:
    return {
        "whom": "de 65-plussers",
        "how": "Met koffie in de hal van de flat staan.",
        "owner": "Joke van het buurthuis",
        "where": "flat aan het plein",
        "on": "2026-12-01",
        **changes,
    }


def task(project: Project, **changes: Any) -> OutreachTask:
    found = fields(**changes)
    return OutreachTask.objects.create(project=project, **{**found, "on": date.fromisoformat(found["on"])})


def page(project: Project, rest: str = "") -> str:
    return f"/p/{project.slug}/verhalen/gehoord/{rest}"


def done(client: Client, row: OutreachTask, **changes: Any) -> Any:
    data = {"done_on": timezone.localdate().isoformat(), "version": row.version, **changes}
    return client.post(page(row.project, f"{row.pk}/gedaan/"), data)


def test_a_task_is_added_shown_and_recorded(login: Login, colleague: User, project: Project) -> None:
    client = login(colleague)
    assert client.post(page(project, "nieuw/"), fields()).status_code == 302
    shown = client.get(page(project)).content.decode()
    assert "Joke van het buurthuis" in shown
    assert "1\xa0december 2026" in shown
    assert Record.objects.get(verb="add_outreach").actor_id == colleague.pk


def test_a_second_click_adds_nothing(login: Login, colleague: User, project: Project) -> None:
    client = login(colleague)
    for _click in range(2):
        assert client.post(page(project, "nieuw/"), fields()).status_code == 302
    assert OutreachTask.objects.count() == 1


@pytest.mark.parametrize("field", ["whom", "how", "owner", "where", "on"])
@pytest.mark.parametrize("value", ["", "   ", "x" * 301, "nul\x00"])
def test_a_task_that_is_not_concrete_is_refused_beside_its_field(
    login: Login, colleague: User, project: Project, field: str, value: str
) -> None:
    response = login(colleague).post(page(project, "nieuw/"), fields(**{field: value}))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not OutreachTask.objects.exists()


def test_a_task_is_changed_and_the_second_editor_is_told_so(
    login: Login, colleague: User, project: Project
) -> None:
    row, client = task(project), login(colleague)
    address = page(project, f"{row.pk}/")
    assert "Joke van het buurthuis" in client.get(address).content.decode()
    assert client.post(address, fields(owner="Fatma", version=1)).status_code == 302
    assert client.post(address, fields(owner="Piet", version=1)).status_code == 409
    assert OutreachTask.objects.get().owner == "Fatma"


def test_done_shows_the_day_and_how_many_stories_came_since(
    login: Login, colleague: User, project: Project
) -> None:
    today = timezone.localdate()
    row, client = task(project), login(colleague)
    builders.story(project, told_on=today - timedelta(days=1))
    builders.story(project, told_on=today, state="submitted")
    builders.story(project, told_on=today, state="rejected", reason="reclame")
    builders.story(builders.project(), told_on=today)
    assert done(client, row, outcome="Negen mensen gesproken.").status_code == 302
    shown = client.get(page(project)).content.decode()
    assert "Sinds die dag kwam er 1 verhaal, van wie dan ook." in shown
    assert "Negen mensen gesproken." in shown
    assert done(client, row).status_code == 409


def test_a_day_that_must_still_come_is_refused(login: Login, colleague: User, project: Project) -> None:
    row = task(project)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    response = done(login(colleague), row, done_on=tomorrow)
    assert response.status_code == 422
    assert "Deze dag moet nog komen." in response.content.decode()


def test_done_by_mistake_is_undone_once(login: Login, colleague: User, project: Project) -> None:
    row, client = task(project), login(colleague)
    done(client, row)
    address = page(project, f"{row.pk}/toch-niet/")
    assert client.get(address).status_code == 405
    assert client.post(address, {"version": 2}).status_code == 302
    assert OutreachTask.objects.get().done_on is None
    assert client.post(address, {"version": 2}).status_code == 409
    assert client.post(address, {"version": "x"}).status_code == 302
    assert OutreachTask.objects.get().version == 3


def test_deleting_asks_first_and_twice_is_the_same_as_once(
    login: Login, colleague: User, project: Project
) -> None:
    row, client = task(project), login(colleague)
    address = page(project, f"{row.pk}/weg/")
    assert "weghalen?" in client.get(address).content.decode()
    assert OutreachTask.objects.exists()
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 302
    assert not OutreachTask.objects.exists()
    assert Record.objects.filter(verb="delete_outreach").count() == 1


def test_what_is_to_be_done_comes_first_and_late_is_said_in_words(
    login: Login, reader: User, project: Project
) -> None:
    today = timezone.localdate()
    task(project, whom="klaar", done_on=today)
    task(project, whom="later", on=(today + timedelta(days=9)).isoformat())
    task(project, whom="te laat", on=(today - timedelta(days=2)).isoformat())
    task(project, whom="net te laat", on=(today - timedelta(days=1)).isoformat())
    shown = login(reader).get(page(project)).content.decode()
    places = [shown.index(f"<h3>{whom}</h3>") for whom in ("te laat", "net te laat", "later", "klaar")]
    assert places == sorted(places)
    assert "2 dagen te laat" in shown
    assert "1 dag te laat" in shown


@pytest.mark.parametrize("rest", ["nieuw/", "{pk}/", "{pk}/gedaan/", "{pk}/toch-niet/", "{pk}/weg/"])
def test_every_write_has_its_gate(
    login: Login, reader: User, outsider: User, project: Project, rest: str
) -> None:
    address = page(project, rest.format(pk=task(project).pk))
    data = fields(version=1, done_on="2026-11-01")
    assert login(outsider).post(address, data).status_code == 404
    assert login(reader).post(address, data).status_code == 403
    assert login(builders.member(project, "verzamelaar")).post(address, data).status_code == 403
    assert Client().post(address, data).status_code == 302
    assert login(reader).put(address).status_code == 405
    assert OutreachTask.objects.values_list("version", "done_on").get() == (1, None)


def test_a_task_of_another_project_is_not_found(login: Login, colleague: User, project: Project) -> None:
    other = task(builders.project())
    for rest in ("", "gedaan/", "toch-niet/"):
        response = login(colleague).post(page(project, f"{other.pk}/{rest}"), fields(version=1))
        assert response.status_code == 404
    login(colleague).post(page(project, f"{other.pk}/weg/"))
    assert OutreachTask.objects.filter(pk=other.pk).exists()


def test_the_list_costs_the_same_for_one_and_for_three(
    login: Login, colleague: User, project: Project, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = login(colleague)
    task(project)
    with django_assert_num_queries(8):
        client.get(page(project))
    for number in range(2):
        task(project, whom=f"groep {number}", done_on=timezone.localdate())
    with django_assert_num_queries(8):
        client.get(page(project))


def test_many_tasks_are_shown_a_page_at_a_time(login: Login, colleague: User, project: Project) -> None:
    OutreachTask.objects.bulk_create(
        OutreachTask(project=project, **{**fields(), "on": date(2026, 12, 1), "whom": f"groep {number}"})
        for number in range(60)
    )
    assert "Bladzijde 3 van 3" in login(colleague).get(f"{page(project)}?page=3").content.decode()
