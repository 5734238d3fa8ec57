"""The codebook in and out as a file."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import DomainError
from core.http import attempt, form_status, posted
from projects.access import May, gate
from projects.models import Project
from stories.actions.codebook import import_codebook, plan
from stories.coding.codebook import Line, csv_bytes, qdc_bytes
from stories.forms.codebook import CodebookFileForm, CodebookLinesForm, as_text
from stories.models import Theme


@require_http_methods(["GET", "HEAD", "POST"])
def codebook_import(request: HttpRequest, slug: str) -> HttpResponse:
    """A file is shown first; what was shown is read in by a second click."""
    access = gate(request, slug, May.EDIT)
    context: dict[str, Any] = {"access": access, "project": access.project}
    if "lines" in request.POST:
        sure = CodebookLinesForm(request.POST)
        step = attempt(sure, import_codebook, access.project, by=access.user)
        if sure.is_valid():
            told = _("Het codeboek is ingelezen.") if step else _("Alles stond er al zo.")
            messages.success(request, told)
            return redirect("themes", slug)
        context |= {"form": CodebookFileForm(), "refused": sure}
        return render(request, "stories/codebook_import.html", context, status=form_status(sure))
    form = CodebookFileForm(posted(request), request.FILES if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        planned = plan(access.project, form.found.lines)
        sure = CodebookLinesForm(initial={"lines": as_text(form.found)})
        context |= {"planned": planned, "faults": form.found.faults, "sure": sure}
        context["work"] = any(not one.same for one in planned)
    return render(
        request, "stories/codebook_import.html", {**context, "form": form}, status=form_status(form)
    )


def lines_of(project: Project) -> list[Line]:
    rows = Theme.objects.of(project).order_by("name", "pk")
    return [Line(theme.name, theme.description, theme.chapter) for theme in rows]


@require_safe
def codebook_csv(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    return file_answer(csv_bytes(lines_of(access.project)), "text/csv; charset=utf-8", f"{slug}-codeboek.csv")


@require_safe
def codebook_qdc(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    try:
        data = qdc_bytes(lines_of(access.project), project=slug)
    except DomainError as refusal:
        messages.warning(request, refusal.message)
        return redirect("themes", slug)
    return file_answer(data, "application/xml; charset=utf-8", f"{slug}-codeboek.qdc")


def file_answer(data: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
