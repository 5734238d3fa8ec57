"""What stands on the projector, the phone and the facilitator's page at this moment. Reads only."""

import secrets
from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from wijkwerksessie import layout
from wijkwerksessie.actions.room import dots_left
from wijkwerksessie.forms import CardForm
from wijkwerksessie.models import Card, CardQuerySet, Round, Wijkwerksessie
from wijkwerksessie.timer import timer
from wijkwerksessie.visits import Visit

NEW_FOR = 6  # seconds in which a card on the projector is marked as new
CARDS_PER_PAGE = 30
LOCAL = ("http://localhost", "http://127.", "http://[::1]")


@dataclass(frozen=True)
class Place:
    """An address on the wall: as typed, and as a drawing that a phone can read."""

    host: str
    url: str

    def drawing(self) -> str:
        """An SVG without style or script; the page says beside it what it is."""
        code = segno.make(self.url, error="m", micro=False)
        return code.svg_inline(border=2, dark="#1d2733", light="#ffffff", omitsize=True)


def place_of(request: HttpRequest, sessie: Wijkwerksessie) -> Place:
    """Where phones join; after the end: where everybody can follow what becomes of it."""
    if sessie.is_closed:
        public = reverse("public_project", args=[sessie.project.slug])
        return _place(request, public, public)
    return _place(request, reverse("join"), reverse("phone", args=[sessie.join_code]))


def _place(request: HttpRequest, typed: str, drawn: str) -> Place:
    """At SITE_URL; on a laptop in the room without one, at the address that the page was asked with."""
    local = settings.SITE_URL.startswith(LOCAL)
    root = f"{request.scheme}://{request.get_host()}" if local else settings.SITE_URL
    return Place(root.split("://", 1)[1] + typed.rstrip("/"), root + drawn)


def shared(sessie: Wijkwerksessie) -> dict[str, Any]:
    """What every screen shows: the round, its place in the row, the clock."""
    rounds = list(sessie.rounds.all())
    here = next((at for at, round in enumerate(rounds) if round.pk == sessie.current_round_id), None)
    return {
        "sessie": sessie,
        "current": sessie.current_round,
        "rounds": rounds,
        "place_in_row": None if here is None else here + 1,
        "next_round": None if here is None or here + 1 == len(rounds) else rounds[here + 1],
        "previous_round": rounds[here - 1] if here else None,
        "timer": timer(sessie.round_ends_at if sessie.is_live else None, timezone.now()),
    }


def cards_on_screen(sessie: Wijkwerksessie) -> CardQuerySet:
    """Newest first; when voting by number; when the results are in, the most chosen first."""
    current = sessie.current_round
    cards = Card.objects.shown().filter(round=current.cards_round_id if current else None)
    if current is None or not current.asks_votes:
        return cards.order_by("-number")
    counted = cards.with_dots(current.pk)
    return counted.most_chosen_first() if sessie.results_shown else counted.order_by("number")


def projector(sessie: Wijkwerksessie, page: int) -> dict[str, Any]:
    context = {**shared(sessie), "participants": sessie.participants.count()}
    current = sessie.current_round
    if current is None:
        cards = Card.objects.of(sessie).visible().count() if sessie.is_closed else 0
        return {**context, "card_count": cards}
    if current.kind == Round.Kind.UITLEG:
        return {**context, "text_size": layout.uitleg_size(current.title, current.text)}
    return {**context, **_pages(sessie, current, page)}


def _pages(sessie: Wijkwerksessie, current: Round, page: int) -> dict[str, Any]:
    """Loads no more cards than the pages up to this one can hold."""
    wanted = cards_on_screen(sessie)
    total = wanted.count()
    page = min(max(1, page), 1 + total // 2)
    cards = list(wanted[: page * layout.MOST_ON_A_PAGE])
    head = layout.head_height(current.title, current.text)
    texts = [card.text for card in cards]
    strict = sessie.results_shown
    fits = layout.screen(texts, page, head=head, options=current.asks_votes, strict=strict)
    most = max((_dots(card) for card in cards), default=0)
    now = timezone.now()
    columns = [
        [
            {
                "card": cards[at],
                "dots": _dots(cards[at]),
                "width": 100 * _dots(cards[at]) // most if most else 0,
                "new": not current.asks_votes and (now - cards[at].created_at).total_seconds() < NEW_FOR,
            }
            for at in column
        ]
        for column in fits.columns
    ]
    return {
        "columns": columns,
        "card_count": total,
        "page": fits.page,
        "before": fits.before,
        "after": total - fits.before - fits.placed,
    }


def _dots(card: Card) -> int:
    return int(getattr(card, "dots", 0))


def phone(visit: Visit, page: str | None = None) -> dict[str, Any]:
    sessie, participant = visit.sessie, visit.participant
    context = {**shared(sessie), "project": sessie.project, "participant": participant}
    context["wait"] = 2000 + secrets.randbelow(1000)  # milliseconds; not all phones at once
    current = sessie.current_round
    if participant is None:
        return context
    if current is None:
        own = participant.cards.exclude(state=Card.State.PUBLISHED) if sessie.is_closed else None
        return {**context, "own_cards": own}
    if current.asks_cards:
        return {**context, "own_cards": participant.cards.filter(round=current), "form": CardForm()}
    if current.asks_votes and not sessie.results_shown:
        options = cards_on_screen_for_phone(current).with_mine(participant, current)
        context["options"] = Paginator(options, CARDS_PER_PAGE).get_page(page)
        left = dots_left(participant, current)
        context["dots_left"] = left
        context["dots_shown"] = [at < left for at in range(current.dots)]
    return context


def cards_on_screen_for_phone(current: Round) -> CardQuerySet:
    return Card.objects.shown().filter(round=current.cards_round_id).order_by("number")


def phone_key(sessie: Wijkwerksessie) -> str:
    """Changes when the phone must show another form; else only its clock is new."""
    return f"{sessie.state}-{sessie.current_round_id or 0}-{int(sessie.results_shown)}"


def facilitator(sessie: Wijkwerksessie, page: str | None = None) -> dict[str, Any]:
    context = {**shared(sessie), "participants": sessie.participants.count()}
    source = _cards_round(sessie, context["rounds"])
    cards = Card.objects.of(sessie).filter(round=source)
    voting = sessie.current_round if sessie.current_round and sessie.current_round.asks_votes else None
    if voting:
        cards = cards.with_dots(voting.pk)
    context["source"] = source
    context["has_cards"] = any(round.asks_cards for round in context["rounds"])
    context["has_votes"] = any(round.asks_votes for round in context["rounds"])
    context["cards"] = Paginator(cards.order_by("-number"), CARDS_PER_PAGE).get_page(page)
    context["voters"] = voting.votes.values("participant").distinct().count() if voting else 0
    return context


def _cards_round(sessie: Wijkwerksessie, rounds: list[Round]) -> Round | None:
    """The cards that matter now: of this round, or of the last round with cards before it."""
    current = sessie.current_round
    if current is not None and current.cards_round_id:
        return next((round for round in rounds if round.pk == current.cards_round_id), None)
    asked = [round for round in rounds if round.asks_cards]
    if current is not None:
        asked = [round for round in asked if round.position < current.position]
    return asked[-1] if asked else None
