"""A project of several buurten, with figures that they have only apart."""

from collections.abc import Sequence
from typing import Any

from gebieden.models import Area
from projects.models import Project
from tests import builders
from tests import scan_pages_help as pages

CODES = tuple(f"BU1859000{number}" for number in range(1, 10))


def buurten(number: int = 2) -> list[Area]:
    """Buurt 1, Buurt 2, … in one wijk of Berkelland."""
    land = builders.area("NL00", name="Nederland")
    gemeente = builders.area("GM1859", name="Berkelland", parent=land)
    wijk = builders.area("WK185900", name="Wijk 00", parent=gemeente, gemeente_name="Berkelland")
    return [
        builders.area(code, name=f"Buurt {position}", parent=wijk, gemeente_name="Berkelland")
        for position, code in enumerate(CODES[:number], 1)
    ]


def of_buurten(project: Project, number: int = 2) -> Project:
    project.areas.set(buurten(number))
    return project


def apart(
    project: Project,
    indicator: str,
    values: Sequence[float | None],
    *,
    gemeente: float | None = None,
    shares: Sequence[float] = (),
    flags: Sequence[Sequence[str]] = (),
) -> None:
    """What each buurt has, with `shares` % of all buurten below it; the set itself has nothing."""
    of_buurten(project, len(values))
    asked = "+".join(CODES[: len(values)])
    pages.figure(project, indicator, None, code=asked, level="set", status="not_combinable")
    for number, value in enumerate(values):
        fields: dict[str, Any] = pages.place(shares[number]) if shares and value is not None else {}
        fields["flags"] = list(flags[number]) if flags else []
        pages.figure(project, indicator, value, "member", code=CODES[number], **fields)
    placed = pages.place(50) if shares and gemeente is not None else {}
    pages.figure(project, indicator, gemeente, "gemeente", code="GM1859", **placed)
