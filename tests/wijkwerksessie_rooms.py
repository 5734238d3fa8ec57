"""Builders of a wijkwerksessie: a session that runs, phones that joined, cards on the wall."""

from datetime import date
from typing import Any

from django.test import Client

from projects.models import Project
from tests import builders
from wijkwerksessie import actions
from wijkwerksessie.forms import new_token
from wijkwerksessie.models import Card, Participant, Round, Wijkwerksessie


def sessie(project: Project, **fields: Any) -> Wijkwerksessie:
    """Prepared, with the three usual rounds."""
    by = fields.pop("by", None) or builders.member(project, "gespreksleider")
    wanted = {"title": "Avond in de Wissel", "held_on": date(2026, 9, 12), "place": "De Wissel", **fields}
    return actions.prepare_sessie(project, by=by, **wanted)


def at(sessie: Wijkwerksessie, kind: str) -> Round:
    """Start if needed, and step to the first round of this kind."""
    round = sessie.rounds.filter(kind=kind).first()
    assert round is not None
    if sessie.is_prepared:
        actions.start_sessie(sessie, by=None)  # type: ignore[arg-type]
    while sessie.current_round != round:
        assert sessie.current_round is not None
        actions.step_round(sessie, current=sessie.current_round.pk, direction="next", by=None)  # type: ignore[arg-type]
    round.sessie = sessie
    return round


def participant(sessie: Wijkwerksessie) -> Participant:
    return actions.join_sessie(sessie, key_hash=new_token())


def card(round: Round, text: str = "Het pleintje is ’s avonds donker.", **fields: Any) -> Card:
    """Straight into the table, whatever round is on the screen."""
    number = fields.pop("number", round.cards.count() + 1)
    return Card.objects.create(round=round, text=text, number=number, form_token=new_token(), **fields)


def phone(sessie: Wijkwerksessie) -> Client:
    """A phone that joined by its code."""
    client = Client()
    answer = client.post("/doe/", {"code": sessie.join_code})
    assert answer.status_code == 302, answer.content.decode()
    return client


def dots(round_id: int | None = None) -> int:
    """Of the only card there is."""
    counted: int = vars(Card.objects.with_dots(round_id).get())["dots"]
    return counted
