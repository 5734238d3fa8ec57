"""The pages of the scan in a real browser: after use, on a phone, by keyboard and on paper."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser

from buurtscan.models import Pull, SourceTable
from core.models import Job
from projects.models import Project, User
from tests import builders
from tests.journey.people import LAPTOP, PHONE, Person, person
from tests.scan_pages_help import chapter_of_figures

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scanned(project: Project) -> Project:
    chapter_of_figures(project)
    return project


def visitor(browser: Browser, server: Any, user: User, window: dict[str, int], **extra: Any) -> Person:
    client = Client()
    client.force_login(user)
    found = person(browser, server.url, window, **extra)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}
    found.page.context.add_cookies([cookie])  # type: ignore[list-item]
    return found


@pytest.mark.parametrize("window", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_pages_of_the_scan_are_accessible_after_use(
    window: dict[str, int], browser: Browser, live_server: Any, scanned: Project, coordinator: User
) -> None:
    samira = visitor(browser, live_server, coordinator, window)
    samira.goes_to(reverse("buurtscan", args=[scanned.slug]))
    samira.sees("Hoger dan in 96 van de 100 buurten")
    samira.finds_it_accessible()
    samira.goes_to(reverse("scan_sources", args=[scanned.slug]))
    samira.finds_it_accessible()
    samira.goes_to(reverse("scan_chapter", args=[scanned.slug, "wonen"]))
    samira.finds_it_accessible()
    samira.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    samira.sees("Tweeling 10 (Amsterdam)")
    samira.finds_it_accessible()
    chart = samira.page.locator("#corporatiewoningen .place-chart").bounding_box()
    assert chart is not None
    assert 200 < chart["width"] < window["width"]


@pytest.mark.parametrize("window", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_sources_of_the_installation_are_accessible_while_one_is_fetched(
    window: dict[str, int], browser: Browser, live_server: Any
) -> None:
    SourceTable.objects.create(source="kwb", table="85984NED", vintage=2024, refreshed_at=timezone.now())
    job = Job.objects.create(
        task="buurtscan.pull", state="running", done=1, total=4, heartbeat=timezone.now()
    )
    Pull.objects.create(source="politie", job=job)
    beheerder = visitor(browser, live_server, builders.user(is_superuser=True), window)
    beheerder.goes_to(reverse("sources"))
    beheerder.sees("Wordt opgehaald… 25%")
    beheerder.finds_it_accessible()
    Job.objects.filter(pk=job.pk).update(
        state="failed", error="De bron geeft een fout.", finished_at=timezone.now()
    )
    beheerder.sees("De bron geeft een fout.", seconds=8)
    beheerder.finds_it_accessible()


def test_what_stands_out_leads_to_its_figure_and_opens_by_keyboard(
    browser: Browser, live_server: Any, scanned: Project, coordinator: User
) -> None:
    samira = visitor(browser, live_server, coordinator, LAPTOP)
    samira.goes_to(reverse("scan_chapter", args=[scanned.slug, "wonen"]))
    link = samira.page.locator(".standout a[href='#corporatiewoningen']")
    link.focus()
    samira.page.keyboard.press("Enter")
    row = samira.page.locator("#corporatiewoningen")
    row.get_by_text("Meer over dit cijfer").focus()
    samira.page.keyboard.press("Enter")
    assert row.get_by_text("tabel 85984NED").is_visible()


def test_a_chart_is_the_same_without_a_style_sheet(
    browser: Browser, live_server: Any, scanned: Project, coordinator: User
) -> None:
    """Every line keeps its place and its colour: so it is on the projector and on paper."""
    samira = visitor(browser, live_server, coordinator, LAPTOP)
    samira.goes_to(reverse("scan_chapter", args=[scanned.slug, "wonen"]))
    drawing = "#woz_waarde .trend-chart"
    colours = f"""[...document.querySelectorAll('{drawing} line, {drawing} circle')].map(shape =>
        getComputedStyle(shape).stroke + getComputedStyle(shape).fill)"""
    styled = samira.page.evaluate(colours)
    samira.page.evaluate("document.querySelectorAll('link[rel=stylesheet]').forEach(one => one.remove())")
    assert styled == samira.page.evaluate(colours)
    assert samira.page.locator(drawing).bounding_box() is not None


def test_on_paper_there_are_figures_and_no_buttons(
    browser: Browser, live_server: Any, scanned: Project, coordinator: User
) -> None:
    samira = visitor(browser, live_server, coordinator, LAPTOP)
    samira.goes_to(reverse("scan_chapter", args=[scanned.slug, "wonen"]))
    samira.page.emulate_media(media="print")
    assert samira.page.locator("#corporatiewoningen .place-chart").is_visible()
    assert not samira.page.locator("#corporatiewoningen summary").first.is_visible()
    assert samira.page.locator("#corporatiewoningen .trend-chart").is_visible()
    assert samira.page.locator("#corporatiewoningen").get_by_text("Tweeling 10 (Amsterdam)").is_visible()
    assert not samira.page.locator(".tabs").is_visible()


def test_without_a_script_everything_can_be_read(
    browser: Browser, live_server: Any, scanned: Project, coordinator: User
) -> None:
    samira = visitor(browser, live_server, coordinator, PHONE, scripts=False)
    samira.goes_to(reverse("scan_chapter", args=[scanned.slug, "wonen"]))
    samira.page.locator("#corporatiewoningen summary").click()
    assert samira.page.locator("#corporatiewoningen").get_by_text("Tweeling 10 (Amsterdam)").is_visible()


def test_a_figure_takes_little_of_the_screen_until_it_is_opened(
    browser: Browser, live_server: Any, scanned: Project, coordinator: User
) -> None:
    samira = visitor(browser, live_server, coordinator, LAPTOP)
    samira.goes_to(reverse("scan_chapter", args=[scanned.slug, "wonen"]))
    row = samira.page.locator("#corporatiewoningen")
    closed = row.bounding_box()
    assert closed is not None
    assert closed["height"] < 130
    assert row.locator(".place-chart").is_visible()
    assert not row.locator(".trend-chart").is_visible()
    row.locator("summary").press("Enter")
    assert row.locator(".trend-chart").is_visible()
    row.get_by_role("link", name="Zorg of kans?").click()
    row.locator("[name=kind][value=zorg]").check()
    row.locator("[name=reason]").fill("Er is geen keus.")
    row.get_by_role("button", name="Bewaren").click()
    samira.sees("1 × zorg")
    assert row.locator(".figure-row__what").get_by_text("1 × zorg").is_visible()
