"""CBS codes: NL00, GM0518, WK051836, BU05183620, BU0363AD03 (letters are allowed)."""

import re
from typing import Literal

NATION = "NL00"
type LevelName = Literal["land", "gemeente", "wijk", "buurt"]

_PATTERNS: dict[LevelName, re.Pattern[str]] = {
    "land": re.compile(r"NL0[01]"),
    "gemeente": re.compile(r"GM\d{4}"),
    "wijk": re.compile(r"WK[0-9A-Z]{6}"),
    "buurt": re.compile(r"BU[0-9A-Z]{8}"),
}


def level_of(code: str) -> LevelName:
    """The level of an unpadded code. Raises ValueError for anything else."""
    for level, pattern in _PATTERNS.items():
        if pattern.fullmatch(code):
            return level
    raise ValueError(f"{code!r} is not a CBS area code")


def gemeente_of(code: str) -> str:
    """GM0518 for BU05183620, WK051836 and GM0518 itself."""
    if level_of(code) == "land":
        raise ValueError(f"{code} has no gemeente")
    return f"GM{code[2:6]}"


def wijk_of(code: str) -> str:
    """WK051836 for BU05183620 and WK051836 itself."""
    if level_of(code) not in ("buurt", "wijk"):
        raise ValueError(f"{code} has no wijk")
    return f"WK{code[2:8]}"
