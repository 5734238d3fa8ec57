"""Two moderators side by side in a real browser: by button, by key, and without scripts."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright

from projects.models import Project, User
from stories.models import Story
from tests import builders

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
type Open = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, live_server: Any) -> Iterator[Open]:
    contexts = []

    def open_one(user: User, viewport: Any, **options: Any) -> Page:
        client = Client()
        client.force_login(user)
        context = chromium.new_context(base_url=live_server.url, viewport=viewport, **options)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


def check(page: Page, width: int) -> None:
    """Axe finds nothing, and nobody has to scroll sideways."""
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:160]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def queue(project: Project) -> str:
    return f"/p/{project.slug}/verhalen/beoordelen/"


def states() -> list[str]:
    return list(Story.objects.order_by("pk").values_list("state", flat=True))


def test_two_moderators_read_side_by_side(open_page: Open, project: Project, coordinator: User) -> None:
    other = builders.member(project, "kernteamlid", moderator=True, name="Noor Tweede")
    for number in range(3):
        builders.story(project, state="submitted", text=f"Verhaal met nummer {number}, bel 06-12345678.")
    mine, theirs = open_page(coordinator, WIDE), open_page(other, PHONE)
    for page in (mine, theirs):
        page.goto(queue(project))
        page.get_by_role("button", name="Volgende verhaal").click()
    expect(mine.locator("article")).to_contain_text("nummer 0")
    expect(theirs.locator("article")).to_contain_text("nummer 1")
    theirs.goto(queue(project))
    expect(theirs.locator("article").first).to_contain_text("heeft dit verhaal nu voor zich")
    check(theirs, PHONE["width"])
    mine.get_by_role("button", name="06-12345678").click()
    expect(mine.locator("blockquote")).to_contain_text("[weggelaten]")
    mine.get_by_role("button", name="Publiceren").click()
    expect(mine.locator("[data-focus]")).to_have_text("Het verhaal is gepubliceerd.")
    expect(mine.locator("[data-focus]")).to_be_focused()
    check(mine, WIDE["width"])
    mine.get_by_role("button", name="Volgende verhaal").click()
    expect(mine.locator("article")).to_contain_text("nummer 2")
    assert states() == ["published", "submitted", "submitted"]


def test_everything_can_be_done_with_keys_but_never_while_typing(
    open_page: Open, project: Project, coordinator: User
) -> None:
    for number in range(3):
        builders.story(project, state="submitted", text=f"Verhaal met nummer {number}.")
    page = open_page(coordinator, WIDE)
    page.goto(queue(project))
    page.keyboard.press("p")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("article").nth(1)).to_be_focused()
    page.keyboard.press("x")
    assert page.locator("[name=chosen]:checked").count() == 1
    page.keyboard.press("z")
    page.keyboard.type("jp zag iets")
    expect(page.locator("article").nth(1).get_by_label("Wat maakt u bezorgd?")).to_have_value("jp zag iets")
    assert states() == ["submitted"] * 3
    page.locator("article").nth(2).focus()
    page.keyboard.press("p")
    expect(page.locator("article").nth(2)).to_contain_text("Het verhaal is gepubliceerd.")
    page.get_by_text("Sneltoetsen", exact=True).click()
    page.get_by_label("Sneltoetsen staan aan").uncheck()
    page.reload()
    page.locator("article").first.focus()
    page.keyboard.press("p")
    page.wait_for_timeout(300)
    assert states() == ["submitted", "submitted", "published"]
    check(page, WIDE["width"])


def test_without_scripts_the_buttons_do_all(open_page: Open, project: Project, coordinator: User) -> None:
    for number in range(2):
        builders.story(project, state="submitted", text=f"Verhaal met nummer {number}.")
    page = open_page(coordinator, PHONE, java_script_enabled=False)
    page.goto(queue(project))
    page.get_by_role("button", name="Volgende verhaal").click()
    page.get_by_role("button", name="Publiceren").click()
    expect(page.locator("#messages")).to_contain_text("Het verhaal is gepubliceerd.")
    page.get_by_role("button", name="Volgende verhaal").click()
    page.locator("summary", has_text="Zorgsignaal").click()
    page.get_by_label("Wat maakt u bezorgd?").fill("Iemand is in gevaar.")
    page.get_by_role("button", name="Maak er een zorgsignaal van").click()
    page.goto(f"/p/{project.slug}/verhalen/zorgsignalen/")
    page.get_by_label("Aan wie gaf u het door?").fill("Veilig Thuis")
    page.get_by_role("button", name="Sluit dit zorgsignaal").click()
    expect(page.locator("#messages")).to_contain_text("Het zorgsignaal is gesloten.")
    assert states() == ["published", "care"]


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_pages_around_it_are_accessible(
    open_page: Open, project: Project, coordinator: User, viewport: dict[str, int]
) -> None:
    story = builders.story(project, state="submitted", text="Mijn buurvrouw Fatima is depressief.")
    page = open_page(coordinator, viewport)
    for path in ("zorgsignalen/", "bewaren/", f"{story.pk}/logboek/", f"{story.pk}/beoordelen/"):
        page.goto(f"/p/{project.slug}/verhalen/{path}")
        check(page, viewport["width"])
