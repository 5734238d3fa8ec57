"""A room with a real browser: a wall, a desk, a phone of 360 px, and a phone without JavaScript."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from projects.models import User
from tests import builders
from tests import wijkwerksessie_rooms as rooms
from wijkwerksessie import actions
from wijkwerksessie.models import Card, Vote, Wijkwerksessie

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()
        # Playwright's loop gave this thread a second connection; without the loop nobody finds it.
        connections.close_all()


@pytest.fixture
def facilitator(db: None) -> User:
    cache.clear()
    return builders.member(builders.project(is_demo=True), "gespreksleider")


@pytest.fixture
def sessie(facilitator: User) -> Wijkwerksessie:
    project = facilitator.memberships.get().project
    return rooms.sessie(project, by=facilitator)


def page_of(
    browser: Browser, url: str, width: int, height: int, by: User | None = None, **options: Any
) -> Page:
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    if by is not None:
        client = Client()
        client.force_login(by)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": url}])
    page = context.new_page()
    page.set_default_timeout(15_000)
    return page


def desk_url(live_server: Any, sessie: Wijkwerksessie) -> str:
    return f"{live_server.url}/p/{sessie.project.slug}/wijkwerksessies/{sessie.pk}/"


def accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []


def join(page: Page, live_server: Any, sessie: Wijkwerksessie) -> None:
    page.goto(f"{live_server.url}/doe/")
    page.fill("#id_code", sessie.spaced_code)
    page.get_by_role("button", name="Doe mee").click()
    page.wait_for_url(f"**/doe/{sessie.join_code}/")


def smallest_type(page: Page) -> float:
    """In px, of everything that stands on the wall."""
    smallest: float = page.evaluate(
        "Math.min(...[...document.querySelectorAll('body *')]"
        ".filter(e => !e.closest('.sr-only, .skip') && e.getClientRects().length"
        " && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))"
        ".map(e => parseFloat(getComputedStyle(e).fontSize)))"
    )
    return smallest


def test_an_evening_in_the_room(
    live_server: Any, browser: Browser, sessie: Wijkwerksessie, facilitator: User
) -> None:
    desk = page_of(browser, live_server.url, 1280, 900, facilitator)
    wall = page_of(browser, live_server.url, 1920, 1080, facilitator)
    phone = page_of(browser, live_server.url, 360, 740, is_mobile=True)
    desk.goto(desk_url(live_server, sessie))
    wall.goto(desk_url(live_server, sessie) + "projector/")
    join(phone, live_server, sessie)
    desk.click("#start")
    desk.click("#next")

    phone.fill("#id_text", "Ik ben nog aan het typen")
    desk.click("#plus-5")
    desk.wait_for_selector("input[name=added][value='5']", state="attached")
    phone.wait_for_selector("#phone-status [role=timer] >> text=/2[45]:/")
    assert phone.input_value("#id_text") == "Ik ben nog aan het typen"

    phone.fill("#id_text", "Er is niks te doen na zes uur.")
    phone.get_by_role("button", name="Verstuur").click()
    sent = time.monotonic()
    wall.wait_for_selector("text=Er is niks te doen na zes uur.")
    assert time.monotonic() - sent < 4
    assert smallest_type(wall) >= 28
    assert wall.evaluate("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)") >= 64
    assert wall.evaluate("parseFloat(getComputedStyle(document.querySelector('.note-card')).fontSize)") >= 40
    assert wall.evaluate("document.documentElement.scrollHeight <= innerHeight")
    phone.wait_for_selector(".own-cards >> text=Er is niks te doen")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    for page in (wall, phone, desk):
        accessible(page)

    desk.click("#next")
    phone.get_by_role("button", name="Geef een stip").click()
    phone.wait_for_selector("text=nog 2 stippen")
    wall.wait_for_selector(".option__bar[width='100']")
    for page in (wall, phone):
        accessible(page)
    assert Vote.objects.count() == 1


def test_a_phone_without_javascript_does_everything(
    live_server: Any, browser: Browser, sessie: Wijkwerksessie
) -> None:
    phone = page_of(browser, live_server.url, 360, 740, java_script_enabled=False)
    join(phone, live_server, sessie)
    rooms.at(sessie, "kaartjes")
    phone.goto(f"{live_server.url}/doe/{sessie.join_code}/")
    phone.get_by_role("button", name="Verstuur").click()
    phone.fill("#id_text", "Zonder script gaat het ook.")
    phone.get_by_role("button", name="Verstuur").click()
    phone.wait_for_selector(".own-cards >> text=Zonder script")
    rooms.at(sessie, "stemmen")
    phone.get_by_role("link", name="Ververs").click()
    phone.get_by_role("button", name="Geef een stip").click()
    phone.wait_for_selector("text=nog 2 stippen")
    phone.get_by_role("button", name="Neem uw stip terug").click()
    phone.wait_for_selector("text=nog 3 stippen")
    assert Card.objects.count() == 1


def test_arrow_keys_turn_the_pages_and_nothing_falls_off_the_wall(
    live_server: Any, browser: Browser, sessie: Wijkwerksessie, facilitator: User
) -> None:
    round = rooms.at(sessie, "kaartjes")
    words = "Mijn dochter durft niet alleen naar school te fietsen omdat auto’s te hard rijden. "
    for number in range(1, 46):
        rooms.card(round, f"{number}. {words * 4}"[: 20 + 29 * (number % 9)])
    wall = page_of(browser, live_server.url, 1920, 1080, facilitator)
    wall.goto(desk_url(live_server, sessie) + "projector/")
    fits = (
        "(() => { const box = document.querySelector('.stage__join').getBoundingClientRect();"
        " return [...document.querySelectorAll('.note-card')].every(card => { const r = card.getBoundingClientRect();"
        " return r.bottom <= 1080 && card.scrollHeight <= card.clientHeight + 2"
        " && !(r.right > box.left && r.bottom > box.top); }); })()"
    )
    wall.wait_for_selector("text=45. Mijn")
    assert wall.evaluate(fits)
    wall.keyboard.press("ArrowRight")
    wall.wait_for_selector("[data-turn=previous]")
    assert wall.evaluate(fits)
    wall.keyboard.press("ArrowLeft")
    wall.wait_for_selector("[data-turn=previous]", state="detached")
    actions.close_sessie(sessie, by=facilitator)
    wall.wait_for_selector("text=Dank u wel!")
