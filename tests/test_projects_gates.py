"""The cast at every page of this room that writes: who comes in, who does not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.models import Record
from projects.actions import add_party, add_urgency, invite
from projects.models import Invitation, Membership, Project, User

type Login = Callable[[User], Client]


@dataclass(frozen=True)
class Door:
    """A page that writes. `row` makes the row that its address names."""

    name: str
    row: Callable[[Project, User], Any] | None = None
    manage: bool = False
    get: bool = True

    def address(self, project: Project, by: User) -> str:
        return reverse(self.name, args=[project.slug, *([self.row(project, by).pk] if self.row else [])])


def urgency(project: Project, by: User) -> Any:
    fields = {"tone": "negatief", "felt_by_kind": "bewoners", "felt_by": "ouders", "since": "mei"}
    return add_urgency(project, by=by, text="Te hard rijden", **fields)


def party(project: Project, by: User) -> Any:
    return add_party(project, by=by, name="Bakker Bol", kind="ondernemers", gives="meedoen")


def invitation(project: Project, by: User) -> Invitation:
    return invite(
        project, by=by, name="Iris", email="iris@voorbeeld.test", role="lezer", side="", moderator=False
    )


def membership(project: Project, by: User) -> Membership:
    return Membership.objects.get(project=project, user=by)


DOORS = [
    Door("project_edit", manage=True),
    Door("project_state", manage=True),
    Door("invite", manage=True),
    Door("member", membership, manage=True),
    Door("member_remove", membership, manage=True),
    Door("invitation_withdraw", invitation, manage=True, get=False),
    Door("invitation_resend", invitation, manage=True, get=False),
    Door("ripeness", get=False),
    Door("urgency_add"),
    Door("urgency_edit", urgency),
    Door("urgency_delete", urgency),
    Door("party_add"),
    Door("party_edit", party),
    Door("party_delete", party),
]


@pytest.fixture(params=DOORS, ids=lambda door: door.name)
def door(request: pytest.FixtureRequest) -> Door:
    chosen: Door = request.param
    return chosen


def test_the_coordinator_comes_in(door: Door, project: Project, coordinator: User, login: Login) -> None:
    response = login(coordinator).get(door.address(project, coordinator))
    assert response.status_code == (200 if door.get else 405)


def test_a_kernteamlid_comes_in_unless_it_is_the_coordinators(
    door: Door, project: Project, coordinator: User, colleague: User, login: Login
) -> None:
    response = login(colleague).post(door.address(project, coordinator), {"version": "x"})
    assert (response.status_code == 403) == door.manage


def test_somebody_of_another_project_finds_nothing(
    door: Door, project: Project, coordinator: User, outsider: User, login: Login
) -> None:
    address = door.address(project, coordinator)
    records = Record.objects.count()
    assert login(outsider).post(address).status_code == 404
    assert Record.objects.count() == records


def test_a_reader_may_not(
    door: Door, project: Project, coordinator: User, reader: User, login: Login
) -> None:
    assert login(reader).post(door.address(project, coordinator)).status_code == 403


def test_other_methods_do_nothing(door: Door, project: Project, coordinator: User, login: Login) -> None:
    assert login(coordinator).put(door.address(project, coordinator)).status_code == 405


def test_without_account_one_is_asked_to_log_in(
    door: Door, project: Project, coordinator: User, client: Client
) -> None:
    response = client.post(door.address(project, coordinator))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/account/login/")


@pytest.mark.parametrize("name", ["member", "urgency_edit", "party_edit", "party_delete"])
@pytest.mark.parametrize("pk", [0, 999_999, 10**30])
def test_a_row_that_does_not_exist_is_not_found(
    name: str, pk: int, project: Project, coordinator: User, login: Login
) -> None:
    assert login(coordinator).get(reverse(name, args=[project.slug, pk])).status_code == 404


@pytest.mark.parametrize("name", ["urgency_edit", "party_edit", "urgency_delete", "party_delete"])
def test_a_row_of_another_project_is_not_found(
    name: str, project: Project, coordinator: User, outsider: User, login: Login
) -> None:
    theirs = Membership.objects.get(user=outsider).project
    row = urgency(theirs, outsider) if "urgency" in name else party(theirs, outsider)
    client = login(coordinator)
    assert client.get(reverse(name, args=[project.slug, row.pk])).status_code == 404
    client.post(reverse(name, args=[project.slug, row.pk]), {"name": "Gestolen"})
    row.refresh_from_db()


@pytest.mark.parametrize("page", ["kernteam", "urgentie", "partijen"])
def test_members_read_the_pages_and_others_do_not(
    page: str, project: Project, reader: User, outsider: User, client: Client, login: Login
) -> None:
    address = reverse(page, args=[project.slug])
    assert login(reader).get(address).status_code == 200
    assert login(outsider).get(address).status_code == 404
    assert client.get(address).status_code == 302
    assert login(reader).post(address).status_code == 405
