"""Numbers as people say them: bijna acht · drie tot vier · ruim twaalf · 92. Pure."""

import math
from dataclasses import dataclass

from core.formats import dutch_number

WORDS = (
    *("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"),
    *("elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"),
    "twintig",
)
EXACT = 0.1  # as near as this to a whole number, nobody says "bijna" or "ruim"
BETWEEN = 0.3


@dataclass(frozen=True)
class Said:
    """A number in words; `single` asks for a singular verb and noun."""

    words: str
    single: bool = False


def in_words(number: int) -> str:
    """Up to twenty in letters, above that in digits."""
    return WORDS[number] if 0 <= number < len(WORDS) else dutch_number(number)


def whole(value: float, *, letters: bool) -> Said:
    number = math.floor(value + 0.5)
    return Said(in_words(number) if letters else dutch_number(number), single=number == 1)


def about(value: float) -> Said:
    """Of a small number: its nearest whole number, and on which side of it the value lies."""
    below = math.floor(value)
    rest = round(value - below, 6)
    if rest <= EXACT:
        return Said(in_words(below), single=below == 1)
    if rest <= BETWEEN:
        return Said(f"ruim {in_words(below)}", single=below == 1)
    if rest < 1 - BETWEEN:
        return Said(f"{in_words(below)} tot {in_words(below + 1)}")
    above = in_words(below + 1)
    return Said(above if rest >= 1 - EXACT else f"bijna {above}", single=below == 0)


def between(value: float) -> bool:
    """As far from the one whole number as from the next: neither "ruim" nor "bijna" fits."""
    return BETWEEN < round(value - math.floor(value), 6) < 1 - BETWEEN


def capital(text: str) -> str:
    """The first letter of a sentence; a Dutch capital É is written without its accent at the start."""
    return f"Eén{text[3:]}" if text.startswith("één") else text[:1].upper() + text[1:]
