"""From the cells of a partner's table to figures: what each column is, and what each row then says.

Every cell with a number becomes a figure, or is in the list of what is left out, or in the list of errors:
nothing disappears in silence.
"""

import re
from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any, Self

from buurtscan.partners.cells import LONGEST, Place, Trouble, as_text, chapter_named, unit_of, year_of
from buurtscan.partners.files import Cell, Rows
from buurtscan.partners.numbers import Column, Kind, Notation, Read, column_of, read_number

MOST_FIGURES = 5_000
MARK, MARKED = re.compile(r"[0-9][.,][0-9]"), (Kind.NUMBER, Kind.OPEN)


class Role(StrEnum):
    """What a column holds. The last four hold numbers; three of them say something in their heading."""

    SKIP = ""
    LABEL = "label"
    UNIT = "unit"
    YEAR = "year"
    PLACE = "place"
    CHAPTER = "chapter"
    NOTE = "note"
    VALUE = "value"
    VALUE_OF_YEAR = "value_year"
    VALUE_OF_PLACE = "value_place"
    VALUE_OF_LABEL = "value_label"


NUMBERS = (Role.VALUE, Role.VALUE_OF_YEAR, Role.VALUE_OF_PLACE, Role.VALUE_OF_LABEL)
SAID_BY_HEADING = {
    Role.VALUE_OF_YEAR: Role.YEAR,
    Role.VALUE_OF_PLACE: Role.PLACE,
    Role.VALUE_OF_LABEL: Role.LABEL,
}


@dataclass(frozen=True)
class Mapping:
    """What the user said of a table. `heading` is the row with the headings, counted from 1; 0 is none.

    The texts `label` to `place` hold for every figure whose row does not say it.
    """

    roles: tuple[str, ...] = ()
    heading: int = 1
    notation: str = ""
    chapter: str = ""
    label: str = ""
    unit: str = ""
    year: str = ""
    place: str = ""
    sheet: int = 0
    typed: bool = False

    @classmethod
    def of(cls, stored: Lookup[str, Any]) -> Self:
        known = {name: stored[name] for name in cls.__dataclass_fields__ if name in stored}
        return cls(**{**known, "roles": tuple(known.get("roles", ()))})

    def stored(self) -> dict[str, Any]:
        return {**asdict(self), "roles": list(self.roles)}

    def columns(self, *roles: str) -> list[int]:
        return [number for number, role in enumerate(self.roles) if role in roles]


@dataclass(frozen=True)
class Found:
    """One figure as it will be placed. `line` is its row in the file."""

    line: int
    chapter: str
    label: str
    value: float
    unit: str
    period: str
    place: str
    note: str


@dataclass
class Outcome:
    """`problems` are of the whole table: while there are any, nothing can be placed."""

    figures: list[Found] = field(default_factory=list)
    errors: list[Trouble] = field(default_factory=list)
    left_out: list[Trouble] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    column: Column = field(default_factory=lambda: Column(Notation.COMMA))
    marked: bool = False  # some number has a point or a comma in it

    @property
    def wrong_rows(self) -> int:
        return len({error.line for error in self.errors})


def problems_of(mapping: Mapping) -> list[str]:
    """Names of what the mapping itself lacks; see `partner_words.PROBLEMS`."""
    found = []
    kinds = {mapping.roles[number] for number in mapping.columns(*NUMBERS)}
    if not kinds:
        found.append("no_numbers")
    if len(kinds) > 1:
        found.append("numbers_of_two_kinds")
    if len(mapping.columns(Role.VALUE)) > 1:
        found.append("two_plain_numbers")
    once = (Role.LABEL, Role.UNIT, Role.YEAR, Role.PLACE, Role.CHAPTER, Role.NOTE)
    if any(len(mapping.columns(role)) > 1 for role in once):
        found.append("role_twice")
    said = {SAID_BY_HEADING[Role(kind)] for kind in kinds if kind in SAID_BY_HEADING}
    if any(mapping.columns(role) for role in said):
        found.append("said_twice")
    if said and not mapping.heading:
        found.append("no_headings")
    if not (mapping.label or mapping.columns(Role.LABEL, Role.VALUE_OF_LABEL)):
        found.append("no_label")
    if not (mapping.year or mapping.columns(Role.YEAR, Role.VALUE_OF_YEAR)):
        found.append("no_year")
    if not (mapping.chapter or mapping.columns(Role.CHAPTER)):
        found.append("no_chapter")
    return found


