"""What the room sends in: cards and dots, from phones and on paper."""

from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from core.cas import swap
from core.errors import Conflict, DomainError
from core.locks import lock
from core.records import record
from projects.models import User
from wijkwerksessie.actions import news
from wijkwerksessie.models import Card, PaperDots, Participant, Round, Vote, Wijkwerksessie

MOST_PARTICIPANTS = 1000
MOST_CARDS = 20  # of one participant in one round
LIVE, CLOSED = Wijkwerksessie.State.LIVE, Wijkwerksessie.State.CLOSED


@transaction.atomic
def join_sessie(sessie: Wijkwerksessie, *, key_hash: str) -> Participant:
    """The participant with this key, made if new. No name is kept, and no address."""
    known = sessie.participants.filter(key_hash=key_hash).first()
    if known is not None:
        return known
    if sessie.is_closed:
        raise DomainError(_("Deze bijeenkomst is afgelopen."))
    news.announce(sessie, news.for_screens(), state__in=[Wijkwerksessie.State.PREPARED, LIVE])
    if sessie.participants.count() >= MOST_PARTICIPANTS:
        raise DomainError(
            _("Er doen al 1.000 telefoons mee. Vraag de gespreksleider om een papieren kaartje.")
        )
    made, _new = sessie.participants.get_or_create(key_hash=key_hash)
    record("join", made, by=None, project_id=sessie.project_id)
    return made


@transaction.atomic
def write_card(participant: Participant, *, round: Round, text: str, form_token: str) -> Card:
    """Put a card on the projector. The same form sent twice is one card."""
    lock(participant)
    sent = participant.cards.filter(form_token=form_token).first()
    if sent is not None:
        return sent
    if not round.asks_cards:
        raise DomainError(_("Bij deze ronde horen geen kaartjes."))
    if participant.cards.filter(round=round).count() >= MOST_CARDS:
        raise DomainError(
            _(
                "U hebt bij deze vraag al 20 kaartjes gestuurd. Verwijder er een als u iets anders wilt zeggen."
            )
        )
    news.announce(round.sessie, news.for_screens(), state=LIVE, current_round=round)
    return _add_card(round, text, form_token, participant=participant, by=None)


@transaction.atomic
def write_paper_card(sessie: Wijkwerksessie, *, round: Round, text: str, form_token: str, by: User) -> Card:
    """A card that somebody without a phone wrote on paper; also just after the end."""
    sent = Card.objects.of(sessie).filter(form_token=form_token, participant=None).first()
    if sent is not None:
        return sent
    if round.sessie_id != sessie.pk or not round.asks_cards:
        raise DomainError(_("Kies een ronde met kaartjes."), "round")
    news.announce(sessie, news.for_screens(), state__in=[LIVE, CLOSED])
    return _add_card(round, text, form_token, participant=None, by=by)


def _add_card(round: Round, text: str, form_token: str, *, participant: Participant | None, by: Any) -> Card:
    """The session's row is held by now, so numbers are given one at a time."""
    if Card.objects.filter(form_token=form_token).exists():
        raise Conflict(_("Dit kaartje is al verstuurd."))
    last = round.cards.aggregate(last=Max("number"))["last"] or 0
    card = Card.objects.create(
        round=round, participant=participant, text=text, form_token=form_token, number=last + 1
    )
    record("write", card, by=by, project_id=round.sessie.project_id)
    return card


@transaction.atomic
def delete_own_card(participant: Participant, *, card: Card) -> None:
    """Gone for good, with its dots; also after the end, until it is a story of the project."""
    news.announce(participant.sessie, news.for_everybody())
    own = participant.cards.filter(pk=card.pk).exclude(state=Card.State.PUBLISHED)
    if not own.exists():
        raise DomainError(_("Dit kaartje is al een verhaal van het project. Vraag de gespreksleider erom."))
    record("delete", card, by=None, project_id=participant.sessie.project_id)
    own.delete()


