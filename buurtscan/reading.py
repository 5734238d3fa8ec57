"""One indicator as every outlet shows it: page, projector, note, slides, tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from buurtscan.catalogue import Indicator
from buurtscan.comparison import Alike, Spot, Trend, alike_of, trend_of
from buurtscan.models import HiddenFigure, LookAlike, ScanFigure
from buurtscan.pages import Cell, Line, chapter_lines, names_of
from gebieden.family import family
from gebieden.models import Area
from gebieden.names import everyday
from projects.chapters import Chapter
from projects.models import Project


@dataclass(frozen=True)
class Reading:
    """The figure of the area with everything it is compared with. `asked` is never None here."""

    line: Line
    alike: Alike | None
    hidden: bool = False

    @property
    def indicator(self) -> Indicator:
        return self.line.indicator

    @property
    def asked(self) -> Cell:
        if self.line.asked is None:
            raise ValueError("a reading is about a figure of the area itself")
        return self.line.asked

    @property
    def figure(self) -> ScanFigure:
        return self.asked.figure

    @property
    def value(self) -> float | None:
        return self.figure.value

    @property
    def own(self) -> bool:
        """The value is of the area itself, not of a larger one in its place."""
        return self.figure.status == "ok"

    @cached_property
    def apart(self) -> tuple["Reading", ...]:
        """The buurten of a set that have a value, each as a reading of its own, beside the same areas.

        Only where the set itself has none: a figure that may not be combined, or that one of them lacks.
        """
        if self.value is not None:
            return ()
        known = [member for member in self.line.members if member.value is not None]
        return tuple(Reading(replace(self.line, asked=member, members=[]), None) for member in known)

    @property
    def known(self) -> bool:
        """There is something to say: of the area, of a larger one, or of the buurten in it apart."""
        return self.value is not None or bool(self.apart)

    @cached_property
    def spot(self) -> Spot | None:
        return spot_of(self.figure)

    @cached_property
    def gemeente_spot(self) -> Spot | None:
        """Where the value of the gemeente would be on the same axis; None with more than one gemeente."""
        return spot_of(self.line.gemeenten[0].figure) if len(self.line.gemeenten) == 1 else None

    @cached_property
    def trend(self) -> Trend:
        return trend_of(self.figure.trend)


def spot_of(figure: ScanFigure) -> Spot | None:
    if figure.below is None or figure.equal is None or not figure.ranked:
        return None
    return Spot(figure.below, figure.equal, figure.ranked)


def readings(project: Project, chapter: str = "", *, presented: bool = False) -> list[Reading]:
    """Of one chapter or of all, in the order of the catalogue; `presented` leaves the hidden ones out.

    Queries: figures, hidden figures, look-alikes and the names of areas; it does not grow with the store.
    """
    figures = ScanFigure.objects.of(project).current()
    rows = list(figures.filter(chapter=chapter) if chapter else figures)
    hidden = set(HiddenFigure.objects.filter(project=project).values_list("indicator", flat=True))
    around = family(project.areas.all())
    names = names_of(around, project.name) | look_alike_names(project)
    found = readings_of(rows, names, hidden)
    return [reading for reading in found if not (presented and reading.hidden)]


def readings_of(
    figures: Iterable[ScanFigure], names: Mapping[str, str], hidden: Iterable[str] = ()
) -> list[Reading]:
    away = frozenset(hidden)
    by_chapter: dict[str, list[ScanFigure]] = {chapter: [] for chapter in Chapter.values}
    for figure in figures:
        by_chapter[figure.chapter].append(figure)
    return [
        Reading(line, alike_of(line.asked.figure.alike, names), line.indicator.id in away)
        for chapter, rows in by_chapter.items()
        for line in chapter_lines(chapter, rows, names)
        if line.asked
    ]


def look_alike_names(project: Project) -> dict[str, str]:
    """ "Transvaalkwartier-Zuid ('s-Gravenhage)": the name with its gemeente, by code."""
    return names_of_codes(LookAlike.objects.filter(project=project).values_list("code", flat=True))


def names_of_codes(found: Iterable[str]) -> dict[str, str]:
    codes = list(found)
    areas = Area.objects.filter(code__in=codes).order_by("vintage")
    return {area.code: f"{everyday(area.name)} ({everyday(area.gemeente_name)})" for area in areas}
