"""The charts of a figure as SVG: attributes and currentColor only, so that page, projector and paper show
the same. `size` is the size of the texts in pixels, for where it cannot be inherited (a PDF)."""

from collections.abc import Iterable
from itertools import pairwise

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from buurtscan.charts import (
    ROW,
    Dot,
    Label,
    PlaceDrawing,
    TrendDrawing,
    anchor_at,
    is_crossed,
    pieces,
    place_drawing,
    trend_drawing,
)
from buurtscan.comparison import Trend, trend_of
from buurtscan.reading import Reading, spot_of
from buurtscan.words.figures import break_in_words, place_title, trend_title
from buurtscan.words.member_values import members_title
from buurtscan.words.values import value_in_words

register = template.Library()
NOTHING = SafeString("")
BLUE, INK, GREY, SHADE, WHITE = "#1f5f8b", "#1d2733", "#6f6759", "#d9d3c8", "#ffffff"
SMALL = 0.78  # of the texts around it
STRIP = 1.8  # em: as high as the longest mark


@register.simple_tag
def place_chart(reading: Reading, size: int = 0, strip: bool = False) -> SafeString:
    """Where the area, or each buurt of a set, stands among all with a figure; nothing when that is not known.

    A `strip` has no words in it: the list that it stands in says once what its marks are.
    """
    members = [spot for member in reading.line.members if (spot := spot_of(member.figure))]
    asked = reading.spot if reading.own else None
    if asked is None and not (reading.apart and members):
        return NOTHING
    drawing = place_drawing(asked, reading.gemeente_spot, members)
    title = place_title(reading, asked) if asked else members_title(reading)
    if strip:
        return picture("place-chart", title, STRIP, size, place_marks(drawing, STRIP / 2))
    name = reading.line.gemeenten[0].name if drawing.gemeente is not None else ""
    return picture("place-chart", title, 3.9, size, place_shapes(drawing, name))


def place_shapes(drawing: PlaceDrawing, gemeente: str) -> list[str]:
    """The marks, and words at each of them."""
    shapes = [
        words(drawing.left, 3.45, "start", _("laagste"), GREY),
        words(drawing.middle, 3.45, "middle", _("midden van Nederland"), INK),
        words(drawing.right, 3.45, "end", _("hoogste"), GREY),
    ]
    if drawing.gemeente is not None:
        shapes.append(words(drawing.gemeente, 0.75, anchor_at(drawing.gemeente), gemeente, INK))
    return [*shapes, *place_marks(drawing, 1.9)]


def place_marks(drawing: PlaceDrawing, axis: float) -> list[str]:
    """`axis`: em from the top."""
    shapes = [
        line(drawing.left, axis, drawing.right, axis, GREY, ".09em"),
        upright(drawing.left, axis, 0.3, GREY, ".09em"),
        upright(drawing.right, axis, 0.3, GREY, ".09em"),
        band(drawing.low, drawing.high, axis),
        upright(drawing.middle, axis, 0.62, INK, ".13em"),
    ]
    if drawing.gemeente is not None:
        shapes.append(upright(drawing.gemeente, axis, 0.85, INK, ".11em", dashes=".22em .16em"))
    shapes += [ring(x, axis) for x in drawing.members]
    return shapes if drawing.dot is None else [*shapes, spot_on(drawing.dot, axis, ".52em")]


@register.simple_tag
def trend_chart(reading: Reading, size: int = 0) -> SafeString:
    """The course over the years; nothing with fewer than two of them.

    Beside a count the gemeente is not drawn: it would press the line of the buurt flat.
    """
    gemeenten = reading.line.gemeenten if not reading.indicator.count else []
    beside = trend_of(gemeenten[0].figure.trend) if len(gemeenten) == 1 else Trend()
    drawing = trend_drawing(reading.trend, beside) if reading.own else None
    if drawing is None:
        return NOTHING
    shapes = trend_shapes(drawing, reading, gemeenten[0].name if drawing.beside_label else "")
    return picture("trend-chart", trend_title(reading), drawing.height, size, shapes)


