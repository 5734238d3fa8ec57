from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from buurtscan import actions
from buurtscan.chapter_parts import chapter_parts, overview_parts
from buurtscan.figure_rows import rows_of
from buurtscan.models import Scan
from buurtscan.overview import summaries
from buurtscan.pages import Progress, Tabs
from buurtscan.reading import readings
from buurtscan.sources.tables import KWB
from core.http import page_or_part, wants_part
from projects.access import Access, May, gate
from projects.chapters import Chapter

NEWEST_BOUNDARIES = KWB[0].vintage


@require_safe
def buurtscan(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    return overview(request, access, progress_of(access))


@require_safe
def scan_progress(request: HttpRequest, slug: str) -> HttpResponse:
    """The part that is asked for every two seconds; 204 while nothing changed."""
    access = gate(request, slug)
    if not wants_part(request):
        return redirect("buurtscan", slug)
    progress = progress_of(access)
    if progress.running and request.GET.get("klaar") == str(progress.finished):
        return HttpResponse(status=204)
    return overview(request, access, progress)


@require_POST
def scan_start(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    before = Scan.objects.of(access.project).running().exists()
    actions.start_scan(access.project, by=access.user)
    if before:
        messages.info(request, _("De scan loopt al. De cijfers komen vanzelf in beeld."))
    return redirect("buurtscan", slug)


@require_safe
def scan_chapter(request: HttpRequest, slug: str, chapter: str) -> HttpResponse:
    access = gate(request, slug)
    if chapter not in Chapter.values:
        raise Http404
    return render(request, "buurtscan/scan_chapter.html", chapter_page(access, chapter))


def chapter_page(access: Access, chapter: str) -> dict[str, Any]:
    """All that the page of a chapter shows: to be called after the gate."""
    return {
        "access": access,
        "project": access.project,
        "chapter": chapter,
        "title": Chapter(chapter).label,
        "tabs": Tabs.at(chapter),
        "rows": rows_of(readings(access.project, chapter), NEWEST_BOUNDARIES),
        **chapter_parts(access, chapter),
    }


def progress_of(access: Access) -> Progress:
    return Progress.of(Scan.objects.of(access.project).for_overview().first())


def overview(request: HttpRequest, access: Access, progress: Progress) -> HttpResponse:
    context = {
        "access": access,
        "project": access.project,
        "progress": progress,
        "chapters": summaries(readings(access.project) if progress.scan else []),
        "part": wants_part(request),
        **overview_parts(access),
    }
    return page_or_part(request, "buurtscan/scan.html", context, part="voortgang")
