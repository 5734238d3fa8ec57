"""What the map page shows: the buurten of a gemeente with one figure each, from the store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from buurtscan.catalogue import CATALOGUE, MEASURES, Indicator
from buurtscan.figures import FEW_INHABITANTS, Number, TableId
from buurtscan.mapping import (
    ORDERS,
    PER,
    Order,
    Shade,
    Spot,
    Standing,
    in_order,
    shades_of,
    standing_of,
    tint_of,
    values_in,
)
from buurtscan.models import AreaRow, ScanFigure
from buurtscan.words.values import sentence_source, shown_value, value_in_words
from gebieden.codes import gemeente_of, wijk_of
from gebieden.drawing import Frame
from gebieden.models import Area
from gebieden.names import everyday
from gebieden.polygons import Geometry
from projects.chapters import Chapter
from projects.models import Project

FEW_KNOWN = 0.5  # with figures of fewer than half of the buurten the map says how to get the rest


@dataclass(frozen=True)
class Wanted:
    """What the address of the page asks for; what it asks wrongly counts as not asked."""

    figure: str = ""
    order: Order = "hoog"
    gemeente: str = ""

    @classmethod
    def sent(cls, data: Mapping[str, str]) -> "Wanted":
        order = next((order for order in ORDERS if order == data.get("sorteer")), ORDERS[0])
        return cls(data.get("cijfer", ""), order, data.get("gemeente", ""))


@dataclass(frozen=True)
class Ground:
    """The buurten of one gemeente as they were drawn in one year, and which of them are asked."""

    gemeente: str
    name: str
    vintage: int
    buurten: tuple[Area, ...]
    wijken: Mapping[str, str]
    asked: frozenset[str]

    @cached_property
    def shapes(self) -> dict[str, Geometry]:
        return {area.code: area.geometry for area in self.buurten if area.geometry}

    @cached_property
    def frame(self) -> Frame | None:
        return Frame.around(self.shapes.values())

    @property
    def drawn(self) -> frozenset[str]:
        """Those that are asked and have a polygon."""
        return self.asked & self.shapes.keys()

    @property
    def undrawn(self) -> int:
        return len(self.buurten) - len(self.shapes)


@dataclass(frozen=True)
class Shown:
    """One indicator on the ground. `figure` is that of the area that was scanned."""

    indicator: Indicator
    figure: ScanFigure
    shades: tuple[Shade, ...]
    spots: tuple[Spot, ...]
    standing: Standing | None

    @property
    def known(self) -> int:
        return sum(spot.value is not None for spot in self.spots)

    @property
    def few(self) -> bool:
        return self.known < FEW_KNOWN * len(self.spots)

    @property
    def own(self) -> str:
        """The figure of the scanned area in words; empty when a larger area stands in for it."""
        return shown_value(self.figure) if self.figure.status == "ok" else ""

    @property
    def long_unit(self) -> str:
        """ "per 1.000 inwoners", where that is part of every figure."""
        first = next((spot.shown for spot in self.spots if spot.shown), "")
        return "".join(first.partition(PER)[1:]).strip()

    @property
    def source(self) -> str:
        return sentence_source(self.figure)

    @property
    def legend(self) -> list[tuple[Shade, str, str]]:
        """The darkest first, with the lowest and the highest figure in words; one of them where they are alike."""
        words = [
            (shade, value_in_words(self.indicator, shade.low), value_in_words(self.indicator, shade.high))
            for shade in reversed(self.shades)
        ]
        return [(shade, low, "" if low == high else high) for shade, low, high in words]


@dataclass(frozen=True)
class Sheet:
    """The whole page. Without areas there is no ground, without a scan nothing is shown."""

    gemeenten: list[tuple[str, str]]
    ground: Ground | None
    figures: Mapping[str, ScanFigure]
    shown: Shown | None
    order: Order

    @cached_property
    def spots(self) -> Sequence[Spot]:
        """The buurten with their figure; by name and without one as long as there is no scan."""
        if self.shown is not None or self.ground is None:
            return self.shown.spots if self.shown else ()
        return in_order((blank_spot(area, self.ground) for area in self.ground.buurten), "naam")

    @property
    def asked(self) -> list[Spot]:
        return [spot for spot in self.spots if spot.asked]

    @property
    def choices(self) -> list[tuple[str, list[Indicator]]]:
        return choices_of(self.figures)


def sheet_of(project: Project, wanted: Wanted) -> Sheet:
    """Five queries: areas, buurten, names, figures of the scan, numbers of the store."""
    gemeenten = gemeenten_of(project)
    figures = mapped_figures(project)
    ground = chosen_ground(gemeenten, wanted.gemeente)
    figure = chosen_of(figures, wanted.figure)
    shown = shown_of(ground, figure, wanted.order) if ground and figure else None
    return Sheet(named(gemeenten), ground, figures, shown, wanted.order)


def chosen_ground(gemeenten: Mapping[str, Sequence[Area]], wanted: str) -> Ground | None:
    if not gemeenten:
        return None
    code = wanted if wanted in gemeenten else next(iter(gemeenten))
    return ground_of(code, gemeenten[code])


def named(gemeenten: Mapping[str, Sequence[Area]]) -> list[tuple[str, str]]:
    return [(code, everyday(areas[0].gemeente_name or code)) for code, areas in gemeenten.items()]


def gemeenten_of(project: Project) -> dict[str, list[Area]]:
    """The areas of the project by gemeente, that with the most of them first. One query."""
    found: dict[str, list[Area]] = {}
    for area in project.areas.defer("geometry"):
        found.setdefault(gemeente_of(area.code), []).append(area)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def ground_of(gemeente: str, areas: Sequence[Area]) -> Ground:
    """Two queries, both by codes: a full country costs no more."""
    known = Area.objects.of_vintage(areas[0].vintage)
    buurten = tuple(known.buurten_in(gemeente).order_by("code"))
    above = {gemeente, *(wijk_of(area.code) for area in buurten)}
    names = dict(known.filter(code__in=above).values_list("code", "name"))
    return Ground(
        gemeente=gemeente,
        name=everyday(names.get(gemeente, areas[0].gemeente_name or gemeente)),
        vintage=areas[0].vintage,
        buurten=buurten,
        wijken=names,
        asked=asked_of(areas, buurten),
    )


def asked_of(areas: Sequence[Area], buurten: Sequence[Area]) -> frozenset[str]:
    """The buurten that were asked, or all of a wijk or gemeente that was asked."""
    codes = {area.code for area in areas}
    return frozenset(
        area.code for area in buurten if codes & {area.code, wijk_of(area.code), gemeente_of(area.code)}
    )


def mapped_figures(project: Project) -> dict[str, ScanFigure]:
    """What can be shown: the indicators with a year in the scan, in the order of the catalogue. One query."""
    rows = ScanFigure.objects.of(project).of_area_asked().exclude(period="")
    found = {figure.indicator: figure for figure in rows}
    return {name: found[name] for name in CATALOGUE if name in found}


def choices_of(figures: Mapping[str, ScanFigure]) -> list[tuple[str, list[Indicator]]]:
    """Chapter by chapter, for the list to choose from."""
    by_chapter = {str(chapter.label): chapter.value for chapter in Chapter}
    groups = (
        (label, [CATALOGUE[name] for name in figures if CATALOGUE[name].chapter == chapter])
        for label, chapter in by_chapter.items()
    )
    return [(label, indicators) for label, indicators in groups if indicators]


def chosen_of(figures: Mapping[str, ScanFigure], wanted: str) -> ScanFigure | None:
    """What was asked for; else the first that is no count, known for the area itself."""
    if wanted in figures:
        return figures[wanted]
    fit = (one for one in figures.values() if one.status == "ok" and not CATALOGUE[one.indicator].count)
    return next(fit, next(iter(figures.values()), None))


def shown_of(ground: Ground, figure: ScanFigure, order: Order) -> Shown:
    """In the year of the scan, so that map and scan say the same. One query."""
    indicator = CATALOGUE[figure.indicator]
    codes = [area.code for area in ground.buurten]
    values = values_in(indicator, figure.period, numbers_in(indicator, figure.period, codes), codes)
    shades = shades_of(values.values())
    spots = [spot_of(area, ground, indicator, values.get(area.code), shades) for area in ground.buurten]
    asked = next(iter(ground.asked)) if len(ground.asked) == 1 else ""
    return Shown(indicator, figure, shades, tuple(in_order(spots, order)), standing_of(asked, values))


def spot_of(
    area: Area, ground: Ground, indicator: Indicator, value: float | None, shades: Sequence[Shade]
) -> Spot:
    blank = blank_spot(area, ground)
    if value is None:
        return blank
    few = not indicator.count and (area.inhabitants or FEW_INHABITANTS) < FEW_INHABITANTS
    words = value_in_words(indicator, value)
    return replace(blank, value=value, shown=words, tint=tint_of(value, shades), few=few)


def blank_spot(area: Area, ground: Ground) -> Spot:
    shape, frame = ground.shapes.get(area.code), ground.frame
    return Spot(
        code=area.code,
        name=everyday(area.name),
        wijk=ground.wijken.get(wijk_of(area.code), ""),
        asked=area.code in ground.asked,
        path=frame.path(shape) if frame and shape else "",
    )


def numbers_in(indicator: Indicator, period: str, codes: Sequence[str]) -> list[Number]:
    """Of one period and of the sources of this indicator only: a year of a gemeente, whatever the store holds."""
    wanted = indicator.all_measures
    sources = {MEASURES[measure].source for measure in wanted}
    rows = AreaRow.objects.filter(code__in=codes, period=period, table__source__in=sources).order_by()
    found = rows.values_list("code", "values", "table__table", "table__vintage")
    return [
        Number(measure, code, period, value, TableId(name, vintage))
        for code, values, name, vintage in found
        for measure, value in values.items()
        if measure in wanted
    ]


def collection_of(ground: Ground) -> dict[str, object]:
    """The polygons as GeoJSON: names and codes only, so that it is the same for every figure."""
    names = {area.code: everyday(area.name) for area in ground.buurten}
    features = [
        {"type": "Feature", "properties": {"code": code, "name": names[code]}, "geometry": shape}
        for code, shape in ground.shapes.items()
    ]
    return {"type": "FeatureCollection", "features": features}
