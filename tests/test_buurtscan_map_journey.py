"""The map in a real browser: with a background, without one, without JavaScript, and printed."""

import base64
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect, sync_playwright

from buurtagenda.demo.loading import load_demo
from projects.models import Project, User

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
type Opener = Callable[..., Page]
LAPTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
TILES = f"{settings.MAP_TILES_HOST}/**"
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DRAWN = 110


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def demo(db: None) -> Project:
    return load_demo(date(2026, 11, 22), password=None)


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complains of: scripts that fail, styles that the policy refuses."""
    return []


@pytest.fixture
def opened(chromium: Browser, live_server: Any, demo: Project, complaints: list[str]) -> Iterator[Opener]:
    """The map of the example for a member; `background` answers what is asked of the host of the tiles."""
    contexts = []

    def heard(line: ConsoleMessage) -> None:
        if line.type == "error":
            complaints.append(line.text)

    def open_one(
        background: Callable[[Route], None], window: dict[str, int] = LAPTOP, **options: Any
    ) -> Page:
        client = Client()
        client.force_login(User.objects.get(email="samira@voorbeeld.example"))
        context = chromium.new_context(base_url=live_server.url, viewport=window, **options)  # type: ignore[arg-type]
        contexts.append(context)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        context.route(TILES, background)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"/p/{demo.slug}/buurtscan/kaart/")
        return page

    yield open_one
    for context in contexts:
        context.close()


def streets(route: Route) -> None:
    route.fulfill(body=DOT, content_type="image/png")


def nothing(route: Route) -> None:
    route.abort()


def check(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= (page.viewport_size or LAPTOP)["width"]


@pytest.mark.parametrize("window", [LAPTOP, PHONE])
def test_with_a_network_the_streets_lie_behind_the_buurten(
    opened: Opener, complaints: list[str], window: dict[str, int]
) -> None:
    page = opened(streets, window)
    expect(page.locator("[data-ground-state]")).to_have_text("Met straten op de achtergrond.")
    expect(page.locator(".leaflet-overlay-pane path")).to_have_count(DRAWN)
    expect(page.locator(".leaflet-edge-pane path")).to_have_count(2)
    expect(page.locator(".leaflet-tile-loaded").first).to_be_attached()
    expect(page.locator(".map__picture")).to_be_hidden()
    expect(page.locator("#story_places")).to_contain_text("Muzenplein")
    page.get_by_role("button", name="Zoom in op Moerwijk-Oost").click()
    expect(page.locator(".leaflet-zoom-anim")).to_have_count(0)
    assert complaints == []
    check(page)  # axe itself adds a style, of which the browser complains


def test_the_list_leads_over_the_map_by_keyboard(opened: Opener) -> None:
    page = opened(streets)
    expect(page.locator(".leaflet-overlay-pane path")).to_have_count(DRAWN)
    page.locator("tr[data-asked] a").focus()
    expect(page.locator("[data-chosen]")).to_have_text("Moerwijk-Oost: 19,0%")
    expect(page.locator("path.is-chosen")).to_have_count(1)
    page.get_by_role("button", name="Zoom in op Moerwijk-Oost").press("Enter")
    part = page.locator(".map-part", has_text="Rietbuurt")
    if part.get_attribute("open") is None:
        part.locator("summary").press("Enter")
    page.get_by_role("link", name="Rietbuurt").press("Enter")
    expect(page.locator("[data-chosen]")).to_have_text("Rietbuurt: 27,9%")
    expect(page.locator("path.is-chosen")).to_be_in_viewport()


def test_without_a_network_the_map_is_there_and_says_what_is_missing(opened: Opener) -> None:
    asked: list[str] = []

    def gone(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    page = opened(gone)
    expect(page.locator("[data-ground-state]")).to_contain_text("Zonder achtergrond")
    expect(page.locator(".leaflet-overlay-pane path")).to_have_count(DRAWN)
    expect(page.get_by_label("Straten op de achtergrond")).not_to_be_checked()
    assert len(asked) == 1
    check(page)


def test_where_the_polygons_do_not_come_the_drawing_stays(opened: Opener) -> None:
    page = opened(nothing)
    page.route("**/buurten.json*", nothing)
    page.reload()
    expect(page.locator("[data-ground-state]")).to_contain_text("konden niet opnieuw worden opgehaald")
    expect(page.locator(".map__picture")).to_be_visible()
    assert page.locator(".map__picture .spot").count() == DRAWN


def test_without_javascript_map_list_and_places_are_there(opened: Opener) -> None:
    page = opened(nothing, PHONE, java_script_enabled=False)
    expect(page.locator(".map__picture")).to_be_visible()
    assert page.locator(".map__picture .spot").count() == DRAWN
    page.get_by_label("Welk cijfer?").select_option("woz_waarde")
    page.get_by_role("button", name="Laat zien").click()
    expect(page.get_by_role("heading", name="Gemiddelde WOZ-waarde, 2024")).to_be_visible()
    page.get_by_role("link", name="laagste eerst").click()
    page.locator("tr[data-code] a").first.click()
    assert "#map-BU" in page.url
    page.get_by_role("link", name="Bekijk de plekken die bewoners noemen").click()
    expect(page.get_by_role("heading", name="Plekken uit de verhalen")).to_be_visible()


def test_on_paper_stands_the_drawing_with_its_shades(opened: Opener) -> None:
    page = opened(streets)
    expect(page.locator(".leaflet-overlay-pane path")).to_have_count(DRAWN)
    page.emulate_media(media="print")
    expect(page.locator(".map__picture")).to_be_visible()
    expect(page.locator("[data-live]")).to_be_hidden()
    expect(page.locator(".legend")).to_be_visible()
    assert page.locator("tr[data-code]").count() == 114
    assert page.locator("tr[data-code]").last.is_visible()


def test_five_tints_and_stripes_are_really_painted(opened: Opener) -> None:
    page = opened(nothing)
    expect(page.locator(".leaflet-overlay-pane path")).to_have_count(DRAWN)
    fills = page.evaluate(
        """() => [...document.querySelectorAll(".leaflet-overlay-pane path")].map(
             (path) => getComputedStyle(path).fill)"""
    )
    assert len(set(fills)) == 6
    assert sum("no-figure" in fill for fill in fills) == 1
