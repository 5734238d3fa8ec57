"""What the search looks through: the same on every database, in every language.

A word is found by its beginning, without accents and capitals, as it is typed or by its Dutch stem.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

import snowballstemmer
from django.db.models import Q

from stories.personal import OMITTED

if TYPE_CHECKING:
    from stories.models import Story

_WORD = re.compile(r"\w+")
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ـ": ""})


def folded(text: str) -> str:
    """Small letters without accents: `Één café` is `een cafe`, `Işık` is `isik`."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.category(sign).startswith("M")).translate(
        _LETTERS
    )


def words_of(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def stems_of_words(words: Iterable[str]) -> dict[str, str]:
    """The Dutch stem of each word. A stemmer of its own each time: it is not for two threads at once."""
    stemmer = snowballstemmer.stemmer("dutch")
    return {word: stemmer.stemWord(word) for word in set(words)}


def stems_of_text(*texts: str) -> str:
    """Every word and its stem once, each with a space before it; what a moderator left out is not in it."""
    words = words_of(" ".join(texts).replace(OMITTED, " "))
    stems = stems_of_words(words)
    return "".join(f" {word}" for word in dict.fromkeys([*words, *stems.values()]))


def stems_of(story: Story) -> str:
    """Of text, translation, change and place. The caller keeps it in `story.stems`."""
    return stems_of_text(story.text, story.translation, story.change, story.place)


def ways_to_find(asked: str) -> list[tuple[str, ...]]:
    """For each word that is looked for the beginnings (with a space) of which one must be there."""
    stems = stems_of_words(words_of(asked))
    return [tuple(dict.fromkeys((f" {word}", f" {stems[word]}"))) for word in dict.fromkeys(words_of(asked))]


def asked_for(words: str) -> Q:
    """Stories with every one of these words; none where nothing in it is a word."""
    if not words.strip():
        return Q()
    found = [Q(*[("stems__contains", way) for way in ways], _connector=Q.OR) for ways in ways_to_find(words)]
    return Q(*found) if found else Q(pk__in=[])
