"""Going out to people who were not heard yet: who does it, where and when, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.cas import swap_version
from core.errors import DomainError
from core.records import record
from projects.models import Project, User
from stories.models import OutreachTask


class OutreachFields(TypedDict):
    whom: str
    how: str
    owner: str
    where: str
    on: date


@transaction.atomic
def add_outreach(project: Project, *, by: User, **fields: Unpack[OutreachFields]) -> OutreachTask:
    """The same task that is still to be done is not added twice."""
    same = OutreachTask.objects.of(project).filter(done_on=None, **fields).first()
    if same is not None:
        return same
    task = OutreachTask.objects.create(project=project, created_by=by, **fields)
    record("add_outreach", task, by=by)
    return task


@transaction.atomic
def edit_outreach(
    task: OutreachTask, *, version: int, by: User, **fields: Unpack[OutreachFields]
) -> OutreachTask:
    swap_version(task, version, {**fields})
    record("edit_outreach", task, by=by)
    return task


@transaction.atomic
def finish_outreach(
    task: OutreachTask, *, version: int, done_on: date, outcome: str = "", by: Any
) -> OutreachTask:
    """Done on a day that is not in the future. Raises DomainError(field="done_on")."""
    if done_on > timezone.localdate():
        raise DomainError(_("Deze dag moet nog komen. Kies vandaag of eerder."), field="done_on")
    swap_version(task, version, {"done_on": done_on, "outcome": outcome})
    record("finish_outreach", task, by=by)
    return task


@transaction.atomic
def reopen_outreach(task: OutreachTask, *, version: int, by: Any) -> OutreachTask:
    """Not done after all; what was written of its outcome stays."""
    swap_version(task, version, {"done_on": None})
    record("reopen_outreach", task, by=by)
    return task


@transaction.atomic
def delete_outreach(task: OutreachTask, *, by: Any) -> None:
    record("delete_outreach", task, by=by)
    task.delete()
