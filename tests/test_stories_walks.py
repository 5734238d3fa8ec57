"""A walk on a phone: stops go in one by one, once, and wait on the phone when there is no connection."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import BrowserContext, expect, sync_playwright

from projects.models import Project, User
from stories.actions import gathering
from stories.models import Buurtwandeling, Story
from tests import builders
from tests.stories_help import jpeg, token_in, upload
from tests.test_stories_gatherings import walk_of

pytestmark = pytest.mark.django_db(transaction=True)
type Login = Callable[[User], Client]
HALTE = {"X-Halte": "1"}


@pytest.fixture
def collector(project: Project) -> User:
    return builders.member(project, "verzamelaar")


@pytest.fixture
def walk(project: Project, coordinator: User) -> Buurtwandeling:
    return walk_of(project, coordinator, name="Langs de singel")


def on_the_way(walk: Buurtwandeling) -> str:
    return f"/p/{walk.project.slug}/verhalen/wandelingen/{walk.pk}/onderweg/"


def stop(
    client: Client, walk: Buurtwandeling, *, token: str = "", headers: Any = None, **changes: Any
) -> Any:
    token = token or token_in(client.get(on_the_way(walk)))
    data = {"text": "De bank is stuk.", "about": "leefomgeving", "feeling": "slecht", "form_token": token}
    return client.post(on_the_way(walk), {**data, **changes}, headers=headers)


def test_a_collector_enters_stop_after_stop(walk: Buurtwandeling, collector: User, login: Login) -> None:
    client = login(collector)
    for number in (1, 2):
        page = client.get(stop(client, walk, text=f"Halte met {number}.")["Location"])
        assert re.search(
            rf"Halte {number} is verstuurd. Code om hem in te trekken: \w{{4}}-", page.content.decode()
        )
    told = list(Story.objects.order_by("walk_stop"))
    assert [(story.walk_stop, story.walk, story.door) for story in told] == [
        (1, walk, "buurtwandeling"),
        (2, walk, "buurtwandeling"),
    ]
    assert {story.state for story in told} == {"submitted"}
    assert told[0].entered_by == collector


def test_a_phone_sends_each_stop_once_however_often_it_tries(
    walk: Buurtwandeling, collector: User, login: Login
) -> None:
    client = login(collector)
    token = token_in(client.get(on_the_way(walk)))
    first = stop(client, walk, token=token, headers=HALTE, stop="a" * 32).json()
    again = stop(client, walk, token=token, headers=HALTE, stop="a" * 32).json()
    other = stop(client, walk, token=token, headers=HALTE, stop="b" * 32, text="Mooi.").json()
    assert first == again
    assert (first["stop"], other["stop"]) == (1, 2)
    assert first["code"] != other["code"]
    assert Story.objects.count() == 2


def test_the_place_of_the_phone_is_kept_as_a_square(
    walk: Buurtwandeling, collector: User, login: Login
) -> None:
    stop(login(collector), walk, point="52.05123, 4.29321", photo=upload(jpeg()), caption="De bank")
    story = Story.objects.get()
    assert story.lat != 52.05123
    assert abs((story.lat or 0) - 52.05123) < 0.001
    assert story.photo.caption == "De bank"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": ""}, "Schrijf op wat u ziet of hoort."),
        ({"about": ""}, "Kies waar het over gaat."),
        ({"stop": "<script>"}, "Laad de pagina opnieuw."),
        ({"form_token": "x"}, "Dit formulier was te oud."),
    ],
)
def test_what_is_wrong_is_said_on_the_page_and_to_the_phone(
    walk: Buurtwandeling, collector: User, login: Login, changes: dict[str, str], said: str
) -> None:
    client = login(collector)
    page = stop(client, walk, place="Bij de brug", **changes)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert "Bij de brug" in page.content.decode()
    answer = stop(client, walk, headers=HALTE, **changes)
    assert answer.status_code == 422
    assert said in " ".join(answer.json()["errors"])
    assert not Story.objects.exists()


def test_only_who_collects_walks_along(
    walk: Buurtwandeling, reader: User, outsider: User, colleague: User, login: Login
) -> None:
    for path in (on_the_way(walk), on_the_way(walk) + "werker.js"):
        assert login(reader).get(path).status_code == 403
        assert login(outsider).get(path).status_code == 404
        assert login(colleague).get(path).status_code == 200
        assert login(colleague).put(path).status_code == 405
    assert login(reader).post(on_the_way(walk)).status_code == 403
    assert login(outsider).post(on_the_way(walk)).status_code == 404


def test_a_walk_of_another_project_or_that_is_gone_is_not_there(
    walk: Buurtwandeling, project: Project, coordinator: User, login: Login
) -> None:
    elsewhere = walk_of(builders.project(), coordinator)
    path = f"/p/{project.slug}/verhalen/wandelingen/{elsewhere.pk}/onderweg/"
    assert login(coordinator).get(path).status_code == 404
    client = login(coordinator)
    token = token_in(client.get(on_the_way(walk)))
    address = on_the_way(walk)
    gathering.delete_gathering(walk, by=coordinator)
    assert client.post(address, {"text": "Te laat.", "form_token": token}, headers=HALTE).status_code == 404


def test_the_worker_names_the_page_and_its_files(walk: Buurtwandeling, collector: User, login: Login) -> None:
    response = login(collector).get(on_the_way(walk) + "werker.js")
    assert response["Content-Type"].startswith("text/javascript")
    found = re.search(r"const FILES = (\[.*\]);", response.content.decode())
    assert found
    files = json.loads(found.group(1))
    assert files[0] == on_the_way(walk)
    assert any(file.endswith("stories_walk.js") for file in files)


@pytest.fixture
def phone(live_server: Any, login: Login, collector: User) -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": 360, "height": 640},
            geolocation={"latitude": 52.0512, "longitude": 4.2932},
            permissions=["geolocation"],
        )
        session = login(collector).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        yield context
        context.close()
        browser.close()


def fill(page: Any, text: str) -> None:
    page.get_by_label("Wat ziet of hoort u hier?").fill(text)
    page.get_by_label("De straat: groen").check()
    page.get_by_label("Niet goed, dit moet anders").check()


@pytest.mark.journey
def test_stops_wait_on_the_phone_and_go_when_there_is_a_connection(
    phone: BrowserContext, walk: Buurtwandeling, collector: User, tmp_path: Any
) -> None:
    picture = tmp_path / "bank.jpg"
    picture.write_bytes(jpeg())
    page = phone.new_page()
    page.goto(on_the_way(walk))
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    status = page.locator("#rij-stand")
    fill(page, "De bank is stuk.")
    page.get_by_role("button", name="Gebruik de plek waar ik nu ben").click()
    expect(status).to_contain_text("Uw plek is gevonden.")
    page.get_by_role("button", name="Bewaar deze halte").click()
    expect(status).to_contain_text("Verstuurd: halte 1")
    phone.set_offline(True)
    for text in ("De vijver stinkt.", "De school is mooi."):
        fill(page, text)
        page.get_by_label("Foto", exact=False).first.set_input_files(picture)
        page.get_by_role("button", name="Bewaar deze halte").click()
        expect(page.locator("#rij-haltes")).to_contain_text(text)
    expect(status).to_contain_text("Nog niet verstuurd, maar bewaard op deze telefoon: 2")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.reload()
    expect(page.locator("#rij-haltes li")).to_have_count(2)
    assert Story.objects.count() == 1
    phone.set_offline(False)
    page.get_by_role("button", name="Nu versturen").click()
    expect(page.locator("#rij-haltes li")).to_have_count(0)
    expect(status).to_contain_text("Verstuurd: halte 3")
    told = list(Story.objects.order_by("walk_stop"))
    assert [story.text for story in told] == ["De bank is stuk.", "De vijver stinkt.", "De school is mooi."]
    assert told[0].lat is not None
    assert told[1].photo
    page.close()
