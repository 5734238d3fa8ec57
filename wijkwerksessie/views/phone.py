"""The phone in the room: no account, no name, and everything works without JavaScript."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.errors import DomainError
from core.http import attempt, form_status, page_or_part, wants_part
from wijkwerksessie import actions, screens, visits
from wijkwerksessie.forms import CardForm, DotForm, JoinForm
from wijkwerksessie.models import Card, Participant, Round, Wijkwerksessie
from wijkwerksessie.visits import TooManyGuesses, Visit

PAGE = "wijkwerksessie/phone.html"
GET_OR_POST = ["GET", "HEAD", "POST"]

type Door = Callable[..., HttpResponse]


@login_not_required
@never_cache
@require_http_methods(GET_OR_POST)
def join(request: HttpRequest) -> HttpResponse:
    form = JoinForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _ask_code(request, form, form_status(form))
    try:
        sessie = visits.find_sessie(request, form.cleaned_data["code"])
    except TooManyGuesses:
        return _wait(request)
    if sessie is None:
        form.add_error("code", _("Deze code kennen wij niet. Kijk nog eens op het scherm in de zaal."))
        return _ask_code(request, form, 422)
    return _enter(request, sessie)


def _ask_code(request: HttpRequest, form: JoinForm, status: int) -> HttpResponse:
    return render(request, "wijkwerksessie/join.html", {"form": form}, status=status)


def _wait(request: HttpRequest) -> HttpResponse:
    form = JoinForm({"code": ""})
    form.errors["code"] = form.error_class(
        [_("U probeerde te vaak een verkeerde code. Wacht tien minuten en probeer het opnieuw.")]
    )
    return _ask_code(request, form, 429)


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    form = JoinForm({"code": code})
    form.add_error("code", _("Deze code kennen wij niet. Kijk nog eens op het scherm in de zaal."))
    return _ask_code(request, form, 404)


def _enter(request: HttpRequest, sessie: Wijkwerksessie) -> HttpResponse:
    """Join, and go to the page of the phone. After the end there is nothing left to join."""
    response = redirect("phone", sessie.join_code)
    if not sessie.is_closed:
        visits.enter(request, response, sessie)
    return response


def phone_door(view: Door) -> Door:
    """No account; the view gets the Visit behind the code. A wrong code counts as a guess."""

    @login_not_required
    @never_cache
    @wraps(view)
    def door(request: HttpRequest, code: str, **parts: Any) -> HttpResponse:
        try:
            visit = visits.visit(request, code)
        except TooManyGuesses:
            return _wait(request)
        if visit is None:
            return _unknown(request, code)
        return view(request, visit, **parts)

    return door


@phone_door
@require_http_methods(GET_OR_POST)
def phone(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET shows what the room does now, or the door; POST joins."""
    if request.method == "POST":
        return _enter(request, visit.sessie)
    return _page(request, visit, part="phone")


def _page(request: HttpRequest, visit: Visit, *, part: str, **extra: Any) -> HttpResponse:
    status = extra.pop("status", 200)
    page = request.GET.get("bladzijde") or request.POST.get("bladzijde")
    context = {**screens.phone(visit, page), "key": screens.phone_key(visit.sessie), **extra}
    return page_or_part(request, PAGE, context, part=part, status=status)


@login_not_required
@never_cache
@require_GET
def phone_live(request: HttpRequest, code: str) -> HttpResponse:
    """Asked every few seconds: one indexed query and 204 when nothing is new.

    `v` is the last change that the phone showed, `key` the form that stands on it. Is the form
    still right, then only the clock is answered: nobody loses what is being typed.
    """
    if visits.key_of(request, code) is None:
        return _to(request, reverse("phone", args=[code]))
    newest = Wijkwerksessie.objects.filter(join_code=code).values_list("phone_change", flat=True).first()
    if request.GET.get("v") == str(newest):
        return HttpResponse(status=204)
    return _news(request, code)


