"""Readings built by hand, for what is worked out of a figure and those beside it."""

from collections.abc import Mapping, Sequence
from typing import Any

from buurtscan.catalogue import CATALOGUE
from buurtscan.models import ScanFigure
from buurtscan.reading import Reading, readings_of

BUURT, WIJK, GEMEENTE, LAND = "BU05183620", "WK051836", "GM0518", "NL00"
NAMES = {BUURT: "Moerwijk-Oost", WIJK: "Wijk 36 Moerwijk", GEMEENTE: "Den Haag", LAND: "Nederland"}


def figure(indicator: str, role: str, code: str, value: float | None, **fields: Any) -> ScanFigure:
    level = {"asked": "buurt", "land": "land"}.get(role, role)
    given: dict[str, Any] = {
        "level": level,
        "level_used": level,
        "status": "suppressed" if value is None else "ok",
        "period": "2024",
        "source": CATALOGUE[indicator].source,
    }
    chapter = CATALOGUE[indicator].chapter
    return ScanFigure(
        indicator=indicator, chapter=chapter, role=role, code=code, value=value, **given | fields
    )


def reading(
    indicator: str,
    value: float | None,
    *,
    gemeente: float | None = None,
    land: float | None = None,
    place: tuple[int, int, int] | None = None,
    gemeente_place: tuple[int, int, int] | None = None,
    alike: Sequence[float] = (),
    trend: Mapping[str, float] | None = None,
    series: Mapping[str, str] | None = None,
    **fields: Any,
) -> Reading:
    """`place` is below, equal and ranked."""
    said = {
        **spot(place),
        "trend": [
            {"period": period, "value": was, "series": (series or {}).get(period, "")}
            for period, was in (trend or {}).items()
        ],
        "alike": [{"code": f"BU{number:08}", "value": other} for number, other in enumerate(alike)],
    }
    rows = [
        figure(indicator, "asked", BUURT, value, **said | fields),
        figure(indicator, "wijk", WIJK, None),
        figure(indicator, "gemeente", GEMEENTE, gemeente, **spot(gemeente_place)),
        figure(indicator, "land", LAND, land),
    ]
    return readings_of(rows, NAMES)[0]


def spot(place: tuple[int, int, int] | None) -> dict[str, Any]:
    if place is None:
        return {}
    below, equal, ranked = place
    return {"below": below, "equal": equal, "ranked": ranked, "median": 0.0}
