"""Looking for stories: in Dutch by the stem, in every language as it is typed, without accents."""

from importlib import import_module

import pytest
from django.apps import apps

from projects.models import Project, User
from stories.actions import mask_story, publish_story
from stories.models import Story
from stories.search import folded, stems_of_text, ways_to_find
from tests import builders


def found(project: Project, words: str) -> list[str]:
    return [story.text for story in Story.objects.of(project).matching(q=words)]


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("De speeltuin is kapot.", "speeltuinen"),
        ("De speeltuinen zijn kapot.", "speeltuin"),
        ("De straten zijn donker.", "straat donkere"),
        ("Een café op de hoek, één keer per week.", "CAFE een"),
        ("Een cafe op de hoek.", "café"),
        ("Bizim sokakta ışık yok.", "isik"),
        ("Bizim sokakta ışık yok.", "IŞIK"),
        ("Na placu zabaw jest ciemno, łąka.", "łąka placu"),
        ("На майданчику темно.", "майданчику"),
        ("الشارع مظلم في الليل.", "الشارع"),
        ("الشَّارِعُ مُظْلِمٌ.", "الشارع مظلم"),
        ("De speeltuin is kapot.", "speel"),
        ("Foto's van het plein: 100% donker.", "100%"),
        ("Ik ging in '19.", "19"),
    ],
)
@pytest.mark.django_db
def test_a_story_is_found_by_its_words(project: Project, told: str, asked: str) -> None:
    builders.story(project, text=told)
    assert found(project, asked) == [told]


@pytest.mark.parametrize("asked", ["plein kat", "peeltuin", "_", "%", "...", "sp_eltuin"])
@pytest.mark.django_db
def test_a_story_that_misses_one_of_the_words_is_not_found(project: Project, asked: str) -> None:
    builders.story(project, text="De speeltuin op het plein.")
    assert found(project, asked) == []


@pytest.mark.django_db
def test_place_change_and_translation_are_looked_through_too(project: Project) -> None:
    builders.story(
        project,
        text="Karanlık.",
        place="bij de bakker",
        change="Meer lantaarns",
        translation="Het is donker.",
        translated_by="Ayşe",
    )
    for words in ("bakkers", "lantaarn", "donkere", "karanlik"):
        assert len(found(project, words)) == 1, words
    assert found(project, "ayse") == []


@pytest.mark.django_db
def test_what_a_moderator_left_out_is_not_found(project: Project, coordinator: User) -> None:
    story = builders.story(project, text="Mijn buurman Willem klaagt.", state="submitted")
    mask_story(story, words=["Willem"], by=coordinator)
    publish_story(story, by=coordinator)
    assert found(project, "Willem") == []
    assert found(project, "weggelaten") == []
    assert len(found(project, "buurman")) == 1


@pytest.mark.django_db
def test_stories_of_before_get_their_words(project: Project) -> None:
    story = builders.story(project, text="De speeltuin is kapot.")
    Story.objects.update(stems="")
    assert found(project, "speeltuinen") == []
    import_module("stories.migrations.0004_stems_of_what_was_told_before").fill_stems(apps, None)
    assert found(project, "speeltuinen") == [story.text]


def test_without_words_there_is_nothing_to_look_for() -> None:
    assert ways_to_find(" ?! ") == []
    assert ways_to_find("straten straten") == [(" straten", " straat")]


def test_a_word_is_kept_once_with_its_stem() -> None:
    assert stems_of_text("De straten, de Straten.", "") == " de straten straat"


def test_folding_takes_away_capitals_and_accents() -> None:
    assert folded("Één ŁÓDŹ İstanbul Straße أحمد") == "een lodz istanbul strasse احمد"
