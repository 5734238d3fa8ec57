"""Texts of people in files that programs read: nothing that a program would take for more than text."""

import re

FORMULA = ("=", "+", "-", "@", "\t", "\r")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Without the signs that XML cannot hold."""
    return CONTROL.sub("", text)


def harmless(text: str) -> str:
    """For CSV: a spreadsheet takes a cell that begins like a formula for one; an apostrophe prevents it."""
    plain = clean(text)
    return f"'{plain}" if plain.startswith(FORMULA) else plain


def sentences_within(text: str, most: int) -> str:
    """As many whole sentences as fit; where that is less than half of the room, the text is cut at a word."""
    plain = " ".join(clean(text).split())
    end = plain.rfind(". ", 0, most)
    return plain[: end + 1] if len(plain) > most and end * 2 >= most else shortened(plain, most)


def shortened(text: str, most: int) -> str:
    """At most `most` signs, cut at a word, with … where something was left out."""
    plain = " ".join(clean(text).split())
    if len(plain) <= most:
        return plain
    cut = plain[: most - 1]
    at_word = cut.rpartition(" ")[0] if " " in cut[most // 2 :] else cut
    return at_word.rstrip(" ,.;:") + "…"
