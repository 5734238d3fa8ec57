"""Single cells of a partner's table: where they are, what they say, and what is wrong with them."""

import re
from collections.abc import Mapping as Lookup
from dataclasses import dataclass

from buurtscan.partners.files import Cell

# What a figure has room for, by the role of the column.
LONGEST = {"label": 160, "unit": 40, "year": 20, "place": 120, "chapter": 60, "note": 300}
UNITS = {"€": {"€", "euro", "eur", "euro's"}, "%": {"%", "procent", "percentage", "percent"}}
YEAR = re.compile(r"(?<![0-9])(19[0-9]{2}|20[0-9]{2}|2100)(?![0-9])")


@dataclass(frozen=True)
class Place:
    """A cell: its row in the file, its column counted from 0, and the heading above it."""

    line: int
    column: int
    heading: str = ""

    @property
    def letter(self) -> str:
        """As a spreadsheet names it: A, B, … Z, AA."""
        number, letters = self.column + 1, ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return letters


@dataclass(frozen=True)
class Trouble:
    """A cell that became no figure. `why` names a text of `partner_words`."""

    place: Place
    found: str
    why: str
    besides: str = ""

    @property
    def line(self) -> int:
        return self.place.line


def as_text(cell: Cell) -> str:
    """A number without marks between thousands, with a decimal comma."""
    if isinstance(cell, str):
        return cell
    number = f"{float(cell[0]):.15g}".replace(".", ",")
    return f"{number}{'%' if cell[1] == '%' else ''}"


def year_of(text: str) -> str:
    """The period when there is a year in it ("2024", "2023/2024", "april 2024"), else nothing."""
    return text if YEAR.search(text) else ""


def unit_of(text: str, beside: str) -> str | None:
    """The unit of the column, or what stands beside the number; None when the two say different things."""
    text = text.strip()
    if not beside:
        return next((unit for unit, ways in UNITS.items() if text.lower() in ways), text)
    if not text or text.lower() in UNITS[beside] or text.startswith(beside):
        return text if text.startswith(beside) else beside
    return None


def chapter_named(text: str, chapters: Lookup[str, str]) -> str:
    return chapters.get(plain(text), "")


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
