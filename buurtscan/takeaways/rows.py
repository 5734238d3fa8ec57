"""The content as plain rows, the same for workbook, CSV and JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from buurtscan.catalogue import Direction
from buurtscan.models import FigureStatus, PartnerFigure, Source
from buurtscan.pages import Cell
from buurtscan.reading import Reading, spot_of
from buurtscan.takeaways.contents import ChapterContents, Contents, licence_of
from buurtscan.words.figures import place_in_words
from buurtscan.words.sentences import sentence_of
from buurtscan.words.values import flags_in_words, level_in_words


@dataclass(frozen=True)
class FigureRow:
    """One figure of one area. `value` as published, in `unit`; `shown` is what a person reads."""

    chapter: str
    chapter_label: str
    indicator: str
    title: str
    role: str
    area: str
    code: str
    level: str
    value: float | None
    unit: str
    shown: str
    period: str
    level_used: str
    status: str
    status_words: str
    source: str
    source_name: str
    licence: str
    table: str
    vintage: int | None
    below: int | None
    equal: int | None
    ranked: int | None
    place: str
    median: float | None
    alike_median: float | None
    flags: tuple[str, ...]
    sentence: str

    @property
    def flags_words(self) -> str:
        return "; ".join(flags_in_words(list(self.flags)))


@dataclass(frozen=True)
class TrendRow:
    reading: Reading
    period: str
    value: float
    series: int


def cells_of(reading: Reading) -> list[Cell]:
    """The area itself first, then what is in it and around it."""
    line = reading.line
    return [reading.asked, *line.members, *line.wijken, *line.gemeenten, *line.land]


def figure_rows(contents: Contents) -> Iterator[FigureRow]:
    for part in contents.chapters:
        for reading in part.readings:
            for cell in cells_of(reading):
                yield figure_row(part, reading, cell)


def figure_row(part: ChapterContents, reading: Reading, cell: Cell) -> FigureRow:
    figure, indicator = cell.figure, reading.indicator
    own = cell is reading.asked
    spot = spot_of(figure)
    return FigureRow(
        chapter=part.chapter,
        chapter_label=part.label,
        indicator=indicator.id,
        title=indicator.title,
        role=figure.role,
        area=cell.name,
        code=figure.code,
        level=figure.level,
        value=figure.value,
        unit=indicator.unit,
        shown=cell.shown,
        period=figure.period,
        level_used=figure.level_used,
        status=figure.status,
        status_words=str(FigureStatus(figure.status).label),
        source=figure.source,
        source_name=str(Source(figure.source).label),
        licence=licence_of(figure.source),
        table=figure.table,
        vintage=figure.vintage,
        below=figure.below,
        equal=figure.equal,
        ranked=figure.ranked,
        place=place_in_words(spot, indicator, reading.figure.level) if spot else "",
        median=figure.median,
        alike_median=reading.alike.median if own and reading.alike else None,
        flags=tuple(figure.flags),
        sentence=sentence_of(reading) if own else "",
    )


def trend_rows(contents: Contents) -> Iterator[TrendRow]:
    """`series` counts the definitions a figure had: 1 the oldest. Never compare over a change."""
    for reading in contents.readings:
        for number, points in enumerate(reading.trend.segments, start=1):
            for point in points:
                yield TrendRow(reading, point.period, point.value, number)


def level_words(level: str) -> str:
    return level_in_words(level) if level else ""


def direction_words(direction: Direction) -> str:
    return {
        "gunstig": _("Een hoog cijfer is gunstig."),
        "ongunstig": _("Een laag cijfer is gunstig."),
        "neutraal": _("Hoog of laag is niet goed of slecht."),
    }[direction]


def partner_source(figure: PartnerFigure) -> str:
    """ "Woningcorporatie De Brug: Onderhoud 2026": who gave it, and in which table."""
    return f"{figure.table.partner}: {figure.table.title}"


def partner_dict(figure: PartnerFigure) -> dict[str, Any]:
    return {
        "chapter": figure.chapter,
        "label": figure.label,
        "value": figure.value,
        "unit": figure.unit,
        "period": figure.period or None,
        "place": figure.place or None,
        "note": figure.note or None,
        "partner": figure.table.partner,
        "table": figure.table.title,
        "source": figure.table.source_note or None,
        "url": figure.table.url or None,
        "licence": None,
    }
