from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from core.cas import swap_version
from core.errors import DomainError
from core.locks import lock
from core.records import record
from projects.models import Membership, Project, Role, User


class RoleValues(TypedDict):
    role: str
    side: str
    moderator: bool


def fitting(values: RoleValues) -> RoleValues:
    """A side belongs to coordinators and kernteamleden; a kernteamlid cannot do without."""
    if values["role"] == Role.KERNTEAMLID and not values["side"]:
        raise DomainError(_("Kies namens wie dit kernteamlid meedoet."), "side")
    seated = values["role"] in (Role.COORDINATOR, Role.KERNTEAMLID)
    return {**values, "side": values["side"] if seated else ""}


@transaction.atomic
def add_member(project: Project, user: User, *, by: User | None, **values: Unpack[RoleValues]) -> Membership:
    membership, created = Membership.objects.get_or_create(
        project=project, user=user, defaults={**fitting(values)}
    )
    if not created:
        raise DomainError(_("U doet al mee aan dit project."))
    record("add_member", membership, by=by)
    return membership


@transaction.atomic
def change_member(
    membership: Membership, *, version: int, by: User, **values: Unpack[RoleValues]
) -> Membership:
    lock(membership.project)
    if values["role"] != Role.COORDINATOR:
        refuse_last_coordinator(membership, "role")
    swap_version(membership, version, {**fitting(values)})
    record("change_member", membership, by=by)
    return membership


@transaction.atomic
def remove_member(membership: Membership, *, by: User) -> None:
    lock(membership.project)
    refuse_last_coordinator(membership)
    record("remove_member", membership, by=by)
    membership.delete()


def refuse_last_coordinator(membership: Membership, field: str | None = None) -> None:
    coordinators = Membership.objects.of(membership.project).filter(role=Role.COORDINATOR)
    if membership.role == Role.COORDINATOR and not coordinators.exclude(pk=membership.pk).exists():
        raise DomainError(_("Dit is de laatste coördinator. Maak eerst iemand anders coördinator."), field)


@transaction.atomic
def create_beheerder(email: str, *, name: str, password: str | None = None) -> tuple[User, bool]:
    """Make or promote the beheerder of this installation; without password the mailed code remains."""
    address = email.strip().lower()
    user = User.objects.filter(email=address).first()
    created = user is None
    if user is None:
        user = User.objects.create_superuser(address, password or None, name=name)
    else:
        User.objects.filter(pk=user.pk).update(is_superuser=True, is_staff=True)
        user.refresh_from_db()
        if password:
            user.set_password(password)
            User.objects.filter(pk=user.pk).update(password=user.password)
    record("create_beheerder", user, by=None)
    return user, created
