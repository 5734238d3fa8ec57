"""The scan as CSV with metadata (a ZIP) and as JSON. Both are described in docs/open-data.md."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from buurtscan.models import PartnerFigure
from buurtscan.takeaways.contents import Contents
from buurtscan.takeaways.rows import FigureRow, figure_rows, level_words, partner_dict, trend_rows
from buurtscan.takeaways.texts import harmless

SCHEMA = "buurtagenda.buurtscan/1"
FIGURES_CSV, PARTNERS_CSV, METADATA = "cijfers.csv", "cijfers-van-partners.csv", "csv-metadata.json"
type Column[Row] = tuple[str, str, Callable[[Row], Any]]

# Heading, datatype in the metadata, what it takes of a row.
COLUMNS: tuple[Column[FigureRow], ...] = (
    ("hoofdstuk", "string", lambda row: row.chapter_label),
    ("cijfer", "string", lambda row: row.title),
    ("indicator", "string", lambda row: row.indicator),
    ("gebied", "string", lambda row: row.area),
    ("code", "string", lambda row: row.code),
    ("soort_gebied", "string", lambda row: level_words(row.level)),
    ("waarde", "number", lambda row: row.value),
    ("eenheid", "string", lambda row: row.unit),
    ("waarde_in_woorden", "string", lambda row: row.shown),
    ("jaar", "string", lambda row: row.period),
    ("gebied_van_het_cijfer", "string", lambda row: level_words(row.level_used)),
    ("status", "string", lambda row: row.status_words),
    ("bron", "string", lambda row: row.source_name),
    ("tabel", "string", lambda row: row.table),
    ("indeling", "integer", lambda row: row.vintage),
    ("licentie", "string", lambda row: row.licence),
    ("lager", "integer", lambda row: row.below),
    ("gelijk", "integer", lambda row: row.equal),
    ("vergeleken_met", "integer", lambda row: row.ranked),
    ("midden", "number", lambda row: row.median),
    ("midden_van_wat_erop_lijkt", "number", lambda row: row.alike_median),
    ("let_op", "string", lambda row: row.flags_words),
    ("zin", "string", lambda row: row.sentence),
)


PARTNER_COLUMNS: tuple[Column[PartnerFigure], ...] = (
    ("hoofdstuk", "string", lambda row: row.get_chapter_display()),
    ("cijfer", "string", lambda row: row.label),
    ("waarde", "number", lambda row: row.value),
    ("eenheid", "string", lambda row: row.unit),
    ("jaar", "string", lambda row: row.period),
    ("waar", "string", lambda row: row.place),
    ("toelichting", "string", lambda row: row.note),
    ("van_wie", "string", lambda row: row.table.partner),
    ("tabel", "string", lambda row: row.table.title),
    ("bron", "string", lambda row: row.table.source_note),
    ("link", "string", lambda row: row.table.url),
)


def csv_text[Row](columns: Sequence[Column[Row]], rows: Iterable[Row]) -> str:
    """As a Dutch spreadsheet opens it with two clicks: BOM, semicolons, decimal comma."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(name for name, _datatype, _take in columns)
    for row in rows:
        writer.writerow(as_cell(take(row)) for _name, _datatype, take in columns)
    return "\ufeff" + out.getvalue()


def as_cell(value: Any) -> str:
    """Nothing for what is not known; a number in full, with a comma."""
    if value is None:
        return ""
    if isinstance(value, float):
        return plain_number(value).replace(".", ",")
    return harmless(str(value))


def plain_number(value: float) -> str:
    """16 for 16.0 and 0.1 for 0.1: as published, never 1e-05."""
    whole = f"{value:.10f}".rstrip("0").rstrip(".")
    return "0" if whole == "-0" else whole


