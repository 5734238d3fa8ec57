"""What the pages of the scan show, shaped from rows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from buurtscan.catalogue import CATALOGUE, Indicator, of_chapter
from buurtscan.models import Scan, ScanFigure, ScanSource
from buurtscan.presentation import flags_in_words, level_in_words, sentence_source, shown_value
from core.models import Job
from gebieden.family import Family
from gebieden.names import everyday
from projects.chapters import Chapter

Place = ScanFigure.Place
VALUES = ("ok", "fallback")


@dataclass(frozen=True)
class ChapterCount:
    """How much of a chapter is known. `levels` says of which areas the figures are."""

    chapter: str
    label: str
    known: int
    missing: int
    levels: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        return self.known + self.missing


@dataclass(frozen=True)
class Progress:
    """The newest scan of a project, if there is one."""

    scan: Scan | None
    sources: tuple[ScanSource, ...] = ()

    @classmethod
    def of(cls, scan: Scan | None) -> "Progress":
        return cls(scan, tuple(scan.sources.all()) if scan else ())

    @property
    def running(self) -> bool:
        return self.scan is not None and not self.scan.job.finished

    @property
    def failed(self) -> bool:
        return self.scan is not None and self.scan.job.state == Job.State.FAILED

    @cached_property
    def finished(self) -> int:
        return sum(source.state in (Job.State.DONE, Job.State.FAILED) for source in self.sources)


def chapter_counts(rows: Iterable[Mapping[str, Any]]) -> list[ChapterCount]:
    """All eight chapters, also those without a figure."""
    known: dict[str, Counter[str]] = {chapter: Counter() for chapter in Chapter.values}
    missing: Counter[str] = Counter()
    for row in rows:
        if row["status"] in VALUES:
            known[row["chapter"]][row["level_used"]] += row["number"]
        else:
            missing[row["chapter"]] += row["number"]
    return [
        ChapterCount(
            chapter=chapter,
            label=str(Chapter(chapter).label),
            known=known[chapter].total(),
            missing=missing[chapter],
            levels=tuple((level_in_words(level), number) for level, number in known[chapter].most_common()),
        )
        for chapter in Chapter.values
    ]


@dataclass(frozen=True)
class Cell:
    """A figure of one area in the table: its value in words, or why there is none."""

    figure: ScanFigure
    name: str

    @property
    def value(self) -> float | None:
        return self.figure.value

    @property
    def shown(self) -> str:
        return shown_value(self.figure)

    @property
    def instead(self) -> str:
        """The larger area whose figure this is; empty for a figure of the area itself."""
        return level_in_words(self.figure.level_used) if self.figure.status == "fallback" else ""

    @property
    def flags(self) -> list[str]:
        return flags_in_words(self.figure.flags)

    @property
    def source(self) -> str:
        return sentence_source(self.figure)


@dataclass
class Line:
    """One indicator: the area, what is beside it, and what it means."""

    indicator: Indicator
    asked: Cell | None = None
    members: list[Cell] = field(default_factory=list)
    wijken: list[Cell] = field(default_factory=list)
    gemeenten: list[Cell] = field(default_factory=list)
    land: list[Cell] = field(default_factory=list)

    def add(self, cell: Cell) -> None:
        match cell.figure.role:
            case Place.ASKED:
                self.asked = cell
            case Place.MEMBER:
                self.members.append(cell)
            case Place.WIJK:
                self.wijken.append(cell)
            case Place.GEMEENTE:
                self.gemeenten.append(cell)
            case Place.LAND:
                self.land.append(cell)

    @property
    def bars(self) -> list[Cell]:
        """What can be drawn beside each other: no counts, no classes, nothing below zero, and only a
        figure of the area itself."""
        if self.indicator.count or self.indicator.labels or self.asked is None:
            return []
        if self.asked.value is None or self.asked.instead:
            return []
        cells = [self.asked, *self.gemeenten, *self.land]
        drawn = [cell for cell in cells if cell.value is not None and cell.value >= 0]
        return drawn if len(drawn) > 1 and self.asked in drawn else []


def chapter_lines(chapter: str, figures: Iterable[ScanFigure], names: Mapping[str, str]) -> list[Line]:
    """A line for each indicator with a figure somewhere, in the order of the catalogue."""
    lines = {indicator.id: Line(indicator) for indicator in of_chapter(chapter)}
    for figure in figures:
        if figure.indicator in CATALOGUE and figure.indicator in lines:
            lines[figure.indicator].add(Cell(figure, names.get(figure.code, figure.code)))
    return [line for line in lines.values() if line.asked]


def known_first(lines: Iterable[Line]) -> tuple[list[Line], list[Line]]:
    """The lines with something to read, and those of which nothing is published."""
    known: list[Line] = []
    unknown: list[Line] = []
    for line in lines:
        cells = [*line.members, *line.wijken, *line.gemeenten, *line.land]
        readable = (line.asked and line.asked.value is not None) or any(
            cell.value is not None for cell in cells
        )
        (known if readable else unknown).append(line)
    return known, unknown


def names_of(family: Family, project_name: str) -> dict[str, str]:
    """The name of every area by its code; a set of buurten has the name of the project."""
    names = {area.code: everyday(area.name) for area in family.all}
    asked = "+".join(area.code for area in family.asked)
    return {asked: project_name, **names} if len(family.asked) > 1 else names


@dataclass(frozen=True)
class ChapterTab:
    chapter: str
    label: str
    current: bool


@dataclass(frozen=True)
class Tabs:
    all: tuple[ChapterTab, ...]

    @classmethod
    def at(cls, chapter: str) -> "Tabs":
        return cls(
            tuple(ChapterTab(name, str(Chapter(name).label), name == chapter) for name in Chapter.values)
        )

    def _beside(self, step: int) -> ChapterTab | None:
        position = next(number for number, tab in enumerate(self.all) if tab.current) + step
        return self.all[position] if 0 <= position < len(self.all) else None

    @property
    def previous(self) -> ChapterTab | None:
        return self._beside(-1)

    @property
    def next(self) -> ChapterTab | None:
        return self._beside(1)
