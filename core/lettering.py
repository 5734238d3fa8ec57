"""How much room a text takes, by a rough width per letter that is on the safe side. Pure."""

import unicodedata
from collections.abc import Sequence

SPACE = 0.24
NARROW, SLIM, WIDE = set("iljI.,:;'!|’‘"), set("rtfsJ()[]-"), set("mwMWOQ@%&—")


def letter_width(letter: str) -> float:
    """In em of its own size."""
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Mn"):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF" or unicodedata.category(letter) == "So":
        return 1.25
    if letter in NARROW:
        return 0.29
    if letter in SLIM:
        return 0.42
    if letter in WIDE:
        return 0.85
    return 0.6 if letter.isupper() else 0.54


def lines(text: str, width: float, size: float = 1.0) -> int:
    """How many lines `text` takes at `size` em in a column of `width` em. At least one."""
    return sum(_lines_of(line.split(), width / size) for line in text.split("\n")) if text else 1


def _lines_of(words: Sequence[str], room: float) -> int:
    count, used = 1, 0.0
    for word in words:
        long = sum(letter_width(letter) for letter in word)
        if used and used + SPACE + long > room:
            count, used = count + 1, 0.0
        over = int(long // room)
        count, used = count + over, (long - over * room if over else used + (SPACE if used else 0) + long)
    return count
