"""What changed between two texts, word for word. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

type Kind = str  # "same", "gone" or "new"


@dataclass(frozen=True)
class Piece:
    kind: Kind
    text: str


def differences(older: str, newer: str) -> list[Piece]:
    """The newer text in pieces, with what was taken out where it stood."""
    return list(_pieces(_words(older), _words(newer)))


def _words(text: str) -> list[str]:
    return re.findall(r"\s*\S+|\s+$", text)


def _pieces(older: list[str], newer: list[str]) -> Iterator[Piece]:
    for kind, a, b, c, d in SequenceMatcher(None, older, newer).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(newer[c:d]))
        else:
            if gone := "".join(older[a:b]):
                yield Piece("gone", gone)
            if new := "".join(newer[c:d]):
                yield Piece("new", new)
