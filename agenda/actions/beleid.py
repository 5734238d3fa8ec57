from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agenda.models import Idea, PolicyLine
from core.cas import swap_version
from core.errors import DomainError
from core.periods import check_years
from core.records import record
from projects.models import Project, User

Fit = Idea.Fit


@transaction.atomic
def add_policy_line(project: Project, *, by: User | None, **fields: Any) -> PolicyLine:
    """`fields`: title, owner, summary, url, starts, ends, budget. A title is there once a project."""
    check_years(fields)
    try:
        with transaction.atomic():
            line = PolicyLine.objects.create(project=project, **fields)
    except IntegrityError:
        raise title_taken() from None
    record("add_policy_line", line, by=by)
    return line


@transaction.atomic
def edit_policy_line(line: PolicyLine, *, version: int, by: User | None, **fields: Any) -> PolicyLine:
    check_years(fields)
    try:
        with transaction.atomic():
            swap_version(line, version, fields)
    except IntegrityError:
        raise title_taken() from None
    record("edit_policy_line", line, by=by)
    return line


@transaction.atomic
def delete_policy_line(line: PolicyLine, *, by: User | None) -> None:
    """Ideas that lean on it stay; that they fit, in part or clash, falls away with the policy."""
    line.ideas.filter(fit=Fit.GEEN_BELEID).update(policy_line=None, version=F("version") + 1)
    line.ideas.update(policy_line=None, fit="", version=F("version") + 1)
    record("delete_policy_line", line, by=by)
    line.delete()


@transaction.atomic
def add_idea(project: Project, *, by: User | None, **fields: Any) -> Idea:
    """`fields`: title, text, policy_line, fit, answer, answered_by."""
    check_fit(project, fields)
    idea = Idea.objects.create(project=project, **fields)
    record("add_idea", idea, by=by)
    return idea


@transaction.atomic
def edit_idea(idea: Idea, *, version: int, by: User | None, **fields: Any) -> Idea:
    check_fit(idea.project, fields)
    swap_version(idea, version, fields)
    record("edit_idea", idea, by=by)
    return idea


@transaction.atomic
def delete_idea(idea: Idea, *, by: User | None) -> None:
    """Agendapunten that came from it stay."""
    record("delete_idea", idea, by=by)
    idea.delete()


def title_taken() -> DomainError:
    return DomainError(_("Dit beleid staat al in de lijst. Kies een andere naam."), "title")


def check_fit(project: Project, fields: dict[str, Any]) -> None:
    """A fit other than "nog geen beleid" is said of a policy line; an answer has a name under it."""
    line = fields.get("policy_line")
    if line is not None and line.project_id != project.pk:
        raise DomainError(_("Kies beleid van dit project."), "policy_line")
    if fields.get("fit") and fields["fit"] != Fit.GEEN_BELEID and line is None:
        raise DomainError(_("Kies bij welk beleid dit idee past of botst."), "policy_line")
    if fields.get("fit") == Fit.GEEN_BELEID and line is not None:
        raise DomainError(_("U kiest “nog geen beleid”. Laat het beleid dan leeg."), "policy_line")
    if fields.get("answer") and not fields.get("answered_by"):
        raise DomainError(_("Schrijf op wie dit antwoord geeft."), "answered_by")
    if fields.get("answered_by") and not fields.get("answer"):
        raise DomainError(_("Schrijf ook het antwoord en de reden op."), "answer")
