"""The pages of stories in a real browser on a small phone, with and without JavaScript."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from projects.models import Project, User
from stories import actions
from stories.models import Quote
from tests import builders

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 640}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    contexts = []

    def open_one(client: Client | None = None, **options: Any) -> Page:
        context = chromium.new_context(base_url=live_server.url, viewport=PHONE, **options)  # type: ignore[arg-type]
        contexts.append(context)
        if client:
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


def check(page: Page) -> None:
    """Axe finds nothing, and nobody has to scroll sideways."""
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_moderator_judges_with_the_keyboard(
    open_page: Callable[..., Page], project: Project, coordinator: User, login: Callable[[User], Client]
) -> None:
    first = builders.story(project, state="submitted", text="Bel mevrouw Jansen op 06-12345678.")
    second = builders.story(project, state="submitted", text="\u064a\u0645\u0643\u0646\u0646\u0627.")
    page = open_page(login(coordinator))
    page.goto(f"/p/{project.slug}/verhalen/beoordelen/")
    check(page)
    card = page.locator(f"#story-{first.pk}")
    card.get_by_role("button", name="06-12345678 telefoonnummer").press("Enter")
    card.get_by_text("De woorden zijn weggelaten.").wait_for()
    card.get_by_role("button", name="Publiceren").press("Enter")
    card.get_by_text("Het verhaal is gepubliceerd.").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Het verhaal is gepubliceerd."
    other = page.locator(f"#story-{second.pk}")
    other.locator("summary", has_text="Afwijzen").press("Enter")
    other.get_by_role("button", name="Afwijzen").press("Enter")
    other.get_by_text("Kies waarom u dit verhaal afwijst.").first.wait_for()
    assert page.evaluate("document.activeElement.name") == "reason"
    check(page)
    actions.hold_story(second, by=coordinator)
    other.get_by_role("button", name="Publiceren").press("Enter")
    other.get_by_text("Iemand anders was u voor").wait_for()
    check(page)
    first.refresh_from_db()
    assert (first.state, first.text) == ("published", "Bel mevrouw Jansen op [weggelaten].")


def test_a_member_searches_and_quotes(
    open_page: Callable[..., Page], project: Project, coordinator: User, login: Callable[[User], Client]
) -> None:
    builders.story(project, text="De lift is stuk. Al drie weken. Niemand komt.")
    builders.story(project, text="Het feest was mooi.")
    page = open_page(login(coordinator))
    page.goto(f"/p/{project.slug}/verhalen/")
    check(page)
    page.get_by_label("Zoek in de verhalen").last.fill("lift")
    page.get_by_role("button", name="Zoek").click()
    page.get_by_text("1 verhaal gevonden.").wait_for()
    check(page)
    page.get_by_role("link", name="Lees en maak een citaat").click()
    page.get_by_label("Tot en met zin").select_option(index=1)
    page.get_by_role("button", name="Maak citaat").click()
    page.get_by_text("Het citaat is gemaakt.").wait_for()
    assert Quote.objects.get().text == "De lift is stuk. Al drie weken."
    check(page)
    page.get_by_role("link", name="Citaat weghalen").click()
    check(page)
    page.get_by_role("button", name="Ja, haal weg").click()
    page.get_by_text("Het citaat is weg.").wait_for()
    for path in ("bestanden/", "invoeren/"):
        page.goto(f"/p/{project.slug}/verhalen/{path}")
        check(page)
