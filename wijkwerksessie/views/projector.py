"""The wall: no names, no buttons, and by itself."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from core.http import page_or_part, wants_part
from wijkwerksessie import screens
from wijkwerksessie.views.rows import gated


@require_GET
def projector(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asked every two seconds with `v`, the last change it showed, and `ronde`, whose page it turned."""
    access, sessie = gated(request, slug, pk)
    if wants_part(request) and request.GET.get("v") == str(sessie.change):
        return HttpResponse(status=204)
    same = request.GET.get("ronde", "") == str(sessie.current_round_id or 0)
    wanted = request.GET.get("bladzijde", "")
    page = int(wanted) if same and wanted.isdecimal() and len(wanted) < 6 else 1
    context = {
        "access": access,
        "project": access.project,
        "place": screens.place_of(request, sessie),
        "is_part": wants_part(request),
        **screens.projector(sessie, page),
    }
    return page_or_part(request, "wijkwerksessie/projector.html", context, part="projector")
