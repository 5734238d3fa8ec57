"""Two hundred sentences with what is personal in them, and how much of it a detector finds."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from stories.personal import Finding

FILE = Path(__file__).parent / "data" / "personal_sentences.txt"
MARK = re.compile(r"\[([a-z-]+)\|([^\]]+)\]")


@dataclass(frozen=True)
class Sentence:
    text: str
    pieces: tuple[Finding, ...]


@dataclass(frozen=True)
class Score:
    """Of one kind: `found` of `there` pieces wholly, and `right` of `said` findings that touch such a piece."""

    kind: str
    there: int
    found: int
    said: int
    right: int

    @property
    def recall(self) -> float:
        return self.found / self.there if self.there else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 1.0


def sentences() -> list[Sentence]:
    lines = FILE.read_text().splitlines()
    return [_sentence(line) for line in lines if line and not line.startswith("#")]


def _sentence(line: str) -> Sentence:
    text, place, pieces = "", 0, []
    for match in MARK.finditer(line):
        text += line[place : match.start()]
        pieces.append(Finding(len(text), len(text) + len(match[2]), match[1]))
        text, place = text + match[2], match.end()
    return Sentence(text + line[place:], tuple(pieces))


def scores(detect: Callable[[str], Sequence[Finding]]) -> list[Score]:
    """Per kind, and "samen": a piece counts there when findings of whatever kind cover it, as masking does."""
    counted: Counter[tuple[str, str]] = Counter()
    kinds: dict[str, None] = {}
    for sentence in sentences():
        said = detect(sentence.text)
        for piece in sentence.pieces:
            kinds[piece.kind] = None
            counted[piece.kind, "there"] += 1
            counted[piece.kind, "found"] += _covered(piece, [one for one in said if one.kind == piece.kind])
            counted["samen", "found"] += _covered(piece, said)
            counted["samen", "there"] += 1
        for one in said:
            kinds[one.kind] = None
            counted[one.kind, "said"] += 1
            counted[one.kind, "right"] += any(
                _touch(one, piece) for piece in sentence.pieces if piece.kind == one.kind
            )
            counted["samen", "said"] += 1
            counted["samen", "right"] += any(_touch(one, piece) for piece in sentence.pieces)
    return [_score(kind, counted) for kind in [*kinds, "samen"]]


def _score(kind: str, counted: Counter[tuple[str, str]]) -> Score:
    return Score(kind, *(counted[kind, name] for name in ("there", "found", "said", "right")))


def _covered(piece: Finding, said: Sequence[Finding]) -> bool:
    """No letter or digit of it stays visible."""
    hidden = {place for one in said for place in range(one.start, one.end)}
    return all(place in hidden for place in range(piece.start, piece.end))


def _touch(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end
