"""Bouwsteen 3: the list of parties."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from agenda.models import Agendapunt
from core.models import Record
from projects.coalition import forgotten_kinds
from projects.models import Party, Project, User

type Login = Callable[[User], Client]


def fields(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Bakkerij Bol",
        "kind": "ondernemers",
        "gives": "meedoen",
        "contact": "Ali Demir",
        "email": "ali@voorbeeld.test",
        "motive": "Wil een buurtkamer.",
        **changes,
    }


def party(project: Project, **changes: Any) -> Party:
    return Party.objects.create(project=project, **fields(**changes))


def page(project: Project) -> str:
    return reverse("partijen", args=[project.slug])


def add(client: Client, project: Project, **changes: Any) -> Any:
    return client.post(reverse("party_add", args=[project.slug]), fields(**changes))


def test_a_party_is_added_and_recorded(login: Login, colleague: User, project: Project) -> None:
    client = login(colleague)
    assert add(client, project).status_code == 302
    text = client.get(page(project)).text
    assert "Bakkerij Bol" in text
    assert "wil meedoen" in text
    assert Record.objects.filter(verb="add_party", actor_id=colleague.pk).count() == 1


@pytest.mark.parametrize("name", ["Bakkerij Bol", "bakkerij bol", " Bakkerij Bol "])
def test_a_taken_name_is_said_beside_the_field_and_what_was_typed_stays(
    login: Login, colleague: User, project: Project, name: str
) -> None:
    party(project)
    response = add(login(colleague), project, name=name, motive="Iets anders.")
    assert response.status_code == 409
    assert response.context["form"].errors["name"] == ["Er is al een partij met deze naam."]
    assert "Iets anders." in response.text
    assert Party.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "a" * 121),
        ("name", "a\x00"),
        ("kind", "circus"),
        ("gives", ""),
        ("email", "ali"),
        ("motive", "x" * 1_000_000),
        ("contact", "a" * 121),
    ],
)
def test_bad_input_is_refused_beside_its_field(
    login: Login, colleague: User, project: Project, field: str, value: str
) -> None:
    response = add(login(colleague), project, **{field: value})
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_a_party_is_changed_keeping_its_name_and_the_second_editor_is_told_so(
    login: Login, colleague: User, project: Project
) -> None:
    row = party(project)
    party(project, name="De Linde")
    client, address = login(colleague), reverse("party_edit", args=[project.slug, row.pk])
    assert client.post(address, fields(name="De Linde", version=1)).status_code == 409
    assert client.post(address, fields(gives="trekken", version=1)).status_code == 302
    assert client.post(address, fields(gives="meepraten", version=1)).status_code == 409
    row.refresh_from_db()
    assert row.gives == "trekken"


def test_deleting_asks_first_and_twice_is_the_same_as_once(
    login: Login, colleague: User, project: Project
) -> None:
    row = party(project)
    client, address = login(colleague), reverse("party_delete", args=[project.slug, row.pk])
    assert "van de lijst halen?" in client.get(address).text
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 302
    assert not Party.objects.exists()
    assert Record.objects.filter(verb="delete_party").count() == 1


@pytest.mark.parametrize("part", ["trekker", "helper"])
def test_a_party_of_an_agendapunt_stays(login: Login, colleague: User, project: Project, part: str) -> None:
    row = party(project)
    point = Agendapunt.objects.create(project=project, title="Bankjes", wat="Vier bankjes")
    if part == "helper":
        point.helpers.add(row)
    else:
        Agendapunt.objects.update(trekker=row)
    response = login(colleague).post(reverse("party_delete", args=[project.slug, row.pk]))
    assert response.status_code == 409
    assert "Bakkerij Bol staat in de agenda" in response.text
    assert Party.objects.filter(pk=row.pk).exists()


def found(client: Client, project: Project, **query: str) -> list[str]:
    return [row.name for row in client.get(page(project), query).context["page"]]


def test_the_list_is_searched_and_filtered(login: Login, reader: User, project: Project) -> None:
    party(project, name="Bakkerij Bol")
    party(project, name="Buurtschool De Linde", kind="onderwijs", contact="", motive="")
    client = login(reader)
    assert found(client, project, q="linde") == ["Buurtschool De Linde"]
    assert found(client, project, q="demir bol") == ["Bakkerij Bol"]
    assert found(client, project, kind="onderwijs") == ["Buurtschool De Linde"]
    assert found(client, project, kind="onderwijs", q="bol") == []
    assert "Geen partij gevonden" in client.get(page(project), {"q": "xyz"}).text


@pytest.mark.parametrize("query", [{"q": "\x00"}, {"q": "a" * 101}, {"kind": "circus"}])
def test_a_search_that_makes_no_sense_is_refused(
    login: Login, reader: User, project: Project, query: dict[str, str]
) -> None:
    party(project)
    assert login(reader).get(page(project), query).status_code == 422


def test_htmx_gets_only_the_list(login: Login, reader: User, project: Project) -> None:
    party(project)
    response = login(reader).get(page(project), {"q": "bol"}, headers={"HX-Request": "true"})
    assert response.text.strip().startswith('<div id="party-list">')
    assert "HX-Request" in response.headers["Vary"]


def test_who_is_often_forgotten_is_named_until_they_are_there() -> None:
    everybody = ["onderwijs", "bibliotheek", "ondernemers", "zorg", "levensbeschouwing"]
    assert forgotten_kinds(["gemeente", "bewoners"]) == everybody
    assert forgotten_kinds(["zorg", "onderwijs"]) == ["bibliotheek", "ondernemers", "levensbeschouwing"]
    assert forgotten_kinds(everybody) == []


def test_the_page_nudges_beyond_the_usual_suspects(login: Login, reader: User, project: Project) -> None:
    party(project)
    text = login(reader).get(page(project)).text
    assert "bibliotheek, zorg of huisarts, kerk, moskee of tempel" in text.replace(
        "school of kinderopvang, ", ""
    )


def test_a_project_without_parties_says_where_to_begin(login: Login, reader: User, project: Project) -> None:
    assert "Er staat nog niemand op de lijst" in login(reader).get(page(project)).text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(
    login: Login,
    reader: User,
    project: Project,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        party(project, name=f"Partij {number}")
    client = login(reader)
    with django_assert_num_queries(7):
        client.get(page(project))


def test_five_thousand_parties_are_shown_a_page_at_a_time_and_keep_the_search(
    login: Login, reader: User, project: Project
) -> None:
    Party.objects.bulk_create(
        Party(project=project, **fields(name=f"Partij {number:04}")) for number in range(5000)
    )
    response = login(reader).get(page(project), {"q": "partij", "page": "2"})
    assert "Bladzijde 2 van 200" in response.text
    assert "?q=partij&amp;page=3" in response.text
    assert len(response.context["page"]) == 25


def test_the_talents_of_a_party_are_kept_shown_and_changed(
    login: Login, colleague: User, project: Project
) -> None:
    client = login(colleague)
    assert add(client, project, talents=["koken", "filmen"]).status_code == 302
    made = Party.objects.get()
    assert made.talents == ["koken", "filmen"]
    assert "Goed in: filmen of foto&#x27;s maken, koken" in client.get(page(project)).content.decode()
    address = reverse("party_edit", args=[project.slug, made.pk])
    assert 'value="koken" id="id_talents_5" checked' in client.get(address).content.decode()
    assert client.post(address, fields(version=1, talents=[])).status_code == 302
    assert Party.objects.get().talents == []


def test_a_talent_that_was_not_offered_is_refused(login: Login, colleague: User, project: Project) -> None:
    assert add(login(colleague), project, talents=["toveren"]).status_code == 422
    assert not Party.objects.exists()
