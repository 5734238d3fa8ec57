from typing import Any

from django import template

from buurtscan.catalogue import CATALOGUE
from buurtscan.models import ScanFigure
from buurtscan.talking import Marks

register = template.Library()


@register.filter
def marks_of(reading: Any, marks_by_indicator: dict[str, Marks] | None) -> Marks:
    """What the members say of the figure of a reading."""
    return (marks_by_indicator or {}).get(reading.indicator.id) or Marks()


@register.filter
def title_of(figure: ScanFigure) -> str:
    indicator = CATALOGUE.get(figure.indicator)
    return indicator.title if indicator else figure.indicator
