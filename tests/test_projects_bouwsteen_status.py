"""The state of a bouwsteen: who may change it, and what the second of two people is told."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from core.models import Record
from projects.models import BouwsteenStatus, Project, User

type Login = Callable[[User], Client]


def address(project: Project, bouwsteen: str = "beleid") -> str:
    return reverse("bouwsteen_status", args=[project.slug, bouwsteen])


def busy(**fields: str) -> dict[str, str]:
    return {"was": "niet_begonnen", "state": "bezig", "reason": "", **fields}


@pytest.fixture(params=["coordinator", "colleague"])
def editor(request: pytest.FixtureRequest) -> User:
    user: User = request.getfixturevalue(request.param)
    return user


def test_a_kernteamlid_sets_the_state_and_it_is_recorded(
    login: Login, editor: User, project: Project
) -> None:
    response = login(editor).post(address(project), busy())
    assert response.status_code == 302
    assert project.status_of("beleid").state == "bezig"
    assert Record.objects.filter(verb="set_status", actor_id=editor.pk, project_id=project.pk).count() == 1


def test_somebody_of_another_project_finds_nothing(login: Login, outsider: User, project: Project) -> None:
    assert login(outsider).post(address(project), busy()).status_code == 404


def test_a_reader_may_not(login: Login, reader: User, project: Project) -> None:
    assert login(reader).post(address(project), busy()).status_code == 403


def test_it_cannot_be_done_by_a_link(login: Login, coordinator: User, project: Project) -> None:
    assert login(coordinator).get(address(project)).status_code == 405


def test_without_account_one_is_asked_to_log_in(client: Client, project: Project) -> None:
    assert client.post(address(project), busy()).headers["Location"].startswith("/account/login/")


def test_the_second_of_two_people_is_told_so(login: Login, coordinator: User, project: Project) -> None:
    client = login(coordinator)
    client.post(address(project), busy())
    response = client.post(address(project), busy(state="klaar"))
    assert response.status_code == 409
    assert "Iemand anders was u voor" in response.text
    assert BouwsteenStatus.objects.get().state == "bezig"


def test_not_needed_asks_for_a_reason_and_keeps_what_was_typed(
    login: Login, coordinator: User, project: Project
) -> None:
    client = login(coordinator)
    response = client.post(address(project), busy(state="niet_nodig"))
    assert response.status_code == 422
    assert "Schrijf op waarom" in response.text
    assert '<option value="niet_nodig" selected>' in response.text
    assert not BouwsteenStatus.objects.exists()
    assert (
        client.post(address(project), busy(state="niet_nodig", reason="Er is al beleid.")).status_code == 302
    )


@pytest.mark.parametrize("fields", [{"state": "x"}, {"was": ""}, {"reason": "a\x00b"}, {"reason": "a" * 301}])
def test_bad_input_is_refused(
    login: Login, coordinator: User, project: Project, fields: dict[str, str]
) -> None:
    assert login(coordinator).post(address(project), busy(**fields)).status_code == 422


def test_an_unknown_bouwsteen_does_not_exist(login: Login, coordinator: User, project: Project) -> None:
    assert login(coordinator).post(address(project, "achtste"), busy()).status_code == 404
