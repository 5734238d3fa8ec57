"""Names of areas: as CBS writes them, as people say them, and as people type them."""

import re
import unicodedata

EVERYDAY = {"'s-Gravenhage": "Den Haag", "'s-Hertogenbosch": "Den Bosch"}
NUMBERED = re.compile(r"wyk \w*\d\w* ")
BRACKETS = re.compile(r"\s*\([^)]*\)")
APOSTROPHES = str.maketrans("", "", "'’‘‛ʼ`´′\"")


def everyday(name: str) -> str:
    """Den Haag for 's-Gravenhage; all others as they are: nobody in 's-Hertogenbosch minds."""
    return "Den Haag" if plain(name) == "s gravenhage" else name


def in_full(name: str) -> str:
    """Den Haag ('s-Gravenhage), where the reader may know either name."""
    short = everyday(name)
    return name if short == name else f"{short} ({name})"


def plain(text: str) -> str:
    """For comparing: no case, accents, apostrophes or hyphens; ij and y are one letter."""
    decomposed = unicodedata.normalize("NFKD", text.translate(APOSTROPHES)).casefold().translate(APOSTROPHES)
    letters = "".join(char if char.isalnum() else " " for char in decomposed if not unicodedata.combining(char))
    return " ".join(letters.replace("ij", "y").split())


def spellings(name: str) -> tuple[str, ...]:
    """The plain forms under which an area may be sought, the official one first.

    "Wijk 36 Moerwijk" is also moerwyk; "'s-Gravenhage" is also den haag; "Bergen (NH.)" is also bergen.
    """
    official = plain(name)
    found = [official, NUMBERED.sub("", official, count=1), plain(BRACKETS.sub("", name))]
    found += [plain(said) for written, said in EVERYDAY.items() if plain(written) == official]
    return tuple(dict.fromkeys(form for form in found if form))
