"""Every view of a project's session starts here: the gate first, then the row behind it."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from projects.access import Access, May, gate
from wijkwerksessie.models import Card, Round, Wijkwerksessie


def gated(
    request: HttpRequest, slug: str, pk: int, what: May = May.FACILITATE
) -> tuple[Access, Wijkwerksessie]:
    access = gate(request, slug, what)
    sessies = Wijkwerksessie.objects.of(access.project).for_screen()
    sessie = get_object_or_404(sessies, pk=pk)
    sessie.project = access.project
    return access, sessie


def gated_round(request: HttpRequest, slug: str, pk: int, round_pk: int) -> tuple[Access, Round]:
    access, sessie = gated(request, slug, pk)
    round = get_object_or_404(Round, pk=round_pk, sessie=sessie)
    round.sessie = sessie
    return access, round


def gated_card(request: HttpRequest, slug: str, pk: int, card_pk: int) -> tuple[Access, Card]:
    access, sessie = gated(request, slug, pk)
    card = get_object_or_404(Card.objects.of(sessie).select_related("round"), pk=card_pk)
    card.round.sessie = sessie
    return access, card
