"""Verhalenavonden and buurtwandelingen: plan them, share out the tasks, and see what came of them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.errors import Conflict, DomainError
from projects.models import Party, Project, User
from stories.actions import gathering as actions
from stories.evenings import matches
from stories.models import Buurtwandeling, Story, Verhalenavond
from tests import builders

pytestmark = pytest.mark.django_db
type Login = Callable[[User], Client]

FIELDS: dict[str, Any] = {
    "name": "Verhalen bij de soep",
    "on": date(2026, 10, 3),
    "where": "Buurthuis De Linde",
    "led_by": "",
    "note": "",
}


def evening_of(project: Project, by: User, **changes: Any) -> Verhalenavond:
    return actions.add_evening(project, by=by, **{**FIELDS, **changes})


def walk_of(project: Project, by: User, **changes: Any) -> Buurtwandeling:
    return actions.add_walk(project, by=by, **{**FIELDS, **changes})


def party(project: Project, name: str, *talents: str) -> Party:
    return Party.objects.create(
        project=project, name=name, kind="bewoners", gives="meedoen", talents=list(talents)
    )


KINDS = pytest.mark.parametrize("kind", ["avonden", "wandelingen"])


@KINDS
def test_a_member_plans_changes_and_removes_one(
    project: Project, coordinator: User, login: Login, kind: str
) -> None:
    client = login(coordinator)
    base = f"/p/{project.slug}/verhalen/{kind}/"
    assert "Er staat nog geen" in client.get(base).content.decode()
    made = client.post(base + "nieuw/", {**FIELDS, "on": "2026-10-03"})
    address = made["Location"]
    assert "Verhalen bij de soep" in client.get(address).content.decode()
    changed = client.post(
        address + "veranderen/", {**FIELDS, "on": "3-10-2026", "name": "Soep", "version": 1}
    )
    assert changed["Location"] == address
    late = client.post(address + "veranderen/", {**FIELDS, "on": "2026-10-03", "name": "Thee", "version": 1})
    assert late.status_code == 409
    assert "Thee" in late.content.decode()
    assert "Soep" in client.get(base).content.decode()
    assert client.get(address + "weg/").status_code == 200
    for _ in range(2):
        assert client.post(address + "weg/")["Location"] == base
    assert client.get(address).status_code == 404


@KINDS
def test_what_is_missing_is_said_beside_the_field_and_the_rest_is_kept(
    project: Project, coordinator: User, login: Login, kind: str
) -> None:
    response = login(coordinator).post(
        f"/p/{project.slug}/verhalen/{kind}/nieuw/", {"name": "", "on": "overmorgen", "where": "Het plein"}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "Geef een naam" in page
    assert "Het plein" in page
    assert "overmorgen" in page


@KINDS
def test_only_who_edits_may_plan(
    project: Project,
    login: Login,
    reader: User,
    outsider: User,
    colleague: User,
    coordinator: User,
    kind: str,
) -> None:
    make = evening_of if kind == "avonden" else walk_of
    made = make(project, coordinator)
    base = f"/p/{project.slug}/verhalen/{kind}/"
    for step in ("", f"{made.pk}/"):
        assert login(reader).get(base + step).status_code == 200
        assert login(outsider).get(base + step).status_code == 404
    for step in ("nieuw/", f"{made.pk}/veranderen/", f"{made.pk}/weg/"):
        assert login(reader).post(base + step).status_code == 403
        assert login(outsider).post(base + step).status_code == 404
        assert login(colleague).get(base + step).status_code == 200
        assert login(colleague).put(base + step).status_code == 405
    elsewhere = make(builders.project(), coordinator)
    assert login(colleague).get(f"{base}{elsewhere.pk}/veranderen/").status_code == 404


def test_removing_an_evening_leaves_its_stories(project: Project, coordinator: User) -> None:
    evening = evening_of(project, coordinator)
    story = builders.story(project, evening=evening, door="verhalenavond")
    actions.delete_gathering(evening, by=coordinator)
    story.refresh_from_db()
    assert (story.evening, story.door) == (None, Story.Door.EVENING)


def test_an_evening_shows_what_is_public_and_counts_the_rest(
    project: Project, coordinator: User, login: Login, reader: User
) -> None:
    evening = evening_of(project, coordinator)
    builders.story(project, evening=evening, text="De lift is stuk.")
    builders.story(project, evening=evening, text="Geheim.", state="submitted")
    page = login(reader).get(f"/p/{project.slug}/verhalen/avonden/{evening.pk}/").content.decode()
    assert "De lift is stuk." in page
    assert "Geheim" not in page
    assert "1 verhaal wacht nog op een moderator." in page


def test_a_walk_shows_its_stops_in_order(
    project: Project, coordinator: User, login: Login, reader: User
) -> None:
    walk = walk_of(project, coordinator)
    for stop, text in ((2, "Bij de vijver."), (1, "Bij de school.")):
        builders.story(project, walk=walk, walk_stop=stop, text=text, door="buurtwandeling")
    page = login(reader).get(f"/p/{project.slug}/verhalen/wandelingen/{walk.pk}/").content.decode()
    assert page.index("Bij de school.") < page.index("Bij de vijver.")
    assert "Halte 1" in page


@pytest.mark.parametrize("kind", ["evening", "walk"])
def test_stories_of_one_gathering_stand_with_their_translation_and_lead_to_the_wall(
    project: Project, coordinator: User, login: Login, reader: User, kind: str
) -> None:
    found = evening_of(project, coordinator) if kind == "evening" else walk_of(project, coordinator)
    told = {"text": "Asansör bozuk.", "language": "tr", "translation": "De lift is stuk."}
    builders.story(project, **{kind: found}, translated_by="Noor", **told)
    builders.story(project, text="Iets van een andere dag.")
    client = login(reader)
    page = client.get(reverse(kind, args=[project.slug, found.pk])).content.decode()
    assert "De lift is stuk." in page
    assert "Noor" in page
    for name in ("verhalen", "story_map"):
        address = f"{reverse(name, args=[project.slug])}?{kind}={found.pk}"
        assert f'href="{address}"' in page
        wall = client.get(address).content.decode()
        assert "Iets van een andere dag." not in wall


def test_parties_fit_a_task_by_their_talents(project: Project) -> None:
    cook = party(project, "Kookclub", "koken", "ruimte")
    hall = party(project, "Buurthuis", "ruimte")
    film = party(project, "Filmhuis", "filmen")
    parties = [film, hall, cook]
    assert [match.party for match in matches("catering", parties)] == [cook, hall]
    assert matches("catering", parties)[0].talents == "koken, een ruimte geven"
    assert not matches("trainen", parties)
    assert len(matches("filmen", [party(project, f"Film {n}", "filmen") for n in range(5)])) == 3


def test_only_who_plans_is_told_who_fits_a_task_that_is_still_open(
    project: Project, coordinator: User, login: Login, reader: User
) -> None:
    evening = evening_of(project, coordinator)
    cook = party(project, "Kookclub", "koken")
    address = f"/p/{project.slug}/verhalen/avonden/{evening.pk}/"
    assert "Past misschien" in login(coordinator).get(address).content.decode()
    assert "Past misschien" not in login(reader).get(address).content.decode()
    task = evening.tasks.get(kind="catering")
    actions.plan_task(task, version=task.version, party=cook, who="", done=True, by=coordinator)
    assert "Past misschien" not in login(coordinator).get(address).content.decode()


def test_a_task_is_planned_once_and_the_second_hears_it(
    project: Project, coordinator: User, login: Login, reader: User, outsider: User
) -> None:
    evening = evening_of(project, coordinator)
    cook = party(project, "Kookclub", "koken")
    task = evening.tasks.get(kind="catering")
    address = f"/p/{project.slug}/verhalen/avonden/{evening.pk}/taak/{task.pk}/"
    data = {"party": cook.pk, "who": "Noor", "done": "on", "version": 1}
    assert login(reader).post(address, data).status_code == 403
    assert login(outsider).post(address, data).status_code == 404
    assert login(coordinator).get(address).status_code == 405
    response = login(coordinator).post(address, data, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert "De taak is bewaard." in response.content.decode()
    assert "<html" not in response.content.decode()
    late = login(coordinator).post(address, {**data, "who": "Ali"}, headers={"HX-Request": "true"})
    assert late.status_code == 409
    task.refresh_from_db()
    assert (task.party, task.who, task.done) == (cook, "Noor", True)
    page = login(reader).get(f"/p/{project.slug}/verhalen/avonden/").content.decode()
    assert "1 van 6 taken geregeld" in page


def test_a_task_without_anybody_cannot_be_done(project: Project, coordinator: User, login: Login) -> None:
    evening = evening_of(project, coordinator)
    task = evening.tasks.get(kind="filmen")
    address = f"/p/{project.slug}/verhalen/avonden/{evening.pk}/taak/{task.pk}/"
    response = login(coordinator).post(address, {"done": "on", "version": 1})
    assert response.status_code == 422
    assert "Zeg eerst wie dit doet." in response.content.decode()
    other = party(builders.project(), "Van elders")
    refused = login(coordinator).post(address, {"party": other.pk, "version": 1})
    assert refused.status_code == 422
    with pytest.raises(DomainError):
        actions.plan_task(task, version=1, party=other, who="", done=False, by=coordinator)


def test_a_party_that_does_a_task_can_still_be_removed(project: Project, coordinator: User) -> None:
    from projects.actions.partijen import delete_party

    cook = party(project, "Kookclub", "koken")
    task = evening_of(project, coordinator).tasks.get(kind="catering")
    actions.plan_task(task, version=1, party=cook, who="", done=False, by=coordinator)
    delete_party(cook, by=coordinator)
    task.refresh_from_db()
    assert task.party is None


@pytest.mark.parametrize("number", [1, 3])
def test_the_lists_ask_the_same_number_of_questions(
    project: Project,
    coordinator: User,
    login: Login,
    reader: User,
    django_assert_num_queries: Any,
    number: int,
) -> None:
    client = login(reader)
    evening = evening_of(project, coordinator)
    for n in range(number):
        evening_of(project, coordinator, name=f"Avond {n}")
        party(project, f"Kookclub {n}", "koken")
        builders.story(project, evening=evening)
    client.get(f"/p/{project.slug}/verhalen/avonden/")
    with django_assert_num_queries(6):
        client.get(f"/p/{project.slug}/verhalen/avonden/")
    with django_assert_num_queries(10):
        client.get(f"/p/{project.slug}/verhalen/avonden/{evening.pk}/")


def test_a_resident_who_collects_has_a_professional_to_turn_to(project: Project, coordinator: User) -> None:
    collector = builders.member(project, "verzamelaar", name="Noor")
    worker = builders.member(project, "kernteamlid", side="wijkprofessional", name="Els")
    neighbour = builders.member(project, "kernteamlid", side="bewoner")
    with pytest.raises(DomainError):
        actions.give_support(project, collector=collector, supporter=neighbour, by=coordinator)
    with pytest.raises(Conflict):
        actions.give_support(project, collector=worker, supporter=worker, by=coordinator)
    for supporter in (worker, worker, None):
        actions.give_support(project, collector=collector, supporter=supporter, by=coordinator)
    actions.give_support(project, collector=collector, supporter=worker, by=coordinator)
    assert [each.supporter for each in project.supports.all()] == [worker]
