"""All eight chapters on one screen: of each what stands out most, and how much is known."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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

    @property
    def counted(self) -> str:
        """ "14 cijfers, waarvan 3 per buurt en 1 van een groter gebied"; of one kind not counted twice."""
        number = ngettext("%(n)s cijfer", "%(n)s cijfers", self.known) % {"n": self.known}
        if self.known and self.apart == self.known:
            return _("%(number)s, per buurt") % {"number": number}
        if self.known and self.larger == self.known:
            return _("%(number)s, van een groter gebied") % {"number": number}
        apart = [_("%(n)s per buurt") % {"n": self.apart}] if self.apart else []
        larger = [_("%(n)s van een groter gebied") % {"n": self.larger}] if self.larger else []
        return f"{number}{_(', waarvan')} {_(' en ').join([*apart, *larger])}" if apart or larger else number


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
