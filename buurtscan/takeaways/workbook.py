"""The scan as an Excel workbook: what to know first, then a sheet for each kind of row."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from buurtscan.takeaways.columns import (
    ALIKE,
    FIGURES,
    MEMBER,
    MEMBERS,
    NEAREST,
    PARTNERS,
    POLICY,
    TERMS,
    TRENDS,
    Column,
)
from buurtscan.takeaways.contents import Contents
from buurtscan.takeaways.rows import (
    FigureRow,
    direction_words,
    figure_rows,
    level_words,
    partner_source,
    trend_rows,
)
from buurtscan.takeaways.texts import clean
from buurtscan.words.values import value_in_words
from core.formats import dutch_date
from projects.chapters import Chapter

MOST = 32_000  # Excel refuses a cell of more than 32,767 signs


def workbook_xlsx(contents: Contents) -> bytes:
    book = Workbook()
    book.properties.title, book.properties.creator = clean(contents.title), "Buurtagenda"
    book.properties.language = "nl-NL"
    read_me(book.active, contents)
    sheet(book, _("Cijfers"), FIGURES, (figure_cells(row) for row in figure_rows(contents)))
    if members := member_names(contents):
        sheet(book, _("Buurten naast elkaar"), member_columns(members), member_cells(contents))
    sheet(book, _("Door de jaren"), TRENDS, trend_cells(contents))
    sheet(book, _("Buurten die erop lijken"), NEAREST, nearest_cells(contents))
    sheet(book, _("Cijfers die erop lijken"), ALIKE, alike_cells(contents))
    sheet(book, _("Cijfers van partners"), PARTNERS, partner_cells(contents))
    sheet(book, _("Wat komt eraan"), POLICY, policy_cells(contents))
    sheet(book, _("Begrippen"), TERMS, term_cells(contents))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet(book: Workbook, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
    """A table with its heading always in sight and a filter on each column."""
    page: Worksheet = book.create_sheet(title)
    for number, (heading, width) in enumerate(columns, start=1):
        write(page.cell(1, number), heading)
        page.cell(1, number).font = Font(bold=True, color="FFFFFF")
        page.cell(1, number).fill = PatternFill("solid", fgColor="1D2733")
        page.cell(1, number).alignment = Alignment(wrap_text=True, vertical="top")
        page.column_dimensions[get_column_letter(number)].width = width
    last = 1
    for last, row in enumerate(rows, start=2):
        for number, value in enumerate(row, start=1):
            write(page.cell(last, number), value)
    page.freeze_panes = "C2" if len(columns) > 10 else "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"


def write(cell: Cell, value: Any) -> None:
    """A number as a number, a text always as a text: never a formula."""
    if value is None or value == "":
        return
    if isinstance(value, int | float):
        cell.value = value
        return
    text = clean(str(value))[:MOST]
    cell.value = text
    cell.data_type = "s"
    if text.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True  # or it becomes a formula as soon as somebody edits the cell
    if len(text) > 40:
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def read_me(page: Worksheet, contents: Contents) -> None:
    page.title = _("Leesmij")
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 34, 100
    write(page.cell(1, 1), contents.title)
    page.cell(1, 1).font = Font(bold=True, size=16)
    for number, (label, text) in enumerate(read_me_lines(contents), start=3):
        write(page.cell(number, 1), label)
        page.cell(number, 1).font = Font(bold=True)
        page.cell(number, 1).alignment = Alignment(vertical="top", wrap_text=True)
        write(page.cell(number, 2), text)
        page.cell(number, 2).alignment = Alignment(vertical="top", wrap_text=True)


def read_me_lines(contents: Contents) -> list[tuple[str, str]]:
    lines = [
        (_("Gebied"), f"{contents.where} ({', '.join(contents.codes)})"),
        (_("Cijfers opgehaald op"), dutch_date(contents.scanned_on)),
        (_("Bestand gemaakt op"), dutch_date(contents.made_on)),
    ]
    if contents.is_demo:
        lines.append((_("Voorbeeld"), _("De cijfers zijn echt, de rest is verzonnen.")))
    lines += [
        (_("Leeg vak"), _("Een leeg vak is geen nul. De kolom Status zegt waarom er geen cijfer is.")),
        (
            _("Gebied van het cijfer"),
            _("Is het cijfer van de buurt niet bekend, dan staat er dat van een groter gebied."),
        ),
        (
            _("Plaats tussen alle buurten"),
            _(
                "Hoeveel Nederlandse buurten (bij een wijk: wijken) een lager, gelijk of hoger cijfer hebben, in hetzelfde jaar."
            ),
        ),
        (
            _("Reeks"),
            _("Krijgt een cijfer een andere betekenis, dan begint een nieuwe reeks. Vergelijk die niet."),
        ),
        (
            _("Eenheid"),
            _("De waarde staat er zoals de bron haar publiceert: x 1 000 euro is duizenden euro's."),
        ),
        (_("Wie er wonen"), _("Cijfers over wie er wonen zijn nooit goed of slecht.")),
    ]
    if contents.left_out:
        left_out = _("Het kernteam heeft cijfers weggelaten. Aantal: %(n)s.") % {"n": contents.left_out}
        lines.append((_("Weggelaten"), left_out))
    for line in contents.sources:
        text = _("Jaren: %(years)s. Tabellen: %(tables)s. Licentie: %(licence)s.")
        values = {"years": line.years, "tables": ", ".join(line.tables), "licence": line.licence}
        lines.append((_("Bron: %(name)s") % {"name": line.name}, text % values))
    for table in contents.tables:
        text = " ".join(one for one in (table.title, table.source_note, table.url) if one)
        lines.append((_("Bron: %(name)s") % {"name": table.partner}, text))
    return lines


def figure_cells(row: FigureRow) -> tuple[Any, ...]:
    return (
        row.chapter_label,
        row.title,
        row.area,
        row.code,
        level_words(row.level),
        row.value,
        row.unit,
        row.shown,
        year(row.period),
        level_words(row.level_used),
        row.status_words,
        row.source_name,
        row.table,
        row.vintage,
        row.licence,
        row.place,
        row.below,
        row.equal,
        row.ranked,
        row.median,
        row.alike_median,
        row.flags_words,
        row.sentence,
    )


def member_names(contents: Contents) -> list[str]:
    """The buurten of a set; none for one area."""
    return next(
        ([cell.name for cell in one.line.members] for one in contents.readings if one.line.members), []
    )


def member_columns(names: Sequence[str]) -> list[Column]:
    return [*MEMBERS, *((name, MEMBER) for name in names)]


def member_cells(contents: Contents) -> Iterable[tuple[Any, ...]]:
    """A figure on a row: what the set has together where that may be worked out, then each buurt."""
    for part in contents.chapters:
        for reading in part.readings:
            one, period = reading.indicator, year(reading.figure.period)
            together = reading.value if reading.own else None
            members = [cell.value for cell in reading.line.members]
            yield (part.label, one.title, one.unit, period, together, *members)


def trend_cells(contents: Contents) -> Iterable[tuple[Any, ...]]:
    for row in trend_rows(contents):
        indicator = row.reading.indicator
        shown = value_in_words(indicator, row.value)
        source = row.reading.figure.get_source_display()
        chapter = Chapter(indicator.chapter).label
        yield (
            chapter,
            indicator.title,
            year(row.period),
            row.value,
            indicator.unit,
            shown,
            row.series,
            source,
        )


def nearest_cells(contents: Contents) -> Iterable[tuple[Any, ...]]:
    for one in contents.alike:
        yield (one.number, one.name, one.code, one.distance, year(one.period))


def alike_cells(contents: Contents) -> Iterable[tuple[Any, ...]]:
    for reading in contents.readings:
        for one in reading.alike.buurten if reading.alike else ():
            indicator = reading.indicator
            shown = value_in_words(indicator, one.value)
            yield (indicator.title, one.name, one.code, one.value, indicator.unit, shown)


def partner_cells(contents: Contents) -> Iterable[tuple[Any, ...]]:
    for one in contents.partners:
        chapter, table = Chapter(one.chapter).label, one.table
        figure = (chapter, one.label, one.value, one.unit, year(one.period), one.place, one.note)
        yield (*figure, partner_source(one), table.source_note, table.url)


def policy_cells(contents: Contents) -> Iterable[tuple[Any, ...]]:
    for fact in contents.facts:
        chapter, kind = Chapter(fact.chapter).label, fact.get_kind_display()
        yield (chapter, kind, fact.what, fact.where, fact.who, fact.starts, fact.ends, fact.source_note)


def term_cells(contents: Contents) -> Iterable[tuple[Any, ...]]:
    for part in contents.chapters:
        for reading in part.readings:
            one = reading.indicator
            direction = direction_words(one.direction)
            yield (part.label, one.title, one.id, one.meaning, one.unit, direction)


def year(period: str) -> int | str:
    return int(period) if period.isdecimal() and len(period) == 4 else period
