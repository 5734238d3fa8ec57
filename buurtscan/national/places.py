"""What the whole country says about the figures of one scan: places and look-alikes. Three queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from buurtscan.catalogue import CATALOGUE
from buurtscan.figures import Figure, year_of
from buurtscan.held import Held, Number, TableId
from buurtscan.models import AreaRow, Distribution, Likeness
from buurtscan.national.distribution import Key, Spread, axis_of, has_place, keys_of, placed
from buurtscan.national.likeness import Near, Scale, nearest, own_position
from buurtscan.target import Target

WITH_LOOK_ALIKES = ("buurt", "set", "wijk")


@dataclass(frozen=True)
class Compared:
    """Figures with their place, and the buurten the area looks like; `period` is the year of that."""

    figures: list[Figure]
    near: list[Near]
    period: str = ""


def compared(figures: Sequence[Figure], target: Target, held: Held) -> Compared:
    period, near = look_alikes(target, held)
    with_places = placed(figures, spreads_of(axis_of(target.level), keys_of(figures)))
    return Compared(with_alike(with_places, [one.code for one in near]), near, period)


def spreads_of(level: str, keys: Iterable[Key]) -> dict[Key, Spread]:
    """Of these indicators in these periods, as far as they were worked out."""
    by_period: dict[str, list[str]] = {}
    for indicator, period in sorted(keys):
        by_period.setdefault(period, []).append(indicator)
    if not by_period or not level:
        return {}
    where = Q()
    for period, indicators in by_period.items():
        where |= Q(period=period, indicator__in=indicators)
    rows = Distribution.objects.filter(where, level=level).order_by()
    return {
        (indicator, period): Spread(tuple(values), tuple(counts))
        for indicator, period, values, counts in rows.values_list("indicator", "period", "values", "counts")
    }


def look_alikes(target: Target, held: Held) -> tuple[str, list[Near]]:
    """The ten and the year they are found in; none while no year of the country is held."""
    if target.level not in WITH_LOOK_ALIKES:
        return "", []
    likeness = Likeness.objects.order_by("-made_at").first()
    if likeness is None:
        return "", []
    position = own_position(scale_in(likeness), held, target.codes, likeness.period)
    if position is None:
        return likeness.period, []
    own = own_buurten(target, likeness.features)
    return likeness.period, nearest(position, likeness.features, own)


def scale_in(likeness: Likeness) -> Scale:
    scale = likeness.scale
    return Scale(tuple(scale["features"]), tuple(scale["centre"]), tuple(scale["spread"]))


def own_buurten(target: Target, codes: Iterable[str]) -> list[str]:
    """The buurten that are (in) the area itself."""
    if target.level != "wijk":
        return list(target.codes)
    inside = target.codes[0].replace("WK", "BU")
    return [code for code in codes if code.startswith(inside)]


def with_alike(figures: Sequence[Figure], codes: Sequence[str]) -> list[Figure]:
    """The figures of the asked area with what its look-alikes have in the same period."""
    periods = {figure.period for figure in figures if is_beside(figure)}
    if not codes or not periods:
        return list(figures)
    held = held_of(codes, periods)
    return [
        replace(figure, alike=values_of(figure, codes, held)) if is_beside(figure) else figure
        for figure in figures
    ]


def is_beside(figure: Figure) -> bool:
    return figure.role == "asked" and has_place(figure)


def values_of(figure: Figure, codes: Sequence[str], held: Held) -> tuple[tuple[str, float], ...]:
    """Worked out as for the area itself, in the same period; who has no figure is left out."""
    year = year_of(CATALOGUE[figure.indicator], held, figure.period, codes)
    values = ((code, year.value([code])) for code in codes)
    return tuple((code, value) for code, value in values if value is not None)


def held_of(codes: Iterable[str], periods: Iterable[str]) -> Held:
    rows = AreaRow.objects.filter(code__in=list(codes), period__in=list(periods)).order_by()
    found = rows.values_list("code", "period", "values", "table__table", "table__vintage")
    return Held(
        Number(measure, code, period, value, TableId(name, vintage))
        for code, period, values, name, vintage in found
        for measure, value in values.items()
    )