@transaction.atomic
def hide_card(card: Card, *, by: User) -> Card:
    """Off the projector and the phones; its dots are free again."""
    return _swap_card(card, Card.State.SHOWN, Card.State.HIDDEN, "hide", by)


@transaction.atomic
def show_card(card: Card, *, by: User) -> Card:
    """Undo of hiding. Dots that were spent elsewhere meanwhile do not count twice."""
    held = Participant.objects.select_for_update().filter(votes__card=card).order_by("pk")
    list(held.values_list("pk", flat=True))
    shown = _swap_card(card, Card.State.HIDDEN, Card.State.SHOWN, "show", by)
    _drop_dots_over_the_limit(card)
    return shown


def _swap_card(card: Card, old: str, new: str, verb: str, by: User) -> Card:
    sessie = card.round.sessie
    news.announce(sessie, news.for_everybody(), state__in=[LIVE, CLOSED])
    swap(card, {"state": old}, {"state": new})
    record(verb, card, by=by, project_id=sessie.project_id)
    return card


def _drop_dots_over_the_limit(card: Card) -> None:
    same = Vote.objects.filter(
        round=OuterRef("round"), participant=OuterRef("participant"), card__state=Card.State.SHOWN
    )
    spent = same.order_by().values("participant").annotate(total=Count("pk")).values("total")
    dots = Vote.objects.filter(card=card).annotate(spent=Coalesce(Subquery(spent), 0))
    dots.filter(spent__gt=F("round__dots")).delete()


@transaction.atomic
def give_dot(participant: Participant, *, round: Round, card: Card) -> None:
    """One dot of the participant on the card. A dot that is there already stays one dot."""
    lock(participant)
    _announce_vote(round)
    if not Card.objects.shown().filter(pk=card.pk, round=round.cards_from_id).exists():
        raise DomainError(_("Dit kaartje staat niet meer op het scherm."))
    if round.votes.filter(participant=participant, card=card).exists():
        return
    if dots_left(participant, round) < 1:
        raise DomainError(_("U hebt geen stippen meer. Neem eerst een stip terug."))
    vote = Vote.objects.create(round=round, participant=participant, card=card)
    record("give_dot", vote, by=None, project_id=round.sessie.project_id)


@transaction.atomic
def take_dot(participant: Participant, *, round: Round, card: Card) -> None:
    """Take the dot back; nothing happens if there is none."""
    lock(participant)
    _announce_vote(round)
    vote = round.votes.filter(participant=participant, card=card).first()
    if vote is not None:
        record("take_dot", vote, by=None, project_id=round.sessie.project_id)
        vote.delete()


def _announce_vote(round: Round) -> None:
    if not round.asks_votes:
        raise DomainError(_("In deze ronde wordt niet gestemd."))
    open_vote = {"state": LIVE, "current_round": round, "results_shown": False}
    news.announce(round.sessie, news.for_screens(), **open_vote)


def dots_left(participant: Participant, round: Round) -> int:
    """Dots on a card that was hidden are free again."""
    spent = participant.votes.filter(round=round, card__state=Card.State.SHOWN).count()
    return max(0, round.dots - spent)


@transaction.atomic
def count_paper_dots(sessie: Wijkwerksessie, *, round: Round, number: int, dots: int, by: User) -> PaperDots:
    """Set the hand-counted dots of card `number`; the last count holds. Also just after the end."""
    if round.sessie_id != sessie.pk or not round.asks_votes:
        raise DomainError(_("Kies een stemronde."), "round")
    news.announce(sessie, news.for_screens(), state__in=[LIVE, CLOSED])
    card = Card.objects.shown().filter(round=round.cards_from_id, number=number).first()
    if card is None:
        raise DomainError(_("Er staat geen kaartje met dit nummer op het scherm."), "number")
    counted, _new = PaperDots.objects.update_or_create(round=round, card=card, defaults={"dots": dots})
    record("count_paper_dots", counted, by=by, project_id=sessie.project_id)
    return counted
