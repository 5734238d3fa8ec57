"""Two moderators, one queue: who takes a story has it to themselves for ten minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from core.records import record
from projects.models import Project
from stories.actions.judging import NO_CLAIM
from stories.models import Story, StoryQuerySet

CLAIM = timedelta(minutes=10)


@transaction.atomic
def next_story(project: Project, *, by: Any, after: Story | None = None) -> Story | None:
    """The oldest story that waits and that no colleague has; None when there is none.

    Who asks twice gets the same story, unless they come from it (`after`): that one is laid back, and the
    next one in the queue is theirs.
    """
    now = timezone.now()
    queue = Story.objects.of(project).next_for(by, now)
    mine = Q(claimed_by_id=by.pk, claimed_until__gt=now)
    held = queue.filter(mine).first() if after is None else None
    if held is None:
        Story.objects.of(project).filter(claimed_by_id=by.pk).update(**NO_CLAIM)
    while (story := held or _first(queue, after)) is not None:
        if queue.filter(pk=story.pk).update(claimed_by_id=by.pk, claimed_until=now + CLAIM):
            record("claim", story, by=by)
            return story
        held = None
    return None


def _first(queue: StoryQuerySet, after: Story | None) -> Story | None:
    """PostgreSQL passes over a row that a colleague is just taking; SQLite has one writer at a time."""
    if connection.features.has_select_for_update_skip_locked:
        queue = queue.select_for_update(skip_locked=True, of=("self",))
    if after is None:
        return queue.first()
    later = Q(told_on__gt=after.told_on) | Q(told_on=after.told_on, pk__gt=after.pk)
    return queue.filter(later).first() or queue.exclude(pk=after.pk).first() or queue.first()


@transaction.atomic
def release_story(story: Story, *, by: Any) -> None:
    """Laid back: the next one who asks gets it."""
    if Story.objects.filter(pk=story.pk, claimed_by_id=by.pk).update(**NO_CLAIM):
        record("release", story, by=by)
