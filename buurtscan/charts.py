"""Where everything stands in the charts of a figure. Pure geometry: no words, no HTML.

Across, a place is a percentage of the width; down, it is in em. So a chart fills the column it is in,
and its texts have the size of the texts around it: on a phone, on a projector and on paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from buurtscan.comparison import Point, Spot, Trend

type Anchor = Literal["start", "middle", "end"]

EDGE = 2.0  # %: half a dot stays inside
LEAST_SPAN = 0.25  # of the largest value: less change than that must not look like a mountain
ROW = 1.25  # em: one line of text
UNDER = 1.5  # em: a label under the lowest dot
PLOT = 3.6  # em: the height of the field a trend is drawn in
NEAR = 1.4  # em: a label needs this much between two dots
WIDE_WORDS = 38.0  # %: half the width of the words at a break, in the narrowest chart
REACH = 3.6  # %: the width of a letter of a label, in the narrowest chart
CLEARANCE = 0.25, 0.95  # em: how far a label reaches below and above the line it stands on


def across(share: float) -> float:
    """From 0–100 to the percentage of the width, with room for half a dot at both ends."""
    return round(EDGE + (100 - 2 * EDGE) * share / 100, 2)


def anchor_at(x: float) -> Anchor:
    """A label near an end is written away from it."""
    if x < 22:
        return "start"
    return "end" if x > 78 else "middle"


@dataclass(frozen=True)
class PlaceDrawing:
    """The rank axis: the lowest left, the highest right, the middle of all at half.

    No dot where only the buurten in the area have a place.
    """

    dot: float | None
    members: tuple[float, ...]
    gemeente: float | None
    low: float = across(25)
    middle: float = across(50)
    high: float = across(75)
    left: float = across(0)
    right: float = across(100)


def place_drawing(
    asked: Spot | None, gemeente: Spot | None = None, members: Sequence[Spot] = ()
) -> PlaceDrawing:
    return PlaceDrawing(
        dot=across(asked.share) if asked else None,
        members=tuple(across(member.share) for member in members),
        gemeente=across(gemeente.share) if gemeente else None,
    )


@dataclass(frozen=True)
class Dot:
    """A point of a trend, drawn: `x` in %, `y` in em from the top of the chart."""

    x: float
    y: float
    point: Point


@dataclass(frozen=True)
class Break:
    """Where the definition changes: never joined, and said. `row` is the line its words stand on."""

    x: float
    since: str
    row: int

    @property
    def anchor(self) -> Anchor:
        """Its words are long: they are in the middle only where half of them fits at either side."""
        if self.x < WIDE_WORDS:
            return "start"
        return "end" if self.x > 100 - WIDE_WORDS else "middle"


@dataclass(frozen=True)
class Label:
    """Words beside a dot."""

    x: float
    y: float
    anchor: Anchor
    point: Point


@dataclass(frozen=True)
class TrendDrawing:
    """`segments` are the runs of dots that are joined; a run of one is only a dot."""

    segments: tuple[tuple[Dot, ...], ...]
    beside: tuple[tuple[Dot, ...], ...]
    breaks: tuple[Break, ...]
    first: Label
    last: Label | None
    beside_label: Label | None
    zero: float | None
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """One line under the field, for the years."""
        return round(self.bottom + ROW, 2)


@dataclass(frozen=True)
class Field:
    """From year and value to a place in the field of a trend."""

    first: float
    last: float
    low: float
    high: float
    top: float

    def x(self, period: str) -> float:
        if self.last == self.first:
            return 50.0
        return across(100 * (year_of(period) - self.first) / (self.last - self.first))

    def y(self, value: float) -> float:
        return round(self.top + PLOT * (self.high - value) / (self.high - self.low), 2)

    def dots(self, segments: Sequence[Sequence[Point]]) -> tuple[tuple[Dot, ...], ...]:
        return tuple(
            tuple(Dot(self.x(point.period), self.y(point.value), point) for point in segment)
            for segment in segments
        )


def year_of(period: str) -> float:
    """2024 for "2024"; 0 for what is no year."""
    return float(period[:4]) if period[:4].isdecimal() else 0.0


def trend_drawing(trend: Trend, beside: Trend | None = None) -> TrendDrawing | None:
    """None with fewer than two points: one year is no course. `beside` is drawn in the same years only."""
    if len(trend.points) < 2:
        return None
    years = [year_of(point.period) for point in trend.points]
    others = Trend(
        tuple(
            point
            for point in (beside.points if beside else ())
            if min(years) <= year_of(point.period) <= max(years)
        )
    )
    breaks = len(trend.segments) - 1
    field = field_of(trend, others, top=round(ROW * (1 + breaks), 2))
    segments, thin = field.dots(trend.segments), field.dots(others.segments)
    return labelled(field, segments, thin)


def field_of(trend: Trend, others: Trend, top: float) -> Field:
    """The values fill the field, unless they hardly differ: then they stay close together."""
    years = [year_of(point.period) for point in trend.points]
    values = [point.value for point in (*trend.points, *others.points)]
    low, high = min(values), max(values)
    least = LEAST_SPAN * max(abs(low), abs(high)) or 1.0
    room = max(0.0, least - (high - low)) / 2
    return Field(min(years), max(years), low - room, high + room, top)


def labelled(
    field: Field, segments: tuple[tuple[Dot, ...], ...], thin: tuple[tuple[Dot, ...], ...]
) -> TrendDrawing:
    dots = [dot for segment in segments for dot in segment]
    other = thin[-1][-1] if thin else None
    bottom = round(field.top + PLOT + UNDER, 2)
    return TrendDrawing(
        segments=segments,
        beside=thin,
        breaks=breaks_of(segments),
        first=label(dots[0], under=goes_under(dots[0], dots[1], thin[0][0] if thin else None)),
        last=label(dots[-1], under=goes_under(dots[-1], dots[-2], other)),
        beside_label=label(other, under=other.y >= dots[-1].y) if other else None,
        zero=field.y(0) if field.low < 0 < field.high else None,
        top=field.top,
        bottom=bottom,
    )


def goes_under(dot: Dot, neighbour: Dot, other: Dot | None) -> bool:
    """Away from the line itself, unless the line beside it is so near that its label would be in the way."""
    near = other is not None and abs(other.y - dot.y) < NEAR
    return (other if near and other else neighbour).y < dot.y


def label(dot: Dot, *, under: bool) -> Label:
    return Label(dot.x, round(dot.y + (ROW if under else -0.55), 2), anchor_at(dot.x), dot.point)


def breaks_of(segments: Sequence[Sequence[Dot]]) -> tuple[Break, ...]:
    """Halfway between the last dot of one definition and the first of the next."""
    return tuple(
        Break(round((old[-1].x + new[0].x) / 2, 2), new[0].point.began, row)
        for row, (old, new) in enumerate(pairwise(segments))
    )


def is_crossed(x: float, label: Label, letters: int) -> bool:
    """An upright mark at `x` may run through the words of this label."""
    reach = REACH * letters
    left = {"start": label.x, "middle": label.x - reach / 2, "end": label.x - reach}[label.anchor]
    return left <= x <= left + reach


def pieces(top: float, bottom: float, labels: Sequence[Label]) -> list[tuple[float, float]]:
    """The upright from `top` to `bottom` without the lines of these labels: from and to, in em."""
    found, start = [], top
    below, above = CLEARANCE
    for label in sorted(labels, key=lambda label: label.y):
        if label.y - above > start:
            found.append((start, round(label.y - above, 2)))
        start = max(start, round(label.y + below, 2))
    return [*found, (start, bottom)] if bottom > start else found
