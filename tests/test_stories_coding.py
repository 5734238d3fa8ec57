"""Coding: passages, themes of several people, and the page of a story."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from core.errors import Conflict, DomainError
from core.models import Record
from projects.models import Project, User
from stories.actions.coding import code_passage, code_quote
from stories.actions.themes import add_theme
from stories.models import CodingStep, Quote, QuoteTheme, Story, Theme
from tests import builders

pytestmark = pytest.mark.django_db
type Login = Callable[[User], Client]
TEXT = "Het plein is donker na zes uur. Mijn dochter durft er niet heen. De lift doet het wel."


@pytest.fixture
def story(project: Project) -> Story:
    return builders.story(project, text=TEXT, about="veiligheid")


def page_of(story: Story) -> str:
    return f"/p/{story.project.slug}/verhalen/{story.pk}/"


def span(words: str, text: str = TEXT) -> dict[str, Any]:
    return {"start": text.index(words), "end": text.index(words) + len(words)}


def theme_of(project: Project, name: str, **fields: Any) -> Theme:
    return Theme.objects.create(project=project, name=name, **fields)


def given(quote: Quote) -> set[tuple[str, str]]:
    return {(one.theme.name, str(one.coded_by)) for one in quote.codings.select_related("theme", "coded_by")}


def test_a_passage_becomes_a_quote_with_themes_and_a_chapter(
    story: Story, login: Login, colleague: User
) -> None:
    known = theme_of(story.project, "donker plein")
    data = {**span("Het plein is donker"), "themes": [known.pk], "new_themes": ["  dochter   thuis "]}
    made = login(colleague).post(page_of(story), {**data, "chapter": "leefomgeving"})
    assert (made.status_code, made["Location"]) == (302, page_of(story))
    quote = Quote.objects.get()
    assert (quote.text, quote.chapter, quote.about) == ("Het plein is donker", "leefomgeving", "leefomgeving")
    assert quote.made_by == colleague
    assert given(quote) == {("donker plein", str(colleague)), ("dochter thuis", str(colleague))}
    assert CodingStep.objects.get().verb == "quote"
    assert Record.objects.filter(verb="code", kind="stories.quote").count() == 1


def test_the_chapter_of_the_story_is_not_written_twice(story: Story, colleague: User) -> None:
    quote = code_passage(story, **span("plein"), chapter="veiligheid", by=colleague)
    assert (quote.chapter, quote.about) == ("", "veiligheid")


def test_a_second_click_makes_nothing_twice(story: Story, login: Login, colleague: User) -> None:
    client = login(colleague)
    data = {**span("donker"), "new_themes": ["donker plein"]}
    for _ in range(2):
        assert client.post(page_of(story), data).status_code == 302
    assert Quote.objects.count() == Theme.objects.count() == QuoteTheme.objects.count() == 1
    assert CodingStep.objects.count() == 1


def test_spaces_around_a_passage_do_not_count(story: Story, colleague: User) -> None:
    first = code_passage(story, **span("plein"), by=colleague)
    second = code_passage(story, **span(" plein "), by=colleague)
    assert first == second
    with pytest.raises(DomainError):
        code_passage(story, **span(" "), by=colleague)


def test_a_theme_is_found_whatever_its_capitals(story: Story, colleague: User) -> None:
    theme_of(story.project, "Donker plein")
    code_passage(story, **span("plein"), new_themes=["donker PLEIN"], by=colleague)
    assert Theme.objects.count() == 1


def test_each_coder_has_their_own_themes(story: Story, colleague: User, coordinator: User) -> None:
    dark, lift = (theme_of(story.project, name) for name in ("donker", "lift"))
    quote = code_passage(story, **span("plein"), themes=[dark.pk], by=colleague)
    code_quote(quote, chapter="", themes=[dark.pk, lift.pk], by=coordinator)
    assert given(quote) == {
        ("donker", str(colleague)),
        ("donker", str(coordinator)),
        ("lift", str(coordinator)),
    }
    code_quote(quote, chapter="", themes=[], by=coordinator)
    assert given(quote) == {("donker", str(colleague))}


def test_themes_of_a_quote_are_changed_on_its_page(story: Story, login: Login, colleague: User) -> None:
    dark = theme_of(story.project, "donker")
    quote = code_passage(story, **span("plein"), themes=[dark.pk], by=colleague)
    client, address = login(colleague), f"{page_of(story)}citaat/{quote.pk}/"
    assert "checked" in client.get(address).content.decode()
    sent = client.post(address, {"chapter": "wonen", "new_themes": ["licht"]})
    assert sent["Location"] == page_of(story)
    assert given(quote) == {("licht", str(colleague))}
    quote.refresh_from_db()
    assert quote.chapter == "wonen"


@pytest.mark.parametrize(
    "data",
    [
        {"start": "5", "end": "5"},
        {"start": "0", "end": "99999"},
        {"start": "x", "end": "9"},
        {"start": "-1", "end": "9"},
        {"start": "0", "end": "9", "themes": "999999"},
        {"start": "0", "end": "9", "themes": "\x00"},
        {"start": "0", "end": "9", "chapter": "politiek"},
        {"start": "0", "end": "9", "new_themes": "a" * 61},
        {"start": "0", "end": "9", "new_themes": [f"thema {n}" for n in range(11)]},
    ],
)
def test_nonsense_is_told_beside_the_field(
    story: Story, login: Login, colleague: User, data: dict[str, Any]
) -> None:
    assert login(colleague).post(page_of(story), data).status_code in (409, 422)
    assert not Quote.objects.exists()
    assert not Theme.objects.exists()


def test_what_was_chosen_stays_when_the_form_is_refused(story: Story, login: Login, colleague: User) -> None:
    known = theme_of(story.project, "donker")
    data = {"first": "3", "last": "1", "themes": [known.pk], "new_themes": ["lift"]}
    page = login(colleague).post(page_of(story), data).content.decode()
    assert "Kies een zin die niet voor de eerste staat." in page
    assert f'name="themes" value="{known.pk}" checked' in page
    assert 'value="lift" checked' in page


def test_a_theme_of_another_project_is_no_choice(story: Story, login: Login, colleague: User) -> None:
    other = theme_of(builders.project(), "van elders")
    client = login(colleague)
    assert "van elders" not in client.get(page_of(story)).content.decode()
    assert client.post(page_of(story), {**span("plein"), "themes": [other.pk]}).status_code == 422
    with pytest.raises(Conflict):
        code_passage(story, **span("plein"), themes=[other.pk], by=colleague)
    assert not QuoteTheme.objects.exists()


def test_a_story_that_was_taken_back_is_not_coded(story: Story, colleague: User) -> None:
    quote = code_passage(story, **span("plein"), by=colleague)
    Story.objects.update(state="held")
    with pytest.raises(Conflict):
        code_passage(story, **span("lift"), by=colleague)
    with pytest.raises(Conflict):
        code_quote(quote, chapter="", themes=[], by=colleague)


def test_overlapping_quotes_are_shown_with_number_and_underline(
    story: Story, login: Login, colleague: User, reader: User
) -> None:
    code_passage(story, **span("Het plein is donker"), new_themes=["donker"], by=colleague)
    code_passage(story, **span("donker na zes uur"), by=colleague)
    page = login(reader).get(page_of(story)).content.decode()
    assert '<mark class="citaat citaat--1" data-start="0">Het plein is </mark>' in page
    assert '<mark class="citaat citaat--2" data-start="13">donker</mark>' in page
    assert 'href="#citaat-2"' in page
    assert str(colleague) in page
    assert "markeerbalk" not in page
    assert "Maak citaat" not in page


def test_hostile_words_in_themes_are_shown_harmless(story: Story, login: Login, colleague: User) -> None:
    client = login(colleague)
    client.post(page_of(story), {**span("plein"), "new_themes": ["<script>alert(1)</script>\u202e"]})
    for address in (page_of(story), f"/p/{story.project.slug}/verhalen/themas/"):
        assert b"<script>alert" not in client.get(address).content
    assert Theme.objects.get().name == "<script>alert(1)</script>"


def test_the_cast_on_themes_of_a_quote(
    client: Client,
    story: Story,
    login: Login,
    coordinator: User,
    colleague: User,
    reader: User,
    outsider: User,
) -> None:
    quote = code_passage(story, **span("plein"), by=colleague)
    address = f"{page_of(story)}citaat/{quote.pk}/"
    assert client.post(address)["Location"].startswith("/account/login/")
    assert login(outsider).post(address).status_code == 404
    assert login(reader).get(address).status_code == login(reader).post(address).status_code == 403
    assert login(coordinator).put(address).status_code == 405
    assert login(coordinator).post(address, {"chapter": ""}).status_code == 302
    maybe = f"{page_of(story)}misschien/?start=0&end=9"
    assert login(reader).get(maybe).status_code == 403
    assert login(outsider).get(maybe).status_code == 404
    assert login(colleague).post(maybe).status_code == 405
    assert login(colleague).get(maybe).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_story_asks_the_same_number_of_questions(
    story: Story, login: Login, colleague: User, coordinator: User, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        quote = code_passage(story, start=number, end=number + 5, new_themes=[f"t{number}"], by=colleague)
        code_quote(quote, chapter="", themes=[], new_themes=[f"u{number}"], by=coordinator)
    client = login(colleague)
    with django_assert_num_queries(9):
        client.get(page_of(story))


def test_a_theme_cannot_be_made_twice(project: Project, colleague: User) -> None:
    add_theme(project, name="Donker", by=colleague)
    with pytest.raises(DomainError):
        add_theme(project, name="donker", by=colleague)
