from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from core.http import attempt, form_status, page_or_part
from gebieden.actions import load_areas
from gebieden.forms import LoadForm
from gebieden.models import Area, AreaLoad
from gebieden.picker import Choice, picker


@require_safe
def area_search(request: HttpRequest) -> HttpResponse:
    """The results for the area picker; without htmx a page of its own."""
    choice = Choice.sent(request.GET, "areas", "area")
    context = {"picker": picker(choice), "name": "areas"}
    return page_or_part(request, "gebieden/area_search.html", context, part="area_results")


@require_http_methods(["GET", "HEAD", "POST"])
def area_loads(request: HttpRequest) -> HttpResponse:
    """Which areas are loaded, and the button that loads them. For the beheerder only."""
    if not request.user.is_superuser:
        raise Http404
    form = LoadForm(request.POST if request.method == "POST" else None)
    if attempt(form, load_areas, by=request.user) is not None:
        return redirect("area_loads")
    latest = AreaLoad.objects.latest_first().first()
    context = {"form": form, "load": latest, "vintages": Area.objects.for_loads()}
    return page_or_part(
        request, "gebieden/area_loads.html", context, part="area_load", status=form_status(form)
    )
