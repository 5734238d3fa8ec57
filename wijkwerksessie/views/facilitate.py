"""The facilitator's page: one click per step."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.http import attempt, form_status, page_or_part, wants_part
from projects.access import Access
from wijkwerksessie import actions, screens
from wijkwerksessie.forms import MinutesForm, PaperCardForm, PaperDotsForm, ResultsForm, StepForm
from wijkwerksessie.models import Card, Wijkwerksessie
from wijkwerksessie.views.rows import gated, gated_card

PAGE = "wijkwerksessie/sessie.html"


def home(sessie: Wijkwerksessie) -> HttpResponseRedirect:
    return HttpResponseRedirect(sessie_url(sessie))


def sessie_url(sessie: Wijkwerksessie) -> str:
    return redirect("sessie", sessie.project.slug, sessie.pk).url


@require_GET
def sessie(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The page; with htmx only what changes, and nothing at all if `v` is still the newest."""
    access, row = gated(request, slug, pk)
    if wants_part(request) and request.GET.get("v") == str(row.change):
        return HttpResponse(status=204)
    response = page(request, access, row)
    if request.GET.get("state", row.state) != row.state:
        response["HX-Refresh"] = "true"
    return response


def page(request: HttpRequest, access: Access, row: Wijkwerksessie, **extra: Any) -> HttpResponse:
    status, part = extra.pop("status", 200), extra.pop("part", "sessie-live")
    context = {
        "access": access,
        "project": access.project,
        "paper_form": PaperCardForm(sessie=row),
        "dots_form": PaperDotsForm(sessie=row),
        "place": screens.place_of(request, row),
        **screens.facilitator(row, request.GET.get("bladzijde")),
        **extra,
    }
    return page_or_part(request, PAGE, context, part=part, status=status)


def refused(request: HttpRequest, access: Access, row: Wijkwerksessie, form: Form) -> HttpResponse:
    """The state as it is now, with what was refused above it."""
    fresh = Wijkwerksessie.objects.for_screen().get(pk=row.pk)
    fresh.project = access.project
    messages = [message for errors in form.errors.values() for message in errors]
    return page(request, access, fresh, refusals=messages, status=form_status(form))


def button(
    request: HttpRequest, slug: str, pk: int, form_class: type[Form], action: Callable[..., Any]
) -> HttpResponse:
    """One button of the page: gate, form, action, and back to the page."""
    access, row = gated(request, slug, pk)
    form = form_class(request.POST)
    if attempt(form, action, row, by=access.user):
        return home(row)
    return refused(request, access, row, form)


@require_POST
def sessie_start(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return button(request, slug, pk, Form, actions.start_sessie)


@require_POST
def sessie_step(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return button(request, slug, pk, StepForm, actions.step_round)


@require_POST
def sessie_minutes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return button(request, slug, pk, MinutesForm, actions.add_minutes)


@require_POST
def sessie_results(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return button(request, slug, pk, ResultsForm, actions.show_results)


@require_http_methods(["GET", "HEAD", "POST"])
def sessie_close(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access, row = gated(request, slug, pk)
    if request.method == "POST":
        return button(request, slug, pk, Form, actions.close_sessie)
    context = {"access": access, "project": access.project, "sessie": row}
    return render(request, "wijkwerksessie/sessie_close.html", context)


@require_POST
def card_hide(request: HttpRequest, slug: str, pk: int, card_pk: int) -> HttpResponse:
    return turn_card(request, slug, pk, card_pk, actions.hide_card)


@require_POST
def card_show(request: HttpRequest, slug: str, pk: int, card_pk: int) -> HttpResponse:
    return turn_card(request, slug, pk, card_pk, actions.show_card)


def turn_card(
    request: HttpRequest, slug: str, pk: int, card_pk: int, action: Callable[..., Card]
) -> HttpResponse:
    access, card = gated_card(request, slug, pk, card_pk)
    form = Form(request.POST)
    if attempt(form, action, card, by=access.user):
        page_number = request.POST.get("bladzijde", "")
        query = f"?bladzijde={page_number}" if page_number.isdecimal() else ""
        return HttpResponseRedirect(sessie_url(card.round.sessie) + query)
    return refused(request, access, card.round.sessie, form)


@require_POST
def card_paper(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """With htmx only the form comes back, so that the helper types on."""
    access, row = gated(request, slug, pk)
    form = PaperCardForm(request.POST, sessie=row)
    card = attempt(form, actions.write_paper_card, row, by=access.user)
    if card and not wants_part(request):
        return home(row)
    said = _("Kaartje %(number)d staat op het scherm.") % {"number": card.number} if card else ""
    fresh = PaperCardForm(sessie=row, initial={"round": card.round_id}) if card else form
    return page(request, access, row, paper_form=fresh, said=said, part="paper", status=form_status(form))


@require_POST
def paper_dots(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access, row = gated(request, slug, pk)
    form = PaperDotsForm(request.POST, sessie=row)
    counted = attempt(form, actions.count_paper_dots, row, by=access.user)
    if counted and not wants_part(request):
        return home(row)
    said = _("Geteld: %(dots)d op papier.") % {"dots": counted.dots} if counted else ""
    fresh = PaperDotsForm(sessie=row) if counted else form
    return page(request, access, row, dots_form=fresh, dots_said=said, part="dots", status=form_status(form))
