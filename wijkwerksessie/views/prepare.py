"""Preparing: the list of sessions, a new one, its title and its rounds."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.http import attempt, form_status
from projects.access import May, gate
from wijkwerksessie import actions
from wijkwerksessie.forms import MoveForm, RoundEditForm, RoundForm, SessieEditForm, SessieForm
from wijkwerksessie.models import Round, Wijkwerksessie
from wijkwerksessie.views.facilitate import home, refused
from wijkwerksessie.views.rows import gated, gated_round

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_GET
def sessies(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.READ)
    rows = Wijkwerksessie.objects.of(access.project).for_list()
    page = Paginator(rows, 25).get_page(request.GET.get("bladzijde"))
    context = {"access": access, "project": access.project, "page": page}
    return render(request, "wijkwerksessie/sessies.html", context)


@require_http_methods(GET_OR_POST)
def sessie_create(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.FACILITATE)
    first = {"title": _("Wijkwerksessie"), "held_on": timezone.localdate()}
    form = SessieForm(request.POST if request.method == "POST" else None, initial=first)
    made = attempt(form, actions.prepare_sessie, access.project, by=access.user)
    if made:
        return redirect("sessie", slug, made.pk)
    context = {"access": access, "project": access.project, "form": form}
    return render(request, "wijkwerksessie/sessie_form.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
def sessie_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access, sessie = gated(request, slug, pk)
    data = request.POST if request.method == "POST" else None
    form = SessieEditForm(data, initial=_as_initial(sessie, SessieEditForm))
    if attempt(form, actions.edit_sessie, sessie, by=access.user):
        return home(sessie)
    context = {"access": access, "project": access.project, "sessie": sessie, "form": form}
    return render(request, "wijkwerksessie/sessie_form.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
def sessie_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access, sessie = gated(request, slug, pk)
    if request.method == "POST":
        actions.remove_sessie(sessie, by=access.user)
        return redirect("sessies", slug)
    context = {"access": access, "project": access.project, "sessie": sessie}
    return render(request, "wijkwerksessie/sessie_remove.html", context)


@require_http_methods(GET_OR_POST)
def round_add(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access, sessie = gated(request, slug, pk)
    form = RoundForm(request.POST if request.method == "POST" else None, sessie=sessie)
    if attempt(form, actions.add_round, sessie, by=access.user):
        return home(sessie)
    context = {"access": access, "project": access.project, "sessie": sessie, "form": form}
    return render(request, "wijkwerksessie/round_form.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
def round_edit(request: HttpRequest, slug: str, pk: int, round_pk: int) -> HttpResponse:
    access, round = gated_round(request, slug, pk, round_pk)
    data = request.POST if request.method == "POST" else None
    first = _as_initial(round, RoundEditForm)
    form = RoundEditForm(data, initial=first, sessie=round.sessie, before=round.position)
    if attempt(form, actions.edit_round, round, by=access.user):
        return home(round.sessie)
    context = {
        "access": access,
        "project": access.project,
        "sessie": round.sessie,
        "round": round,
        "form": form,
    }
    return render(request, "wijkwerksessie/round_form.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
def round_remove(request: HttpRequest, slug: str, pk: int, round_pk: int) -> HttpResponse:
    access, round = gated_round(request, slug, pk, round_pk)
    if request.method == "POST":
        actions.remove_round(round, by=access.user)
        return home(round.sessie)
    context = {"access": access, "project": access.project, "sessie": round.sessie, "round": round}
    return render(request, "wijkwerksessie/round_remove.html", context)


@require_POST
def round_move(request: HttpRequest, slug: str, pk: int, round_pk: int) -> HttpResponse:
    access, round = gated_round(request, slug, pk, round_pk)
    form = MoveForm(request.POST)
    if attempt(form, actions.move_round, round, by=access.user):
        return home(round.sessie)
    return refused(request, access, round.sessie, form)


def _as_initial(row: Wijkwerksessie | Round, form: type[SessieForm] | type[RoundForm]) -> dict[str, object]:
    """The fields by hand, so that a form never writes into the row it shows."""
    names = [*form.Meta.fields, "version"]
    return {name: getattr(row, name) for name in names}
