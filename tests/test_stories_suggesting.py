"""Suggestions of themes: by words, told with their words, and never more than that."""

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.models import Project, User
from stories.actions.coding import code_passage
from stories.coding.highlights import Marked, stretches
from stories.coding.suggesting import LEAST, MOST, Described, meaningful, profile, suggest
from stories.coding.suggestions import forget_profiles, stems, suggestions_for
from stories.models import Story, Theme
from tests import builders

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
type Login = Callable[[User], Client]
WORDS = st.sampled_from(
    [
        "plein",
        "donker",
        "lantaarn",
        "lift",
        "trap",
        "huur",
        "vocht",
        "buren",
        "soep",
        "eenzaam",
        "fiets",
        "school",
    ]
)
TEXTS = st.lists(WORDS, max_size=8)
THEMES = st.lists(st.tuples(TEXTS, TEXTS), max_size=6)
CODED = st.lists(st.tuples(st.sets(st.integers(0, 5), min_size=1, max_size=3), TEXTS), max_size=20)


@pytest.fixture(autouse=True)
def nothing_in_memory() -> None:
    forget_profiles()


def stems_of(theme: Described) -> set[str]:
    return set(f"{theme.name} {theme.description}".split())


def described(themes: list[tuple[list[str], list[str]]]) -> list[Described]:
    return [Described(key, " ".join(name), " ".join(text)) for key, (name, text) in enumerate(themes)]


@unhurried
@given(TEXTS, THEMES, CODED)
def test_a_suggestion_names_words_of_the_passage_that_the_theme_has(
    words: list[str], themes: list[tuple[list[str], list[str]]], coded: list[tuple[set[int], list[str]]]
) -> None:
    passage = {word: word for word in words}
    found = suggest(passage, described(themes), profile(coded), stems_of)
    assert len(found) <= MOST
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    for one in found:
        said = stems_of(described(themes)[one.key])
        said.update(*(text for keys, text in coded if one.key in keys))
        assert one.words
        assert set(one.words) <= set(words) & said
        assert LEAST <= one.score <= 1


@unhurried
@given(TEXTS, THEMES, CODED)
def test_the_order_in_which_people_worked_does_not_matter(
    words: list[str], themes: list[tuple[list[str], list[str]]], coded: list[tuple[set[int], list[str]]]
) -> None:
    passage = {word: word for word in words}
    there = suggest(passage, described(themes), profile(coded), stems_of)
    back = suggest(dict(reversed(passage.items())), described(themes)[::-1], profile(coded[::-1]), stems_of)
    assert [(one.key, one.words) for one in there] == [(one.key, one.words) for one in back]


@unhurried
@given(THEMES, CODED)
def test_without_words_there_is_no_suggestion(
    themes: list[tuple[list[str], list[str]]], coded: list[tuple[set[int], list[str]]]
) -> None:
    assert suggest({}, described(themes), profile(coded), stems_of) == []


@unhurried
@given(TEXTS.filter(bool), THEMES, CODED)
def test_a_theme_without_a_common_word_is_never_proposed(
    words: list[str], themes: list[tuple[list[str], list[str]]], coded: list[tuple[set[int], list[str]]]
) -> None:
    passage = {f"{word}x": word for word in words}
    assert suggest(passage, described(themes), profile(coded), stems_of) == []


@unhurried
@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-2, 70), st.integers(-2, 70)), max_size=8))
def test_a_text_with_highlights_is_still_that_text(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Marked(number, *span) for number, span in enumerate(spans, 1)]
    cut = stretches(text, marks)
    assert "".join(piece.text for piece in cut) == text
    place = 0
    for piece in cut:
        assert (piece.start, bool(piece.text)) == (place, True)
        place += len(piece.text)
    for mark in marks:
        whole = 0 <= mark.start < mark.end <= len(text)
        shown = "".join(piece.text for piece in cut if mark.number in piece.numbers)
        assert shown == (text[mark.start : mark.end] if whole else "")
        assert sum(mark.number in piece.opens for piece in cut) == whole


def test_small_words_and_what_was_left_out_say_nothing() -> None:
    assert meaningful(["het", "is", "donker", "op", "12", "plein", "er"]) == ["donker", "plein"]
    assert stems("De speeltuinen, en [weggelaten]: een Speeltuin!") == {"speeltuin": "speeltuinen"}


@pytest.mark.django_db
def test_what_was_coded_before_is_proposed_with_its_words(
    project: Project, colleague: User, login: Login
) -> None:
    for text in ("De lantaarns zijn stuk.", "Zonder lantaarn is het eng."):
        story = builders.story(project, text=text)
        code_passage(story, start=0, end=len(text), new_themes=["donker plein"], by=colleague)
    other = builders.story(project, text="De soep was lekker.")
    code_passage(other, start=0, end=19, new_themes=["samen eten"], by=colleague)
    forget_profiles()
    found = suggestions_for(project, "Weer geen lantaarn die brandt.")
    assert [(one.name, one.words) for one in found] == [("donker plein", ("lantaarn",))]
    story = builders.story(project, text="Weer geen lantaarn die brandt.")
    address = f"/p/{project.slug}/verhalen/{story.pk}/misschien/?start=0&end=30"
    part = login(colleague).get(address, headers={"HX-Request": "true"}).content.decode()
    assert "misschien:" in part
    assert "door het woord" in part
    assert "lantaarn" in part
    assert "<html" not in part


@pytest.mark.django_db
def test_words_of_a_story_that_is_not_public_do_not_count(project: Project, colleague: User) -> None:
    story = builders.story(project, text="De lantaarns zijn stuk.")
    code_passage(story, start=0, end=23, new_themes=["plein"], by=colleague)
    Story.objects.update(state="held")
    forget_profiles()
    assert suggestions_for(project, "lantaarns") == []


@pytest.mark.django_db
def test_name_and_description_are_enough_to_begin_with(project: Project) -> None:
    Theme.objects.create(project=project, name="Donker plein", description="Te weinig lantaarns")
    Theme.objects.create(project=builders.project(), name="lantaarns van elders")
    assert [one.name for one in suggestions_for(project, "De lantaarn is stuk")] == ["Donker plein"]


@pytest.mark.django_db
def test_what_was_given_already_is_not_proposed_again(project: Project) -> None:
    theme = Theme.objects.create(project=project, name="lantaarn")
    assert suggestions_for(project, "lantaarn", without=[theme.pk]) == []


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "start=9&end=2", "start=x", "start=0&end=99999", "start=%00&end=1"])
def test_a_passage_that_is_none_gives_no_suggestion(
    project: Project, colleague: User, login: Login, query: str
) -> None:
    story = builders.story(project)
    address = f"/p/{project.slug}/verhalen/{story.pk}/misschien/?{query}"
    assert login(colleague).get(address).status_code == 200
