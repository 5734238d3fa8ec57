"""The places that residents can choose: the pages of the kernteam, and what the map draws."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from core.http import attempt, form_status, posted
from core.pages import page_of
from projects.access import Access, May, gate, public_project
from stories.actions.spots import add_place, delete_place, edit_place
from stories.forms.spots import EditPlaceForm, PlaceForm
from stories.models import Place
from stories.spots import TILES, ground_of


@login_not_required
@require_safe
@cache_control(public=True, max_age=300)
def story_ground(request: HttpRequest, slug: str) -> HttpResponse:
    """What the map of the public form draws; asked for only when somebody opens it."""
    return JsonResponse(ground_of(public_project(slug)))


@require_safe
def spots(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    places = Place.objects.of(access.project).annotate(number=Count("stories")).order_by("name", "pk")
    context = {"access": access, "project": access.project, "page": page_of(request, places)}
    return render(request, "stories/spots.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def spot_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    form = PlaceForm(posted(request))
    place = attempt(form, add_place, access.project, by=access.user)
    if place:
        messages.success(request, _("%(name)s staat nu op de lijst.") % {"name": place.name})
        return redirect("spots", slug)
    return _form_page(request, access, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def spot_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    place = get_object_or_404(Place.objects.of(access.project), pk=pk)
    form = EditPlaceForm(request.POST) if request.method == "POST" else EditPlaceForm.of(place)
    if attempt(form, edit_place, place, by=access.user):
        messages.success(request, _("De verandering is bewaard."))
        return redirect("spots", slug)
    return _form_page(request, access, form, place)


def _form_page(request: HttpRequest, access: Access, form: PlaceForm, place: Place | None) -> HttpResponse:
    context = {
        "access": access,
        "project": access.project,
        "form": form,
        "place": place,
        "tiles": settings.MAP_TILES_HOST + TILES,
    }
    return render(request, "stories/spot_form.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def spot_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    rows = Place.objects.of(access.project)
    if request.method == "POST":
        place = rows.filter(pk=pk).first()
        if place is not None:
            delete_place(place, by=access.user)
        messages.success(request, _("Deze plek staat niet meer op de lijst."))
        return redirect("spots", slug)
    context = {"access": access, "project": access.project, "place": get_object_or_404(rows, pk=pk)}
    return render(request, "stories/spot_delete.html", context)
