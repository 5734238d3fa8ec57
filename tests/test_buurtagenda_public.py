"""The public page of a project: what everybody may see, and nothing else."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from agenda.models import Agendapunt
from projects.models import BouwsteenStatus, Party, Project, UrgencyStatement, User
from stories.models import Story
from tests import builders


def page(project: Project) -> str:
    return reverse("public_project", args=[project.slug])


def party(project: Project, name: str) -> Party:
    return Party.objects.create(
        project=project,
        name=name,
        kind="corporatie",
        gives="trekken",
        contact=f"Contact van {name}",
        email="geheim@voorbeeld.test",
        motive="Geheime reden",
    )


def agreed(project: Project, trekker: Party, title: str = "Bankjes op het plein") -> Agendapunt:
    return Agendapunt.objects.create(
        project=project,
        title=title,
        wat="Vier bankjes",
        waar="Heeswijkplein",
        wanneer="voor 1 mei 2027",
        trekker=trekker,
        state="afgesproken",
    )


def test_agreed_points_are_shown_with_wat_waar_wanneer_wie(client: Client, project: Project) -> None:
    agreed(project, party(project, "De Pier")).helpers.add(party(project, "Bakkerij Bol"))
    text = client.get(page(project)).text
    for words in ("Vier bankjes", "Heeswijkplein", "voor 1 mei 2027", "De Pier, met hulp van Bakkerij Bol"):
        assert words in text


def test_drafts_dropped_points_contacts_and_waiting_stories_stay_private(
    client: Client, project: Project, coordinator: User
) -> None:
    agreed(project, party(project, "De Pier"))
    Agendapunt.objects.create(project=project, title="Concept", wat="Geheim plan")
    Agendapunt.objects.create(project=project, title="Vervallen", wat="Geheim plan", state="vervallen")
    UrgencyStatement.objects.create(
        project=project, text="Geheime zorg", tone="negatief", felt_by_kind="zorg", felt_by="x", since="x"
    )
    for state in ("submitted", "held", "published"):
        Story.objects.create(
            project=project, text="Geheim verhaal", about="wonen", feeling="goed", state=state
        )
    response = client.get(page(project))
    for private in ("eheim", "Contact van", coordinator.name, coordinator.email, "te lezen"):
        assert private not in response.text
    assert "Er is 1 verhaal gepubliceerd." in response.text


def test_points_of_another_project_stay_there(client: Client, project: Project) -> None:
    other = builders.project()
    agreed(other, party(other, "De Pier"))
    assert "Bankjes" not in client.get(page(project)).text


def test_the_states_of_the_bouwstenen_are_public_and_their_reasons_are_not(
    client: Client, project: Project
) -> None:
    BouwsteenStatus.objects.create(
        project=project, bouwsteen="beleid", state="niet_nodig", reason="Geheime reden"
    )
    text = client.get(page(project)).text
    assert "niet nodig" in text
    assert "nog niet begonnen" in text
    assert "Geheime" not in text
    assert f"/p/{project.slug}/" not in text


def test_the_button_leads_to_the_form_only_while_it_is_open(client: Client, project: Project) -> None:
    form = reverse("story_form", args=[project.slug])
    assert form in client.get(page(project)).text
    Project.objects.update(stories_open=False)
    text = client.get(page(project)).text
    assert form not in text
    assert reverse("story_withdraw", args=[project.slug]) in text


def test_a_stopped_project_says_so_with_its_reason(client: Client, project: Project) -> None:
    Project.objects.update(state="gestopt", state_reason="De school sluit.")
    text = client.get(page(project)).text
    assert "gestopt: nu niet opportuun" in text
    assert "De school sluit." in text


def test_unknown_places_are_not_found_and_nothing_is_posted(client: Client, project: Project) -> None:
    assert client.get("/buurt/nergens/").status_code == 404
    assert client.post(page(project)).status_code == 405


def test_the_page_works_without_javascript(client: Client, project: Project) -> None:
    text = client.get(page(project)).text
    assert "hx-" not in text.partition("<main")[2]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(
    client: Client, project: Project, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        point = agreed(project, party(project, f"Trekker {number}"), f"Punt {number}")
        point.helpers.add(party(project, f"Helper {number}"))
    with django_assert_num_queries(10):
        client.get(page(project))
