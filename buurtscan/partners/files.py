"""A file or a pasted table of a partner as rows of cells; refused in words that say what to do instead.

A text stays a text. A number that a spreadsheet holds as a number is kept as `[number, unit]`, because its
notation is then no question any more.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.errors import DomainError
from core.formats import dutch_number

MAX_BYTES = 2_000_000
MAX_ROWS, MAX_COLUMNS = 2_000, 60
MAX_CELLS = 60_000  # of all sheets together: what a draft keeps
DELIMITERS = "\t;|,"
GOOD_ENOUGH = 0.6  # the share of rows that have the same number of columns

type Cell = str | list[float | str]
type Rows = list[list[Cell]]


@dataclass(frozen=True)
class Sheet:
    """`rows` as they stand in the file, empty ones too: the first is row 1 of the file."""

    name: str
    rows: Rows


def refusal(message: str) -> DomainError:
    return DomainError(message, field="file")


def check_size(size: int) -> None:
    if size > MAX_BYTES:
        sizes = {"size": dutch_number(size / 1_000_000, 1), "limit": dutch_number(MAX_BYTES / 1_000_000)}
        raise refusal(
            _("Uw bestand is %(size)s MB. Het mag hoogstens %(limit)s MB zijn. Haal weg wat niet nodig is.")
            % sizes
        )


def too_many_rows() -> DomainError:
    text = _("Deze tabel heeft meer dan %(rows)s rijen. Maak de tabel korter.")
    return refusal(text % {"rows": dutch_number(MAX_ROWS)})


def tidy(rows: Rows) -> Rows:
    """Without the empty end of rows and table; refused when it is too long or too wide."""
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    if len(rows) > MAX_ROWS:
        raise too_many_rows()
    if max(map(len, rows), default=0) > MAX_COLUMNS:
        raise refusal(
            _("Deze tabel heeft meer dan %(columns)s kolommen. Haal kolommen weg die u niet nodig hebt.")
            % {"columns": MAX_COLUMNS}
        )
    return rows


def check_cells(sheets: Iterable[Sheet]) -> None:
    if sum(len(row) for sheet in sheets for row in sheet.rows) > MAX_CELLS:
        raise refusal(
            _("Dit bestand heeft meer dan %(cells)s cellen. Bewaar alleen het blad dat u nodig hebt.")
            % {"cells": dutch_number(MAX_CELLS)}
        )


# --- text ---------------------------------------------------------------------------------
def read_text(data: bytes) -> Sheet:
    return read_pasted(decoded(data))


def read_pasted(text: str) -> Sheet:
    """A table as text: columns apart by a tab, a semicolon, a bar or a comma."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if re.search(r"[\x00-\x08\x0b\x0e-\x1f]", lines):
        raise refusal(
            _("Dit is geen tabel die wij kunnen lezen. Kies een bestand dat eindigt op .csv of .xlsx.")
        )
    said = re.match(r"sep=([\t;|,])\n", lines, re.IGNORECASE)  # the hint that Excel writes for itself
    delimiter = said[1] if said else delimiter_of(lines)
    rows = split(lines, delimiter)
    if said:
        rows[0] = []  # the numbers of the rows stay those of the file
    rows = tidy(rows)
    if not rows:
        raise refusal(_("Er staat niets in deze tabel."))
    if max(map(len, rows)) < 2:
        raise refusal(_("Wij vinden maar één kolom. Zet tussen de kolommen een puntkomma of een komma."))
    return Sheet("", rows)


def split(text: str, delimiter: str) -> Rows:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return [[cell.strip() for cell in row] for row in reader]
    except csv.Error as error:
        raise refusal(
            _("Bij regel %(line)s klopt er iets niet met de aanhalingstekens. Verbeter die regel.")
            % {"line": reader.line_num}
        ) from error


def delimiter_of(text: str) -> str:
    """The first that gives most rows the same number of columns. The comma comes last: it is also the
    decimal mark."""
    head = text[:20_000].split("\n")[:60]
    shares = {sign: share_of(head, sign) for sign in DELIMITERS}
    return next(
        (sign for sign in DELIMITERS if shares[sign] >= GOOD_ENOUGH), max(shares, key=shares.__getitem__)
    )


def share_of(lines: list[str], delimiter: str) -> float:
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if any(row)]
    except csv.Error:
        return 0.0
    usual = max(set(widths), key=widths.count, default=0)
    return widths.count(usual) / len(widths) if usual > 1 else 0.0


def decoded(data: bytes) -> str:
    """UTF-8, UTF-16 or Windows; with or without a mark in front."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode(data, "utf-16")
    if data.startswith(b"\xef\xbb\xbf"):
        return _decode(data, "utf-8-sig")
    if b"\x00" in data[:1000]:
        even, odd = data[:1000:2].count(0), data[1:1000:2].count(0)
        return _decode(data, "utf-16-be" if even > odd else "utf-16-le")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(data, "cp1252")


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refusal(
            _("Wij kunnen de letters in dit bestand niet lezen. Bewaar het als “CSV UTF-8” of als .xlsx.")
        ) from error