def csv_metadata(contents: Contents) -> dict[str, Any]:
    """CSV on the Web (W3C): how to read the columns, where the figures come from, what you may do."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "dc:title": contents.title,
        "dc:date": contents.scanned_on.isoformat(),
        "dc:description": explanation(),
        "dc:source": [
            {
                "name": line.name,
                "years": line.years,
                "tables": list(line.tables),
                "dc:license": line.licence,
            }
            for line in contents.sources
        ],
        "dialect": {"delimiter": ";", "encoding": "utf-8", "header": True, "quoteChar": '"'},
        "tables": [csv_table(FIGURES_CSV, COLUMNS), csv_table(PARTNERS_CSV, PARTNER_COLUMNS)],
    }


def csv_table(name: str, columns: Sequence[Column[Any]]) -> dict[str, Any]:
    return {
        "url": name,
        "tableSchema": {"columns": [csv_column(heading, kind) for heading, kind, _take in columns]},
    }


def csv_column(name: str, kind: str) -> dict[str, Any]:
    datatype: Any = kind
    if kind == "number":
        datatype = {"base": "number", "format": {"decimalChar": ",", "groupChar": "."}}
    return {"name": name, "titles": name, "datatype": datatype, "null": ""}


def explanation() -> str:
    texts = [
        _("Een leeg vak is geen nul: het cijfer is niet bekend. De kolom status zegt waarom."),
        _("Het gebied van het cijfer is soms groter dan de buurt: dan is het cijfer van de buurt onbekend."),
        _("Een tekst die begint met =, +, - of @ heeft een apostrof ervoor, zodat het tekst blijft."),
    ]
    return " ".join(texts)


def csv_zip(contents: Contents) -> bytes:
    """The tables and their metadata, under the name by which CSV on the Web finds it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(FIGURES_CSV, csv_text(COLUMNS, figure_rows(contents)))
        archive.writestr(PARTNERS_CSV, csv_text(PARTNER_COLUMNS, contents.partners))
        archive.writestr(METADATA, dumped(csv_metadata(contents)))
    return out.getvalue()


def json_text(contents: Contents) -> bytes:
    return dumped(json_dict(contents)).encode()


def json_dict(contents: Contents) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "title": contents.title,
        "project": contents.slug,
        "example": contents.is_demo,
        "areas": [
            {"code": code, "name": name} for code, name in zip(contents.codes, contents.areas, strict=True)
        ],
        "scanned_on": contents.scanned_on.isoformat(),
        "made_on": contents.made_on.isoformat(),
        "left_out": contents.left_out,
        "sources": [
            {
                "source": line.source,
                "name": line.name,
                "years": line.years,
                "tables": list(line.tables),
                "licence": line.licence,
            }
            for line in contents.sources
        ],
        "figures": [figure_dict(row) for row in figure_rows(contents)],
        "trends": [
            {
                "indicator": row.reading.indicator.id,
                "code": row.reading.figure.code,
                "period": row.period,
                "value": row.value,
                "series": row.series,
            }
            for row in trend_rows(contents)
        ],
        "look_alikes": [
            {"number": one.number, "code": one.code, "name": one.name, "distance": one.distance}
            for one in contents.alike
        ],
        "partner_figures": [partner_dict(figure) for figure in contents.partners],
        "questions": [
            {
                "text": question.text,
                "chapters": question.chapters,
                "answered": question.answered,
                "unanswered": question.unanswered,
            }
            for question in contents.questions
        ],
        "duiding": {part.chapter: part.duiding for part in contents.chapters if part.duiding},
        "marks": [
            {"chapter": part.chapter, "kind": mark.kind, "figure": mark.title, "reason": mark.reason}
            for part in contents.chapters
            for mark in part.marks
        ],
        "policy": [
            {
                "chapter": fact.chapter,
                "kind": fact.kind,
                "what": fact.what,
                "where": fact.where or None,
                "who": fact.who,
                "starts": fact.starts,
                "ends": fact.ends,
                "source": fact.source_note or None,
            }
            for fact in contents.facts
        ],
    }


def figure_dict(row: FigureRow) -> dict[str, Any]:
    return {
        "chapter": row.chapter,
        "indicator": row.indicator,
        "title": row.title,
        "role": row.role,
        "area": row.area,
        "code": row.code,
        "level": row.level,
        "value": row.value,
        "unit": row.unit,
        "shown": row.shown,
        "period": row.period or None,
        "vintage": row.vintage,
        "level_used": row.level_used or None,
        "status": row.status,
        "source": row.source,
        "table": row.table or None,
        "licence": row.licence,
        "below": row.below,
        "equal": row.equal,
        "ranked": row.ranked,
        "median": row.median,
        "look_alike_median": row.alike_median,
        "flags": list(row.flags),
        "sentence": row.sentence or None,
    }


def dumped(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
