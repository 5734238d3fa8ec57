"""A story in sentences, so that a person can point at a passage by number."""

import re
from dataclasses import dataclass

_STOP = re.compile(r"[.!?…؟۔。]+[\"'”’»)\]]*(?=\s|$)|\n+")
_SHORT = re.compile(r"(?:^|[\s(])(?:dhr|mevr|mw|dr|drs|ir|mr|prof|st|bijv|bv|nr|tel|[A-Z])\.$", re.IGNORECASE)


@dataclass(frozen=True)
class Sentence:
    """Characters `start` up to `end` of the story (0-based, end exclusive), without outer spaces."""

    start: int
    end: int
    text: str


def sentences(text: str) -> list[Sentence]:
    """The sentences in order; together they hold every visible character of the text."""
    found: list[Sentence] = []
    start = 0
    for stop in _STOP.finditer(text):
        if _ends_here(text, start, stop):
            found += _sentence(text, start, stop.end())
            start = stop.end()
    return found + _sentence(text, start, len(text))


def _ends_here(text: str, start: int, stop: re.Match[str]) -> bool:
    if "\n" in stop.group():
        return True
    rest = text[stop.end() : stop.end() + 8].lstrip(" \t")
    return not rest[:1].islower() and not _SHORT.search(text[max(start, stop.end() - 8) : stop.end()])


def _sentence(text: str, start: int, end: int) -> list[Sentence]:
    piece = text[start:end]
    inner = piece.strip()
    if not inner:
        return []
    first = start + piece.index(inner)
    return [Sentence(first, first + len(inner), inner)]
