"""Marking and tagging in a real browser: with the mouse, a finger's selection, the keyboard, and without a script."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from projects.models import Project, User
from stories.actions.coding import code_passage
from stories.models import Quote, Story, Theme
from tests import builders

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TEXT = "Het plein 🙂 is donker na zes uur.\n\nMijn dochter durft er niet heen. De lift is stuk."
PHONE, LAPTOP = {"width": 360, "height": 640}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    contexts = []

    def open_one(client: Client, **options: Any) -> Page:
        context = chromium.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def story(project: Project, coordinator: User) -> Story:
    told = builders.story(project, text=TEXT)
    start = TEXT.index("donker")
    code_passage(told, start=start, end=start + 16, new_themes=["donker plein"], by=coordinator)
    return told


def address(story: Story) -> str:
    return f"/p/{story.project.slug}/verhalen/{story.pk}/"


def check(page: Page) -> None:
    """Axe finds nothing, and nobody has to scroll sideways."""
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


BOX = """([from, to]) => {
  const walk = document.createTreeWalker(document.getElementById("verhaaltekst"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let found = 0;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.parentElement.closest("[data-niet]")) continue;
    if (node.data.includes(from)) { range.setStart(node, node.data.indexOf(from)); found += 1; }
    if (node.data.includes(to)) { range.setEnd(node, node.data.indexOf(to) + to.length); found += 1; }
  }
  const boxes = [...range.getClientRects()].filter((box) => box.width > 2);
  const [first, last] = [boxes[0], boxes[boxes.length - 1]];
  return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
}"""


def drag(page: Page, first: str, last: str) -> None:
    left, top, right, bottom = page.evaluate(BOX, [first, last])
    page.mouse.move(left + 1, top)
    page.mouse.down()
    page.mouse.move(right, bottom, steps=6)
    page.mouse.up()


def test_a_passage_is_marked_with_the_mouse_and_tagged(
    open_page: Callable[..., Page], story: Story, colleague: User, login: Callable[[User], Client]
) -> None:
    Theme.objects.create(project=story.project, name="veilig naar huis")
    page = open_page(login(colleague), viewport=LAPTOP)
    page.goto(address(story))
    check(page)
    drag(page, "plein 🙂", "donker")
    page.get_by_role("toolbar").get_by_role("button", name="Maak citaat").click()
    page.get_by_text("“plein 🙂 is donker”").wait_for()
    page.get_by_text("misschien:").first.wait_for()
    assert "door de woorden" in page.locator("#misschien").inner_text()
    assert page.evaluate("document.activeElement.id") == "zoek-thema"
    page.keyboard.type("veilig")
    assert page.locator("[data-lijst] li:visible").count() == 1
    page.keyboard.press("Enter")
    page.keyboard.type("op het plein")
    page.keyboard.press("Enter")
    page.locator("#misschien").get_by_role("checkbox").first.check()
    check(page)
    page.locator("#citaat-maken").get_by_role("button", name="Maak citaat").click()
    page.get_by_text("Het citaat is gemaakt.").wait_for()
    quote = Quote.objects.get(made_by=colleague)
    assert quote.text == "plein 🙂 is donker"
    names = set(quote.themes.values_list("name", flat=True))
    assert names == {"veilig naar huis", "op het plein", "donker plein"}
    assert page.locator("mark.citaat--2").inner_text() == "donker"
    check(page)
    page.get_by_role("button", name="Terugdraaien").click()
    page.get_by_text("De stap is teruggedraaid").first.wait_for()
    assert not Quote.objects.filter(made_by=colleague).exists()
    check(page)


def test_a_passage_is_marked_with_the_keyboard(
    open_page: Callable[..., Page], story: Story, colleague: User, login: Callable[[User], Client]
) -> None:
    page = open_page(login(colleague), viewport=LAPTOP)
    page.goto(address(story))
    page.locator("#verhaaltekst").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("getSelection().toString().trim()") == "Het"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("getSelection().toString().trim()") == "plein"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    page.get_by_text("“Het plein”").wait_for()
    page.keyboard.type("plein")
    page.keyboard.press("Enter")
    page.locator("#citaat-maken").get_by_role("button", name="Maak citaat").press("Enter")
    page.get_by_text("Het citaat is gemaakt.").wait_for()
    assert Quote.objects.get(made_by=colleague).text == "Het plein"


def test_a_passage_is_marked_with_a_finger_on_a_phone(
    open_page: Callable[..., Page], story: Story, colleague: User, login: Callable[[User], Client]
) -> None:
    page = open_page(login(colleague), viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(address(story))
    check(page)
    page.evaluate(  # what the phone does after a long press
        """() => { const text = [...document.querySelectorAll("[data-start]")].pop().firstChild;
        getSelection().setBaseAndExtent(text, text.data.indexOf("Mijn"), text, text.data.indexOf("heen.") + 5); }"""
    )
    button = page.get_by_role("toolbar").get_by_role("button", name="Maak citaat")
    button.wait_for()
    box = button.bounding_box()
    assert box
    assert box["height"] >= 44
    button.tap()
    page.get_by_text("“Mijn dochter durft er niet heen.”").wait_for()
    check(page)
    page.locator("#citaat-maken").get_by_role("button", name="Maak citaat").tap()
    page.get_by_text("Het citaat is gemaakt.").wait_for()
    assert Quote.objects.get(made_by=colleague).text == "Mijn dochter durft er niet heen."
    check(page)


def test_without_a_script_sentences_and_ticks_do_it_all(
    open_page: Callable[..., Page], story: Story, colleague: User, login: Callable[[User], Client]
) -> None:
    page = open_page(login(colleague), viewport=PHONE, java_script_enabled=False)
    page.goto(address(story))
    page.get_by_label("Van zin").select_option(index=1)
    page.get_by_label("Tot en met zin").select_option(index=1)
    page.get_by_label("donker plein").check()
    page.get_by_role("textbox", name="Nieuw thema").fill("angst")
    page.get_by_role("button", name="Maak citaat").click()
    quote = Quote.objects.get(made_by=colleague)
    assert quote.text == "Mijn dochter durft er niet heen."
    assert set(quote.themes.values_list("name", flat=True)) == {"donker plein", "angst"}


def test_the_codebook_is_kept_on_a_phone(
    open_page: Callable[..., Page], story: Story, colleague: User, login: Callable[[User], Client]
) -> None:
    Theme.objects.create(project=story.project, name="lantaarns")
    base = f"/p/{story.project.slug}/verhalen/themas/"
    page = open_page(login(colleague), viewport=PHONE)
    page.goto(base)
    check(page)
    page.get_by_label("Zoeken").fill("lant")
    page.get_by_role("button", name="Zoek").click()
    page.get_by_text("1 thema gevonden.").wait_for()
    check(page)
    page.goto(base)
    for name in ("Kies lantaarns", "Kies donker plein"):
        page.get_by_label(name).check()
    page.get_by_role("button", name="Voeg gekozen thema’s samen").click()
    check(page)
    page.get_by_role("button", name="Voeg samen").click()
    page.get_by_text("De thema’s zijn samengevoegd").wait_for()
    check(page)
    theme = Theme.objects.get()
    for path in (
        f"{theme.pk}/splitsen/",
        f"{theme.pk}/weg/",
        f"{theme.pk}/veranderen/",
        "stappen/",
        "inlezen/",
    ):
        page.goto(base + path)
        check(page)
