"""Names of areas: as CBS writes them, as people say them, and as people type them."""

import re
import unicodedata
from functools import lru_cache

EVERYDAY = {
    re.compile(r"\bs ?gravenhage\b"): "den haag",
    re.compile(r"\bs ?hertogenbosch\b"): "den bosch",
}
NO_LETTER = re.compile(r"[\W_]+")
NUMBERED = re.compile(r"wyk \w*\d\w* ")
BRACKETS = re.compile(r"\s*\([^)]*\)")
APOSTROPHES = str.maketrans("", "", "'’‘‛ʼ`´′\"")


def everyday(name: str) -> str:
    """Den Haag for 's-Gravenhage. All others as they are: 's-Hertogenbosch is what people say, too."""
    return "Den Haag" if plain(name) == "s gravenhage" else name


def in_full(name: str) -> str:
    """Den Haag ('s-Gravenhage), where the reader may know either name."""
    short = everyday(name)
    return name if short == name else f"{short} ({name})"


def plain(text: str) -> str:
    """For comparing: no case, accents, apostrophes or hyphens; ij and y are one letter."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.translate(APOSTROPHES)).translate(APOSTROPHES)
        text = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    letters = NO_LETTER.sub(" ", text.lower().translate(APOSTROPHES))
    return " ".join(letters.replace("ij", "y").split())


@lru_cache(maxsize=4096)
def spellings(name: str) -> tuple[str, ...]:
    """The plain forms under which an area may be sought, the official one first.

    "Wijk 36 Moerwijk" is also moerwyk; "'s-Gravenhage" is also den haag; "Bergen (NH.)" is also bergen.
    """
    official = plain(name)
    found = [official, NUMBERED.sub("", official, count=1), plain(BRACKETS.sub("", name))]
    found.append(one_name(official))
    return tuple(dict.fromkeys(form for form in found if form))


def one_name(query: str) -> str:
    """In plain text: den haag where somebody wrote s gravenhage, den bosch for s hertogenbosch."""
    for official, said in EVERYDAY.items():
        query = official.sub(said, query)
    return query
