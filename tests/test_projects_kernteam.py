"""The kernteam: who is in it, what they may do, and who is the last coordinator."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.models import Record
from projects.models import Membership, Project, User
from tests import builders

type Login = Callable[[User], Client]


def page(project: Project) -> str:
    return reverse("kernteam", args=[project.slug])


def of(user: User) -> Membership:
    return Membership.objects.get(user=user)


def change(client: Client, user: User, **fields: Any) -> Any:
    row = of(user)
    data = {"role": row.role, "side": row.side, "version": row.version, **fields}
    return client.post(reverse("member", args=[row.project.slug, row.pk]), data)


def test_the_coordinator_changes_role_side_and_task_and_it_is_recorded(
    login: Login, coordinator: User, colleague: User
) -> None:
    response = change(login(coordinator), colleague, side="bewoner", moderator="on")
    assert response.status_code == 302
    assert (of(colleague).side, of(colleague).moderator) == ("bewoner", True)
    row = Record.objects.get(verb="change_member")
    assert (row.actor_id, row.object_id) == (coordinator.pk, str(of(colleague).pk))


def test_a_kernteamlid_needs_a_side_and_a_reader_has_none(
    login: Login, coordinator: User, colleague: User
) -> None:
    client = login(coordinator)
    response = change(client, colleague, side="")
    assert response.status_code == 422
    assert "side" in response.context["form"].errors
    assert change(client, colleague, role="lezer", side="gemeente").status_code == 302
    assert of(colleague).side == ""


def test_the_second_of_two_coordinators_is_told_so(login: Login, coordinator: User, colleague: User) -> None:
    client = login(coordinator)
    change(client, colleague, side="bewoner")
    assert change(client, colleague, side="gemeente", version=1).status_code == 409
    assert of(colleague).side == "bewoner"


def test_the_last_coordinator_cannot_step_down_or_go(
    login: Login, coordinator: User, project: Project
) -> None:
    client, row = login(coordinator), of(coordinator)
    response = change(client, coordinator, role="lezer")
    assert response.status_code == 422
    assert "laatste coördinator" in response.context["form"].errors["role"][0]
    gone = client.post(reverse("member_remove", args=[project.slug, row.pk]))
    assert gone.status_code == 409
    assert "laatste coördinator" in gone.text
    assert of(coordinator).role == "coordinator"


def test_with_two_coordinators_one_may_go_and_lands_at_the_projects(
    login: Login, coordinator: User, project: Project
) -> None:
    builders.member(project, "coordinator")
    client = login(coordinator)
    address = reverse("member_remove", args=[project.slug, of(coordinator).pk])
    assert client.post(address).headers["Location"] == "/projecten/"
    assert client.get(page(project)).status_code == 404


def test_removing_asks_first_and_a_second_click_changes_nothing(
    login: Login, coordinator: User, colleague: User, project: Project
) -> None:
    client = login(coordinator)
    address = reverse("member_remove", args=[project.slug, of(colleague).pk])
    assert "weghalen?" in client.get(address).text
    assert of(colleague)
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 302
    assert not Membership.objects.filter(user=colleague).exists()
    assert Record.objects.filter(verb="remove_member").count() == 1
    assert User.objects.filter(pk=colleague.pk).exists()


@pytest.mark.parametrize(
    "fields", [{"role": "baas"}, {"side": "x"}, {"version": ""}, {"version": "9" * 30}, {"role": "a\x00"}]
)
def test_bad_input_is_refused(
    login: Login, coordinator: User, colleague: User, fields: dict[str, str]
) -> None:
    assert change(login(coordinator), colleague, **fields).status_code == 422


def test_the_check_names_who_is_missing_in_words(login: Login, coordinator: User, project: Project) -> None:
    client = login(coordinator)
    text = client.get(page(project)).text
    assert "Het kernteam is nog niet compleet." in text
    assert "gemeente, wijkprofessional, bewoner" in text
    for side in ("gemeente", "wijkprofessional", "bewoner"):
        builders.member(project, "kernteamlid", side=side)
    assert "Het kernteam is compleet" in client.get(page(project)).text


def test_a_coordinator_counts_for_the_side_they_sit_there_for(
    login: Login, coordinator: User, project: Project
) -> None:
    change(login(coordinator), coordinator, side="gemeente", moderator="on")
    assert Membership.objects.of(project).sides() == {"gemeente"}


def test_without_moderator_the_page_says_so(login: Login, project: Project) -> None:
    client = login(builders.member(project, "coordinator"))
    assert "Niemand is moderator" in client.get(page(project)).text


def test_addresses_and_buttons_are_for_the_coordinator(
    login: Login, coordinator: User, colleague: User, reader: User, project: Project
) -> None:
    assert colleague.email in login(coordinator).get(page(project)).text
    for user in (colleague, reader):
        text = login(user).get(page(project)).text
        assert coordinator.email not in text
        assert "Rol veranderen" not in text
        assert "Open uitnodigingen" not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(
    login: Login,
    coordinator: User,
    project: Project,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows - 1):
        builders.member(project, "kernteamlid", side="bewoner", name=f"Mens {number}")
    client = login(coordinator)
    with django_assert_num_queries(9):
        client.get(page(project))


def test_a_kernteam_of_hundreds_is_shown_a_page_at_a_time(
    login: Login, coordinator: User, project: Project
) -> None:
    users = User.objects.bulk_create(User(email=f"m{n}@voorbeeld.test", name=f"M{n}") for n in range(200))
    Membership.objects.bulk_create(Membership(project=project, user=user, role="lezer") for user in users)
    client = login(coordinator)
    response = client.get(page(project))
    assert len(response.context["page"]) == 25
    assert "Bladzijde 1 van 9" in response.text
    assert client.get(page(project), {"page": "9"}).status_code == 200
    assert client.get(page(project), {"page": "\x00"}).status_code == 200
