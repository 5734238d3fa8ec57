"""Running a session: one step at a time, and the second of two clicks is told so."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.cas import swap
from core.errors import DomainError
from core.records import record
from projects.models import User
from wijkwerksessie.actions import news
from wijkwerksessie.models import Round, Wijkwerksessie
from wijkwerksessie.timer import later

State = Wijkwerksessie.State
MOST_MINUTES_ADDED = 240


@transaction.atomic
def start_sessie(sessie: Wijkwerksessie, *, by: User) -> Wijkwerksessie:
    """Open the first round."""
    rounds = list(sessie.rounds.select_related("cards_from"))
    if not rounds:
        raise DomainError(_("Maak eerst een ronde. Zonder rondes is er niets te doen."))
    for round in rounds:
        if round.asks_votes and (round.cards_from is None or round.cards_from.position > round.position):
            raise DomainError(_("Kies bij elke stemronde de kaartjes waarop mensen stemmen."))
    opened = {"state": State.LIVE, "started_at": timezone.now(), **_opening(rounds[0])}
    swap(sessie, {"state": State.PREPARED}, opened)
    record("start", sessie, by=by)
    return sessie


@transaction.atomic
def step_round(sessie: Wijkwerksessie, *, current: int, direction: str, by: User) -> Wijkwerksessie:
    """`direction` is "next" or "previous"; `current` is the round the facilitator saw."""
    here = sessie.rounds.filter(pk=current).first()
    if here is None:
        raise DomainError(_("Deze ronde bestaat niet meer."))
    if direction == "next":
        target = sessie.rounds.filter(position__gt=here.position).first()
    else:
        target = sessie.rounds.filter(position__lt=here.position).last()
    if target is None:
        raise DomainError(_("Verder is er geen ronde."))
    swap(sessie, {"state": State.LIVE, "current_round": current}, _opening(target))
    record("step", sessie, by=by)
    return sessie


def _opening(round: Round) -> dict[str, Any]:
    now = timezone.now()
    return {
        "current_round": round,
        "round_started_at": now,
        "round_ends_at": later(None, now, round.minutes),
        "minutes_added": 0,
        "results_shown": False,
        **news.for_everybody(),
    }


@transaction.atomic
def add_minutes(
    sessie: Wijkwerksessie, *, current: int, added: int, minutes: int, by: User
) -> Wijkwerksessie:
    """Give the round `minutes` more; `added` is what the facilitator saw that it got already."""
    if added + minutes > MOST_MINUTES_ADDED:
        raise DomainError(_("Deze ronde is al vier uur langer. Ga verder met de volgende ronde."))
    expected = {"state": State.LIVE, "current_round": current, "minutes_added": added}
    ends_at = later(sessie.round_ends_at, timezone.now(), minutes)
    changes = {"minutes_added": added + minutes, "round_ends_at": ends_at, **news.for_everybody()}
    swap(sessie, expected, changes)
    record("add_minutes", sessie, by=by)
    return sessie


@transaction.atomic
def show_results(sessie: Wijkwerksessie, *, current: int, shown: bool, by: User) -> Wijkwerksessie:
    """Close the vote and show the most chosen cards first; or open the vote again."""
    expected = {
        "state": State.LIVE,
        "current_round": current,
        "current_round__kind": Round.Kind.STEMMEN,
        "results_shown": not shown,
    }
    changes = {"results_shown": shown, **news.for_everybody()}
    swap(sessie, expected, changes)
    record("show_results" if shown else "hide_results", sessie, by=by)
    return sessie


@transaction.atomic
def close_sessie(sessie: Wijkwerksessie, *, by: User) -> Wijkwerksessie:
    changes = {
        "state": State.CLOSED,
        "closed_at": timezone.now(),
        "current_round": None,
        "round_ends_at": None,
        "results_shown": False,
        **news.for_everybody(),
    }
    swap(sessie, {"state": State.LIVE}, changes)
    record("close", sessie, by=by)
    return sessie
