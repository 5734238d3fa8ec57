"""The public form in a real browser on a small phone: with and without JavaScript, from both sides."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, expect, sync_playwright

from projects.models import Project, User
from stories.models import Place, Story
from stories.squares import Point, middle_of_square, point_of
from stories.suspicion import is_worked

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 640}
HEAVIEST = 60_000  # bytes of the first view, as they come from the server without compression
OUTLINE = {"type": "Polygon", "coordinates": [[[4.29, 52.05], [4.3, 52.05], [4.3, 52.056], [4.29, 52.05]]]}
QUESTIONS = 9


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    contexts = []

    def open_one(**options: Any) -> Page:
        context = chromium.new_context(base_url=live_server.url, viewport=PHONE, **options)  # type: ignore[arg-type]
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture(autouse=True)
def patient_teller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stories.suspicion.QUICKEST", 0)


def check(page: Page) -> None:
    """Axe finds nothing, and nobody has to scroll sideways."""
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def onward(page: Page, number: int) -> None:
    page.locator(f".vraag:visible a[href='#vraag-{number}']").first.click()


def send(page: Page) -> None:
    page.locator("#vraag-9 .vraag__knoppen button:visible").last.click()
    page.wait_for_load_state()


@pytest.mark.parametrize("language", ["nl", "ar"])
@pytest.mark.parametrize("script", [True, False])
def test_a_story_is_told_and_taken_back_with_one_thumb(
    open_page: Callable[..., Page], project: Project, script: bool, language: str
) -> None:
    look = check if script else lambda page: None  # axe itself needs JavaScript
    page = open_page(java_script_enabled=script)
    page.goto(f"/buurt/{project.slug}/vertel/")
    look(page)
    page.locator(f"a[hreflang={language}]").click()
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else None)
    assert page.locator(".vraag:visible").count() == 1
    if language == "nl":
        box = page.get_by_role("link", name="Verder").bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["y"] + box["height"] <= PHONE["height"]
    look(page)
    page.locator("#id_text").fill("Het plein is donker na zes uur.")
    onward(page, 2)
    page.locator("[name=about][value=leefomgeving]").check()
    page.go_back()
    assert page.locator("#id_text").input_value() == "Het plein is donker na zes uur."
    page.go_forward()
    for number in range(3, QUESTIONS + 1):
        look(page)
        onward(page, number)
        assert page.locator(".vraag:visible").count() == 1
        if number == 3:
            page.locator("[name=frequency][value=vaak]").check()
        if number == 4:
            page.locator("[name=feeling][value=slecht]").check()
        if number == 5:
            page.locator("#id_change").fill("Meer licht.")
    look(page)
    send(page)
    assert page.locator("#fouten").is_visible()
    assert page.locator("#id_text").input_value() == "Het plein is donker na zes uur."
    look(page)
    page.locator("[name=consent]").check()
    send(page)
    assert page.url.endswith(f"/vertel/{language}/verstuurd/#main")
    look(page)
    story = Story.objects.get()
    assert (story.frequency, story.feeling, story.change, story.language, story.state) == (
        "vaak",
        "slecht",
        "Meer licht.",
        language,
        "submitted",
    )
    code = page.locator(".code-kaart__code").inner_text()
    page.goto(f"/buurt/{project.slug}/intrekken/?taal={language}#code={code}")
    if script:
        assert page.locator("#id_code").input_value() == code
        assert "#" not in page.url
    page.locator("#id_code").fill(code.lower())
    page.locator("main form button").click()
    assert page.get_by_text("Het plein is donker na zes uur.").is_visible()
    look(page)
    page.locator("main form button").click()
    page.wait_for_load_state()
    assert not Story.objects.exists()


@pytest.mark.parametrize("address", ["", "nl/", "ar/"])
def test_the_first_view_weighs_less_than_60_kb(
    open_page: Callable[..., Page], project: Project, address: str
) -> None:
    page = open_page()
    came: list[Response] = []
    page.on("response", lambda response: came.append(response))
    page.goto(f"/buurt/{project.slug}/vertel/{address}", wait_until="networkidle")
    weights = {response.url: len(response.body()) for response in came}
    assert any(url.endswith("app.css") for url in weights)
    assert not any("leaflet" in url or "woff" in url for url in weights)
    assert sum(weights.values()) < HEAVIEST, weights


def test_what_was_typed_waits_on_this_device_until_it_is_sent(
    open_page: Callable[..., Page], project: Project
) -> None:
    page = open_page()
    address = f"/buurt/{project.slug}/vertel/nl/"
    page.goto(address)
    assert page.locator("[data-draft]").is_hidden()
    page.locator("#id_text").fill("Half een verhaal")
    page.get_by_text("Uw tekst staat alleen op dit toestel").wait_for()
    page.locator("[name=consent]").evaluate("box => { box.checked = true; }")
    page.locator("[name=age]").first.evaluate("box => { box.checked = true; }")
    page.reload()
    page.get_by_text("Dit schreef u eerder op dit toestel.").wait_for()
    assert page.locator("#id_text").input_value() == "Half een verhaal"
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "Half een verhaal" in kept
    assert not any(name in kept for name in ("consent", "age", "photo", "about"))
    page.goto(f"/buurt/{project.slug}/vertel/tr/")
    assert page.locator("#id_text").input_value() == ""
    page.goto(address)
    page.get_by_role("button", name="Wissen").click()
    assert page.locator("#id_text").input_value() == ""
    assert page.evaluate("localStorage.length") == 0
    page.get_by_text("Uw tekst is van dit toestel gewist.").wait_for()
    check(page)


def test_the_device_is_empty_after_sending_and_the_sum_came_along(
    open_page: Callable[..., Page], project: Project
) -> None:
    page = open_page()
    page.goto(f"/buurt/{project.slug}/vertel/nl/")
    page.locator("#id_text").fill("Een heel verhaal")
    page.get_by_text("Uw tekst staat alleen op dit toestel").wait_for()
    expect(page.locator("[name=work]")).not_to_have_value("", timeout=20_000)
    token, work = (page.locator(f"[name={name}]").input_value() for name in ("form_token", "work"))
    assert is_worked(token, work)
    assert hashlib.sha256(f"{token.rpartition(':')[2]}:{work}".encode()).hexdigest().startswith("00")
    for number in range(2, QUESTIONS + 1):
        onward(page, number)
        for name in ("about", "feeling", "consent"):
            box = page.locator(f".vraag:visible [name={name}]")
            if box.count():
                box.first.check()
    send(page)
    assert page.evaluate("localStorage.length") == 0
    assert Story.objects.get().text == "Een heel verhaal"


@pytest.fixture
def drawn(project: Project) -> Place:
    """The project with an outline and one public place."""
    area = project.areas.get()
    type(area).objects.filter(pk=area.pk).update(geometry=OUTLINE)
    return Place.objects.create(project=project, name="Het plein", kind="plein", lat=52.053, lon=4.297)


def test_a_tap_on_the_map_sends_a_square_and_never_a_point(
    open_page: Callable[..., Page], project: Project, drawn: Place
) -> None:
    page = open_page()
    page.goto(f"/buurt/{project.slug}/vertel/nl/#vraag-6")
    check(page)
    page.get_by_role("button", name="Wijs het aan op de kaart").click()
    page.locator(".leaflet-container").wait_for()
    page.locator("[data-box]").click(position={"x": 60, "y": 60})
    page.get_by_text("U koos een vak van ongeveer 100 bij 100 meter").wait_for()
    point = point_of(page.locator("#id_point").input_value())
    assert point
    assert middle_of_square(point) == point
    check(page)
    page.get_by_role("button", name="Kies het midden").press("Enter")
    assert page.locator("#id_point").input_value() != str(point)
    page.locator("#id_spot").select_option(label="Het plein")
    assert page.locator("#id_point").input_value() == ""
    page.get_by_role("button", name="Kies het midden").press("Enter")
    assert page.locator("#id_spot").input_value() == ""
    page.get_by_role("button", name="Haal de plek weg").click()
    assert page.locator("#id_point").input_value() == ""
    page.locator(".puntkaart__plek").click()
    assert page.locator("#id_spot").input_value() == str(drawn.pk)
    check(page)


def test_the_kernteam_points_at_a_place_and_a_street(
    open_page: Callable[..., Page],
    project: Project,
    drawn: Place,
    colleague: User,
    login: Any,
    live_server: Any,
) -> None:
    page = open_page()
    session = login(colleague).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"/p/{project.slug}/verhalen/plekken/kaart/")
    check(page)
    page.get_by_role("link", name="Plek toevoegen").click()
    check(page)
    page.get_by_label("Naam").fill("De markt")
    page.get_by_label("Soort plek").select_option("winkels")
    page.get_by_role("button", name="Wijs het aan op de kaart").click()
    page.locator(".leaflet-container").wait_for()
    page.locator("[data-box]").click(position={"x": 60, "y": 60})
    exact = page.get_by_label("Waar op de kaart?").input_value()
    check(page)
    page.get_by_label("Soort plek").select_option("straat")
    squared = page.get_by_label("Waar op de kaart?").input_value()
    found, rounded = point_of(exact), point_of(squared)
    assert found
    assert rounded == middle_of_square(found)
    page.get_by_role("button", name="Bewaren").click()
    page.get_by_text("De markt staat nu op de lijst.").wait_for()
    place = Place.objects.get(name="De markt")
    assert Point(place.lat or 0, place.lon or 0) == rounded
    check(page)


def test_a_map_that_cannot_come_leaves_the_words(
    open_page: Callable[..., Page], project: Project, drawn: Place
) -> None:
    page = open_page()
    page.route("**/leaflet.js", lambda route: route.abort())
    page.goto(f"/buurt/{project.slug}/vertel/nl/#vraag-6")
    page.get_by_role("button", name="Wijs het aan op de kaart").click()
    page.get_by_text("De kaart lukt nu niet. Schrijf in woorden waar het is.").wait_for()
    check(page)
