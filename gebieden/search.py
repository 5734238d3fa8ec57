"""Finding areas by what people type. Pure: works on the entries it is given."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from itertools import product

from rapidfuzz import fuzz, process

from gebieden.names import one_name, plain, spellings

SHORTEST, LONGEST = 2, 80
LIKE_WORD = 74
LIKE_NAME = 78
MANY = 400
CODE, EXACT, PREFIX, WORDS, TYPO = range(5)
ORDER = {"gemeente": 0, "wijk": 1, "buurt": 2, "land": 3}


@dataclass(frozen=True, slots=True)
class Entry:
    """An area as the search knows it. `gemeente_name` is empty for a gemeente itself."""

    code: str
    level: str
    name: str
    gemeente_name: str = ""
    postcode: str = ""
    inhabitants: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The best hits first, and how many there are in all."""

    hits: list[Entry]
    total: int = 0


class Gazetteer:
    """All areas of one vintage, ready to be searched in some milliseconds.

    An area is known by its number: its place in `entries`, which stand in order of precedence.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = sorted(entries, key=_precedence)
        self._by_code = {entry.code: number for number, entry in enumerate(self.entries)}
        self._spellings = [spellings(entry.name) for entry in self.entries]
        self._joined: list[str] = []
        self._owners: list[int] = []
        self._named: dict[str, set[int]] = defaultdict(set)
        self._words: dict[str, set[int]] = defaultdict(set)
        self._postcodes: dict[str, set[int]] = defaultdict(set)
        for number, entry in enumerate(self.entries):
            self._learn(number, entry)
        self._vocabulary = sorted(self._words)

    def _learn(self, number: int, entry: Entry) -> None:
        around = _around(entry)
        for name in self._spellings[number]:
            self._joined.append(name.replace(" ", ""))
            self._owners.append(number)
            for full in (name, *(f"{name} {gemeente}" for gemeente in around)):
                self._named[full].add(number)
        for word in " ".join((*self._spellings[number], *around)).split():
            self._words[word].add(number)
        if entry.postcode:
            self._postcodes[entry.postcode].add(number)
            self._words[entry.postcode].add(number)

    def find(self, text: str, levels: Iterable[str] = ("wijk", "buurt"), limit: int = 30) -> Found:
        """The areas of these levels that fit: code or postcode, then name, start of name, words, typing errors."""
        wanted = set(levels)
        ranks = self._ranks(text.strip()[:LONGEST])
        fitting = [number for number in ranks if self.entries[number].level in wanted]
        best = nsmallest(limit, fitting, key=lambda number: (ranks[number], number))
        return Found([self.entries[number] for number in best], len(fitting))

    def _ranks(self, text: str) -> dict[int, tuple[int, float]]:
        coded = self._of_code(text) or self._of_postcode(text)
        query = one_name(plain(text))
        if coded or len(query) < SHORTEST:
            return coded
        ranks = dict.fromkeys(self._named.get(query, ()), (EXACT, 0.0))
        for number in self._of_words(query.split(), fuzzy=False):
            if number not in ranks:
                ranks[number] = self._start(number, query)
        if not ranks and len(query) > SHORTEST:
            ranks = self._alike(query)
        return ranks

    def _of_code(self, text: str) -> dict[int, tuple[int, float]]:
        """The area with this code; with a wijk its buurten, with a gemeente its wijken and buurten."""
        code = text.upper().replace(" ", "")
        if code not in self._by_code:
            return {}
        inside = code[2:] if code[:2] in ("GM", "WK") else code
        ranks = {
            number: (EXACT, 0.0) for other, number in self._by_code.items() if other.startswith(inside, 2)
        }
        return {**ranks, self._by_code[code]: (CODE, 0.0)}

    def _of_postcode(self, text: str) -> dict[int, tuple[int, float]]:
        digits = text[:4]
        letters = text[4:].strip()
        if not digits.isdecimal() or len(letters) > 2 or not (letters == "" or letters.isalpha()):
            return {}
        return dict.fromkeys(self._postcodes.get(digits, ()), (EXACT, 0.0))

    def _of_words(self, words: list[str], *, fuzzy: bool) -> set[int]:
        """Areas in whose name and gemeente every word occurs, or begins a word, or nearly occurs."""
        found: set[int] | None = None
        for word in sorted(words, key=len, reverse=True):
            having = self._beginning(word)
            if fuzzy and len(word) > 2:
                having = having | self._resembling(word)
            found = having if found is None else found & having
            if not found:
                return set()
        return found or set()

    def _beginning(self, word: str) -> set[int]:
        found: set[int] = set()
        for other in self._vocabulary[bisect_left(self._vocabulary, word) :]:
            if not other.startswith(word):
                break
            found |= self._words[other]
        return found

    def _resembling(self, word: str) -> set[int]:
        near = process.extract(
            word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=LIKE_WORD, limit=60, processor=None
        )
        return set().union(*(self._words[other] for other, _score, _at in near))

    def _start(self, number: int, query: str) -> tuple[int, float]:
        """Names that begin as the query does; then those that begin with its first word; then the rest."""
        names = self._spellings[number]
        if any(name.startswith(query) for name in names):
            return PREFIX, 0.0
        first = query.partition(" ")[0]
        return WORDS, 0.0 if any(name.startswith(first) for name in names) else 1.0

    def _alike(self, query: str) -> dict[int, tuple[int, float]]:
        """Typing errors: names that look alike as a whole, or of which each word looks alike."""
        ranks: dict[int, tuple[int, float]] = {}
        joined = query.replace(" ", "")
        for _name, score, at in process.extract(
            joined, self._joined, scorer=fuzz.ratio, score_cutoff=LIKE_NAME, limit=MANY, processor=None
        ):
            number = self._owners[at]
            ranks[number] = min(ranks.get(number, (TYPO, 0.0)), (TYPO, -score))
        for number in self._of_words(query.split(), fuzzy=True):
            ranks[number] = min(ranks.get(number, (TYPO, 0.0)), (TYPO, -self._score(number, query)))
        return ranks

    def _score(self, number: int, query: str) -> float:
        pairs = product(self._spellings[number], ("", *_around(self.entries[number])))
        return max(fuzz.ratio(query, " ".join(pair).strip()) for pair in pairs)


def _precedence(entry: Entry) -> tuple[int, int, str]:
    """Of areas that fit equally well: the larger level first, then the most inhabitants."""
    return ORDER[entry.level], -(entry.inhabitants or 0), entry.code


def _around(entry: Entry) -> tuple[str, ...]:
    return spellings(entry.gemeente_name) if entry.gemeente_name else ()
