from typing import Any, NotRequired, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.db.models import SET_NULL, ProtectedError
from django.utils.translation import gettext as _

from core.cas import swap_version
from core.errors import Conflict, DomainError
from core.records import record
from projects.models import Party, Project, User


class PartyFields(TypedDict):
    name: str
    kind: str
    gives: str
    contact: NotRequired[str]
    email: NotRequired[str]
    motive: NotRequired[str]
    talents: NotRequired[list[str]]


@transaction.atomic
def add_party(project: Project, *, by: User | None, **fields: Unpack[PartyFields]) -> Party:
    refuse_taken_name(project, fields["name"])
    try:
        with transaction.atomic():
            party = Party.objects.create(project=project, **fields)
    except IntegrityError:
        raise taken_name() from None
    record("add_party", party, by=by)
    return party


@transaction.atomic
def edit_party(party: Party, *, version: int, by: User, **fields: Unpack[PartyFields]) -> Party:
    refuse_taken_name(party.project, fields["name"], except_for=party)
    try:
        with transaction.atomic():
            swap_version(party, version, {**fields})
    except IntegrityError:
        raise taken_name() from None
    record("edit_party", party, by=by)
    return party


@transaction.atomic
def delete_party(party: Party, *, by: User) -> None:
    """Refused while anything points at the party, such as the agendapunt it pulls or helps."""
    if in_use(party):
        raise still_used(party)
    record("delete_party", party, by=by)
    try:
        with transaction.atomic():
            party.delete()
    except ProtectedError:
        raise still_used(party) from None


def in_use(party: Party) -> bool:
    """Asks every relation to Party that cannot do without it, so that rooms above need no word here."""
    relations: list[Any] = [
        field
        for field in Party._meta.get_fields(include_hidden=True)
        if field.one_to_many or field.one_to_one
    ]
    pointing = (
        r.related_model._base_manager.filter(**{r.field.name: party})
        for r in relations
        if r.on_delete is not SET_NULL
    )
    return any(rows.exists() for rows in pointing)


def still_used(party: Party) -> DomainError:
    text = _("%(name)s staat in de agenda. Kies daar eerst een andere partij. Daarna kunt u deze weghalen.")
    return Conflict(text % {"name": party.name})


def refuse_taken_name(project: Project, name: str, except_for: Party | None = None) -> None:
    same = Party.objects.of(project).filter(name__iexact=name)
    if (same.exclude(pk=except_for.pk) if except_for else same).exists():
        raise taken_name()


def taken_name() -> Conflict:
    return Conflict(_("Er is al een partij met deze naam."), "name")
