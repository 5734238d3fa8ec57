"""The pages of residents speak six languages: no text is left out, and every blank is filled in."""

import re
from typing import Any

import pytest
from babel.messages.catalog import Message
from django.core.management import call_command
from django.test import Client

from buurtagenda.public_texts import TRANSLATED, dutch_texts, po_file, translations
from projects.models import Project
from stories.languages import CHECKED
from stories.models import Language

BLANK = re.compile(r"%\((\w+)\)[sd]")
PLURALS = {"en": 2, "tr": 1, "ar": 6, "pl": 3, "uk": 3}


def forms(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, list | tuple) else [str(message.string)]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_of_the_pages_of_residents_is_translated(language: str) -> None:
    kept = translations(language)
    assert {text.id for text in kept if text.id} == {text.id for text in dutch_texts() if text.id}
    assert [text.id for text in kept if text.id and not all(forms(text))] == []
    assert [text.id for text in kept if text.fuzzy and text.id] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_file_of_the_translator_is_as_the_command_writes_it(language: str, tmp_path: Any) -> None:
    before = po_file(language).read_bytes()
    call_command("public_texts", verbosity=0)
    assert po_file(language).read_bytes() == before


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_blanks_of_the_dutch_text(language: str) -> None:
    for text in translations(language):
        if not text.id:
            continue
        dutch = text.id if isinstance(text.id, str) else text.id[-1]
        wanted = sorted(BLANK.findall(dutch))
        for form in forms(text):
            found = sorted(BLANK.findall(form))
            assert found in (wanted, []) if isinstance(text.id, tuple) else found == wanted, (text.id, form)
        if isinstance(text.id, tuple):
            assert len(forms(text)) == PLURALS[language]


@pytest.mark.parametrize("language", TRANSLATED)
def test_hardly_anything_is_left_in_dutch(language: str) -> None:
    same = [text.id for text in translations(language) if text.id and text.string == text.id]
    assert len(same) <= 8, same


def test_nobody_says_a_text_was_checked_that_was_not() -> None:
    assert set(CHECKED) == {Language.NL}


@pytest.mark.django_db
@pytest.mark.parametrize("language", list(Language))
def test_the_form_speaks_the_language_in_its_address(
    client: Client, project: Project, language: Language
) -> None:
    response = client.get(f"/buurt/{project.slug}/vertel/{language}/", headers={"Accept-Language": "de"})
    page = response.content.decode()
    assert f'lang="{language}"' in page
    assert ('dir="rtl"' in page) is (language == Language.AR)
    assert ("Schrijf het zoals u praat." in page) is (language == Language.NL)
    assert ("nog niet nagekeken" in page) is False
    assert response["Content-Language"] == language
    elsewhere = client.get(f"/buurt/{project.slug}/", headers={"Accept-Language": str(language)})
    assert 'lang="nl"' in elsewhere.content.decode()