def interpret(rows: Rows, mapping: Mapping, chapters: Lookup[str, str]) -> Outcome:
    """All figures, all errors and all that is left out. `chapters`: every spelling with its chapter."""
    outcome = Outcome(problems=problems_of(mapping))
    if outcome.problems:
        return outcome
    body = list(enumerate(rows, start=1))[mapping.heading :]
    columns = mapping.columns(*NUMBERS)
    texts = [cell for _line, row in body for cell in picked(row, columns) if isinstance(cell, str)]
    outcome.column = column_of(texts)
    outcome.marked = any(read_number(text, None).kind in MARKED and MARK.search(text) for text in texts)
    notation = Notation(mapping.notation) if mapping.notation else outcome.column.notation
    if notation is None:
        outcome.problems.append("notation")
    headings = rows[mapping.heading - 1] if 0 < mapping.heading <= len(rows) else []
    for line, row in body:
        if len(outcome.figures) > MOST_FIGURES:
            break
        if any(cell != "" for cell in row):
            read_row(outcome, line, row, headings, mapping, notation, chapters)
    if len(outcome.figures) > MOST_FIGURES:
        outcome.problems.append("too_many")
    if not outcome.figures and not outcome.errors and not outcome.problems:
        outcome.problems.append("nothing")
    return outcome


def picked(row: Sequence[Cell], columns: Sequence[int]) -> list[Cell]:
    return [row[number] if number < len(row) else "" for number in columns]


def read_row(
    outcome: Outcome,
    line: int,
    row: Sequence[Cell],
    headings: Sequence[Cell],
    mapping: Mapping,
    notation: Notation | None,
    chapters: Lookup[str, str],
) -> None:
    """The figures of one row. A text that is wrong is told once, also when the row has ten numbers."""
    told: set[Trouble] = set()
    for column in mapping.columns(*NUMBERS):
        place = Place(line, column, as_text(headings[column]) if column < len(headings) else "")
        read = read_cell(picked(row, [column])[0], notation)
        if read.kind in (Kind.EMPTY, Kind.NO_FIGURE, Kind.BOUNDED):
            outcome.left_out.append(Trouble(place, as_text(picked(row, [column])[0]), read.kind))
            continue
        if read.kind is not Kind.NUMBER:
            outcome.errors.append(Trouble(place, as_text(picked(row, [column])[0]), read.kind))
            continue
        made = figure_of(place, row, headings, mapping, read, chapters)
        if isinstance(made, Found):
            outcome.figures.append(made)
        else:
            outcome.errors += [trouble for trouble in made if trouble not in told]
            told.update(made)


def read_cell(cell: Cell, notation: Notation | None) -> Read:
    """A number of a spreadsheet is that number; a text is read in the notation of its column."""
    if isinstance(cell, list):
        return Read(Kind.NUMBER, float(cell[0]), str(cell[1]))
    return read_number(cell, notation)


def figure_of(
    place: Place,
    row: Sequence[Cell],
    headings: Sequence[Cell],
    mapping: Mapping,
    read: Read,
    chapters: Lookup[str, str],
) -> Found | list[Trouble]:
    where = dict.fromkeys(Role, place)
    texts = {
        Role.LABEL: mapping.label,
        Role.UNIT: mapping.unit,
        Role.YEAR: mapping.year,
        Role.PLACE: mapping.place,
        Role.CHAPTER: mapping.chapter,
        Role.NOTE: "",
    }
    for role in texts:
        for column in mapping.columns(role)[:1]:
            heading = as_text(headings[column]) if column < len(headings) else ""
            where[role] = Place(place.line, column, heading)
            texts[role] = as_text(picked(row, [column])[0]) or texts[role]
    said = SAID_BY_HEADING.get(Role(mapping.roles[place.column]))
    if said:
        where[said], texts[said] = replace(place, line=mapping.heading), place.heading
    period, unit = year_of(texts[Role.YEAR]), unit_of(texts[Role.UNIT], read.unit)
    chapter = chapter_named(texts[Role.CHAPTER], chapters)
    troubles = [
        *(
            Trouble(where[role], texts[role], "too_long")
            for role in texts
            if len(texts[role]) > LONGEST[role]
        ),
        *([] if texts[Role.LABEL] else [Trouble(where[Role.LABEL], "", "label")]),
        *([] if period else [Trouble(where[Role.YEAR], texts[Role.YEAR], "year")]),
        *([] if unit is not None else [Trouble(where[Role.UNIT], texts[Role.UNIT], "two_units", read.unit)]),
        *([] if chapter else [Trouble(where[Role.CHAPTER], texts[Role.CHAPTER], "chapter")]),
    ]
    if troubles or unit is None:
        return troubles
    label, note = texts[Role.LABEL], texts[Role.NOTE]
    return Found(place.line, chapter, label, read.value, unit, period, texts[Role.PLACE], note)
