"""Bewaren en wissen: how long each kind of data is kept, and what went already."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.pages import page_of
from projects.access import May, gate
from stories.models import RetentionRun
from stories.retention import ROUND, lines, name_of

LOG_LINES = 50


@require_safe
def story_keeping(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.MANAGE)
    project = access.project
    runs = RetentionRun.objects.filter(project=project)
    page = page_of(request, runs, LOG_LINES)
    context = {
        "access": access,
        "project": project,
        "rules": list(lines(project.retention_months)),
        "last": runs.filter(kind=ROUND).first(),
        "page": page,
        "log": [(run, name_of(run.kind)) for run in page],
    }
    return render(request, "stories/keeping.html", context)
