from collections.abc import Iterable
from datetime import date
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.cas import swap, swap_version
from core.errors import Conflict, DomainError
from core.records import record
from gebieden.models import Area
from projects.models import Membership, Project, Role, User

State = Project.State
NEEDS_REASON = (State.GEPAUZEERD, State.GESTOPT)


class ProjectFields(TypedDict, total=False):
    starts: date
    ends: date
    controller: str
    controller_email: str
    report_url: str
    retention_months: int
    stories_open: bool


@transaction.atomic
def create_project(
    *,
    name: str,
    areas: Iterable[Area],
    by: User | None,
    side: str = "",
    is_demo: bool = False,
    **fields: Unpack[ProjectFields],
) -> Project:
    """Start a project; who starts it becomes its coordinator, sitting there for `side`."""
    refuse_taken_name(name)
    try:
        with transaction.atomic():
            project = Project.objects.create(name=name, slug=free_slug(name), is_demo=is_demo, **fields)
    except IntegrityError:
        raise taken_name() from None
    project.areas.set(areas)
    if by is not None:
        Membership.objects.create(project=project, user=by, role=Role.COORDINATOR, side=side)
    record("create_project", project, by=by, project_id=project.pk)
    return project


@transaction.atomic
def edit_project(
    project: Project,
    *,
    version: int,
    name: str,
    areas: Iterable[Area],
    by: User,
    **fields: Unpack[ProjectFields],
) -> Project:
    """The slug stays: printed addresses keep working."""
    refuse_taken_name(name, except_for=project)
    try:
        with transaction.atomic():
            swap_version(project, version, {"name": name, **fields})
    except IntegrityError:
        raise taken_name() from None
    project.areas.set(areas)
    record("edit_project", project, by=by, project_id=project.pk)
    return project


@transaction.atomic
def set_project_state(
    project: Project, *, was: str, state: str, reason: str = "", by: User | None
) -> Project:
    """`was` is the state the user saw. Pausing and stopping need a reason."""
    if state in NEEDS_REASON and not reason:
        raise DomainError(_("Schrijf op waarom."), "reason")
    swap(project, {"state": was}, {"state": state, "state_reason": reason})
    record("set_project_state", project, by=by, project_id=project.pk)
    return project


def refuse_taken_name(name: str, except_for: Project | None = None) -> None:
    same = Project.objects.filter(name__iexact=name)
    if (same.exclude(pk=except_for.pk) if except_for else same).exists():
        raise taken_name()


def taken_name() -> Conflict:
    return Conflict(_("Er is al een project met deze naam."), "name")


def free_slug(name: str) -> str:
    """The name in letters a web address can have, with a number behind it when that is taken."""
    base = slugify(name)[:70].strip("-") or "buurt"
    taken = set(Project.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    candidates = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in candidates if slug not in taken)
