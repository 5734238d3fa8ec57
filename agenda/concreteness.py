"""Is an agendapunt concrete enough to be checked later? Hints only: nothing is refused here."""

import re
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class PointText:
    """What is typed of a point; `trekker` says whether a party pulls it."""

    wat: str
    waar: str = ""
    wanneer: str = ""
    trekker: bool = False


class Lack(StrEnum):
    VAAG_WAT = "vaag_wat"
    GEEN_WAAR = "geen_waar"
    VAAG_WAAR = "vaag_waar"
    GEEN_WANNEER = "geen_wanneer"
    VAAG_WANNEER = "vaag_wanneer"
    GEEN_TREKKER = "geen_trekker"


@dataclass(frozen=True)
class Hint:
    """What is missing; `words` are the vague words that were found."""

    lack: Lack
    words: tuple[str, ...] = ()


VAGUE = [
    "meer",
    "minder",
    "beter",
    "betere",
    "verbeteren",
    "verbeterd",
    "verbetering",
    "vergroten",
    "vergroot",
    "verkleinen",
    "onderzoeken",
    "onderzocht",
    "onderzoek",
    "verkennen",
    "stimuleren",
    "bevorderen",
    "versterken",
    "versterkt",
    "aandacht",
    "inzetten",
    "aanpakken",
    "bespreken",
    "nadenken",
    "meenemen",
    "streven",
    "proberen",
    "faciliteren",
    "optimaliseren",
    "prettiger",
    "leuker",
    "veiliger",
    "schoner",
    "leefbaarder",
]
VAGUE_PLACES = {
    "buurt",
    "wijk",
    "overal",
    "hele buurt",
    "hele wijk",
    "diverse plekken",
    "verschillende plekken",
    "nader te bepalen",
    "nog onbekend",
}
NUMBER_WORDS = [
    "één",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "vijftien",
    "twintig",
    "dertig",
    "veertig",
    "vijftig",
    "zestig",
    "zeventig",
    "tachtig",
    "negentig",
    "honderd",
    "duizend",
    "elke",
    "iedere",
    "wekelijks",
    "maandelijks",
    "dagelijks",
    "jaarlijks",
]
_MONTHS = "jan feb mrt maart apr mei juni juli aug sep okt nov dec januari februari april augustus september oktober november december"
_DAYS = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
_SEASONS = "lente voorjaar zomer herfst najaar winter kerst pasen ramadan schoolvakantie zomervakantie"
_RHYTHM = "dagelijks wekelijks maandelijks jaarlijks"
TIMES = frozenset(f"{_MONTHS} {_DAYS} {_SEASONS} {_RHYTHM}".split())


def hints(point: PointText) -> tuple[Hint, ...]:
    """What would make the point easier to check, in the order wat, waar, wanneer, wie."""
    found = [_wat(point), _waar(point.waar), _wanneer(point.wanneer)]
    if not point.trekker:
        found.append(Hint(Lack.GEEN_TREKKER))
    return tuple(hint for hint in found if hint)


def _wat(point: PointText) -> Hint | None:
    words = _words(point.wat)
    vague = tuple(dict.fromkeys(word for word in words if word in VAGUE))
    return Hint(Lack.VAAG_WAT, vague) if vague and not _measurable(point.wat, words) else None


def _measurable(text: str, words: list[str]) -> bool:
    """A number, a rhythm or a month makes a vague word checkable."""
    return bool(re.search(r"\d", text)) or any(w in NUMBER_WORDS or w in TIMES for w in words)


def _waar(text: str) -> Hint | None:
    if not text.strip():
        return Hint(Lack.GEEN_WAAR)
    place = re.sub(r"^(in|door)?\s*(de|het|heel|hele)?\s*", "", text.strip().lower().rstrip("."))
    return Hint(Lack.VAAG_WAAR, (text.strip(),)) if place in VAGUE_PLACES else None


def _wanneer(text: str) -> Hint | None:
    if not text.strip():
        return Hint(Lack.GEEN_WANNEER)
    dated = re.search(r"\d", text) or TIMES.intersection(_words(text))
    return None if dated else Hint(Lack.VAAG_WANNEER, (text.strip(),))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())
