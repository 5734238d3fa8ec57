"""The gates: the only way to a project and its rows.

Outsiders get 404, members without the right get 403. Every view of a project starts here.
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from projects.models import Membership, Project, Role, User


class May(Enum):
    READ = auto()  # see the project, without unpublished stories
    EDIT = auto()  # write in the bouwstenen
    COLLECT = auto()  # enter the story of somebody else
    MODERATE = auto()  # read and judge unpublished stories: a task given by name
    FACILITATE = auto()  # prepare and run a wijkwerksessie
    PRESENT = auto()  # put the buurtscan on the projector, and write down what is noticed
    MANAGE = auto()  # invite people, change the project, export


_ROLES: dict[May, set[str]] = {
    May.READ: {Role.COORDINATOR, Role.KERNTEAMLID, Role.GESPREKSLEIDER, Role.BEGELEIDER, Role.LEZER},
    May.EDIT: {Role.COORDINATOR, Role.KERNTEAMLID},
    May.COLLECT: {Role.COORDINATOR, Role.KERNTEAMLID, Role.GESPREKSLEIDER, Role.VERZAMELAAR},
    May.FACILITATE: {Role.COORDINATOR, Role.GESPREKSLEIDER},
    May.PRESENT: {Role.COORDINATOR, Role.KERNTEAMLID, Role.GESPREKSLEIDER},
    May.MANAGE: {Role.COORDINATOR},
}


@dataclass(frozen=True)
class Access:
    """What one user may do in one project; templates read `access.edit` and the like."""

    project: Project
    user: User
    role: str
    moderator: bool

    def may(self, what: May) -> bool:
        if what is May.MODERATE:
            return self.moderator
        return self.user.is_superuser or self.role in _ROLES[what]

    @property
    def edit(self) -> bool:
        return self.may(May.EDIT)

    @property
    def collect(self) -> bool:
        return self.may(May.COLLECT)

    @property
    def moderate(self) -> bool:
        return self.moderator

    @property
    def facilitate(self) -> bool:
        return self.may(May.FACILITATE)

    @property
    def present(self) -> bool:
        return self.may(May.PRESENT)

    @property
    def manage(self) -> bool:
        return self.may(May.MANAGE)


def gate(request: HttpRequest, slug: str, what: May = May.READ) -> Access:
    """The project behind `slug` for this user, or 404 (outsider), or 403 (too low a role)."""
    access = access_of(request.user, slug)
    if access is None:
        raise Http404
    if not access.may(what):
        raise PermissionDenied
    return access


def access_of(user: Any, slug: str) -> Access | None:
    membership = (
        Membership.objects.select_related("project").filter(project__slug=slug, user_id=user.pk).first()
    )
    if membership is not None:
        return Access(membership.project, user, membership.role, membership.moderator)
    if user.is_superuser:
        project = Project.objects.filter(slug=slug).first()
        return Access(project, user, "", False) if project else None
    return None


def may_create_project(user: Any) -> bool:
    """The beheerder, and whoever coordinates a project already."""
    coordinates = Membership.objects.filter(user_id=user.pk, role=Role.COORDINATOR)
    return user.is_superuser or coordinates.exists()


def public_project(slug: str) -> Project:
    """The project behind a page that needs no account, or 404."""
    project = Project.objects.filter(slug=slug).first()
    if project is None:
        raise Http404
    return project