def trend_shapes(drawing: TrendDrawing, reading: Reading, gemeente: str) -> list[str]:
    first, last = drawing.segments[0][0], drawing.segments[-1][-1]
    years = drawing.bottom + 0.95
    shapes = [line(2, drawing.bottom, 98, drawing.bottom, SHADE, ".07em")]
    if drawing.zero is not None:
        shapes.append(line(2, drawing.zero, 98, drawing.zero, GREY, ".07em"))
    for gap in drawing.breaks:
        crossed = crossed_by(gap.x, drawing, reading, gemeente)
        for top, under in pieces(round(1.1 + gap.row * ROW, 2), drawing.bottom, crossed):
            shapes.append(line(gap.x, top, gap.x, under, GREY, ".07em", dashes=".3em .25em"))
        shapes.append(words(gap.x, 0.85 + gap.row * ROW, gap.anchor, break_in_words(gap.since), INK))
    shapes += course(drawing.beside, GREY, ".09em", "0.13em")
    shapes += course(drawing.segments, "currentColor", ".17em", ".24em")
    shapes.append(words(first.x, years, "start" if first.x < 50 else "middle", first.point.period, GREY))
    shapes.append(words(last.x, years, "end" if last.x > 50 else "middle", last.point.period, GREY))
    shapes += [value_label(label, reading) for label in (drawing.first, drawing.last) if label]
    if drawing.beside_label:
        name = drawing.beside_label
        shapes.append(words(name.x, name.y, name.anchor, gemeente, GREY))
    return shapes


def crossed_by(x: float, drawing: TrendDrawing, reading: Reading, gemeente: str) -> list[Label]:
    """The labels that a mark at `x` would run through: there it is left out."""
    said = [(label, value_shown(label, reading)) for label in (drawing.first, drawing.last) if label]
    if drawing.beside_label:
        said.append((drawing.beside_label, gemeente))
    return [label for label, text in said if is_crossed(x, label, len(text))]


def course(segments: Iterable[tuple[Dot, ...]], colour: str, width: str, dot: str) -> list[str]:
    """Lines between the dots of one definition, and the dots."""
    shapes = []
    for segment in segments:
        shapes += [line(one.x, one.y, two.x, two.y, colour, width) for one, two in pairwise(segment)]
        shapes += [circle(one.x, one.y, dot, colour) for one in segment]
    return shapes


def value_label(label: Label, reading: Reading) -> str:
    return words(label.x, label.y, label.anchor, value_shown(label, reading), "currentColor", bold=True)


def value_shown(label: Label, reading: Reading) -> str:
    return value_in_words(reading.indicator, label.point.value).split(" per ")[0]


def picture(name: str, title: str, height: float, size: int, shapes: Iterable[str]) -> SafeString:
    """Put together as text: a page has hundreds of shapes. Only words come from outside: those are escaped."""
    tall = f'height="{round(height * size, 2)}" font-size="{size}"' if size else f'height="{height}em"'
    return SafeString(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart {name}" width="100%" {tall} color="{BLUE}"'
        f' overflow="visible" role="img"><title>{escape(title)}</title>{"".join(shapes)}</svg>'
    )


def line(x1: float, y1: float, x2: float, y2: float, colour: str, width: str, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ' stroke-linecap="round"'
    return f'<line x1="{x1}%" y1="{y1}em" x2="{x2}%" y2="{y2}em" stroke="{colour}" stroke-width="{width}"{dashed}/>'


def upright(x: float, middle: float, reach: float, colour: str, width: str, dashes: str = "") -> str:
    return line(x, round(middle - reach, 2), x, round(middle + reach, 2), colour, width, dashes)


def band(left: float, right: float, middle: float) -> str:
    """The middle half of all areas."""
    wide, top = round(right - left, 2), round(middle - 0.25, 2)
    return f'<rect x="{left}%" y="{top}em" width="{wide}%" height=".5em" fill="{SHADE}"/>'


def circle(x: float, y: float, radius: str, fill: str) -> str:
    return f'<circle cx="{x}%" cy="{y}em" r="{radius}" fill="{fill}"/>'


def spot_on(x: float, y: float, radius: str) -> str:
    """The dot of the area, with a white edge so that a mark under it stays seen."""
    edge = f'stroke="{WHITE}" stroke-width=".1em"'
    return f'<circle cx="{x}%" cy="{y}em" r="{radius}" fill="currentColor" {edge}/>'


def ring(x: float, y: float) -> str:
    """A buurt of a set."""
    edge = 'stroke="currentColor" stroke-width=".13em"'
    return f'<circle cx="{x}%" cy="{y}em" r=".38em" fill="{WHITE}" {edge}/>'


def words(x: float, y: float, anchor: str, text: str, colour: str, bold: bool = False) -> str:
    """`y` is in em of the chart; inside a text, an em is that of the text itself."""
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x}%" y="{round(y / SMALL, 2)}em" text-anchor="{anchor}" font-size="{SMALL}em"'
        f' fill="{colour}"{weight}>{escape(text)}</text>'
    )
