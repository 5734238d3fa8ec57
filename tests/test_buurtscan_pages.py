"""The pages of the scan: who may see what, what they say, and how much they ask of the database."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from buurtscan.actions import start_scan
from buurtscan.catalogue import CATALOGUE
from buurtscan.models import Scan, Source
from buurtscan.pages import names_of
from core.models import Job
from gebieden.family import family
from projects.chapters import Chapter
from projects.models import Project, User
from tests import builders
from tests.buurtscan_help import buurt, gelselaar
from tests.replica import Replica
from tests.scan_pages_help import chapter_of_figures, compared, look_alikes

pytestmark = pytest.mark.django_db

type Login = Callable[[User], Client]
CHAPTER_QUERIES = 18
OVERVIEW_QUERIES = 16
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
    assert f"De scan loopt: 0 van {len(Source.values)} bronnen zijn klaar." in page
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


def test_the_overview_counts_what_is_known_and_says_when_it_was_fetched(
    filled: Project, coordinator: User, login: Login
) -> None:
    page = text_of(login(coordinator).get(address("buurtscan", filled)))
    assert "De cijfers zijn opgehaald op" in page
    assert "van een groter gebied" in page
    assert "niet bekend" in page
    assert "Haal de cijfers opnieuw op" in page
    assert all(str(Chapter(chapter).label) in page for chapter in Chapter.values)


@pytest.fixture
def constructed(project: Project) -> Project:
    """Wonen, with a figure in each state."""
    chapter_of_figures(project)
    return project


def page_of_wonen(project: Project, user: User, login: Login) -> str:
    return text_of(login(user).get(reverse("scan_chapter", args=[project.slug, "wonen"])))


def row_of(page: str, indicator: str) -> str:
    """The row of one figure, up to the next one."""
    rows = re.split(r'<li class="figure-row[^"]*" id="', page)
    return next(row for row in rows if row.startswith(f'{indicator}"'))


def test_a_figure_is_a_place_among_others(constructed: Project, reader: User, login: Login) -> None:
    row = row_of(page_of_wonen(constructed, reader, login), "corporatiewoningen")
    assert '<span class="figure">78%</span>' in row
    assert "Hoger dan in 96 van de 100 buurten (van 12.000 met een cijfer)." in row
    assert "In 5 van de 10 buurten die hierop lijken is het lager, in 5 hoger." in row
    assert '<p class="small">Hoger dan in 96 van de 100 buurten</p>' in row
    assert 'class="chart place-chart"' in row
    assert 'class="chart trend-chart"' in row
    assert "Moerwijk</dt><dd>70%" in row
    assert "Den Haag</dt><dd>47%" in row
    assert "Nederland</dt><dd>39%" in row


def test_a_chapter_opens_with_what_stands_out_most(constructed: Project, reader: User, login: Login) -> None:
    page = page_of_wonen(constructed, reader, login)
    opening = page.split('<h2 id="standouts">Hier valt het meest op</h2>')[1].split("<h2 id")[0]
    assert 1 <= opening.count('<li class="standout">') <= 3
    assert '<a href="#corporatiewoningen">' in opening
    assert '<p class="standout__value figure">78%</p>' in opening
    assert "Hoger dan in 96 van de 100 buurten" in opening
    assert opening.count('class="chart place-chart"') == opening.count('<li class="standout">')


def test_the_overview_shows_what_stands_out_in_each_chapter(
    constructed: Project, reader: User, login: Login
) -> None:
    page = text_of(login(reader).get(address("buurtscan", constructed)))
    card = page.split('id="chapter-wonen"')[1].split("</li>")[0]
    assert "Huurwoningen van corporaties" in card
    assert '<b class="figure">78%</b>' in card
    assert "Hoger dan in 96 van de 100 buurten" in card
    assert "2 niet bekend" in card
    assert "Nog geen cijfers." in page.split('id="chapter-werk"')[1].split("</li>")[0]


def test_the_ten_look_alikes_are_named_with_their_values(
    constructed: Project, reader: User, login: Login
) -> None:
    row = row_of(page_of_wonen(constructed, reader, login), "corporatiewoningen")
    assert [f"Tweeling {number} (Amsterdam)" in row for number in range(1, 11)] == [True] * 10
    assert '<th scope="row">Tweeling 1 (Amsterdam)</th><td class="num">47%</td>' in row
    assert "Het midden is 76%." in row


def test_a_course_is_told_in_words_and_in_a_table(constructed: Project, reader: User, login: Login) -> None:
    row = row_of(page_of_wonen(constructed, reader, login), "woz_waarde")
    assert "Van € 200.000 in 2022 naar € 228.000 in 2024: € 28.000 hoger." in row
    assert "Andere definitie vanaf 2022: niet te vergelijken met de jaren daarvoor." in row
    assert '2022 <span class="remark">andere definitie dan in eerdere jaren</span>' in row
    assert "€ 150.000" in row


def test_an_empty_figure_says_why(constructed: Project, reader: User, login: Login) -> None:
    page = page_of_wonen(constructed, reader, login)
    empty = row_of(page, "eengezinswoningen")
    assert "niet bekend voor dit gebied" in empty
    assert "De bron geeft dit cijfer wel voor een groter gebied" in empty
    assert "<svg" not in empty
    assert "Huurwoningen van andere verhuurders</b>" in page.split('<details class="card">')[1]
    assert "De bron heeft dit cijfer niet gepubliceerd" in page


def test_a_figure_of_a_larger_area_has_no_place(constructed: Project, reader: User, login: Login) -> None:
    row = row_of(page_of_wonen(constructed, reader, login), "huurwoningen")
    assert "cijfer van de gemeente" in row
    assert "Dit is het cijfer van de gemeente, niet van dit gebied zelf." in row
    assert "De nieuwste grenzen zijn van" in row
    assert "<svg" not in row


def test_every_figure_says_how_to_read_it_and_where_it_is_from(
    constructed: Project, reader: User, login: Login
) -> None:
    row = row_of(page_of_wonen(constructed, reader, login), "koopwoningen")
    glance, more = row.split("<details")
    assert "Meer over dit cijfer" in more
    assert "Hoe lees ik dit?" in more
    assert "CBS, 2024" in glance
    assert "85984NED" not in glance
    assert CATALOGUE["koopwoningen"].meaning in row
    assert "CBS Kerncijfers wijken en buurten, tabel 85984NED" in row
    assert "<dt>Eenheid</dt><dd>procent</dd>" in row
    assert (
        "<dt>Hoe gemaakt</dt><dd>Berekend en afgerond door het CBS, uit registers van de overheid.</dd>"
        in row
    )


def test_a_figure_without_a_direction_is_not_judged(constructed: Project, reader: User, login: Login) -> None:
    assert 'class="judge' not in page_of_wonen(constructed, reader, login)


def test_a_clearly_bad_figure_is_judged_in_words_too(project: Project, reader: User, login: Login) -> None:
    bad = next(one for one in CATALOGUE.values() if one.direction == "ongunstig" and not one.labels)
    compared(project, bad.id, 40, 95)
    page = text_of(login(reader).get(reverse("scan_chapter", args=[project.slug, bad.chapter])))
    assert "Minder gunstig dan in de meeste gebieden" in page


def test_the_page_of_a_chapter_holds_no_style_and_every_chart_a_title(
    constructed: Project, reader: User, login: Login
) -> None:
    page = page_of_wonen(constructed, reader, login)
    charts = re.findall(r"<svg .*?</svg>", page)
    assert len(charts) >= 10
    assert all("<title>" in chart and "style" not in chart for chart in charts)
    assert " style=" not in page


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
    assert "92,0 <small>per 1.000 inwoners</small>" in safety
    health = text_of(login(coordinator).get(reverse("scan_chapter", args=[filled.slug, "gezondheid"])))
    assert "Schatting met een rekenmodel" in health


def test_the_level_really_used_is_said(filled: Project, coordinator: User, login: Login) -> None:
    page = text_of(login(coordinator).get(reverse("scan_chapter", args=[filled.slug, "wonen"])))
    assert "cijfer van de gemeente</span>" in page
    assert "Dit is het cijfer van de gemeente, niet van dit gebied zelf." in page


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
    assert "niet op te tellen" not in page
    assert "<dt>Buurt BU18590004</dt><dd>€ 409.000</dd>" in page
    assert "<dt>Buurt BU18590006</dt><dd>€ 517.000</dd>" in page
    assert "Een woning is in Buurt BU18590004 gemiddeld € 409.000 waard." in page


def test_a_chapter_asks_the_same_of_one_figure_and_of_many(
    project: Project, coordinator: User, login: Login, django_assert_num_queries: Any
) -> None:
    client = login(coordinator)
    chapter = reverse("scan_chapter", args=[project.slug, "wonen"])
    look_alikes(project)
    compared(project, "koopwoningen", 14, 8)
    client.get(chapter)
    with django_assert_num_queries(CHAPTER_QUERIES):
        client.get(chapter)
    for indicator in ("corporatiewoningen", "woningen", "woz_waarde", "meergezinswoningen"):
        compared(project, indicator, 50, 70)
    with django_assert_num_queries(CHAPTER_QUERIES):
        client.get(chapter)


def test_a_chapter_asks_nothing_of_the_store(
    constructed: Project, coordinator: User, login: Login, django_assert_max_num_queries: Any
) -> None:
    """So that it costs the same with nine years of the whole country in it."""
    client = login(coordinator)
    with django_assert_max_num_queries(CHAPTER_QUERIES) as asked:
        client.get(reverse("scan_chapter", args=[constructed.slug, "wonen"]))
    tables = ("buurtscan_arearow", "buurtscan_sourcetable", "buurtscan_distribution", "buurtscan_likeness")
    assert not [query for query in asked.captured_queries if any(table in query["sql"] for table in tables)]


def test_the_overview_asks_a_fixed_number_of_queries(
    project: Project, coordinator: User, login: Login, django_assert_num_queries: Any
) -> None:
    client = login(coordinator)
    look_alikes(project)
    compared(project, "koopwoningen", 14, 8)
    client.get(address("buurtscan", project))
    with django_assert_num_queries(OVERVIEW_QUERIES):
        client.get(address("buurtscan", project))
    for indicator in ("corporatiewoningen", "woningen", "woz_waarde", "meergezinswoningen"):
        compared(project, indicator, 50, 70)
    with django_assert_num_queries(OVERVIEW_QUERIES):
        client.get(address("buurtscan", project))


def test_a_wijk_is_told_from_the_gemeente_and_the_buurt_it_shares_its_name_with(db: None) -> None:
    around = family([buurt("BU01602806", wijk="Hardenberg", gemeente="Hardenberg")])
    assert sorted(names_of(around, "Baalder").values()) == [
        "Buurt BU01602806",
        "Hardenberg",
        "Nederland",
        "Wijk Hardenberg",
    ]
