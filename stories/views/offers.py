""" "Ik doe mee": the form of the resident, and the list of the kernteam."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from core.http import attempt, form_status, page_or_part, posted
from core.pages import page_of
from projects.access import Access, May, gate, public_project
from stories.actions import offers
from stories.attempts import count_miss, count_offer, device_of, too_many_attempts
from stories.forms.offers import FollowForm, OfferFilter, OfferForm, OfferPartyForm
from stories.forms.telling import WithdrawForm
from stories.languages import chosen, in_own_language
from stories.models import Language, Offer
from stories.views.public import CODE_COOKIE, CODE_SECONDS, with_code

MOST_OFFERS = 20  # of one device in ten minutes: an evening in a hall is one device, too


def in_language(name: str, slug: str) -> str:
    """The address of a page of residents, in the language of the page that is being made."""
    address = reverse(name, args=[slug])
    return address if chosen() == Language.NL else f"{address}?taal={chosen()}"


@login_not_required
@in_own_language
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer_form(request: HttpRequest, slug: str) -> HttpResponse:
    project = public_project(slug)
    form = OfferForm(posted(request), project=project)
    if form.is_bound and form.is_valid() and count_offer(device_of(request)) > MOST_OFFERS:
        text = _("Er komen nu veel namen van dit toestel. Wacht tien minuten en druk dan weer op de knop.")
        form.add_error(None, text)
    offer = attempt(form, offers.offer_help, project)
    if offer:
        thanks = in_language("offer_thanks", slug)
        path = reverse("offer_thanks", args=[slug])
        return with_code(redirect(thanks), path, offers.offer_code(offer))
    context = {"project": project, "form": form}
    return render(request, "stories/offer.html", context, status=form_status(form))


@login_not_required
@in_own_language
@never_cache
@require_GET
def offer_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    code = request.get_signed_cookie(CODE_COOKIE, default=None, salt=request.path, max_age=CODE_SECONDS)
    context = {"project": public_project(slug), "code": code}
    response = render(request, "stories/offer_thanks.html", context)
    response.delete_cookie(CODE_COOKIE, path=request.path, samesite="Lax")
    return response


@login_not_required
@in_own_language
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Name and contact go at once; `?klaar` says so."""
    project = public_project(slug)
    form = WithdrawForm(posted(request))
    if form.is_bound and too_many_attempts(request):
        return render(request, "stories/too_many.html", {"project": project}, status=429)
    if form.is_bound:
        attempt(form, offers.withdraw_offer, project)
        if not form.errors:
            return redirect(in_language("offer_withdrawn", slug))
        count_miss(request)
    context = {"project": project, "form": form}
    return render(request, "stories/offer_withdraw.html", context, status=form_status(form))


@login_not_required
@in_own_language
@require_safe
def offer_withdrawn(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "stories/offer_withdrawn.html", {"project": public_project(slug)})


@never_cache
@require_safe
def offer_list(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    rows = Offer.objects.of(access.project)
    form = OfferFilter(request.GET)
    found = rows.in_state(form.wanted_state).search(form.words) if form.is_valid() else rows.none()
    page = page_of(request, found)
    offers.read_offers(list(page), by=access.user)
    context = {
        "access": access,
        "project": access.project,
        "filter": form,
        "page": page,
        "any_offer": bool(page.paginator.count) or rows.exists(),
    }
    return page_or_part(request, "stories/offers.html", context, part="offer-list", status=form_status(form))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer_follow(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """What was offered, and how it goes on."""
    access = gate(request, slug, May.EDIT)
    offer = offer_in(access, pk)
    form = FollowForm(request.POST) if request.method == "POST" else FollowForm.of(offer)
    if attempt(form, offers.follow_offer, offer, by=access.user):
        messages.success(request, _("De verandering is bewaard."))
        return redirect("offers", slug)
    offers.read_offers([offer], by=access.user)
    context = {"access": access, "project": access.project, "form": form, "offer": offer}
    return render(request, "stories/offer_follow.html", context, status=form_status(form))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer_party(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    offer = offer_in(access, pk)
    form = OfferPartyForm(posted(request), initial={"name": offer.name})
    party = attempt(form, offers.party_from_offer, offer, by=access.user)
    if party:
        messages.success(request, _("%(name)s staat nu op de lijst van partijen.") % {"name": party.name})
        return redirect("offer_follow", slug, pk)
    offers.read_offers([offer], by=access.user)
    context = {"access": access, "project": access.project, "form": form, "offer": offer}
    return render(request, "stories/offer_party.html", context, status=form_status(form))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer_delete(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    if request.method == "POST":
        offer = Offer.objects.of(access.project).filter(pk=pk).first()
        if offer is not None:
            offers.delete_offer(offer, by=access.user)
        messages.success(request, _("De naam en het adres zijn gewist."))
        return redirect("offers", slug)
    context = {"access": access, "project": access.project, "offer": offer_in(access, pk)}
    return render(request, "stories/offer_delete.html", context)


def offer_in(access: Access, pk: uuid.UUID) -> Offer:
    return get_object_or_404(Offer.objects.of(access.project).select_related("project"), pk=pk)
