from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from buurtscan import actions
from buurtscan.actions.pulls import pulled_sources
from buurtscan.models import Scan, Source
from buurtscan.pages import Progress
from buurtscan.source_states import source_states
from core.http import page_or_part
from projects.access import gate


@require_safe
def scan_sources(request: HttpRequest, slug: str) -> HttpResponse:
    """The sources as they are for one project, with what its last scan heard of each."""
    access = gate(request, slug)
    progress = Progress.of(Scan.objects.of(access.project).for_overview().first())
    states = source_states(progress.sources)
    context = {"access": access, "project": access.project, "progress": progress, "states": states}
    return render(request, "buurtscan/scan_sources.html", context)


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """The sources of the whole installation. For the beheerder only."""
    refuse_others(request)
    states = source_states()
    context = {
        "states": states,
        "pulled": pulled_sources(),
        "running": any(state.running for state in states),
    }
    return page_or_part(request, "buurtscan/sources.html", context, part="bronnen")


@require_POST
def source_refresh(request: HttpRequest, source: str) -> HttpResponse:
    refuse_others(request)
    if source not in pulled_sources():
        raise Http404
    pull = actions.request_pull(source, by=request.user)
    name = {"source": Source(pull.source).label}
    messages.success(
        request, _("%(source)s wordt opgehaald. De oude cijfers blijven staan tot het klaar is.") % name
    )
    return redirect("sources")


def refuse_others(request: HttpRequest) -> None:
    user: Any = request.user
    if not user.is_superuser:
        raise Http404
