"""Native charts of one figure: they can be changed in PowerPoint, and say the same as ours on the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.util import Pt

from buurtscan.catalogue import Indicator
from buurtscan.charts import field_of
from buurtscan.comparison import Point, Trend, trend_of
from buurtscan.pages import Cell
from buurtscan.reading import Reading
from buurtscan.takeaways.deck import FONT, GREY, INK, TELLEN, Box, describe, rgb
from buurtscan.takeaways.texts import clean, shortened
from buurtscan.words.figures import trend_title
from buurtscan.words.values import value_in_words
from core.formats import dutch_number

SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
CHART = f"{{{SPACE}}}"
EURO = "x 1 000 euro"


CROWDED = 4  # bars: of more, a name of two lines needs smaller letters or a program leaves it out
MOST_MEMBERS = 4  # bars of buurten; of more the highest and lowest, and a table has them all


@dataclass(frozen=True)
class Beam:
    """One bar: whose, how long, and what is written at its end. `own` is of the area, or of a buurt in it."""

    name: str
    value: float
    shown: str
    own: bool = False


def beams_of(reading: Reading) -> list[Beam]:
    """What can be drawn beside each other: no counts, and only a figure of the area itself."""
    indicator = reading.indicator
    own = [reading.asked] if reading.own else members_drawn(reading)
    if indicator.count or not own:
        return []
    line = reading.line
    cells: list[Cell] = [*around(line.wijken), *around(line.gemeenten), *line.land]
    beams = [
        beam(indicator, name_of(cell), cell.value, own=cell in own)
        for cell in [*own, *cells]
        if cell.value is not None
    ]
    if reading.alike:
        name = _("Midden van %(n)s buurten die erop lijken") % {"n": len(reading.alike.buurten)}
        beams.append(beam(indicator, name, reading.alike.median))
    return beams if len(beams) > 1 else []


def members_drawn(reading: Reading) -> list[Cell]:
    """The buurten of a set as they come; of many the highest and the lowest."""
    cells = [member.asked for member in reading.apart]
    if len(cells) <= MOST_MEMBERS:
        return cells
    ordered = sorted(cells, key=lambda cell: cell.value or 0, reverse=True)
    return [ordered[0], ordered[-1]]


def around(cells: Sequence[Cell]) -> Sequence[Cell]:
    """More than one wijk or gemeente is too much for one chart."""
    return cells if len(cells) == 1 else ()


def name_of(cell: Cell) -> str:
    """A wijk often has the name of one of its buurten."""
    is_wijk = cell.figure.role == cell.figure.Place.WIJK and "wijk" not in cell.name.lower()
    return _("%(name)s (wijk)") % {"name": cell.name} if is_wijk else cell.name


def beam(indicator: Indicator, name: str, value: float, *, own: bool = False) -> Beam:
    shown = short_value(indicator, value)
    return Beam(shortened(name, 44), scaled(indicator, value), shown, own)


def short_value(indicator: Indicator, value: float) -> str:
    """At the end of a bar is no room for a unit, but for % and €; the unit is in the text beside it."""
    short = indicator.unit in ("%", EURO)
    return value_in_words(indicator, value) if short else dutch_number(value, indicator.decimals)


def scaled(indicator: Indicator, value: float) -> float:
    """Euros are published in thousands and shown in full."""
    return round(value * 1000, 3) if indicator.unit == EURO else value


def chart_data(indicator: Indicator) -> Any:
    return CategoryChartData(number_format=number_format(indicator))  # type: ignore[no-untyped-call]


def number_format(indicator: Indicator) -> str:
    """For who changes the data; Office shows it in the notation of the computer, here Dutch."""
    if indicator.unit == EURO:
        return '"€ "#,##0'
    decimals = "." + "0" * indicator.decimals if indicator.decimals else ""
    return f"#,##0{decimals}" + ('"%"' if indicator.unit == "%" else "")


def bar_chart(page: Any, box: Box, reading: Reading, beams: Sequence[Beam]) -> Any:
    data = chart_data(reading.indicator)
    data.categories = [clean(beam.name) for beam in beams]
    data.add_series(clean(reading.indicator.title), [beam.value for beam in beams])
    frame = page.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box.emu, data)
    said = "; ".join(f"{beam.name}: {beam.shown}" for beam in beams)
    describe(
        frame, f"{reading.indicator.title}. {said}.", _("Grafiek: %(t)s") % {"t": reading.indicator.title}
    )
    chart = plain(frame.chart)
    values = [beam.value for beam in beams]
    axis, names = chart.value_axis, chart.category_axis
    axis.visible, axis.has_major_gridlines = False, False
    axis.minimum_scale = min(0.0, min(values) * 1.6)
    axis.maximum_scale = max(0.0, max(values) * 1.45) or 1.0
    names.reverse_order, names.has_major_gridlines = True, False
    below = max(values) <= 0  # then the names stand at the right, away from the ends of the bars
    names.tick_label_position = XL_TICK_LABEL_POSITION.HIGH if below else XL_TICK_LABEL_POSITION.LOW
    names.tick_labels.font.size = Pt(10 if len(beams) > CROWDED else 12)
    name_each(names)
    names.format.line.color.rgb = rgb(GREY)
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = 45, False
    series = plot.series[0]
    for number, one in enumerate(beams):
        point = series.points[number]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = rgb(TELLEN if one.own else GREY)
        label(point, one.shown, XL_LABEL_POSITION.OUTSIDE_END, bold=one.own)
    return frame


def name_each(axis: Any) -> None:
    """Or a program leaves out every second name where it is narrow."""
    skip = parse_xml(f'<c:tickLblSkip xmlns:c="{SPACE}" val="1"/>')
    axis._element.find(f"{CHART}noMultiLvlLbl").addprevious(skip)


def has_line(reading: Reading) -> bool:
    """Two years with one definition: loose points are no course to look at."""
    return has_course(reading) and any(len(points) > 1 for points in reading.trend.segments)


def has_course(reading: Reading) -> bool:
    return reading.own and len(reading.trend.points) > 1


def line_chart(page: Any, box: Box, reading: Reading) -> Any:
    """A line for each definition: never one drawn through a change of it."""
    gemeenten = reading.line.gemeenten
    compared = len(gemeenten) == 1 and not reading.indicator.count
    beside = trend_of(gemeenten[0].figure.trend) if compared else Trend()
    periods = periods_of(reading.trend)
    others = Trend(tuple(point for point in beside.points if point.period in periods))
    data = chart_data(reading.indicator)
    data.categories = periods
    for number, points in enumerate(others.segments, start=1):
        add_series(data, reading.indicator, series_name(gemeenten[0].name, number), periods, points)
    for number, points in enumerate(reading.trend.segments, start=1):
        add_series(data, reading.indicator, series_name(reading.asked.name, number), periods, points)
    frame = page.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *box.emu, data)
    name = _("Grafiek door de jaren: %(t)s") % {"t": reading.indicator.title}
    describe(frame, trend_title(reading), name)
    draw_lines(plain(frame.chart), reading, others, periods)
    return frame


def draw_lines(chart: Any, reading: Reading, others: Trend, periods: Sequence[str]) -> None:
    field = field_of(reading.trend, others, top=0)
    room = (field.high - field.low) * 0.25
    low = max(0.0, field.low - room) if field.low >= 0 else field.low - room
    axis, years = chart.value_axis, chart.category_axis
    axis.visible, axis.has_major_gridlines = False, False
    axis.minimum_scale = scaled(reading.indicator, low)
    axis.maximum_scale = scaled(reading.indicator, field.high + room)
    years.tick_labels.font.size = Pt(12)
    years.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    years.format.line.color.rgb = rgb(GREY)
    beside = len(others.segments)
    drawn = [*others.segments, *reading.trend.segments]
    for number, (series, points) in enumerate(zip(chart.plots[0].series, drawn, strict=True)):
        dress_line(series, GREY if number < beside else TELLEN, 1.75 if number < beside else 3.0)
        if number >= beside:
            label_ends(series, reading.indicator, points, periods, others)
        elif number == beside - 1:
            point = series.points[periods.index(points[-1].period)]
            place = below_or_above(points[-1], reading.trend)
            label(point, shortened(reading.line.gemeenten[0].name, 24), place, colour=INK)
    blanks = chart._chartSpace.find(f".//{CHART}dispBlanksAs")
    blanks.set("val", "span")  # a year without a figure is passed over within one line


def below_or_above(point: Point, other: Trend) -> Any:
    """Away from the other line."""
    there = next((one.value for one in other.points if one.period == point.period), point.value)
    return XL_LABEL_POSITION.BELOW if point.value < there else XL_LABEL_POSITION.ABOVE


def periods_of(trend: Trend) -> list[str]:
    """Every year from the first to the last, so that a gap in time is a gap in the chart."""
    known = [point.period for point in trend.points]
    if not all(period.isdecimal() and len(period) == 4 for period in known):
        return list(dict.fromkeys(known))
    return [str(year) for year in range(int(min(known)), int(max(known)) + 1)]


def series_name(name: str, number: int) -> str:
    plain_name = clean(name)
    return plain_name if number == 1 else _("%(name)s, definitie %(n)s") % {"name": plain_name, "n": number}


def add_series(
    data: Any, indicator: Indicator, name: str, periods: Sequence[str], points: Sequence[Point]
) -> None:
    values = {point.period: scaled(indicator, point.value) for point in points}
    data.add_series(name, [values.get(period) for period in periods])


def dress_line(series: Any, colour: str, width: float) -> None:
    series.smooth = False
    series.format.line.color.rgb = rgb(colour)
    series.format.line.width = Pt(width)
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 7 if width > 2 else 5
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = rgb(colour)
    series.marker.format.line.color.rgb = rgb(colour)


def label_ends(
    series: Any, indicator: Indicator, points: Sequence[Point], periods: Sequence[str], others: Trend
) -> None:
    """The value at the first and the last point of each line, on the side where the other line is not."""
    for point in dict.fromkeys((points[0], points[-1])):
        shown = short_value(indicator, point.value)
        place = below_or_above(point, others)
        label(series.points[periods.index(point.period)], shown, place, bold=True)


def label(point: Any, words: str, place: Any, *, bold: bool = False, colour: str = INK) -> None:
    """In our own notation, so that it is Dutch on every computer."""
    frame = point.data_label.text_frame
    frame.text, frame.word_wrap = clean(words), False
    run = frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold, run.font.name = Pt(12), bold, FONT
    run.font.color.rgb = rgb(colour)
    point.data_label.position = place


def plain(chart: Any) -> Any:
    """No title, no legend: both are beside it as text; and Dutch as its language."""
    chart.has_title, chart.has_legend = False, False
    chart.font.name, chart.font.size = FONT, Pt(12)
    chart.font.color.rgb = rgb(INK)
    space = chart._chartSpace
    language = parse_xml(f'<c:lang xmlns:c="{SPACE}" val="nl-NL"/>')
    after = space.find(f"{CHART}date1904")
    space.insert(0 if after is None else list(space).index(after) + 1, language)
    return chart
