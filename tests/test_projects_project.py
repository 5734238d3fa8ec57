"""Making and changing a project, and its state."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.models import Record
from projects.models import Membership, Project, User
from tests import builders

type Login = Callable[[User], Client]


def fields(**changes: Any) -> dict[str, Any]:
    builders.moerwijk()
    return {
        "name": "Moerwijk-Oost",
        "areas": ["BU05183620"],
        "starts": "2026-09-04",
        "ends": "2026-12-12",
        "retention_months": "24",
        "stories_open": "on",
        **changes,
    }


def create(client: Client, **changes: Any) -> Any:
    return client.post(reverse("project_create"), fields(**changes))


def test_a_coordinator_makes_a_project_and_coordinates_it(login: Login, coordinator: User) -> None:
    response = create(login(coordinator), side="gemeente")
    made = Project.objects.get(name="Moerwijk-Oost")
    assert response.headers["Location"] == "/p/moerwijk-oost/"
    assert [area.code for area in made.areas.all()] == ["BU05183620"]
    membership = Membership.objects.get(project=made)
    assert (membership.user, membership.role, membership.side) == (coordinator, "coordinator", "gemeente")
    assert Record.objects.filter(verb="create_project", project_id=made.pk).count() == 1


def test_the_beheerder_makes_a_project(login: Login, db: None) -> None:
    assert create(login(builders.user(is_superuser=True))).status_code == 302


@pytest.mark.parametrize("role", ["kernteamlid", "lezer", "verzamelaar", "gespreksleider", "begeleider"])
def test_others_may_not_make_a_project(login: Login, project: Project, role: str) -> None:
    client = login(builders.member(project, role))
    assert client.get(reverse("project_create")).status_code == 403
    assert create(client).status_code == 403
    assert not Project.objects.filter(name="Moerwijk-Oost").exists()


def test_making_a_project_asks_for_an_account_and_for_get_or_post(
    client: Client, login: Login, coordinator: User
) -> None:
    assert client.get(reverse("project_create")).headers["Location"].startswith("/account/login/")
    assert login(coordinator).delete(reverse("project_create")).status_code == 405


@pytest.mark.parametrize("name", ["Proef", "PROEF", " proef "])
def test_a_taken_name_is_said_beside_the_field_and_what_was_typed_stays(
    login: Login, coordinator: User, name: str
) -> None:
    builders.project(name="Proef", slug="proef")
    response = create(login(coordinator), name=name, controller="Gemeente Voorbeeld")
    assert response.status_code == 409
    assert response.context["form"].errors["name"] == ["Er is al een project met deze naam."]
    assert 'value="Gemeente Voorbeeld"' in response.text
    assert 'value="2026-12-12"' in response.text


def test_the_second_click_makes_no_second_project(login: Login, coordinator: User) -> None:
    client = login(coordinator)
    create(client)
    assert create(client).status_code == 409
    assert Project.objects.filter(name="Moerwijk-Oost").count() == 1


def test_two_names_that_look_alike_in_an_address_get_two_addresses(login: Login, coordinator: User) -> None:
    client = login(coordinator)
    create(client, name="Oost & West")
    create(client, name="Oost, West")
    create(client, name="東京")
    slugs = set(Project.objects.values_list("slug", flat=True))
    assert {"oost-west", "oost-west-2", "buurt"} <= slugs


def test_the_end_cannot_come_before_the_start(login: Login, coordinator: User) -> None:
    response = create(login(coordinator), starts="2026-09-04", ends="2026-09-03")
    assert response.status_code == 422
    assert response.context["form"].errors["ends"] == ["De agenda kan niet klaar zijn voordat u begint."]
    assert create(login(coordinator), starts="2026-09-04", ends="2026-09-04").status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "a" * 81),
        ("name", "a\x00b"),
        ("name", "x" * 1_000_000),
        ("areas", []),
        ("areas", ["BU99999999"]),
        ("areas", ["GM0518"]),
        ("areas", ["'; DROP TABLE"]),
        ("starts", "gisteren"),
        ("starts", "0001-01-01"),
        ("starts", "99999-01-01"),
        ("ends", ""),
        ("controller_email", "geen adres"),
        ("report_url", "javascript:alert(1)"),
        ("report_url", "ftp://gemeente.test/meld"),
        ("retention_months", "0"),
        ("retention_months", "121"),
        ("retention_months", "9" * 40),
        ("side", "burgemeester"),
    ],
)
def test_bad_input_is_refused_beside_its_field(
    login: Login, coordinator: User, field: str, value: Any
) -> None:
    response = create(login(coordinator), **{field: value})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Project.objects.filter(slug__startswith="moerwijk").exists()


def test_the_search_button_of_the_picker_keeps_what_was_typed_and_blames_nothing(
    login: Login, coordinator: User
) -> None:
    response = create(login(coordinator), areas=[], ends="", find_areas="1", q="moerwijk")
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"areas"}
    assert 'value="Moerwijk-Oost"' in response.text
    assert not Project.objects.filter(name="Moerwijk-Oost").exists()


def edited(project: Project, **changes: Any) -> dict[str, Any]:
    return fields(name="Nieuwe naam", version=project.version, **changes)


def test_a_coordinator_changes_the_project_and_the_address_stays(
    login: Login, coordinator: User, project: Project
) -> None:
    address = reverse("project_edit", args=[project.slug])
    response = login(coordinator).post(address, edited(project, areas=["WK051836"], ends="2027-01-31"))
    assert response.headers["Location"] == f"/p/{project.slug}/"
    changed = Project.objects.get(pk=project.pk)
    assert (changed.name, changed.slug, changed.ends) == ("Nieuwe naam", project.slug, date(2027, 1, 31))
    assert changed.stories_open
    assert [area.code for area in changed.areas.all()] == ["WK051836"]
    assert Record.objects.filter(verb="edit_project", actor_id=coordinator.pk).count() == 1


def test_the_second_of_two_editors_is_told_so_and_keeps_what_was_typed(
    login: Login, coordinator: User, project: Project
) -> None:
    client, address = login(coordinator), reverse("project_edit", args=[project.slug])
    client.post(address, edited(project, controller="Eerste"))
    response = client.post(address, edited(project, controller="Tweede"))
    assert response.status_code == 409
    assert "Iemand anders was u voor" in response.text
    assert 'value="Tweede"' in response.text
    assert Project.objects.get(pk=project.pk).controller == "Eerste"


def test_a_project_keeps_its_own_name_but_takes_no_other(
    login: Login, coordinator: User, project: Project
) -> None:
    other = builders.project()
    client, address = login(coordinator), reverse("project_edit", args=[project.slug])
    data = edited(project)
    assert client.post(address, {**data, "name": other.name}).status_code == 409
    assert client.post(address, {**data, "name": project.name}).status_code == 302


def test_the_form_shows_what_stands(login: Login, coordinator: User, project: Project) -> None:
    text = login(coordinator).get(reverse("project_edit", args=[project.slug])).text
    assert f'value="{project.name}"' in text
    assert 'value="2026-09-04"' in text
    assert 'value="BU05183620"' in text


def change_state(client: Client, project: Project, state: str, was: str = "loopt", reason: str = "") -> Any:
    data = {"was": was, "state": state, "reason": reason}
    return client.post(reverse("project_state", args=[project.slug]), data)


@pytest.mark.parametrize("state", ["gepauzeerd", "gestopt"])
def test_pausing_and_stopping_need_a_reason(
    login: Login, coordinator: User, project: Project, state: str
) -> None:
    client = login(coordinator)
    response = change_state(client, project, state)
    assert response.status_code == 422
    assert response.context["form"].errors["reason"] == ["Schrijf op waarom."]
    assert change_state(client, project, state, reason="De school is dicht.").status_code == 302
    project.refresh_from_db()
    assert (project.state, project.state_reason) == (state, "De school is dicht.")


@pytest.mark.parametrize("state", ["vastgesteld", "afgesloten"])
def test_finishing_needs_none(login: Login, coordinator: User, project: Project, state: str) -> None:
    assert change_state(login(coordinator), project, state).status_code == 302
    assert Record.objects.filter(verb="set_project_state", project_id=project.pk).count() == 1


def test_a_stopped_project_is_set_back_from_its_own_page(
    login: Login, coordinator: User, project: Project
) -> None:
    client = login(coordinator)
    change_state(client, project, "gestopt", reason="Nu niet.")
    assert "Zet terug op" in client.get(project.get_absolute_url()).text
    assert change_state(client, project, "loopt", was="gestopt").status_code == 302
    project.refresh_from_db()
    assert (project.state, project.state_reason) == ("loopt", "")


def test_the_second_of_two_clicks_on_a_state_is_told_so(
    login: Login, coordinator: User, project: Project
) -> None:
    client = login(coordinator)
    change_state(client, project, "afgesloten")
    assert change_state(client, project, "vastgesteld").status_code == 409
    project.refresh_from_db()
    assert project.state == "afgesloten"


@pytest.mark.parametrize(("was", "state"), [("loopt", "weg"), ("", "loopt"), ("loopt", "a\x00")])
def test_unknown_states_are_refused(
    login: Login, coordinator: User, project: Project, was: str, state: str
) -> None:
    assert change_state(login(coordinator), project, state, was=was).status_code == 422


def test_the_form_can_propose_a_state(login: Login, coordinator: User, project: Project) -> None:
    address = reverse("project_state", args=[project.slug])
    text = login(coordinator).get(address, {"naar": "gestopt"}).text
    assert '<option value="gestopt" selected>' in text
    assert login(coordinator).get(address, {"naar": "\x00"}).status_code == 200
