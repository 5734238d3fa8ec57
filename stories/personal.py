"""What may be personal in a text: a warning for the moderator, never a proof. And leaving it out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from stories.personal_patterns import PATTERNS

OMITTED = "[weggelaten]"


@dataclass(frozen=True)
class Finding:
    """Characters `start` up to `end` look like `kind`."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Segment:
    """A run of the text; `kind` is empty where nothing was found."""

    text: str
    kind: str


@dataclass(frozen=True)
class Masked:
    """A text after leaving words out, and what was replaced where (in the old text)."""

    text: str
    gaps: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str, gaps: Iterable[Iterable[int]]) -> Masked:
        """The same again from the old text and its gaps, in their order."""
        places = tuple((start, end) for start, end in gaps)
        kept, place = "", 0
        for start, end in places:
            kept += text[place:start] + OMITTED
            place = end
        return cls(kept + text[place:], places)

    def moved(self, place: int) -> int:
        """Where a character of the old text stands now; inside a gap: where the gap begins."""
        shift = 0
        for start, end in self.gaps:
            if place >= end:
                shift += len(OMITTED) - (end - start)
            elif place > start:
                return start + shift
        return place + shift

    def moved_end(self, place: int) -> int:
        """The same for an exclusive end; inside a gap: where the gap ends."""
        for start, end in self.gaps:
            if start < place < end:
                return self.moved(start) + len(OMITTED)
        return self.moved(place)

    def moved_back(self, place: int) -> int:
        """Where a character of the new text stood; inside OMITTED: where the gap began."""
        shift = 0
        for start, end in self.gaps:
            if place >= start + shift + len(OMITTED):
                shift += len(OMITTED) - (end - start)
            elif place > start + shift:
                return start
        return place - shift

    def moved_back_end(self, place: int) -> int:
        """The same for an exclusive end; inside OMITTED: where the gap ended."""
        shift = 0
        for start, end in self.gaps:
            if start + shift < place < start + shift + len(OMITTED):
                return end
            shift += len(OMITTED) - (end - start) if place > start + shift else 0
        return self.moved_back(place)


def findings(text: str) -> list[Finding]:
    """Possible personal data in the order of the text, without overlap."""
    found: list[Finding] = []
    for pattern in PATTERNS:
        for start, end in pattern.pieces(text):
            if not any(start < other.end and other.start < end for other in found):
                found.append(Finding(start, end, pattern.kind))
    return sorted(found, key=lambda finding: finding.start)


def segments(text: str) -> list[Segment]:
    """The whole text, cut at what our own patterns find."""
    return cut(text, findings(text))


def cut(text: str, found: Iterable[Finding]) -> list[Segment]:
    """The whole text in runs; `found` is in the order of the text and does not overlap."""
    runs: list[Segment] = []
    place = 0
    for finding in found:
        runs += [Segment(text[place : finding.start], "")] if finding.start > place else []
        runs.append(Segment(text[finding.start : finding.end], finding.kind))
        place = finding.end
    return runs + ([Segment(text[place:], "")] if place < len(text) else [])


def mask(text: str, words: Iterable[str]) -> Masked:
    """Put OMITTED in the place of every occurrence of each of the words (capitals do not matter)."""
    wanted = sorted({word for word in words if word}, key=len, reverse=True)
    if not wanted:
        return Masked(text, ())
    pattern = re.compile("|".join(_whole(word) for word in wanted), re.IGNORECASE)
    gaps = tuple((match.start(), match.end()) for match in pattern.finditer(text))
    return Masked(pattern.sub(OMITTED, text), gaps)


def _whole(word: str) -> str:
    """`An` is left out, `Anders` stays: a word ends where its letters end."""
    before = r"(?<!\w)" if word[0].isalnum() else ""
    after = r"(?!\w)" if word[-1].isalnum() else ""
    return f"{before}{re.escape(word)}{after}"
