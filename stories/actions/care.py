"""Zorgsignaal: a story that shows somebody in danger leaves the queue, and is public nowhere."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Conflict, DomainError
from core.records import record
from stories.actions.files import forget_files_with
from stories.actions.judging import WAITING, State, judged, step
from stories.models import CareSignal, Story
from stories.texts import clean_text


@transaction.atomic
def raise_care(story: Story, *, why: str, by: Any, seen: str = "") -> CareSignal:
    """Out of the queue; a public story is no longer public after this. Raises DomainError(field="why")."""
    why = clean_text(why)[:300]
    if not why:
        raise DomainError(_("Schrijf in een zin wat u bezorgd maakt."), field="why")
    step(story, seen, {*WAITING, State.PUBLISHED}, by=by, **judged(State.CARE, first_reader=None))
    fresh = {
        "why": why,
        "opened_by_id": getattr(by, "pk", None),
        "opened_at": timezone.now(),
        "handed_to": "",
        "closed_by": None,
        "closed_at": None,
    }
    forget_files_with(story.project, [story.pk])
    signal, _made = CareSignal.objects.update_or_create(story=story, defaults=fresh)
    record("raise_care", story, by=by)
    return signal


@transaction.atomic
def close_care(signal: CareSignal, *, handed_to: str, by: Any) -> CareSignal:
    """Somebody was told. The story stays out of the queue until it is forgotten, or laid back."""
    handed_to = clean_text(handed_to)[:200]
    if not handed_to:
        raise DomainError(
            _("Schrijf aan wie u het doorgaf, of waarom dat niet nodig was."), field="handed_to"
        )
    changes = {
        "handed_to": handed_to,
        "closed_by_id": getattr(by, "pk", None),
        "closed_at": timezone.now(),
    }
    if not CareSignal.objects.filter(pk=signal.pk, closed_at__isnull=True).update(**changes):
        raise Conflict(_("Iemand anders sloot dit zorgsignaal al."))
    record("close_care", signal.story, by=by)
    signal.refresh_from_db()
    return signal


@transaction.atomic
def return_from_care(story: Story, *, by: Any, seen: str = "") -> Story:
    """Back to the queue, once the signal is closed; from now on two moderators read it."""
    if not CareSignal.objects.filter(story=story, closed_at__isnull=False).exists():
        raise Conflict(_("Sluit eerst het zorgsignaal. Dan kan het verhaal terug naar de stapel."))
    step(story, seen, {State.CARE}, by=by, **judged(State.SUBMITTED, sensitive=True, first_reader=None))
    record("return_from_care", story, by=by)
    return story
