"""Numbers as people write them in a table: 1.234,5 · € 1.500,- · 12% · <5 · n.v.t.

Nothing is read on a guess. A text such as "1.234" is two numbers in two notations; what it is follows from
the other texts of its column, and where these do not tell, the reader is asked.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Notation(StrEnum):
    COMMA = "komma"  # 1.234,5
    POINT = "punt"  # 1,234.5


class Kind(StrEnum):
    NUMBER = "number"
    EMPTY = "empty"  # nothing there
    NO_FIGURE = "no_figure"  # "-", "n.v.t.": somebody says that there is none
    BOUNDED = "bounded"  # "<5", "5-10", "ca. 12": known in part, so not a number
    OPEN = "open"  # two numbers in two notations
    OTHER_NOTATION = "other_notation"
    FORMULA = "formula"  # a formula whose outcome is not in the file
    NO_NUMBER = "no_number"


@dataclass(frozen=True)
class Read:
    kind: Kind
    value: float = 0.0
    unit: str = ""  # "%" or "€" when it stands beside the number


@dataclass(frozen=True)
class Column:
    """What the texts of the columns with numbers say together. `notation` None: they do not tell."""

    notation: Notation | None
    example: str = ""  # a text that could be two numbers, or the first that contradicts the others
    mixed: bool = False


MOST_DIGITS = 15  # more than a float holds
SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
NOTHING = {
    "-",
    "--",
    "–",
    "—",
    ".",
    "..",
    "...",
    "x",
    "*",
    "?",
    "nvt",
    "nb",
    "na",
    "onbekend",
    "geen",
    "leeg",
}
BOUNDED = re.compile(
    r"([<>≤≥±~]|ca\b|circa|ongeveer|minder dan|meer dan|tussen|max\b|min\b|onder|boven)", re.I
)
RANGE = re.compile(r"[0-9][0-9.,]*\s?(-|–|tot|à|/)\s?[0-9][0-9.,]*\s?%?", re.I)
EURO = re.compile(r"(€|\beur\b|\beuro\b)", re.I)
PERCENT = re.compile(r"\s?(%|procent)$", re.I)
NO_CENTS = re.compile(r"(?<=[0-9])([.,])\s?(?:-{1,2}|–|—|=)$")  # the dash of "€ 1.500,-"
SIGN = re.compile(r"^([+\-\u2212])\s?(?=[0-9])")


def _grammar(group: str, decimal: str) -> re.Pattern[str]:
    """Groups of three, never behind a zero: "0.500" is no way to write five hundred."""
    grouped = rf"[1-9][0-9]{{0,2}}(?:{re.escape(group)}[0-9]{{3}})+|[1-9][0-9]{{0,2}}(?: [0-9]{{3}})+"
    return re.compile(rf"({grouped}|0|[1-9][0-9]*)(?:{re.escape(decimal)}([0-9]+))?")


GRAMMAR = {Notation.COMMA: _grammar(".", ","), Notation.POINT: _grammar(",", ".")}


def read_number(text: str, notation: Notation | None) -> Read:
    """What a text says. With no notation, only what is the same in both, or possible in one, is a number."""
    text = SPACES.sub(" ", text).strip()
    special = _no_number_at_all(text)
    if special is not None:
        return Read(special)
    body, unit, sign = _bare(text)
    values = {way: value for way in Notation if (value := _value(body, way)) is not None}
    if not values:
        bounded = BOUNDED.match(text) or RANGE.fullmatch(text)
        return Read(Kind.BOUNDED if bounded and re.search("[0-9]", text) else Kind.NO_NUMBER)
    if notation is None and len(set(values.values())) > 1:
        return Read(Kind.OPEN)
    chosen = next(iter(values)) if notation is None else notation
    if chosen not in values:
        return Read(Kind.OTHER_NOTATION)
    return Read(Kind.NUMBER, sign * values[chosen], unit)


def column_of(texts: Iterable[str]) -> Column:
    """The notation that all numbers of the columns fit; where they fit both, or contradict: not known."""
    seen: dict[Notation, str] = {}
    open_text = ""
    for text in texts:
        fits = _notations(text)
        if len(fits) == 1:
            seen.setdefault(next(iter(fits)), text)
        elif not open_text and read_number(text, None).kind is Kind.OPEN:
            open_text = text
    if len(seen) == 2:
        return Column(None, seen[Notation.POINT], mixed=True)
    if seen:
        return Column(*next(iter(seen.items())))
    return Column(None, open_text) if open_text else Column(Notation.COMMA)


def _notations(text: str) -> set[Notation]:
    body, _unit, _sign = _bare(SPACES.sub(" ", text).strip())
    return {way for way in Notation if _value(body, way) is not None}


def _no_number_at_all(text: str) -> Kind | None:
    if not text:
        return Kind.EMPTY
    if text.startswith("="):
        return Kind.FORMULA
    if text.lower() in NOTHING or re.sub(r"[. /]", "", text.lower()) in NOTHING:
        return Kind.NO_FIGURE
    return None


def _bare(text: str) -> tuple[str, str, int]:
    """The digits without sign and unit; the unit; 1 or -1."""
    unit = ""
    if PERCENT.search(text):
        text, unit = PERCENT.sub("", text), "%"
    elif len(EURO.findall(text)) == 1:
        at_an_end = re.fullmatch(
            rf"([+\-\u2212]?)\s?{EURO.pattern}\s?(.+)|(.+?)\s?{EURO.pattern}", text, re.I
        )
        if at_an_end:
            text, unit = EURO.sub("", text).strip(), "€"
    text = NO_CENTS.sub(r"\g<1>00", text.strip())
    sign = SIGN.match(text)
    negative = bool(sign and sign[1] != "+")
    return SIGN.sub("", text), unit, -1 if negative else 1


def _value(body: str, notation: Notation) -> float | None:
    found = GRAMMAR[notation].fullmatch(body)
    if not found:
        return None
    whole, decimals = re.sub(r"[., ]", "", found[1]), found[2] or ""
    return float(f"{whole}.{decimals or 0}") if len(whole) + len(decimals) <= MOST_DIGITS else None
