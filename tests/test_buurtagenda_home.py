"""The front page, the list of projects, and the home page of a project."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from agenda.models import Agendapunt
from buurtagenda.days import time_left
from buurtagenda.help_texts import WORDINGS, show
from buurtagenda.nexthelp import Help
from projects.access import Access
from projects.models import BouwsteenStatus, Membership, Party, Project, UrgencyStatement, User
from stories.models import Story
from tests import builders

type Login = Callable[[User], Client]


def story(project: Project, state: str = "published", text: str = "Het plein is 's avonds donker.") -> Story:
    return Story.objects.create(
        project=project, text=text, about="leefomgeving", feeling="slecht", state=state
    )


def home(project: Project) -> str:
    return reverse("project", args=[project.slug])


def card(response: Any, bouwsteen: str) -> Any:
    return next(card for card in response.context["cards"] if card.brick.key == bouwsteen)


def test_members_open_the_home_page_and_others_do_not(
    login: Login, client: Client, reader: User, outsider: User, project: Project
) -> None:
    assert login(reader).get(home(project)).status_code == 200
    assert login(outsider).get(home(project)).status_code == 404
    assert client.get(home(project)).headers["Location"].startswith("/account/login/")
    assert login(reader).post(home(project)).status_code == 405
    verzamelaar = builders.member(project, "verzamelaar")
    assert login(verzamelaar).get(home(project)).status_code == 403


def test_the_beheerder_opens_every_project(login: Login, project: Project) -> None:
    assert login(builders.user(is_superuser=True)).get(home(project)).status_code == 200


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        (date(2026, 12, 12), "nog 21 dagen"),
        (date(2026, 11, 22), "nog 1 dag"),
        (date(2026, 11, 21), "vandaag"),
        (date(2026, 11, 20), "1 dag over tijd"),
        (date(2026, 11, 18), "3 dagen over tijd"),
    ],
)
def test_the_days_left_are_said_in_words(ends: date, words: str) -> None:
    assert time_left(date(2026, 11, 21), ends) == words


def test_every_bouwsteen_is_a_link_with_number_name_and_state(
    login: Login, reader: User, project: Project
) -> None:
    BouwsteenStatus.objects.create(project=project, bouwsteen="urgentie", state="klaar")
    response = login(reader).get(home(project))
    cards = response.context["cards"]
    assert [card.brick.number for card in cards] == [1, 2, 3, 4, 5, 6, 7]
    assert str(card(response, "urgentie").status.get_state_display()) == "klaar"
    assert str(card(response, "agenda").status.get_state_display()) == "nog niet begonnen"
    for shown in cards:
        assert f'href="{shown.address}"' in response.text
        assert login(reader).get(shown.address).status_code == 200


def test_the_lines_count_what_is_there_and_never_show_a_waiting_text(
    login: Login, reader: User, project: Project
) -> None:
    story(project)
    story(project)
    story(project, "submitted", "Geheim van de buurman")
    story(project, "held", "Geheim van de bakker")
    UrgencyStatement.objects.create(
        project=project, text="x", tone="positief", felt_by_kind="politie", felt_by="x", since="x"
    )
    party = Party.objects.create(project=project, name="Bol", kind="ondernemers", gives="trekken")
    Agendapunt.objects.create(project=project, title="Licht", wat="Lampen")
    Agendapunt.objects.create(
        project=project, title="Bank", wat="x", waar="x", wanneer="x", trekker=party, state="afgesproken"
    )
    response = login(reader).get(home(project))
    assert card(response, "verhalen").line == "2 verhalen · 2 te lezen"
    assert card(response, "urgentie").line == "1 zorg of kans"
    assert card(response, "partijen").line == "1 partij"
    assert card(response, "agenda").line == "1 punt afgesproken · 1 punt in concept"
    assert card(response, "beleid").line == ""
    assert "Geheim" not in response.text


def test_what_helps_has_a_link_for_those_who_may(
    login: Login, coordinator: User, reader: User, project: Project
) -> None:
    invite = reverse("invite", args=[project.slug])
    assert invite in login(coordinator).get(home(project)).text
    response = login(reader).get(home(project))
    assert "Het kernteam is niet compleet." in response.text
    assert invite not in response.text


def test_every_kind_of_help_has_a_sentence_and_a_page(coordinator: User, project: Project) -> None:
    access = Access(project, coordinator, "coordinator", True)
    subjects = {"vague": ("Bankjes", "waar", "wie"), "no_figure": ("wonen",), "kernteam": ("bewoner",)}
    for kind in WORDINGS:
        shown = show(Help(kind, subjects.get(kind, ("zorg",)), 2), access)
        assert shown.address.startswith(f"/p/{project.slug}/")
        assert "%" not in shown.what + shown.why
    vague = show(Help("vague", ("Bankjes", "waar", "wie")), access)
    assert vague.what == "Agendapunt “Bankjes” is nog niet precies."
    assert vague.why == "Wat ontbreekt: een plek, een trekker."


@pytest.mark.parametrize("rows", [1, 3])
def test_the_home_page_costs_the_same_for_one_and_for_three(
    login: Login,
    project: Project,
    coordinator: User,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        builders.member(project, "kernteamlid", side="bewoner")
        story(project)
        Party.objects.create(project=project, name=f"Partij {number}", kind="zorg", gives="meedoen")
        Agendapunt.objects.create(project=project, title="Licht", wat="Lampen")
    client = login(coordinator)
    with django_assert_num_queries(18):
        client.get(home(project))


def listed(client: Client, **query: str) -> list[str]:
    return [project.name for project in client.get(reverse("projects"), query).context["page"]]


def test_everybody_sees_their_own_projects_and_the_beheerder_all(
    login: Login, coordinator: User, outsider: User, project: Project
) -> None:
    assert listed(login(coordinator)) == [project.name]
    assert project.name not in listed(login(outsider))
    assert len(listed(login(builders.user(is_superuser=True)))) == 2


def test_the_list_is_searched_by_name_and_area(login: Login, coordinator: User, project: Project) -> None:
    other = builders.project(
        name="Vrijenburg", slug="vrijenburg", areas=[builders.area("BU04890704", name="Haven")]
    )
    Membership.objects.create(project=other, user=coordinator, role="lezer")
    client = login(coordinator)
    assert listed(client, q="vrijen") == ["Vrijenburg"]
    assert listed(client, q="haven") == ["Vrijenburg"]
    assert listed(client, q="moerwijk gravenhage") == [project.name]
    assert listed(client, q="zzz") == []
    part = client.get(reverse("projects"), {"q": "haven"}, headers={"HX-Request": "true"}).text
    assert part.strip().startswith('<div id="project-list">')
    assert client.get(reverse("projects"), {"q": "\x00"}).status_code == 422


def test_who_takes_part_in_nothing_is_told_how_to_begin(login: Login, db: None) -> None:
    text = login(builders.user()).get(reverse("projects")).text
    assert "U doet nog niet mee aan een project." in text
    assert reverse("project_create") not in text
    text = login(builders.user(is_superuser=True)).get(reverse("projects")).text
    assert reverse("project_create") in text


def test_a_verzamelaar_is_led_to_the_page_they_may_open(login: Login, project: Project) -> None:
    text = login(builders.member(project, "verzamelaar")).get(reverse("projects")).text
    assert reverse("story_collect", args=[project.slug]) in text
    assert f'href="{home(project)}"' not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_cost_the_same_for_one_and_for_three(
    login: Login,
    client: Client,
    db: None,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user = builders.user()
    for _number in range(rows):
        Membership.objects.create(project=builders.project(), user=user, role="lezer")
    member = login(user)
    with django_assert_num_queries(7):
        member.get(reverse("projects"))
    with django_assert_num_queries(4):
        client.get(reverse("front"))


def test_five_thousand_projects_are_shown_a_page_at_a_time(client: Client, login: Login, db: None) -> None:
    day = date(2026, 1, 1)
    Project.objects.bulk_create(
        Project(name=f"Buurt {n:04}", slug=f"buurt-{n}", starts=day, ends=day) for n in range(5000)
    )
    beheerder = login(builders.user(is_superuser=True))
    for response in (client.get("/", {"page": "7"}), beheerder.get("/projecten/", {"page": "7"})):
        assert "Bladzijde 7 van 200" in response.text
        assert len(response.context["page"]) == 25


def test_the_front_page_says_what_a_buurtagenda_is_here(client: Client, project: Project) -> None:
    text = client.get("/").text
    assert "geen kalender met activiteiten" in text
    assert reverse("account_login") in text
    assert reverse("public_project", args=[project.slug]) in text
    assert client.post("/").status_code == 405


def test_the_front_page_of_a_new_installation_says_there_is_nothing_yet(client: Client, db: None) -> None:
    assert "Er is nog geen buurt" in client.get("/").text
