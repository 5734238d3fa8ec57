"""What a person typed, made safe to keep: no control characters, no turned-around lines."""

import re
import unicodedata

MAX_TEXT = 5000
MAX_CARD = 280
MAX_MARKS = 4

_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNWANTED = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufff9-\ufffb{_BIDI}]")
_BREAKS = re.compile(r"\r\n|[\r\u0085\u2028\u2029]")
_MANY_BREAKS = re.compile(r"\n{3,}")


def clean_text(text: str) -> str:
    """Lines end in \\n; control and bidi override characters and piles of accents are gone.

    Empty when nothing visible is left. Every script and emoji stays as it was typed.
    """
    plain = unicodedata.normalize("NFC", _BREAKS.sub("\n", text))
    plain = _fewer_marks(_UNWANTED.sub("", plain))
    plain = _MANY_BREAKS.sub("\n\n", plain).strip()
    return plain if any(_visible(letter) for letter in plain) else ""


def _visible(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LNPS"


def _fewer_marks(text: str) -> str:
    """At most MAX_MARKS accents on one letter: enough for every language, too few for zalgo."""
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= MAX_MARKS:
            kept.append(letter)
    return "".join(kept)
