"""Preparing a session: its title and its rounds."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from core.cas import swap, swap_version
from core.errors import Conflict, DomainError
from core.records import record
from projects.models import Project, User
from wijkwerksessie.actions import news
from wijkwerksessie.join_codes import new_join_code
from wijkwerksessie.models import Round, Wijkwerksessie

MOST_ROUNDS = 20
ASIDE = 32_000  # a position no round has, for one moment while two rounds change places
PREPARED = Wijkwerksessie.State.PREPARED


@transaction.atomic
def prepare_sessie(project: Project, *, title: str, held_on: date, place: str, by: User) -> Wijkwerksessie:
    """A new session with a code of its own and the usual three rounds."""
    sessie = _with_new_code(project=project, title=title, held_on=held_on, place=place, created_by=by)
    _add_usual_rounds(sessie)
    record("prepare", sessie, by=by)
    return sessie


def _with_new_code(**fields: Any) -> Wijkwerksessie:
    for _attempt in range(20):
        try:
            with transaction.atomic():
                return Wijkwerksessie.objects.create(join_code=new_join_code(), **fields)
        except IntegrityError:
            continue
    raise DomainError(_("Er is nu geen vrije code. Probeer het opnieuw."))


def _add_usual_rounds(sessie: Wijkwerksessie) -> None:
    uitleg = _(
        "Een buurtagenda is een kort plan voor deze buurt: wat we gaan doen, waar, wanneer en wie.\n"
        "Bewoners, professionals en gemeente maken het samen, met cijfers én met verhalen.\n"
        "Vandaag halen we verhalen op. Daarna kiest u wat het zwaarst weegt."
    )
    rounds = sessie.rounds
    rounds.create(
        position=1, kind=Round.Kind.UITLEG, title=_("Wat is een buurtagenda?"), text=uitleg, minutes=10
    )
    cards = rounds.create(
        position=2,
        kind=Round.Kind.KAARTJES,
        title=_("Wat maakt wonen hier fijn? Wat moet anders?"),
        text=_("Schrijf op elk kaartje één ding."),
        minutes=20,
    )
    rounds.create(
        position=3,
        kind=Round.Kind.STEMMEN,
        title=_("Wat is voor u het belangrijkst?"),
        text=_("U hebt drie stippen. Geef ze aan de kaartjes die voor u het zwaarst wegen."),
        minutes=10,
        dots=3,
        cards_from=cards,
    )


@transaction.atomic
def edit_sessie(
    sessie: Wijkwerksessie, *, version: int, title: str, held_on: date, place: str, by: User
) -> Wijkwerksessie:
    changes = {"title": title, "held_on": held_on, "place": place, **news.for_everybody()}
    swap_version(sessie, version, changes)
    record("edit", sessie, by=by)
    return sessie


@transaction.atomic
def remove_sessie(sessie: Wijkwerksessie, *, by: User) -> None:
    """Only before it starts: after that there are words of residents in it."""
    _hold_prepared(sessie)
    record("remove", sessie, by=by)
    sessie.delete()


@transaction.atomic
def add_round(sessie: Wijkwerksessie, *, by: User, **fields: Any) -> Round:
    """`fields`: kind, title, text, minutes, about, dots and cards_from."""
    _hold_prepared(sessie)
    if sessie.rounds.count() >= MOST_ROUNDS:
        raise DomainError(_("Een wijkwerksessie heeft hoogstens 20 rondes."))
    last = sessie.rounds.aggregate(last=Max("position"))["last"] or 0
    _check(sessie, last + 1, **fields)
    made = Round.objects.create(sessie=sessie, position=last + 1, **fields)
    record("add", made, by=by, project_id=sessie.project_id)
    return made


@transaction.atomic
def edit_round(round: Round, *, version: int, by: User, **fields: Any) -> Round:
    _hold_prepared(round.sessie)
    _check(round.sessie, round.position, **fields)
    if fields["kind"] != Round.Kind.KAARTJES:
        _refuse_if_voted_on(round)
    swap_version(round, version, fields)
    record("edit", round, by=by, project_id=round.sessie.project_id)
    return round


@transaction.atomic
def remove_round(round: Round, *, by: User) -> None:
    _hold_prepared(round.sessie)
    _refuse_if_voted_on(round)
    record("remove", round, by=by, project_id=round.sessie.project_id)
    round.delete()


@transaction.atomic
def move_round(round: Round, *, earlier: bool, position: int, by: User) -> Round:
    """Change places with the neighbour, if the round still stands at `position`."""
    _hold_prepared(round.sessie)
    neighbour = _neighbour(round, position, earlier=earlier)
    if neighbour is None:
        raise DomainError(_("Verder kan deze ronde niet."))
    _refuse_vote_before_cards(*((round, neighbour) if earlier else (neighbour, round)))
    there = neighbour.position
    swap(round, {"position": position}, {"position": ASIDE})
    swap(neighbour, {"position": there}, {"position": position})
    swap(round, {"position": ASIDE}, {"position": there})
    record("move", round, by=by, project_id=round.sessie.project_id)
    return round


def _neighbour(round: Round, position: int, *, earlier: bool) -> Round | None:
    others = round.sessie.rounds.exclude(pk=round.pk)
    if earlier:
        return others.filter(position__lt=position).order_by("-position").first()
    return others.filter(position__gt=position).first()


def _hold_prepared(sessie: Wijkwerksessie) -> None:
    """Hold the session's row; its rounds change only before the start."""
    held = Wijkwerksessie.objects.filter(pk=sessie.pk, state=PREPARED).update(change=F("change") + 1)
    if not held:
        raise Conflict(_("De wijkwerksessie is al begonnen. De rondes liggen nu vast."))


def _check(sessie: Wijkwerksessie, position: int, **fields: Any) -> None:
    source: Round | None = fields["cards_from"]
    if fields["kind"] == Round.Kind.STEMMEN:
        if source is None:
            raise DomainError(_("Kies de ronde met de kaartjes waarop mensen stemmen."), "cards_from")
        if source.sessie_id != sessie.pk or not source.asks_cards or source.position >= position:
            raise DomainError(_("Kies een ronde met kaartjes die vóór deze ronde komt."), "cards_from")
    elif source is not None:
        raise DomainError(_("Alleen een stemronde gebruikt de kaartjes van een andere ronde."), "cards_from")


def _refuse_if_voted_on(round: Round) -> None:
    if Round.objects.filter(cards_from=round).exists():
        raise DomainError(
            _("Op de kaartjes van deze ronde wordt gestemd. Verander of verwijder eerst die stemronde.")
        )


def _refuse_vote_before_cards(first: Round, second: Round) -> None:
    if first.cards_from_id == second.pk:
        raise DomainError(_("Eerst de kaartjes, dan het stemmen: deze twee rondes kunnen niet wisselen."))
