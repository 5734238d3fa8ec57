"""A figure among others: its place, its look-alikes, its course. Pure; every outlet shows these."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Spot:
    """A place among `ranked` areas, of which `below` have less and `equal` the same."""

    below: int
    equal: int
    ranked: int

    @property
    def above(self) -> int:
        return self.ranked - self.below - self.equal

    @property
    def share(self) -> float:
        """Where on the axis from lowest (0) to highest (100): the middle of those with the same value."""
        return 100 * (self.below + self.equal / 2) / self.ranked


@dataclass(frozen=True)
class AlikeBuurt:
    """One of the look-alikes with its value, as published."""

    code: str
    name: str
    value: float


@dataclass(frozen=True)
class Alike:
    """The look-alikes that have the figure, the nearest first."""

    buurten: tuple[AlikeBuurt, ...]

    @property
    def median(self) -> float:
        return median(buurt.value for buurt in self.buurten)

    def below(self, value: float) -> int:
        return sum(buurt.value < value for buurt in self.buurten)


@dataclass(frozen=True)
class Point:
    """What an area had in one period. Points of another series have another definition."""

    period: str
    value: float
    series: str = ""

    @property
    def began(self) -> str:
        """The year from which its definition holds; this may be before the first year with a figure."""
        return self.series if self.series.isdecimal() else self.period


@dataclass(frozen=True)
class Trend:
    """The course of a figure, the oldest point first."""

    points: tuple[Point, ...] = ()

    @property
    def segments(self) -> tuple[tuple[Point, ...], ...]:
        """The points that may be joined: never through a change of definition."""
        return tuple(tuple(points) for _, points in groupby(self.points, key=lambda point: point.series))

    @property
    def newest(self) -> tuple[Point, ...]:
        """The last segment: what may be compared with the figure of now."""
        return self.segments[-1] if self.points else ()

    @property
    def change(self) -> float | None:
        """From the first to the last point of the newest segment; None with fewer than two points."""
        newest = self.newest
        return newest[-1].value - newest[0].value if len(newest) > 1 else None


def trend_of(points: Iterable[Mapping[str, Any]]) -> Trend:
    """From what `ScanFigure.trend` keeps."""
    return Trend(tuple(Point(one["period"], one["value"], one.get("series", "")) for one in points))


def alike_of(buurten: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> Alike | None:
    """From what `ScanFigure.alike` keeps; None without look-alikes that have the figure."""
    found = tuple(
        AlikeBuurt(one["code"], names.get(one["code"], one["code"]), one["value"]) for one in buurten
    )
    return Alike(found) if found else None
