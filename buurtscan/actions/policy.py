"""What is already known to come: nieuwbouw, sloop, a school; who does it, where and when."""

from typing import Any

from django.db import transaction

from buurtscan.models import PolicyFact
from core.cas import swap_version
from core.periods import check_years
from core.records import record
from projects.models import Project, User


@transaction.atomic
def add_policy_fact(project: Project, *, by: User | None, **fields: Any) -> PolicyFact:
    """`fields`: chapter, kind, what, where, who, starts, ends, source_note, visibility."""
    check_years(fields)
    fact = PolicyFact.objects.create(project=project, added_by=by, **fields)
    record("add_policy_fact", fact, by=by)
    return fact


@transaction.atomic
def edit_policy_fact(fact: PolicyFact, *, version: int, by: User | None, **fields: Any) -> PolicyFact:
    check_years(fields)
    swap_version(fact, version, fields)
    record("edit_policy_fact", fact, by=by)
    return fact


@transaction.atomic
def delete_policy_fact(fact: PolicyFact, *, by: User | None) -> None:
    record("delete_policy_fact", fact, by=by)
    fact.delete()
