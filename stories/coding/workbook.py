"""Quotes as an Excel workbook. Every cell is text or a number, never a formula."""

import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from buurtscan.takeaways.texts import clean
from buurtscan.takeaways.workbook import sheet, write
from core.formats import dutch_date
from stories.coding.quote_rows import QuoteRow


def quotes_xlsx(rows: Sequence[QuoteRow], *, title: str, made_on: date) -> bytes:
    book = Workbook()
    book.properties.title, book.properties.creator = clean(title), "Buurtagenda"
    book.properties.language = "nl-NL"
    read_me(book.active, rows, title, made_on)
    columns = (
        (_("Citaat"), 70),
        (_("Hoofdstuk"), 24),
        (_("Thema’s"), 40),
        (_("Hoe verteld"), 24),
        (_("Gevoel"), 12),
        (_("Taal"), 14),
        (_("Het hele verhaal in het Nederlands"), 70),
        (_("Verhaal"), 10),
    )
    sheet(book, _("Citaten"), columns, (cells(row) for row in rows))
    sheet(book, _("Per thema"), ((_("Thema"), 40), (_("Citaat"), 70), (_("Verhaal"), 10)), by_theme(rows))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(row: QuoteRow) -> tuple[Any, ...]:
    themes = "; ".join(row.themes)
    return (
        row.text,
        row.chapter,
        themes,
        row.door,
        row.feeling,
        row.language,
        row.translation,
        row.story,
    )


def by_theme(rows: Sequence[QuoteRow]) -> Iterator[tuple[Any, ...]]:
    pairs = [(theme, row) for row in rows for theme in row.themes]
    for theme, row in sorted(pairs, key=lambda pair: (pair[0].lower(), pair[1].story)):
        yield theme, row.text, row.story


def read_me(page: Any, rows: Sequence[QuoteRow], title: str, made_on: date) -> None:
    page.title = _("Leesmij")
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 30, 90
    lines = [
        (title, ""),
        (_("Bestand gemaakt op"), dutch_date(made_on)),
        (_("Aantal citaten"), len(rows)),
        (_("Welke verhalen"), _("Alleen verhalen die openbaar waren toen dit bestand werd gemaakt.")),
        (
            _("Ingetrokken?"),
            _("Een verteller mag een verhaal altijd intrekken. Gebruik dan dit bestand niet meer."),
        ),
    ]
    for number, (label, value) in enumerate(lines, 1):
        write(page.cell(number, 1), label)
        write(page.cell(number, 2), value)
