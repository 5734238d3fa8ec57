"""After the end: publishing cards, and the report."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from core.http import attempt, form_status
from projects.access import May
from stories.personal import findings
from wijkwerksessie import actions
from wijkwerksessie.forms import PublishForm
from wijkwerksessie.models import Card, Wijkwerksessie
from wijkwerksessie.report import report_of
from wijkwerksessie.views.rows import gated

CARDS_PER_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def sessie_publish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access, sessie = gated(request, slug, pk)
    posted = request.method == "POST"
    listed = request.POST.getlist("listed") if posted else None
    cards, total = _to_publish(sessie, listed)
    form = PublishForm(request.POST if posted else None, cards=cards)
    published = attempt(form, actions.publish_cards, sessie, by=access.user)
    if published is not None:
        messages.success(request, _said(len(published)))
        return redirect("sessie_publish", slug, pk)
    context = {"access": access, "project": access.project, "sessie": sessie, "form": form, "total": total}
    return render(request, "wijkwerksessie/publish.html", context, status=form_status(form))


def _to_publish(sessie: Wijkwerksessie, listed: list[str] | None) -> tuple[list[Card], int]:
    """The first hundred that wait; or the ones on the page that was sent in, so that none slips in."""
    waiting = Card.objects.of(sessie).shown()
    if listed is not None:
        ids = [int(pk) for pk in listed[:CARDS_PER_PAGE] if pk.isdecimal() and len(pk) < 18]
        wanted = Card.objects.of(sessie).filter(pk__in=ids).exclude(state=Card.State.HIDDEN)
    else:
        wanted = waiting
    rows = wanted.with_dots().select_related("round")
    found = list(rows.order_by("round__position", F("dots").desc(), "number")[:CARDS_PER_PAGE])
    for card in found:
        card.warnings = sorted({finding.kind for finding in findings(card.text)})  # type: ignore[attr-defined]
    return found, waiting.count()


def _said(count: int) -> str:
    one = "%(count)d kaartje is nu een verhaal van het project."
    more = "%(count)d kaartjes zijn nu een verhaal van het project."
    return ngettext(one, more, count) % {"count": count}


@require_GET
def sessie_verslag(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access, sessie = gated(request, slug, pk, May.READ)
    context = {
        "access": access,
        "project": access.project,
        "sessie": sessie,
        "participants": sessie.participants.count(),
        "reports": report_of(sessie),
    }
    return render(request, "wijkwerksessie/verslag.html", context)


@require_GET
def verslag_round(request: HttpRequest, slug: str, pk: int, round_pk: int) -> HttpResponse:
    """All cards of one round, for a session with more than the report shows."""
    access, sessie = gated(request, slug, pk, May.READ)
    round = get_object_or_404(sessie.rounds, pk=round_pk)
    cards = Card.objects.filter(round=round).visible().with_dots().most_chosen_first()
    page = Paginator(cards, 50).get_page(request.GET.get("bladzijde"))
    context = {"access": access, "project": access.project, "sessie": sessie, "round": round, "page": page}
    return render(request, "wijkwerksessie/verslag_round.html", context)
