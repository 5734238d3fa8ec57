"""The indicators of the buurtscan, as data: read once, checked, frozen."""

from buurtscan.catalogue.kinds import UNITS, Combination, Direction, Indicator, Measure, Name
from buurtscan.catalogue.loading import load_indicators, load_measures

MEASURES: dict[str, Measure] = load_measures()
CATALOGUE: dict[str, Indicator] = load_indicators(MEASURES)


def of_chapter(chapter: str) -> list[Indicator]:
    return [indicator for indicator in CATALOGUE.values() if indicator.chapter == chapter]


def of_source(source: str) -> list[Indicator]:
    return [indicator for indicator in CATALOGUE.values() if indicator.source == source]


def measures_of(source: str) -> list[Measure]:
    return [measure for measure in MEASURES.values() if measure.source == source]


__all__ = [
    "CATALOGUE",
    "MEASURES",
    "UNITS",
    "Combination",
    "Direction",
    "Indicator",
    "Measure",
    "Name",
    "measures_of",
    "of_chapter",
    "of_source",
]
