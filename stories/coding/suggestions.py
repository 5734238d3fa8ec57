"""Suggestions for a passage of a project. What the quotes of its themes have in common is kept in memory
for a while, in this process only: words of residents are written nowhere else."""

import threading
import time
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer
from django.db.models import F, Window
from django.db.models.functions import RowNumber, Substr

from projects.models import Project
from stories.coding.suggesting import Described, Profile, Suggestion, meaningful, profile, suggest
from stories.models import CodingStep, QuoteTheme, Story, Theme
from stories.personal import OMITTED
from stories.search import words_of

NEWEST = 100  # of each theme: more quotes do not make it clearer, only slower
FRESH, OLD = 30.0, 600.0  # seconds: read again when somebody coded, and in any case
PROJECTS = 8  # held in memory at once


@dataclass(frozen=True)
class Kept:
    """`step` was the newest step of coding when this was read, at `moment` (monotonic seconds)."""

    profile: Profile
    step: int
    moment: float


_kept: OrderedDict[str, Kept] = OrderedDict()
_stemmer = snowballstemmer.stemmer("dutch")
_lock = threading.Lock()  # the stemmer is not for two threads at once


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    with _lock:
        return str(_stemmer.stemWord(word))


def stems(text: str) -> dict[str, str]:
    """The stems of the words that say something, each with the first word that has it."""
    found: dict[str, str] = {}
    for word in meaningful(words_of(text.replace(OMITTED, " "))):
        found.setdefault(stem(word), word)
    return found


def suggestions_for(project: Project, piece: str, *, without: Collection[int] = ()) -> list[Suggestion]:
    """Up to three themes; those of `without` were given already."""
    passage = stems(piece)
    themes = [
        Described(*row)
        for row in Theme.objects.of(project).order_by().values_list("pk", "name", "description")
    ]
    if not passage or not themes:
        return []
    found = suggest(passage, themes, known(project), own_stems, most=len(themes))
    return [one for one in found if one.key not in without][:3]


def own_stems(theme: Described) -> Collection[str]:
    return stems(f"{theme.name} {theme.description}")


def known(project: Project) -> Profile:
    """What is in memory, if it is fresh enough."""
    now, newest = time.monotonic(), newest_step(project)
    kept = _kept.get(project.slug)
    age = now - kept.moment if kept else OLD
    if kept is None or age >= OLD or (kept.step != newest and age >= FRESH):
        kept = Kept(read_profile(project), newest, now)
    _kept[project.slug] = kept
    _kept.move_to_end(project.slug)
    while len(_kept) > PROJECTS:
        _kept.popitem(last=False)
    return kept.profile


def forget_profiles() -> None:
    _kept.clear()


def newest_step(project: Project) -> int:
    return CodingStep.objects.filter(project=project).values_list("pk", flat=True).first() or 0


def read_profile(project: Project) -> Profile:
    themes: defaultdict[int, set[int]] = defaultdict(set)
    texts: dict[int, str] = {}
    for quote, theme, text in newest_codings(project):
        themes[quote].add(theme)
        texts[quote] = text
    return profile((themes[quote], stems(text)) for quote, text in texts.items())


def newest_codings(project: Project) -> Iterable[tuple[int, int, str]]:
    """Quote, theme and words: of each theme the newest codings, of stories that are public."""
    rank = Window(RowNumber(), partition_by=F("theme"), order_by=F("pk").desc())
    rows = QuoteTheme.objects.filter(theme__project=project, quote__story__state=Story.State.PUBLISHED)
    words = Substr("quote__story__text", F("quote__start") + 1, F("quote__end") - F("quote__start"))
    ranked = rows.order_by().annotate(rank=rank).filter(rank__lte=NEWEST)
    return ranked.annotate(words=words).values_list("quote_id", "theme_id", "words")
