"""The pages of the scan: who may see what, what they say, and how much they ask of the database."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from buurtscan.actions import start_scan
from buurtscan.models import Scan, ScanFigure
from core.models import Job
from projects.chapters import Chapter
from projects.models import Project, User
from tests import builders
from tests.buurtscan_help import gelselaar
from tests.replica import Replica

pytestmark = pytest.mark.django_db

type Login = Callable[[User], Client]
HTMX: Any = {"HTTP_HX_REQUEST": "true"}


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.fixture
def filled(
    project: Project, coordinator: User, sources: Replica, django_capture_on_commit_callbacks: Any
) -> Project:
    with django_capture_on_commit_callbacks(execute=True):
        start_scan(project, by=coordinator)
    return project


PAGES = ["buurtscan", "scan_progress", "scan_chapter"]


def address(name: str, project: Project) -> str:
    return reverse(name, args=[project.slug, "wonen"] if name == "scan_chapter" else [project.slug])


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["coordinator", "colleague", "reader"])
def test_every_member_may_read(name: str, who: str, project: Project, login: Login, request: Any) -> None:
    client = login(request.getfixturevalue(who))
    assert client.get(address(name, project), **HTMX).status_code == 200


@pytest.mark.parametrize("name", [*PAGES, "scan_start"])
def test_an_outsider_finds_nothing(name: str, project: Project, outsider: User, login: Login) -> None:
    client = login(outsider)
    assert client.get(address(name, project)).status_code in (404, 405)
    assert client.post(address(name, project)).status_code in (404, 405)
    assert login(outsider).post(address("scan_start", project)).status_code == 404


@pytest.mark.parametrize("name", [*PAGES, "scan_start"])
def test_without_an_account_there_is_a_login(name: str, project: Project, client: Client) -> None:
    response = (
        client.post(address(name, project)) if name == "scan_start" else client.get(address(name, project))
    )
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_a_collector_may_not_read_the_scan(project: Project, login: Login) -> None:
    client = login(builders.member(project, "verzamelaar"))
    assert client.get(address("buurtscan", project)).status_code == 403


@pytest.mark.parametrize("who", ["coordinator", "colleague"])
def test_the_kernteam_may_start_a_scan(who: str, project: Project, login: Login, request: Any) -> None:
    client = login(request.getfixturevalue(who))
    response = client.post(address("scan_start", project))
    assert response.status_code == 302
    assert Scan.objects.get().project == project


def test_a_reader_may_not_start_a_scan_and_sees_no_button(
    project: Project, reader: User, login: Login
) -> None:
    client = login(reader)
    assert client.post(address("scan_start", project)).status_code == 403
    assert "Start de buurtscan" not in text_of(client.get(address("buurtscan", project)))
    assert not Scan.objects.exists()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_takes_no_post_and_the_start_no_get(
    name: str, project: Project, coordinator: User, login: Login
) -> None:
    client = login(coordinator)
    assert client.post(address(name, project)).status_code == 405
    assert client.get(address("scan_start", project)).status_code == 405


def test_the_second_click_is_told_that_it_runs(project: Project, coordinator: User, login: Login) -> None:
    client = login(coordinator)
    client.post(address("scan_start", project))
    response = client.post(address("scan_start", project), follow=True)
    assert "De scan loopt al" in text_of(response)
    assert Scan.objects.count() == 1


def test_a_project_without_an_area_is_told_what_to_do(
    coordinator: User, project: Project, login: Login
) -> None:
    project.areas.clear()
    response = login(coordinator).post(address("scan_start", project))
    assert response.status_code == 409
    assert "Kies eerst een buurt" in text_of(response)


def test_before_the_first_scan_the_page_says_what_will_come(
    project: Project, coordinator: User, login: Login
) -> None:
    page = text_of(login(coordinator).get(address("buurtscan", project)))
    assert "Er is nog geen scan van deze buurt" in page
    assert "Start de buurtscan" in page


def test_a_running_scan_is_followed_and_a_finished_one_is_not(
    project: Project, coordinator: User, login: Login
) -> None:
    scan = start_scan(project, by=coordinator)
    client = login(coordinator)
    page = text_of(client.get(address("buurtscan", project)))
    assert 'hx-trigger="every 2s"' in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert "De scan loopt: 0 van 4 bronnen zijn klaar." in page
    Job.objects.filter(pk=scan.job_id).update(state="failed", error="Geen van de bronnen gaf antwoord.")
    part = client.get(address("scan_progress", project), **HTMX)
    assert "hx-trigger" not in text_of(part)
    assert "Geen van de bronnen gaf antwoord." in text_of(part)
    assert "<html" not in text_of(part)


def test_nothing_is_sent_while_nothing_changed(project: Project, coordinator: User, login: Login) -> None:
    scan = start_scan(project, by=coordinator)
    client = login(coordinator)
    address_of_part = address("scan_progress", project)
    assert client.get(f"{address_of_part}?klaar=0", **HTMX).status_code == 204
    scan.sources.filter(source="rivm").update(state="done")
    assert client.get(f"{address_of_part}?klaar=0", **HTMX).status_code == 200
    assert client.get(f"{address_of_part}?klaar=\0x", **HTMX).status_code == 200


def test_the_part_alone_is_no_page(project: Project, coordinator: User, login: Login) -> None:
    assert login(coordinator).get(address("scan_progress", project)).status_code == 302


def test_the_overview_counts_figures_and_says_which_level(
    filled: Project, coordinator: User, login: Login
) -> None:
    page = text_of(login(coordinator).get(address("buurtscan", filled)))
    assert "De cijfers zijn opgehaald op" in page
    assert "van de buurt" in page
    assert "Haal de cijfers opnieuw op" in page
    assert "niet gepubliceerd of niet bekend" in page


def test_a_chapter_shows_values_as_people_write_them(
    filled: Project, coordinator: User, login: Login
) -> None:
    page = text_of(login(coordinator).get(reverse("scan_chapter", args=[filled.slug, "wonen"])))
    assert "€ 228.000" in page
    assert "€ 378.000" in page
    assert "CBS, 2024" in page
    assert "tabel 85984NED" in page
    assert "Wat een woning hier gemiddeld waard is" in page
    safety = text_of(login(coordinator).get(reverse("scan_chapter", args=[filled.slug, "veiligheid"])))
    assert "92,0 per 1.000 inwoners" in safety
    health = text_of(login(coordinator).get(reverse("scan_chapter", args=[filled.slug, "gezondheid"])))
    assert "Schatting met een rekenmodel" in health


def test_the_level_really_used_is_said(filled: Project, coordinator: User, login: Login) -> None:
    page = text_of(login(coordinator).get(reverse("scan_chapter", args=[filled.slug, "wonen"])))
    assert "Dit is het cijfer van de gemeente: voor dit gebied zelf is het niet bekend." in page


def test_every_chart_has_a_title_and_no_style(filled: Project, coordinator: User, login: Login) -> None:
    page = text_of(login(coordinator).get(reverse("scan_chapter", args=[filled.slug, "werk"])))
    charts = re.findall(r"<svg class=\"bars\".*?</svg>", page)
    assert charts
    assert all("<title>" in chart and "style=" not in chart for chart in charts)


@pytest.mark.parametrize("chapter", Chapter.values)
def test_every_chapter_can_be_opened_before_and_after_the_scan(
    chapter: str, project: Project, coordinator: User, login: Login
) -> None:
    response = login(coordinator).get(reverse("scan_chapter", args=[project.slug, chapter]))
    assert response.status_code == 200
    assert "Er zijn nog geen cijfers in dit hoofdstuk" in text_of(response)


@pytest.mark.parametrize("chapter", ["bestaat-niet", "START", "a" * 200])
def test_an_unknown_chapter_is_not_found(
    chapter: str, project: Project, coordinator: User, login: Login
) -> None:
    assert login(coordinator).get(reverse("scan_chapter", args=[project.slug, chapter])).status_code == 404


def test_buurten_of_a_village_stand_side_by_side(
    sources: Replica, login: Login, django_capture_on_commit_callbacks: Any
) -> None:
    project = gelselaar()
    who = builders.member(project, "coordinator")
    with django_capture_on_commit_callbacks(execute=True):
        start_scan(project, by=who)
    page = text_of(login(who).get(reverse("scan_chapter", args=[project.slug, "wonen"])))
    assert "niet op te tellen" in page
    assert "Buurt BU18590004: <b>€ 409.000</b>" in page
    assert "Buurt BU18590006: <b>€ 517.000</b>" in page


def test_the_number_of_queries_does_not_grow_with_the_figures(
    filled: Project, coordinator: User, login: Login, django_assert_num_queries: Any
) -> None:
    client = login(coordinator)
    chapter = reverse("scan_chapter", args=[filled.slug, "wonen"])
    client.get(chapter)
    ScanFigure.objects.of(filled).exclude(indicator="woz_waarde").delete()
    with django_assert_num_queries(7) as few:
        client.get(chapter)
    figure = ScanFigure.objects.of(filled).of_area_asked().get()
    for name in ("koopwoningen", "woningen"):
        figure.pk, figure.indicator = None, name
        figure.save()
    with django_assert_num_queries(len(few)):
        client.get(chapter)


def test_the_overview_asks_a_fixed_number_of_queries(
    filled: Project, coordinator: User, login: Login, django_assert_max_num_queries: Any
) -> None:
    client = login(coordinator)
    with django_assert_max_num_queries(8):
        client.get(address("buurtscan", filled))
