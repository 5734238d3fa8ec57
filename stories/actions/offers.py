""" "Ik doe mee": a resident offers help, and the kernteam answers.

An offer has no key and no time in common with a story. Its place in the table does tell about when it
was made; once a day all offers of a project are therefore written anew, in another order. No record
is made when it comes in: the record would keep the minute.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import batched
from secrets import SystemRandom
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.cas import swap_version
from core.errors import Conflict, DomainError
from core.records import record, record_all
from projects.actions import add_party
from projects.models import Commitment, Party, PartyKind, Project, Talent, User
from stories.actions.telling import CLOSED
from stories.codes import code_for, code_hash, token_hash
from stories.models import Offer
from stories.texts import clean_text
from stories.traces import leave_no_trace

LETTER = re.compile(r"\w")
REACHABLE = re.compile(r"\S+@\S+|\d")


@transaction.atomic
def offer_help(
    project: Project, *, name: str, contact: str, talents: list[str], wishes: str = "", form_token: str
) -> Offer:
    """The same form sent twice is one offer. Raises DomainError for a way to reach somebody that is none."""
    if project.state in CLOSED:
        raise Conflict(_("Dit project is gestopt. U kunt zich niet meer opgeven."))
    fields = {
        "name": name_line(name),
        "contact": contact_line(contact),
        "talents": [talent for talent in Talent.values if talent in talents],
        "wishes": clean_text(wishes)[:300],
    }
    token = token_hash(form_token)
    try:
        with transaction.atomic():
            return Offer.objects.create(project=project, form_token=token, **fields)
    except IntegrityError:
        earlier = Offer.objects.of(project).filter(form_token=token).first()
        if earlier is None:
            raise Conflict(_("Dit formulier is al gebruikt. Druk nog een keer op Versturen.")) from None
        return earlier


def name_line(text: str) -> str:
    line = one_line(text)
    if not LETTER.search(line):
        raise DomainError(_("Vul uw naam in. Een voornaam is genoeg."), field="name")
    return line[:80]


def contact_line(text: str) -> str:
    line = one_line(text)
    if len(line) < 6 or not REACHABLE.search(line):
        raise DomainError(
            _("Vul een telefoonnummer, een e-mailadres of een adres in. Dan kunnen wij u bereiken."),
            field="contact",
        )
    return line[:120]


def one_line(text: str) -> str:
    return " ".join(clean_text(text).split())


def offer_code(offer: Offer) -> str:
    """With this code the resident takes the offer back. It follows from the key and is kept nowhere."""
    return code_for(f"offer {offer.pk}")


@transaction.atomic
def withdraw_offer(project: Project, *, code: str) -> None:
    """Raises DomainError(field="code") for an unknown code."""
    wanted = code_hash(code)
    for offer in Offer.objects.of(project).only("pk", "project"):
        if code_hash(offer_code(offer)) == wanted:
            record("withdraw_offer", offer, by=None)
            offer.delete()
            return
    text = _("Wij kennen deze code niet. Kijk of u alle letters en cijfers goed overnam.")
    raise DomainError(text, field="code")


def read_offers(offers: Sequence[Offer], *, by: Any) -> Sequence[Offer]:
    """Somebody reads names and addresses: each is recorded."""
    record_all("read", offers, by=by)
    return offers


@transaction.atomic
def follow_offer(offer: Offer, *, version: int, state: str, note: str = "", by: User) -> Offer:
    swap_version(offer, version, {"state": state, "note": note})
    record("follow_offer", offer, by=by)
    return offer


@transaction.atomic
def party_from_offer(offer: Offer, *, name: str, with_contact: bool, by: User) -> Party:
    """A party of kind bewoners with the talents of the offer; its contact only if the resident agrees.

    Raises Conflict(field="name") when there is a party with that name.
    """
    email = mail_address(offer.contact) if with_contact else ""
    reached = f"{offer.name}, {offer.contact}" if with_contact and not email else ""
    party = add_party(
        offer.project,
        name=name,
        kind=PartyKind.BEWONERS,
        gives=Commitment.MEEDOEN,
        contact=reached[:120],
        email=email,
        motive=offer.wishes,
        talents=offer.talents,
        by=by,
    )
    record("party_from_offer", offer, by=by)
    return party


def mail_address(contact: str) -> str:
    """The contact if it is one e-mail address, else nothing."""
    try:
        validate_email(contact)
    except ValidationError:
        return ""
    return contact


@transaction.atomic
def delete_offer(offer: Offer, *, by: Any) -> None:
    record("delete_offer", offer, by=by)
    offer.delete()


def shuffle_offers() -> None:
    """Write the offers of each project anew, in another order; forms that are open stay valid."""
    for project in Project.objects.filter(offers__isnull=False).distinct():
        _shuffle(project)
    leave_no_trace(Offer)


@transaction.atomic
def _shuffle(project: Project) -> None:
    offers = list(Offer.objects.select_for_update().filter(project=project))
    SystemRandom().shuffle(offers)
    for some in batched(offers, 500):
        Offer.objects.filter(pk__in=[offer.pk for offer in some]).delete()
    Offer.objects.bulk_create(offers, batch_size=500)
