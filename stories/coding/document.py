"""Quotes as a Word document, by chapter and theme, to lay on the table."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.oxml import OxmlElement

from buurtscan.takeaways.texts import clean
from core.formats import dutch_date
from stories.coding.quote_rows import QuoteRow


def quotes_docx(rows: Sequence[QuoteRow], *, title: str, made_on: date) -> bytes:
    page = Document()
    page.core_properties.title, page.core_properties.author = clean(title), "Buurtagenda"
    page.core_properties.language = "nl-NL"
    page.add_heading(clean(title), 0)
    told = _(
        "Gemaakt op %(day)s. Alleen verhalen die toen openbaar waren. Trekt een verteller een verhaal in, gebruik dan dit document niet meer."
    )
    page.add_paragraph(told % {"day": dutch_date(made_on)})
    for chapter in dict.fromkeys(row.chapter for row in sorted(rows, key=lambda row: row.chapter)):
        page.add_heading(clean(chapter), 1)
        within = [row for row in rows if row.chapter == chapter]
        for theme, found in by_theme(within):
            page.add_heading(clean(theme), 2)
            for row in found:
                add_quote(page, row)
    out = io.BytesIO()
    page.save(out)
    return out.getvalue()


def by_theme(rows: Sequence[QuoteRow]) -> list[tuple[str, list[QuoteRow]]]:
    """A quote with two themes stands under both; without one it comes last."""
    named: dict[str, list[QuoteRow]] = {}
    for row in rows:
        for theme in row.themes:
            named.setdefault(theme, []).append(row)
    without = [row for row in rows if not row.themes]
    found = sorted(named.items(), key=lambda pair: pair[0].lower())
    return [*found, *([(_("Nog geen thema"), without)] if without else [])]


def add_quote(page: Any, row: QuoteRow) -> None:
    words = page.add_paragraph(style="Quote")
    words.add_run(f"“{clean(row.text)}”")
    if row.right_to_left:
        words._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for run in words.runs:
            mark = OxmlElement("w:rtl")
            run._r.get_or_add_rPr().append(mark)
    if row.translation:
        page.add_paragraph(
            _("Het hele verhaal in het Nederlands: %(text)s") % {"text": clean(row.translation)}
        )
    about = [row.door, row.feeling, row.language, _("verhaal %(n)s") % {"n": row.story}]
    small = page.add_paragraph(" · ".join(clean(part) for part in about if part))
    small.paragraph_format.keep_with_next = False
    small.runs[0].font.size = 114300  # 9 points
