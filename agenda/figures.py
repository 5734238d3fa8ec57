"""A figure of the scan as the agenda shows it: a value in words, beside gemeente and Nederland."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agenda.coverage import Compared
from buurtscan.catalogue import CATALOGUE
from buurtscan.models import FigureStatus, ScanFigure, Source
from buurtscan.words.values import flags_in_words, level_in_words, sentence_source, shown_value
from projects.models import Project

Place = ScanFigure.Place
type Beside = dict[tuple[str, str], ScanFigure]
NOT_COMPARABLE = {"aantal", "hectare", "verschil met Nederland"}


@dataclass(frozen=True)
class FigureLine:
    """`value` is as published, None when it is not; `shown` is that value in Dutch with its unit."""

    indicator: str
    title: str
    code: str
    value: float | None
    unit: str
    shown: str
    beside: str
    note: str
    period: str
    origin: str
    source: str
    table: str


def title_of(indicator: str) -> str:
    known = CATALOGUE.get(indicator)
    return known.title if known else indicator.replace("_", " ").capitalize()


def unit_of(indicator: str) -> str:
    known = CATALOGUE.get(indicator)
    return known.unit if known else ""


def comparable(indicator: str) -> bool:
    """Whether the same figure of a larger area says something: a count of people does not."""
    known = CATALOGUE.get(indicator)
    return known is not None and not known.count and known.unit not in NOT_COMPARABLE


def beside(project: Project, indicators: Iterable[str]) -> Beside:
    """The same figures of the gemeente and the Netherlands. One query."""
    rows = ScanFigure.objects.of(project).filter(
        indicator__in=set(indicators), role__in=[Place.GEMEENTE, Place.LAND], value__isnull=False
    )
    return {(row.indicator, row.role): row for row in rows}


def figure_line(figure: ScanFigure, others: Beside) -> FigureLine:
    return FigureLine(
        indicator=figure.indicator,
        title=title_of(figure.indicator),
        code=figure.code,
        value=figure.value,
        unit=unit_of(figure.indicator),
        shown=shown_value(figure),
        beside=beside_text(figure, others),
        note=note_text(figure),
        period=figure.period,
        origin=sentence_source(figure),
        source=str(Source(figure.source).label),
        table=figure.table,
    )


def beside_text(figure: ScanFigure, others: Beside) -> str:
    """ "gemeente 68,0 · Nederland 50,2"; nothing for counts and for what is not published."""
    if figure.value is None or not comparable(figure.indicator):
        return ""
    names = {Place.GEMEENTE: _("gemeente"), Place.LAND: _("Nederland")}
    found = [(names[place], others.get((figure.indicator, place))) for place in names]
    return " · ".join(f"{name} {short(other)}" for name, other in found if other and other.pk != figure.pk)


def short(figure: ScanFigure) -> str:
    """The value without the unit that the figure beside it already names."""
    return shown_value(figure).split(" per ")[0]


def note_text(figure: ScanFigure) -> str:
    """That it is a figure of a larger area, or an estimate: what a reader must know."""
    notes = flags_in_words(figure.flags)
    if figure.status == FigureStatus.FALLBACK and figure.level_used:
        notes.insert(0, _("cijfer van %(level)s") % {"level": level_in_words(figure.level_used)})
    return ", ".join(notes)


def compared_figures(project: Project) -> list[Compared]:
    """Every published figure of the area, ready for `coverage.cover`. One query."""
    rows = list(
        ScanFigure.objects.of(project)
        .filter(value__isnull=False, role__in=[Place.ASKED, Place.GEMEENTE, Place.LAND])
        .values_list("indicator", "chapter", "role", "value")
    )
    values = {(indicator, role): value for indicator, _chapter, role, value in rows if value is not None}
    return [
        compared(indicator, chapter, value, values)
        for indicator, chapter, role, value in rows
        if role == Place.ASKED and value is not None
    ]


def compared(indicator: str, chapter: str, value: float, values: dict[tuple[str, str], float]) -> Compared:
    if not comparable(indicator):
        return Compared(chapter, value)
    land, gemeente = values.get((indicator, Place.LAND)), values.get((indicator, Place.GEMEENTE))
    return Compared(chapter, value, land, gemeente, percentage=unit_of(indicator) == "%")
