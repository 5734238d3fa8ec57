"""The wijkwerksessie of the demonstration project: held, voted and published in a moment."""

from secrets import token_hex

from buurtagenda.demo.content import Content, Entry
from projects.models import Project, User
from stories.models import Story
from wijkwerksessie.actions import (
    close_sessie,
    give_dot,
    join_sessie,
    prepare_sessie,
    publish_cards,
    start_sessie,
    step_round,
    write_card,
)
from wijkwerksessie.models import Card, Participant, Round, Wijkwerksessie

PARTICIPANTS = 16


def hold_session(project: Project, content: Content, *, by: User) -> dict[str, Story]:
    """Returns the stories that the cards with a key became."""
    entry = content["session"]
    held_on = content.days_ago(entry["days_ago"])
    sessie = prepare_sessie(project, title=entry["title"], held_on=held_on, place=entry["place"], by=by)
    start_sessie(sessie, by=by)
    participants = [join_sessie(sessie, key_hash=token_hex(32)) for _ in range(PARTICIPANTS)]
    cards = write_cards(sessie, participants, entry["cards"], by=by)
    vote(sessie, participants, cards, [card["votes"] for card in entry["cards"]], by=by)
    close_sessie(sessie, by=by)
    chosen = {card.pk: said["about"] for card, said in zip(cards, entry["cards"], strict=True)}
    publish_cards(sessie, chosen=chosen, by=by)
    keys = {said["text"]: said["key"] for said in entry["cards"] if "key" in said}
    published = Card.objects.of(sessie).select_related("story")
    Story.objects.filter(pk__in=published.values("story")).update(told_on=held_on)
    return {keys[card.text]: card.story for card in published if card.story and card.text in keys}


def go_to(sessie: Wijkwerksessie, kind: str, *, by: User) -> Round:
    """Step on until a round of this kind is open."""
    for here in sessie.rounds.all():
        if here.kind == kind:
            return here
        if Wijkwerksessie.objects.filter(pk=sessie.pk, current_round=here).exists():
            step_round(sessie, current=here.pk, direction="next", by=by)
    raise ValueError(f"this session has no round {kind}")


def write_cards(
    sessie: Wijkwerksessie, participants: list[Participant], entries: list[Entry], *, by: User
) -> list[Card]:
    round = go_to(sessie, Round.Kind.KAARTJES, by=by)
    return [
        write_card(participant, round=round, text=entry["text"], form_token=token_hex(16))
        for participant, entry in zip(participants, entries, strict=False)
    ]


def vote(
    sessie: Wijkwerksessie, participants: list[Participant], cards: list[Card], votes: list[int], *, by: User
) -> None:
    """Everybody puts dots on the cards that still miss most of theirs."""
    round = go_to(sessie, Round.Kind.STEMMEN, by=by)
    missing = dict(zip(cards, votes, strict=True))
    for participant in participants:
        for card in sorted(missing, key=lambda card: -missing[card])[: round.dots]:
            if missing[card]:
                give_dot(participant, round=round, card=card)
                missing[card] -= 1
