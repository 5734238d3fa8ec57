"""A first idea of what each column of a table is, from its heading and its cells. The user decides."""

import re
from collections import Counter

from buurtscan.partners.cells import as_text
from buurtscan.partners.files import Cell, Rows
from buurtscan.partners.numbers import Kind, read_number
from buurtscan.partners.tables import NUMBERS, Mapping, Role, picked

LOOKED_AT = 12  # rows in which the headings may stand
MOSTLY = 0.6
WORDS: list[tuple[str, str]] = [
    (Role.YEAR, r"jaar|jaartal|periode|peildatum|peiljaar|datum|kwartaal|maand|year"),
    (Role.UNIT, r"eenheid|maat|unit"),
    (Role.CHAPTER, r"hoofdstuk|thema"),
    (Role.NOTE, r"toelichting|opmerking(en)?|noot|bron|uitleg"),
    (Role.PLACE, r"plaats|buurt(naam)?|wijk(naam)?|gebied(snaam)?|waar|straat|complex|locatie|gemeente"),
    (Role.VALUE, r"waarde|aantal(len)?|getal|percentage|procent|bedrag|score|uitkomst|gemiddelde?|stand"),
    (Role.LABEL, r"naam|indicator|onderwerp|cijfer|omschrijving|kenmerk|variabele|soort|wat"),
]


def heading_row(rows: Rows) -> int:
    """The first of the fullest rows near the top, counted from 1: titles above a table have few texts."""
    different = [len({as_text(cell) for cell in row if cell != ""}) for row in rows[:LOOKED_AT]]
    texts = [sum(isinstance(cell, str) and cell != "" for cell in row) for row in rows[:LOOKED_AT]]
    most = max(different, default=0)
    full = [number for number, count in enumerate(different) if count >= max(2, most - 1)]
    return max(full, key=lambda number: texts[number]) + 1 if full else 1


def guess(rows: Rows, *, sheet: int = 0, heading: int | None = None, chapter: str = "") -> Mapping:
    heading = heading_row(rows) if heading is None else heading
    width = max(map(len, rows), default=0)
    titles = picked(rows[heading - 1], range(width)) if 0 < heading <= len(rows) else [""] * width
    names = [as_text(title) for title in titles]
    roles = roles_by_name(names)
    columns = [[as_text(cell) for cell in column] for column in columns_of(rows[heading:], width)]
    fill_in(roles, columns)
    unit = unit_by_name(names, roles)
    return Mapping(roles=tuple(roles), heading=heading, chapter=chapter, unit=unit, sheet=sheet)


def columns_of(rows: Rows, width: int) -> list[list[Cell]]:
    return [[row[number] for row in rows if number < len(row)] for number in range(width)]


def roles_by_name(names: list[str]) -> list[str]:
    """Each role once; years as headings make a wide table."""
    years = [bool(re.fullmatch(r"(19|20)[0-9]{2}\*?", name)) for name in names]
    if sum(years) > 1:
        roles: list[str] = [Role.VALUE_OF_YEAR if year else Role.SKIP for year in years]
    else:
        roles = [Role.SKIP] * len(names)
    for role, words in WORDS:
        if role in (Role.VALUE, Role.YEAR) and sum(years) > 1:
            continue
        match = re.compile(rf"\b({words})\b", re.IGNORECASE)
        for number, name in enumerate(names):
            if roles[number] == Role.SKIP and match.search(name) and role not in roles:
                roles[number] = role
    return roles


def fill_in(roles: list[str], columns: list[list[str]]) -> None:
    """No name yet: the first column of words. No number yet: the first column of numbers."""
    if Role.LABEL not in roles:
        number = next((n for n in range(len(roles)) if roles[n] == Role.SKIP and wordy(columns[n])), None)
        if number is not None:
            roles[number] = Role.LABEL
    if not any(role in NUMBERS for role in roles):
        number = next((n for n in range(len(roles)) if roles[n] == Role.SKIP and numeric(columns[n])), None)
        if number is not None:
            roles[number] = Role.VALUE


def numeric(texts: list[str]) -> bool:
    kinds = Counter(read_number(text, None).kind for text in texts)
    said = sum(kinds.values()) - kinds[Kind.EMPTY]
    return said > 0 and (said - kinds[Kind.NO_NUMBER]) / said >= MOSTLY


def wordy(texts: list[str]) -> bool:
    return any(texts) and not numeric(texts)


def unit_by_name(names: list[str], roles: list[str]) -> str:
    """ "Percentage" above the numbers says their unit, when no column does."""
    if Role.UNIT in roles:
        return ""
    name = next((names[n].lower() for n, role in enumerate(roles) if role == Role.VALUE), "")
    if re.search(r"%|percentage|procent", name):
        return "%"
    if re.search(r"€|euro|bedrag", name):
        return "€"
    return "aantal" if re.search(r"\baantal", name) else ""
