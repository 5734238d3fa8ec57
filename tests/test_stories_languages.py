"""The pages of residents in six languages; the rest of the site stays Dutch."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from projects.models import Project, User
from stories.models import Language, Story
from tests.stories_help import answers, tell, token_in

pytestmark = pytest.mark.django_db
LANGUAGES = Language.values
AN_ARAB_BROWSER: dict[str, Any] = {"HTTP_ACCEPT_LANGUAGE": "ar,en;q=0.8", "HTTP_COOKIE": "django_language=ar"}


@pytest.fixture(autouse=True)
def patient_teller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stories.suspicion.QUICKEST", 0)


def form_in(project: Project, language: str) -> str:
    return f"/buurt/{project.slug}/vertel/{language}/"


def head_of(response: Any) -> str:
    found = re.search(r"<html[^>]*>", response.content.decode())
    assert found
    return found.group()


def test_settings_and_stories_know_the_same_languages() -> None:
    assert list(Language.choices) == settings.LANGUAGES


def test_the_first_screen_names_each_language_in_itself_and_dutch_first(
    client: Client, project: Project
) -> None:
    page = client.get(f"/buurt/{project.slug}/vertel/").content.decode()
    links = re.findall(
        rf'href="/buurt/{project.slug}/vertel/(\w+)/" lang="(\w+)" dir="(\w+)"[^>]*>(.+?)</a>', page
    )
    assert links[0] == ("nl", "nl", "ltr", "Nederlands")
    assert ("ar", "ar", "rtl", "العربية") in links
    assert [link[0] for link in links] == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_its_language_and_the_story_keeps_it(
    client: Client, project: Project, language: str
) -> None:
    address = form_in(project, language)
    shown = client.get(address)
    assert f'lang="{language}"' in head_of(shown)
    assert ('dir="rtl"' in head_of(shown)) == (language == "ar")
    assert shown["Content-Language"] == language
    assert f'action="{address}#main"' in shown.content.decode()
    sent = client.post(address, answers(form_token=token_in(shown)))
    assert sent["Location"] == f"{address}verstuurd/"
    assert f'lang="{language}"' in head_of(client.get(sent["Location"]))
    assert Story.objects.get().language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_an_error_the_form_stays_in_its_language_with_everything_kept(
    client: Client, project: Project, language: str
) -> None:
    kept = {"text": "Мій двір, ساحتي, Öğle", "change": "Daha çok ışık", "place": "przy piekarni"}
    response = client.post(form_in(project, language), answers(**kept, consent=""))
    page = response.content.decode()
    assert response.status_code == 422
    assert f'lang="{language}"' in head_of(response)
    assert all(words in page for words in kept.values())
    assert 'value="leefomgeving"' in page


@pytest.mark.parametrize("language", ["de", "NL", "nl-nl", "x", "..", "%00"])
def test_another_language_is_not_found(client: Client, project: Project, language: str) -> None:
    assert client.get(form_in(project, language)).status_code == 404
    assert client.post(form_in(project, language), answers()).status_code == 404


def test_a_form_says_when_nobody_checked_its_words(client: Client, project: Project) -> None:
    words = "Deze vertaling is nog niet nagekeken door iemand die met deze taal is opgegroeid."
    assert words not in client.get(form_in(project, "nl")).content.decode()
    with translation.override("pl"):
        in_polish = gettext(words)
    assert in_polish in client.get(form_in(project, "pl")).content.decode()


def test_the_rest_of_the_site_is_dutch_whatever_a_browser_asks(
    client: Client, project: Project, coordinator: User, login: Any
) -> None:
    pages = [client.get(path, **AN_ARAB_BROWSER) for path in ("/", f"/buurt/{project.slug}/vertel/")]
    pages += [login(coordinator).get(f"/p/{project.slug}/partijen/", HTTP_ACCEPT_LANGUAGE="ar")]
    for page in pages:
        assert page.status_code == 200
        assert 'lang="nl"' in head_of(page)


def test_one_page_in_arabic_leaves_the_next_one_dutch(client: Client, project: Project) -> None:
    shown = client.get(form_in(project, "ar"))
    assert translation.get_language() == "nl"
    assert "django_language" not in shown.cookies


def test_why_a_story_is_set_apart_is_dutch_for_the_moderator(client: Client, project: Project) -> None:
    address = form_in(project, "tr")
    client.post(address, answers(form_token=token_in(client.get(address)), website="x"))
    assert Story.objects.get().reason_note.startswith("Misschien van een computer")


def test_withdrawing_goes_on_in_the_language_of_the_teller(client: Client, project: Project) -> None:
    address = f"/buurt/{project.slug}/intrekken/"
    shown = client.get(f"{address}?taal=ar")
    assert 'lang="ar" dir="rtl"' in head_of(shown)
    assert f'action="{address}?taal=ar"' in shown.content.decode()
    assert 'lang="nl"' in head_of(client.get(f"{address}?taal=xx"))


def test_who_collects_for_another_sees_dutch(project: Project, coordinator: User, login: Any) -> None:
    inside = login(coordinator)
    tell(inside, project)
    assert 'lang="nl"' in head_of(inside.get(f"/p/{project.slug}/verhalen/invoeren/"))
