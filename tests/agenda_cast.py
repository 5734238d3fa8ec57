"""Figures, stories and parties for the tests of the agenda: what is not named gets a valid value."""

from datetime import date
from typing import Any

from buurtscan.models import Scan, ScanFigure
from core.models import Job
from projects.models import Party, Project
from stories.models import Quote, Story

CODES = {"asked": "BU05183620", "gemeente": "GM0518", "land": "NL00"}


def a_figure(project: Project, indicator: str = "misdrijven", **fields: Any) -> ScanFigure:
    scan = project.scans.first() or Scan.objects.create(
        project=project, job=Job.objects.create(task="test", state="done")
    )
    role = fields.pop("role", "asked")
    defaults = {
        "chapter": "veiligheid",
        "role": role,
        "code": CODES[role],
        "level": "buurt",
        "level_used": "buurt",
        "value": 92.0,
        "period": "2024",
        "vintage": 2024,
        "source": "politie",
        "table": "47018NED",
        "status": "ok",
    }
    return ScanFigure.objects.create(
        project=project, scan=scan, indicator=indicator, **{**defaults, **fields}
    )


def compared(
    project: Project,
    indicator: str,
    chapter: str,
    value: float,
    gemeente: float | None = None,
    land: float | None = None,
    **fields: Any,
) -> ScanFigure:
    """A figure of the area, with that of the gemeente and the Netherlands."""
    for role, other in (("gemeente", gemeente), ("land", land)):
        if other is not None:
            a_figure(project, indicator, chapter=chapter, value=other, role=role, **fields)
    return a_figure(project, indicator, chapter=chapter, value=value, **fields)


def a_story(project: Project, text: str = "Ik loop om als het donker is.", **fields: Any) -> Story:
    defaults = {
        "about": "veiligheid",
        "feeling": "slecht",
        "state": "published",
        "told_on": date(2026, 11, 2),
    }
    return Story.objects.create(project=project, text=text, **{**defaults, **fields})


def a_quote(story: Story, text: str = "") -> Quote:
    start = story.text.index(text)
    return Quote.objects.create(story=story, start=start, end=start + len(text or story.text))


def a_party(project: Project, name: str = "Bewonersgroep Het Plein", kind: str = "gemeente") -> Party:
    return Party.objects.create(project=project, name=name, kind=kind, gives="trekken")
