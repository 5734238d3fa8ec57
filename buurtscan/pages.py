"""What the pages of the scan show, shaped from rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from buurtscan.catalogue import CATALOGUE, Indicator, of_chapter
from buurtscan.models import Scan, ScanFigure, ScanSource
from buurtscan.words.values import flags_in_words, level_in_words, sentence_source, shown_value
from core.models import Job
from gebieden.family import Family
from gebieden.names import everyday
from projects.chapters import Chapter

Place = ScanFigure.Place


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


def chapter_lines(chapter: str, figures: Iterable[ScanFigure], names: Mapping[str, str]) -> list[Line]:
    """A line for each indicator with a figure somewhere, in the order of the catalogue."""
    lines = {indicator.id: Line(indicator) for indicator in of_chapter(chapter)}
    for figure in figures:
        if figure.indicator in CATALOGUE and figure.indicator in lines:
            lines[figure.indicator].add(Cell(figure, names.get(figure.code, figure.code)))
    return [line for line in lines.values() if line.asked]


def names_of(family: Family, project_name: str) -> dict[str, str]:
    """The name of every area by its code; a set of buurten has the name of the project.

    A wijk named as its gemeente or as the buurt itself is called "Wijk Hardenberg".
    """
    names = {area.code: everyday(area.name) for area in family.all}
    others = {everyday(area.name) for area in family.all if area not in family.wijken}
    for wijk in family.wijken:
        if wijk not in family.asked and names[wijk.code] in others:
            names[wijk.code] = _("Wijk %(name)s") % {"name": names[wijk.code]}
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
