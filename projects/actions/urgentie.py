from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from core.cas import swap_version
from core.errors import Conflict
from core.locks import lock
from core.records import record
from projects.models import Project, RipenessCheck, UrgencyStatement, User


class UrgencyFields(TypedDict):
    text: str
    tone: str
    felt_by_kind: str
    felt_by: str
    since: str


@transaction.atomic
def add_urgency(project: Project, *, by: User | None, **fields: Unpack[UrgencyFields]) -> UrgencyStatement:
    """The same statement twice is one statement: a double click adds nothing."""
    lock(project)
    same = UrgencyStatement.objects.of(project).filter(**fields).first()
    if same is not None:
        return same
    statement = UrgencyStatement.objects.create(project=project, created_by=by, **fields)
    record("add_urgency", statement, by=by)
    return statement


@transaction.atomic
def edit_urgency(
    statement: UrgencyStatement, *, version: int, by: User, **fields: Unpack[UrgencyFields]
) -> UrgencyStatement:
    swap_version(statement, version, {**fields})
    record("edit_urgency", statement, by=by)
    return statement


@transaction.atomic
def delete_urgency(statement: UrgencyStatement, *, by: User) -> None:
    record("delete_urgency", statement, by=by)
    statement.delete()


@transaction.atomic
def judge_ripeness(
    project: Project, *, answer: str, reason: str, by: User | None, newest: int = 0
) -> RipenessCheck:
    """Answer "is de tijd rijp?". `newest` is the id of the answer the user saw, 0 for none."""
    lock(project)
    latest = project.ripeness_checks.first()
    if by is not None and (latest.pk if latest else 0) != newest:
        raise Conflict(_("Iemand anders gaf net een antwoord. Bekijk dat eerst."))
    check = RipenessCheck.objects.create(project=project, answer=answer, reason=reason, created_by=by)
    record("judge_ripeness", check, by=by)
    return check
