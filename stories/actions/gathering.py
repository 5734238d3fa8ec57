"""Evenings and walks, who does what for them, and who supports the residents who collect."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from core.cas import swap_version
from core.errors import Conflict, DomainError
from core.records import record
from projects.models import Membership, Party, Project, Role, Side, User
from stories.models import AvondTaak, Buurtwandeling, Steun, Verhalenavond


class GatheringFields(TypedDict):
    name: str
    on: date
    where: str
    led_by: str
    note: str


@transaction.atomic
def add_evening(project: Project, *, by: User, **fields: Unpack[GatheringFields]) -> Verhalenavond:
    """With a task of each kind, so that nothing is forgotten."""
    evening = Verhalenavond.objects.create(project=project, created_by=by, **fields)
    AvondTaak.objects.bulk_create(AvondTaak(evening=evening, kind=kind) for kind in AvondTaak.Kind)
    record("add_evening", evening, by=by)
    return evening


@transaction.atomic
def add_walk(project: Project, *, by: User, **fields: Unpack[GatheringFields]) -> Buurtwandeling:
    walk = Buurtwandeling.objects.create(project=project, created_by=by, **fields)
    record("add_walk", walk, by=by)
    return walk


@transaction.atomic
def edit_gathering[G: (Verhalenavond, Buurtwandeling)](
    gathering: G, *, version: int, by: User, **fields: Unpack[GatheringFields]
) -> G:
    swap_version(gathering, version, {**fields})
    record("edit", gathering, by=by)
    return gathering


@transaction.atomic
def delete_gathering(gathering: Verhalenavond | Buurtwandeling, *, by: User) -> None:
    """The stories that were told there stay; they only lose where they came from."""
    record("delete", gathering, by=by)
    gathering.delete()


@transaction.atomic
def plan_task(
    task: AvondTaak, *, version: int, party: Party | None, who: str, done: bool, by: User
) -> AvondTaak:
    """Who does it: a party of the project, somebody by name, or both. Done is only what somebody does."""
    if party is not None and party.project_id != task.evening.project_id:
        raise DomainError(_("Kies een partij van dit project."), field="party")
    if done and not (party or who):
        raise DomainError(_("Zeg eerst wie dit doet. Daarna kan het geregeld zijn."), field="who")
    swap_version(task, version, {"party": party, "who": who, "done": done})
    record("plan_task", task, by=by, project_id=task.evening.project_id)
    return task


@transaction.atomic
def give_support(project: Project, *, collector: User, supporter: User | None, by: User) -> None:
    """Name the professional whom a resident who collects can turn to; None takes the name away."""
    members = Membership.objects.of(project)
    if not members.filter(user=collector, role=Role.VERZAMELAAR).exists():
        raise Conflict(_("Deze persoon verzamelt geen verhalen meer. Bekijk de lijst opnieuw."))
    if supporter is None:
        Steun.objects.filter(project=project, collector=collector).delete()
    else:
        if not members.filter(user=supporter, side__in=(Side.WIJKPROFESSIONAL, Side.GEMEENTE)).exists():
            text = _("Kies iemand van het kernteam die er beroepshalve zit.")
            raise DomainError(text, field="supporter")
        Steun.objects.update_or_create(
            project=project, collector=collector, defaults={"supporter": supporter}
        )
    record("give_support", collector, by=by, project_id=project.pk)
