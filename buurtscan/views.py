from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from buurtscan import actions
from buurtscan.models import Scan, ScanFigure
from buurtscan.pages import Progress, Tabs, chapter_counts, chapter_lines, known_first, names_of
from core.http import page_or_part, wants_part
from gebieden.family import family
from projects.access import Access, May, gate
from projects.chapters import Chapter


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
    around = family(access.project.areas.all())
    figures = ScanFigure.objects.of(access.project).for_chapter(chapter)
    known, unknown = known_first(chapter_lines(chapter, figures, names_of(around, access.project.name)))
    context = {
        "access": access,
        "project": access.project,
        "title": Chapter(chapter).label,
        "tabs": Tabs.at(chapter),
        "known": known,
        "unknown": unknown,
        "family": around,
    }
    return render(request, "buurtscan/scan_chapter.html", context)


def progress_of(access: Access) -> Progress:
    return Progress.of(Scan.objects.of(access.project).for_overview().first())


def overview(request: HttpRequest, access: Access, progress: Progress) -> HttpResponse:
    context = {
        "access": access,
        "project": access.project,
        "progress": progress,
        "chapters": chapter_counts(ScanFigure.objects.of(access.project).for_overview()),
        "part": wants_part(request),
    }
    return page_or_part(request, "buurtscan/scan.html", context, part="voortgang")
