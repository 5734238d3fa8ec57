"""A text cut where quotes begin and end, so that overlapping quotes can be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Marked:
    """Characters `start` up to `end` are quote `number` of the page (1-based)."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Stretch:
    """Letters that lie in the same quotes. `opens` are the quotes of which this is the beginning."""

    start: int
    text: str
    numbers: tuple[int, ...]
    opens: tuple[int, ...]

    @property
    def depth(self) -> int:
        """0 outside every quote; 3 stands for three and more."""
        return min(3, len(self.numbers))


def stretches(text: str, marks: Sequence[Marked]) -> list[Stretch]:
    """The whole text in order; nothing is left out and nothing doubled."""
    within = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    edges = {0, len(text)} | {edge for mark in within for edge in (mark.start, mark.end)}
    cuts = sorted(edges)
    return [stretch(text, within, start, end) for start, end in pairwise(cuts)]


def stretch(text: str, marks: Sequence[Marked], start: int, end: int) -> Stretch:
    return Stretch(
        start=start,
        text=text[start:end],
        numbers=tuple(mark.number for mark in marks if mark.start <= start and end <= mark.end),
        opens=tuple(mark.number for mark in marks if mark.start == start),
    )
