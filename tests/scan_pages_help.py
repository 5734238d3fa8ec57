"""Constructed figures for the pages of the scan: every state a figure can be in, without a source."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from buurtscan.catalogue import CATALOGUE
from buurtscan.models import LookAlike, Scan, ScanFigure
from core.models import Job
from projects.models import Project
from tests import builders

AREAS = {"asked": "BU05183620", "wijk": "WK051836", "gemeente": "GM0518", "land": "NL00"}
LEVELS = {"asked": "buurt", "wijk": "wijk", "gemeente": "gemeente", "land": "land", "member": "buurt"}
TWINS = [f"BU0363{number:04}" for number in range(10)]
YEARS = ("2019", "2020", "2021", "2022", "2023", "2024")


def scan_of(project: Project, state: str = "done") -> Scan:
    found = Scan.objects.filter(project=project).first()
    job = (
        found.job
        if found
        else Job.objects.create(task="buurtscan.scan", state=state, finished_at=timezone.now())
    )
    return found or Scan.objects.create(project=project, job=job)


def figure(
    project: Project, indicator: str, value: float | None = 10.0, role: str = "asked", **fields: Any
) -> ScanFigure:
    known = CATALOGUE[indicator]
    defaults = {
        "scan": scan_of(project),
        "chapter": known.chapter,
        "code": AREAS.get(role, ""),
        "level": LEVELS[role],
        "period": "2024",
        "vintage": 2024,
        "level_used": "" if value is None else LEVELS[role],
        "source": known.source,
        "table": "85984NED",
        "status": "suppressed" if value is None else "ok",
    }
    return ScanFigure.objects.create(
        project=project, indicator=indicator, role=role, value=value, **{**defaults, **fields}
    )


def place(share: float, ranked: int = 12_000, equal: int = 1, median: float = 30.0) -> dict[str, Any]:
    """A place with `share` % of all below it."""
    return {
        "below": round((ranked - equal) * share / 100),
        "equal": equal,
        "ranked": ranked,
        "median": median,
    }


def trend(*values: float, series: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The last years, one value each; `series` says which of them belong together."""
    years = YEARS[-len(values) :]
    names = series or [""] * len(values)
    return [
        {"period": year, "value": value, "series": name}
        for year, value, name in zip(years, values, names, strict=True)
    ]


def look_alikes(project: Project) -> None:
    for number, code in enumerate(TWINS, 1):
        builders.area(code, name=f"Tweeling {number}", gemeente_name="Amsterdam")
        LookAlike.objects.create(
            project=project, number=number, code=code, distance=number / 10, period="2024"
        )


def alike(*values: float) -> list[dict[str, Any]]:
    return [{"code": code, "value": value} for code, value in zip(TWINS, values, strict=False)]


def compared(project: Project, indicator: str, value: float, share: float, **fields: Any) -> ScanFigure:
    """A figure of the area with everything: wijk, gemeente and land beside it, place, course and look-alikes."""
    defaults: dict[str, Any] = {
        **place(share),
        "trend": trend(*(value * (1 + step / 40) for step in range(5, -1, -1))),
        "alike": alike(*(value * (0.6 + step / 12) for step in range(10))),
    }
    asked = figure(project, indicator, value, **{**defaults, **fields})
    figure(project, indicator, value * 0.9, "wijk", **place(share * 0.9))
    figure(project, indicator, value * 0.6, "gemeente", **place(60), trend=trend(*[value * 0.6] * 6))
    figure(project, indicator, value * 0.5, "land", **place(50))
    return asked


def chapter_of_figures(project: Project) -> None:
    """Wonen, with a figure in each state."""
    look_alikes(project)
    compared(project, "corporatiewoningen", 78, 97)
    compared(project, "woz_waarde", 228, 3, trend=trend(150, 160, 170, 200, 210, 228, series="aaabbb"))
    compared(project, "koopwoningen", 14, 8)
    compared(project, "meergezinswoningen", 92, 91, flags=["few_inhabitants"])
    compared(project, "woningen", 3_200, 88, alike=[])
    figure(project, "huurwoningen", 41, status="fallback", level_used="gemeente", vintage=2022)
    figure(project, "huurwoningen", 41, "gemeente")
    figure(project, "eengezinswoningen", None)
    figure(project, "eengezinswoningen", 60, "land")
    figure(project, "overige_huurwoningen", None, status="not_published")
