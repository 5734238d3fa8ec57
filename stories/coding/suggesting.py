"""Which themes may fit a passage, and by which words. Arithmetic that anybody can follow, and no more:

- A theme is described by the stems of its name, its description and the quotes that have it.
- A stem weighs more when fewer themes have it (TF-IDF: the inverse document frequency, a theme being the
  document), and fits a theme better when more of its quotes have it. Name and description count as if
  three more quotes had their words.
- The score of a theme is the part of the passage that fits it, by weight: 0 for nothing, 1 for every
  word, each in every quote of the theme. Below LEAST a theme is not proposed.

It knows words, not meanings: "onveilig" does not find "bang in het donker" until a person has joined them.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

MOST = 3
NAME_WEIGHT = 3
LEAST = 0.06
WORDS_SHOWN = 4
SHORTEST = 3

# Words that say nothing of what a passage is about.
STOP = frozenset(
    re.findall(
        r"\w+",
        """
    aan al alle alleen alles als altijd andere anders ben bij bijna daar daarna dan dat de den der deze
    die dit doch doen door dus dwz echt een eens eerst eigenlijk elk elke en er erg even gaan gaat gaf
    ga geen geven gewoon gij had hadden heb hebben hebt heeft heel hem het hier hij hoe hun iemand iets
    ieder iedereen ik in is ja jaar je jij jou jouw kan kom komen komt kon konden kunnen laat laten
    later maar maken maakt me meer mee meest men met mij mijn moet moeten mag mogen na naar nee niet
    niemand niets nog nooit nu of om omdat onder ons onze ook op over paar per pas samen sinds soms
    steeds te tegen ten ter terug toch toe toen tot tussen twee u uit uw vaak van vanaf vandaag veel ver
    via vind vinden vol voor vooral waar waarom wanneer want waren was wat we weer weet weinig wel weken
    week welke wie wij wil willen word worden wordt zal ze zeg zegt zelf zich zie zien zij zijn zo zoals
    zonder zou zouden zulke dag dagen keer mensen
    """,
    )
)


@dataclass(frozen=True)
class Described:
    """A theme as people named it."""

    key: int
    name: str
    description: str = ""


@dataclass(frozen=True)
class Profile:
    """How many of the quotes of each theme have a stem: `counts[theme][stem]` of `quotes[theme]`."""

    counts: Mapping[int, Mapping[str, int]]
    quotes: Mapping[int, int]


@dataclass(frozen=True)
class Suggestion:
    """`words` are the words of the passage that made it fit, the strongest first."""

    key: int
    name: str
    words: tuple[str, ...]
    score: float


type Named = Callable[[Described], Collection[str]]


def meaningful(words: Iterable[str]) -> list[str]:
    return [word for word in words if len(word) >= SHORTEST and word not in STOP and not word.isdigit()]


def profile(quotes: Iterable[tuple[Collection[int], Collection[str]]]) -> Profile:
    """Of each quote its themes and its stems."""
    counts: dict[int, Counter[str]] = {}
    numbers: Counter[int] = Counter()
    for themes, stems in quotes:
        for theme in set(themes):
            numbers[theme] += 1
            counts.setdefault(theme, Counter()).update(set(stems))
    return Profile(counts, numbers)


def suggest(
    passage: Mapping[str, str], themes: Sequence[Described], known: Profile, stems_of: Named, most: int = MOST
) -> list[Suggestion]:
    """The best first. `passage` maps each stem of the passage to the word that stands in it."""
    named = {theme.key: frozenset(stems_of(theme)) for theme in themes}
    shares = {theme.key: shares_of(passage, named[theme.key], theme.key, known) for theme in themes}
    spread = Counter(stem for found in shares.values() for stem in found)
    weight = {stem: math.log((1 + len(themes)) / max(1, spread[stem])) ** 2 for stem in passage}
    total = sum(weight.values())
    fitting = [one for theme in themes if (one := fit(theme, passage, shares[theme.key], weight, total))]
    return sorted(fitting, key=lambda one: (-one.score, one.name.lower(), one.key))[:most]


def shares_of(passage: Iterable[str], named: Collection[str], key: int, known: Profile) -> dict[str, float]:
    """Of each stem that the theme has: in which part of its quotes, between 0 and 1."""
    counts, number = known.counts.get(key, {}), known.quotes.get(key, 0) + NAME_WEIGHT
    found = {stem: counts.get(stem, 0) + NAME_WEIGHT * (stem in named) for stem in passage}
    return {stem: count / number for stem, count in found.items() if count}


def fit(
    theme: Described,
    passage: Mapping[str, str],
    shares: Mapping[str, float],
    weight: Mapping[str, float],
    total: float,
) -> Suggestion | None:
    strength = {stem: math.sqrt(share) * weight[stem] for stem, share in shares.items()}
    score = sum(strength.values()) / total if total else 0.0
    if score < LEAST:
        return None
    strongest = sorted(strength, key=lambda stem: (-strength[stem], stem))[:WORDS_SHOWN]
    return Suggestion(theme.key, theme.name, tuple(passage[stem] for stem in strongest), score)
