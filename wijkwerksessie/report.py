"""The report of a session: rounds, cards with their dots, numbers of people. Never a name."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from wijkwerksessie.models import Card, PaperDots, Round, Vote, Wijkwerksessie

MOST_PER_ROUND = 60
TOP = 5


@dataclass(frozen=True)
class RoundReport:
    round: Round
    cards: list[Card]
    more: int
    top: list[tuple[Card, int]]
    dots: int
    voters: int


def report_of(sessie: Wijkwerksessie) -> list[RoundReport]:
    """A constant number of queries, whatever the number of rounds and cards."""
    visible = Card.objects.of(sessie).visible()
    totals = dict(visible.order_by().values_list("round_id").annotate(Count("pk")))
    cards: dict[int, list[Card]] = defaultdict(list)
    for card in Card.objects.filter(round__sessie=sessie).for_report(MOST_PER_ROUND):
        cards[card.round_id].append(card)
    dots = _dots(sessie)
    voters = dict(
        Vote.objects.filter(round__sessie=sessie)
        .order_by()
        .values_list("round_id")
        .annotate(Count("participant", distinct=True))
    )
    best = _best(dots)
    chosen = visible.in_bulk({card for pairs in best.values() for card, _count in pairs})
    return [
        RoundReport(
            round=round,
            cards=cards[round.pk],
            more=totals.get(round.pk, 0) - len(cards[round.pk]),
            top=[(chosen[card], count) for card, count in best.get(round.pk, []) if card in chosen],
            dots=sum(dots[round.pk].values()),
            voters=voters.get(round.pk, 0),
        )
        for round in sessie.rounds.select_related("cards_from")
    ]


def _dots(sessie: Wijkwerksessie) -> dict[int, dict[int, int]]:
    """round → card → dots, of the cards that may be seen."""
    visible = Card.objects.of(sessie).visible()
    dots: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    rows: list[Any] = [
        *Vote.objects.filter(card__in=visible).values_list("round_id", "card_id").annotate(Count("pk")),
        *PaperDots.objects.filter(card__in=visible).values_list("round_id", "card_id").annotate(Sum("dots")),
    ]
    for round, card, count in rows:
        dots[round][card] += count
    return dots


def _best(dots: dict[int, dict[int, int]]) -> dict[int, list[tuple[int, int]]]:
    return {
        round: sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:TOP]
        for round, counts in dots.items()
    }