def _news(request: HttpRequest, code: str) -> HttpResponse:
    visit = visits.visit(request, code)
    if visit is None:
        return _unknown(request, code)
    current = visit.sessie.current_round
    typing = current is not None and current.asks_cards and visit.participant is not None
    if typing and request.GET.get("key") == screens.phone_key(visit.sessie):
        return _page(request, visit, part="phone-status")
    response = _page(request, visit, part="phone")
    response["HX-Retarget"] = "#phone"
    return response


@phone_door
@require_POST
def phone_card(request: HttpRequest, visit: Visit, round_pk: int) -> HttpResponse:
    participant = visit.participant
    if participant is None:
        return _to(request, reverse("phone", args=[visit.sessie.join_code]))
    round = get_object_or_404(Round.objects.select_related("sessie"), pk=round_pk, sessie=visit.sessie)
    form = CardForm(request.POST)
    card = attempt(form, actions.write_card, participant, round=round)
    if card is None:
        return _refused_card(request, visit, round, form)
    if wants_part(request):
        return _page(request, visit, part="cards", said=_("Verstuurd. Uw kaartje staat op het scherm."))
    return _back(visit, "#cards")


def _refused_card(request: HttpRequest, visit: Visit, round: Round, form: CardForm) -> HttpResponse:
    """The form with what was typed; when the round is over, the new round with the text above it."""
    status = form_status(form)
    visit = visits.visit(request, visit.sessie.join_code) or visit
    if visit.sessie.current_round_id == round.pk and visit.sessie.is_live:
        return _page(request, visit, part="cards", form=form, status=status)
    unsent = form.cleaned_data.get("text") or form.data.get("text", "")[:500]
    response = _page(request, visit, part="phone", unsent=unsent, status=409)
    response["HX-Retarget"] = "#phone"
    return response


@phone_door
@require_POST
def phone_card_delete(request: HttpRequest, visit: Visit, card_pk: int) -> HttpResponse:
    participant = visit.participant
    if participant is None:
        return _to(request, reverse("phone", args=[visit.sessie.join_code]))
    card = get_object_or_404(Card, pk=card_pk, participant=participant)
    actions.delete_own_card(participant, card=card)
    if wants_part(request):
        part = "cards" if visit.sessie.is_live else "phone"
        return _page(request, visit, part=part, said=_("Uw kaartje is weg."))
    return _back(visit, "#cards")


@phone_door
@require_POST
def phone_dot(request: HttpRequest, visit: Visit) -> HttpResponse:
    participant = visit.participant
    if participant is None:
        return _to(request, reverse("phone", args=[visit.sessie.join_code]))
    form = DotForm(request.POST)
    voted = attempt(form, _vote, visit, participant)
    status = form_status(form)
    if voted and not wants_part(request):
        page = request.POST.get("bladzijde", "")
        return _back(visit, f"#card-{form.cleaned_data['card']}", page if page.isdecimal() else "")
    refusals = [message for errors in form.errors.values() for message in errors]
    fresh = visits.visit(request, visit.sessie.join_code) if refusals else visit
    return _page(request, fresh or visit, part="phone", refusals=refusals, status=status)


def _vote(visit: Visit, participant: Participant, *, round: int, card: int, way: str) -> bool:
    row = Round.objects.select_related("sessie").filter(pk=round, sessie=visit.sessie).first()
    choice = Card.objects.of(visit.sessie).filter(pk=card).first()
    if row is None or choice is None:
        raise DomainError(_("Dit kaartje staat niet meer op het scherm."))
    change = actions.give_dot if way == "give" else actions.take_dot
    change(participant, round=row, card=choice)
    return True


def _back(visit: Visit, anchor: str, page: str = "") -> HttpResponse:
    query = f"?bladzijde={page}" if page else ""
    return HttpResponseRedirect(reverse("phone", args=[visit.sessie.join_code]) + query + anchor)


def _to(request: HttpRequest, url: str) -> HttpResponse:
    """The whole page again, also when htmx asked for a part."""
    if not wants_part(request):
        return HttpResponseRedirect(url)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = url
    return response
