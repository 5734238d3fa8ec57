"""Figures of a scan as plain rows, for machines (JSON) and for a terminal."""

from collections.abc import Iterable, Sequence
from typing import Any

from buurtscan.catalogue import CATALOGUE
from buurtscan.figures import Figure
from buurtscan.target import Target
from buurtscan.words.figures import place_short
from buurtscan.words.values import flags_in_words, level_in_words, sentence_source, shown_value
from projects.chapters import Chapter


def as_rows(target: Target, figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """`asked` is the code that was scanned; `code` is that of the row: the area, its wijk, …, NL00."""
    return [as_row(target.asked.code, figure) for figure in figures]


def as_row(asked: str, figure: Figure) -> dict[str, Any]:
    indicator = CATALOGUE[figure.indicator]
    return {
        "asked": asked,
        "indicator": figure.indicator,
        "chapter": figure.chapter,
        "title": indicator.title,
        "code": figure.code,
        "level": figure.level,
        "value": figure.value,
        "unit": indicator.unit,
        "period": figure.period or None,
        "vintage": figure.vintage,
        "level_used": figure.level_used or None,
        "source": figure.source,
        "table": figure.table or None,
        "status": figure.status,
        "flags": list(figure.flags),
        **place_of(figure),
    }


def place_of(figure: Figure) -> dict[str, float | None]:
    """How many Dutch areas have less, how many the same (itself too), how many have the figure; the middle
    of them. None where a place says nothing, or the country is not held."""
    spot = figure.spot
    return {
        "below": spot.below if spot else None,
        "equal": spot.equal if spot else None,
        "ranked": spot.ranked if spot else None,
        "median": figure.median,
    }


def as_table(target: Target, figures: Sequence[Figure]) -> str:
    """A line for each indicator: what it is here, and in the areas around."""
    lines = [f"{target.asked.code} ({level_in_words(target.level)})"]
    chapter = ""
    for indicator in CATALOGUE.values():
        rows = [figure for figure in figures if figure.indicator == indicator.id]
        if rows and indicator.chapter != chapter:
            chapter = indicator.chapter
            lines += ["", str(Chapter(chapter).label)]
        lines += [line_of(rows)] if rows else []
    return "\n".join(lines)


def line_of(rows: Sequence[Figure]) -> str:
    asked = rows[0]
    title = CATALOGUE[asked.indicator].title
    beside = "; ".join(f"{row.code} {shown_value(row)}" for row in rows[1:] if row.value is not None)
    notes = flags_in_words(list(asked.flags))
    if asked.status == "fallback":
        notes.insert(0, f"cijfer van {level_in_words(asked.level_used)}")
    if asked.spot and asked.status == "ok":
        notes.append(lowered(place_short(asked.spot, CATALOGUE[asked.indicator], asked.level)))
    note = f" [{'; '.join(notes)}]" if notes else ""
    return f"  {title}: {shown_value(asked)}{note} ({sentence_source(asked)})" + (
        f" · {beside}" if beside else ""
    )


def lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
