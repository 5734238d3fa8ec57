"""Spreadsheets (.xlsx) of partners: checked before they are opened, read with the outcome of formulas."""

import io
import re
import warnings
import zipfile
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string, range_boundaries

from buurtscan.partners.files import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Rows,
    Sheet,
    check_cells,
    check_size,
    read_text,
    refusal,
    tidy,
    too_many_rows,
)

UNWORKED = re.compile(  # a cell with a formula and no outcome
    rb'<c[^>]*?\sr="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
MAX_UNPACKED = 40_000_000
MAX_PARTS = 2_000
FAR_ROW, FAR_COLUMN = 20_000, 200  # further than this a sheet is not walked through
MAX_SHEETS = 30
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# All that readers of zip and XML raise on a file that is not what it says.
BROKEN = (
    OSError,
    ValueError,
    TypeError,
    LookupError,
    SyntaxError,
    AttributeError,
    ArithmeticError,
    RuntimeError,  # also of a kind of compression that Python does not know
    EOFError,
    zipfile.BadZipFile,
)


def read_file(data: bytes) -> list[Sheet]:
    """The sheets with something on them; a text file has one, without a name. Raises DomainError."""
    check_size(len(data))
    if not data.strip():
        raise refusal(_("Dit bestand is leeg."))
    if data.startswith(OLD_OFFICE):
        raise refusal(_words_for_old_office(data))
    if data.startswith(b"PK"):
        return read_workbook(data)
    start = data[:2000].lstrip().lower()
    if start.startswith(b"%pdf"):
        raise refusal(_("Dit is een PDF. Vraag de tabel als .xlsx of .csv, of typ de cijfers over."))
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"{\\rtf")):
        raise refusal(
            _("Dit is een webpagina of tekstbestand, geen tabel. Open het in Excel en bewaar het als .xlsx.")
        )
    return [read_text(data)]


def _words_for_old_office(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _("Op dit bestand zit een wachtwoord. Haal het wachtwoord eraf en probeer het opnieuw.")
    return _("Dit is een oud Excel-bestand (.xls). Open het in Excel en bewaar het als .xlsx.")


def read_workbook(data: bytes) -> list[Sheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            check_parts(parts)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and charts that nobody reads here
            return sheets_of(data)
    except BROKEN as broken:
        raise refusal(
            _(
                "Dit bestand is beschadigd of geen Excel-bestand. Open het in Excel en bewaar het opnieuw als .xlsx."
            )
        ) from broken


def check_parts(parts: zipfile.ZipFile) -> None:
    """Before anything is unpacked: how large it will be, and what is in it."""
    found = parts.infolist()
    names = {part.filename for part in found}
    if len(found) > MAX_PARTS or sum(part.file_size for part in found) > MAX_UNPACKED:
        raise refusal(_("Dit bestand is uitgepakt te groot. Bewaar alleen het blad dat u nodig hebt."))
    if any(part.flag_bits & 1 for part in found):
        raise refusal(
            _("Op dit bestand zit een wachtwoord. Haal het wachtwoord eraf en probeer het opnieuw.")
        )
    if "xl/workbook.xml" not in names:
        raise refusal(_("Dit is geen Excel-bestand (.xlsx). Bewaar de tabel als .xlsx of als .csv."))
    content = parts.read("[Content_Types].xml")
    if b"macroEnabled" in content or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise refusal(
            _("In dit bestand zitten macro’s (kleine programma’s). Bewaar het als gewone werkmap: .xlsx.")
        )
    for name in names:
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in parts.read(name):
            raise refusal(_("Dit bestand is geen gewoon Excel-bestand. Bewaar het opnieuw als .xlsx."))


def sheets_of(data: bytes) -> list[Sheet]:
    values = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    found: list[Sheet] = []
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for sheet in values.worksheets[:MAX_SHEETS]:
            if sheet.sheet_state != "visible":
                continue
            xml = parts.read(sheet._worksheet_path)
            check_far(xml)
            rows = rows_of(sheet)
            say_formulas(rows, xml)
            fill_merged(rows, xml)
            rows = tidy(rows)
            if rows:
                found.append(Sheet(sheet.title, rows))
                check_cells(found)
    if not found:
        raise refusal(_("Er staat niets in dit bestand."))
    return found


def check_far(xml: bytes) -> None:
    """What lies far out would never be seen; better refused than left out."""
    rows = max((int(number) for number in re.findall(rb'<row[^>]*?\sr="(\d{1,9})"', xml)), default=0)
    letters = {found.decode() for found in re.findall(rb'<c[^>]*?\sr="([A-Z]{1,3})\d', xml)}
    columns = max((column_index_from_string(one) for one in letters), default=0)
    if rows > FAR_ROW or columns > FAR_COLUMN:
        raise refusal(
            _(
                "Op dit blad staat iets heel ver naar beneden of naar rechts. Kopieer de tabel naar een nieuw blad."
            )
        )


def rows_of(sheet: Any) -> Rows:
    sheet.reset_dimensions()  # what a file says of its own size is not always so
    walk = sheet.iter_rows(max_row=FAR_ROW, max_col=FAR_COLUMN)
    rows: Rows = []
    for row in walk:
        rows.append([cell_of(cell) for cell in row])
        if len(rows) > MAX_ROWS and any(cell != "" for cell in rows[-1]):
            raise too_many_rows()  # at once: the rest is not worth the time
    return rows


def say_formulas(rows: Rows, xml: bytes) -> None:
    """A formula that was never worked out has no value in the file: that is told, not skipped."""
    for letters, number in UNWORKED.findall(xml):
        row, column = int(number) - 1, column_index_from_string(letters.decode()) - 1
        if row < len(rows) and column < len(rows[row]) and rows[row][column] == "":
            rows[row][column] = "=formule"


def cell_of(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return ""
    form = str(getattr(cell, "number_format", "") or "")
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, int | float):
        return number_of(float(value), form)
    if isinstance(value, datetime):
        return day_of(value.date(), form) if value.time() == time() else f"{value:%d-%m-%Y %H:%M}"
    if isinstance(value, date):
        return day_of(value, form)
    return re.sub(r"[\x00-\x08\x0b-\x1f]", " ", str(value)).strip()


def number_of(value: float, form: str) -> Cell:
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    plain = re.sub(r'"[^"]*"', "", form)
    if "%" in plain:
        return [float(f"{value * 100:.12g}"), "%"]
    return [float(f"{value:.15g}"), "€" if "€" in form else ""]


def day_of(day: date, form: str) -> str:
    """A date that shows its year only is that year."""
    return str(day.year) if re.fullmatch(r"y+(;@)?", form.lower()) else f"{day.day}-{day.month}-{day.year}"


def fill_merged(rows: Rows, xml: bytes) -> None:
    """What stands in a merged cell holds for all of its cells."""
    for text in re.findall(rb'<mergeCell [^>]*?ref="([A-Z0-9:]+)"', xml)[:MAX_ROWS]:
        left, top, right, bottom = (int(edge or 1) for edge in range_boundaries(text.decode()))
        if top > len(rows) or left > len(rows[top - 1]):
            continue
        for row in rows[top - 1 : bottom]:
            row.extend([""] * (min(right, MAX_COLUMNS) - len(row)))
            for column in range(left - 1, min(right, MAX_COLUMNS)):
                row[column] = rows[top - 1][left - 1]
