"""What a page says where little is known: not that nothing stands out, nor the same reason for every figure."""

from typing import Any

import pytest
from django.template.loader import render_to_string

from buurtscan.models import Scan, ScanFigure, ScanSource
from buurtscan.overview import summaries
from buurtscan.reading import readings_of
from core.models import Job
from projects.models import Project, User
from tests.scan_pages_help import AREAS

pytestmark = pytest.mark.django_db
SHARE, OTHER = "koopwoningen", "huurwoningen"


def figure(indicator: str, status: str, value: float | None = None, **fields: Any) -> ScanFigure:
    where = {"chapter": "wonen", "role": "asked", "code": AREAS["asked"], "level": "buurt", "source": "kwb"}
    return ScanFigure(indicator=indicator, status=status, value=value, period="2024", **{**where, **fields})


def card(project: Project, *figures: ScanFigure) -> str:
    chapter = next(one for one in summaries(readings_of(figures, {})) if one.chapter == "wonen")
    return render_to_string("buurtscan/chapter_card.html", {"chapter": chapter, "project": project})


def test_of_larger_areas_alone_it_is_not_said_that_nothing_stands_out(project: Project) -> None:
    larger = [figure(name, "fallback", 60.0, level_used="wijk") for name in (SHARE, OTHER)]
    assert "Van dit gebied zelf is hier geen cijfer, alleen van een groter gebied." in card(project, *larger)
    assert "geen cijfer, alleen één van een groter gebied." in card(project, larger[0])
    assert "wijkt hier sterk af" not in card(project, *larger)
    assert "Geen cijfer wijkt hier sterk af." in card(project, larger[0], figure(OTHER, "ok", 40.0))


def test_the_reason_why_figures_are_missing_is_said_once(project: Project, reader: User, login: Any) -> None:
    job = Job.objects.create(task="buurtscan.scan", state="done")
    scan = Scan.objects.create(project=project, job=job)
    for name in (SHARE, OTHER, "eengezinswoningen"):
        row = figure(name, "not_published")
        row.scan, row.project = scan, project
        row.save()
    page = login(reader).get(f"/p/{project.slug}/buurtscan/wonen/").content.decode()
    assert page.count("De bron heeft dit cijfer niet gepubliceerd") == 1
    assert all(f'<li id="{name}">' in page for name in (SHARE, OTHER))


def test_a_source_that_gave_nothing_is_not_called_partly_done(
    project: Project, reader: User, login: Any
) -> None:
    job = Job.objects.create(task="buurtscan.scan", state="done")
    scan = Scan.objects.create(project=project, job=job)
    ScanSource.objects.create(scan=scan, source="ses_woa", state="done", message="Het CBS heeft ze niet.")
    page = login(reader).get(f"/p/{project.slug}/buurtscan/").content.decode()
    assert "Niet alles kwam binnen." in page
    assert "Deels gelukt" not in page
