"""What telephone numbers, addresses, names and the like look like in Dutch: one list of patterns per kind.

Where a pattern has a group `piece`, that is what it is about; else the whole match. A rule beside a
pattern says whether what it matched is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stories.personal_words import (
    BETWEEN,
    COUNTED,
    FAMOUS,
    FIRST_NAMES,
    MONTHS,
    NAMED,
    NO_NAME,
    NO_SURNAME,
    RELATIONS,
    STREETS,
    TITLES,
)

type Rule = Callable[[re.Match[str]], bool]

_CAPITAL = r"[A-ZÀ-ÞİŞĞĆŁŚŻŹČŠŽ]"
_WORD = rf"(?!{NO_NAME}\b){_CAPITAL}[\w'’]+(?:-{_CAPITAL}?[\w'’]+)*"
_SURNAME = rf"(?!\w*{NO_SURNAME}\b){_WORD}"
_INITIALS = rf"(?:{_CAPITAL}\.[ ]?){{1,4}}"
_NAME = rf"(?:{_INITIALS}[ ]?)?(?:{BETWEEN}[ ]+){{0,3}}{_SURNAME}(?:(?:[ ]+{BETWEEN}){{0,3}}[ ]+{_SURNAME}(?![ ]+\d)){{0,2}}"
_DATE = rf"\d{{1,2}}[-/. ](?:\d{{1,2}}|{MONTHS})[-/. ](?:19|20)?\d{{2}}"
_PLATES = [
    "LL-00-00",
    "00-00-LL",
    "00-LL-00",
    "LL-00-LL",
    "LL-LL-00",
    "00-LL-LL",
    "00-LLL-0",
    "0-LLL-00",
    "LL-000-L",
    "L-000-LL",
    "LLL-00-L",
    "L-00-LLL",
    "0-LL-000",
    "000-LL-0",
]


def _plate(shape: str, dash: str) -> str:
    return shape.replace("-", dash).replace("0", r"\d").replace("L", "[A-Z]")


_DASHED = "|".join(_plate(shape, "-") for shape in _PLATES)
# Without dashes "GM0518" and "2531AB" would be plates too.
_JOINED = "|".join(_plate(shape, "") for shape in _PLATES if shape not in ("LL-00-00", "00-00-LL"))


def passes_eleven(match: re.Match[str]) -> bool:
    """The test of a burgerservicenummer: 9a+8b+…+2h−i divides by eleven."""
    number = [int(digit) for digit in re.sub(r"\D", "", match.group("piece")).zfill(9)]
    weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
    total = sum(weight * digit for weight, digit in zip(weights, number, strict=True))
    return total != 0 and total % 11 == 0


def is_not_famous(match: re.Match[str]) -> bool:
    return not match.group().startswith(FAMOUS)


def is_said_of_a_person(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 40) : match.start()].split()
    return bool(before) and before[-1].lower() in NAMED


def is_inside_a_sentence(match: re.Match[str]) -> bool:
    """After a word in small letters: then a capital is the capital of a name."""
    before = match.string[max(0, match.start() - 40) : match.start()].rstrip(" (\"'‘“").split()
    return bool(before) and (before[-1][0].islower() or before[-1][-1] in ",;:")


def always(_match: re.Match[str]) -> bool:
    return True


@dataclass(frozen=True)
class Pattern:
    kind: str
    expression: re.Pattern[str]
    is_meant: Rule = always

    def pieces(self, text: str) -> Iterator[tuple[int, int]]:
        """Where it stands in the text."""
        group = "piece" if "piece" in self.expression.groupindex else 0
        return (match.span(group) for match in self.expression.finditer(text) if self.is_meant(match))


def _patterns() -> Iterator[Pattern]:
    yield Pattern("e-mailadres", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"))
    yield Pattern("rekeningnummer", re.compile(r"\b[A-Za-z]{2}\d{2}[ ]?[A-Za-z]{4}(?:[ ]?\d){10}\b"))
    yield Pattern(
        "telefoonnummer",
        re.compile(
            r"(?<![\w+])(?:(?:\+|00)31[ .-]?(?:\(0\)[ ]?)?|\(?0)(?![89]00)[1-9](?:[ .()/-]{0,3}\d){8}(?!\d)"
        ),
    )
    yield Pattern(
        "bsn",
        re.compile(r"(?<![\d.])(?P<piece>\d{9}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[. ]\d{3}[. ]\d{3})(?!\d)"),
        passes_eleven,
    )
    yield Pattern(
        "bsn",
        re.compile(r"(?i:bsn|burgerservice\w*|sofi\w*)[^\d\n]{0,30}(?P<piece>\d{8,9})(?!\d)"),
        passes_eleven,
    )
    number = r"(?:[ ,]+\d{1,4}[a-zA-Z]?\b)?"
    yield Pattern("postcode", re.compile(rf"\b[1-9]\d{{3}}[ ]?(?!SA|SD|SS)[A-Z]{{2}}\b{number}"))
    units = "mm|cm|km|kg|mb|gb|ml|cl|kw|en|de"
    yield Pattern("postcode", re.compile(rf"\b[1-9]\d{{3}}(?!{units})[a-z]{{2}}\b{number}"))
    first = rf"(?:(?!In\b|Op\b|Aan\b|Bij\b|Naar\b|Uit\b|Langs\b|Ik\b|Wij\b|Mijn\b){_CAPITAL}[\w'’.]{{0,20}}[ ]+(?:(?:van|de|der|den|het)[ ]+){{0,2}}){{0,3}}"
    street = rf"(?={_CAPITAL})(?:{_CAPITAL}[\w'’.-]{{0,30}}?)??{STREETS}"
    house = r"\d{1,4}(?:-\w{1,4}|hs|bis|[ ]?[a-zA-Z](?!\w))?"
    yield Pattern(
        "adres",
        re.compile(rf"(?<![\w.'’-]){first}{street}[ ]+(?:nummer[ ]+|nr\.?[ ]*)?{house}\b(?![ ]+{COUNTED}\b)"),
    )
    yield Pattern("kenteken", re.compile(rf"(?<![\w-])(?:{_DASHED})(?![\w-])"))
    yield Pattern("kenteken", re.compile(rf"(?<![\w-])(?:{_JOINED})(?![\w-])"))
    born = r"(?i:geboren|geboortedatum|geb\.)"
    yield Pattern("geboortedatum", re.compile(rf"{born}[^.!?\n\d]{{0,25}}(?P<piece>{_DATE})"))
    yield Pattern("geboortedatum", re.compile(rf"(?P<piece>{_DATE})[^.!?\n\d]{{0,20}}{born}"))
    yield from _names()


def _names() -> Iterator[Pattern]:
    titles = rf"(?:[Dd]e[ ]+heer|{TITLES})(?:[ ]+en[ ]+{TITLES})?"
    yield Pattern("naam", re.compile(rf"\b(?:{titles}|{RELATIONS})[ ]+{_NAME}"))
    yield Pattern("naam", re.compile(rf"\bheet(?:te)?[ ]+(?P<piece>{_NAME})"), is_said_of_a_person)
    yield Pattern("naam", re.compile(rf"\b(?:[Ii]k|[Hh]ij|[Zz]ij|[Zz]e)[ ]+(?P<piece>{_NAME})[ ]+heet"))
    yield Pattern(
        "naam", re.compile(rf"\b[Nn]aam(?:[ ]+is|[ ]+er[ ]+maar[ ]+bij|[ ]+erbij)?:?[ ]+(?P<piece>{_NAME})")
    )
    yield Pattern("naam", re.compile(rf"\bgenaamd[ ]+(?P<piece>{_NAME})"))
    yield Pattern(
        "naam", re.compile(rf"\b[Gg]roet(?:en|jes)?,?\s+(?:van[ ]+)?(?P<piece>{_NAME})\s*$", re.MULTILINE)
    )
    people = r"\w+(?:er|aan|ees|ist|iër|ische?)\b"  # Rotterdammer, Hagenees: where somebody is from
    yield Pattern("naam", re.compile(rf"\b[Ii]k[ ]+ben[ ]+(?P<piece>(?!{people}){_NAME})"))
    yield Pattern("naam", re.compile(rf"\b{_INITIALS}(?:{BETWEEN}[ ]+){{0,3}}{_SURNAME}"))
    last = rf"(?:{BETWEEN}[ ]+){{0,3}}{_SURNAME}"
    yield Pattern("naam", re.compile(rf"\b{FIRST_NAMES}[ ]+{last}"), is_not_famous)
    alone = rf"\b{FIRST_NAMES}\b(?![ ]+(?:{BETWEEN}[ ]+)*{_CAPITAL})(?!-)"
    yield Pattern("naam", re.compile(alone), is_inside_a_sentence)


PATTERNS = tuple(_patterns())
