"""All eight chapters on one screen: of each what stands out most, and how much is known."""

from collections.abc import Iterable
from dataclasses import dataclass

from buurtscan.figure_rows import Row, rows_of
from buurtscan.models import FigureStatus
from buurtscan.reading import Reading
from projects.chapters import Chapter

STANDOUTS = 2  # of each chapter: eight times two fits a screen


@dataclass(frozen=True)
class ChapterSummary:
    """`missing` counts the figures of which nothing is known here, `larger` those of a larger area, `apart`
    those that only the buurten of a set have."""

    chapter: str
    label: str
    standouts: list[Row]
    differing: list[Row]
    known: int
    larger: int
    apart: int
    missing: int

    @property
    def total(self) -> int:
        return self.known + self.missing


def summaries(readings: Iterable[Reading]) -> list[ChapterSummary]:
    """All eight chapters, also those without a figure."""
    found: dict[str, list[Reading]] = {chapter: [] for chapter in Chapter.values}
    for reading in readings:
        found[reading.figure.chapter].append(reading)
    return [summary_of(chapter, own) for chapter, own in found.items()]


def summary_of(chapter: str, readings: list[Reading]) -> ChapterSummary:
    known = [reading for reading in readings if reading.known]
    rows = rows_of(readings, number=STANDOUTS)
    return ChapterSummary(
        chapter=chapter,
        label=str(Chapter(chapter).label),
        standouts=rows.standouts,
        differing=rows.differing,
        known=len(known),
        larger=sum(reading.figure.status == FigureStatus.FALLBACK for reading in known),
        apart=sum(bool(reading.apart) for reading in known),
        missing=len(readings) - len(known),
    )
