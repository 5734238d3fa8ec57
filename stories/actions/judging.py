"""What a moderator does with a story. Each step can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Conflict, DomainError
from core.models import Record
from core.records import record, record_all
from projects.models import Project
from stories.actions.files import forget_files_with
from stories.models import Story, StoryPhoto

State = Story.State
OPEN = {State.SUBMITTED, State.HELD}
WAITING = {*OPEN, State.SECOND}
NO_CLAIM = {"claimed_by": None, "claimed_until": None}


def step(
    story: Story, seen: str, allowed: set[State], *, by: Any, only: Q | None = None, **changes: Any
) -> Story:
    """Write `changes` if the story still is as the moderator saw it, that state allows the step, and no
    colleague has it in front of them. `only` is what else must be so."""
    expected = seen or story.state
    if expected not in allowed:
        raise Conflict(_("Dit verhaal is intussen al beoordeeld. Bekijk wat er nu staat."))
    as_seen = Story.objects.filter(only or Q(), pk=story.pk, state=expected)
    if as_seen.free_for(by, timezone.now()).update(**changes) != 1:
        raise Conflict(why_not(story, by))
    story.refresh_from_db(fields=list(changes))
    return story


def why_not(story: Story, by: Any) -> str:
    current = Story.objects.filter(pk=story.pk).select_related("claimed_by").first()
    colleague = current.in_front_of(by, timezone.now()) if current else None
    if current and colleague:
        until = timezone.localtime(current.claimed_until).strftime("%H.%M")
        text = _("%(name)s heeft dit verhaal nu voor zich, tot %(time)s uur.")
        return text % {"name": colleague, "time": until}
    return _("Iemand anders was u voor. Bekijk wat er nu staat en probeer het opnieuw.")


def judged(state: State, **changes: Any) -> dict[str, Any]:
    """What every decision writes: the state, its day, and that nobody has the story in front of them."""
    return {"state": state, "judged_on": timezone.localdate(), **NO_CLAIM, **changes}


@transaction.atomic
def publish_story(story: Story, *, by: Any, seen: str = "") -> Story:
    """A sensitive story first goes to a second moderator, who must be somebody else.

    `seen` is the state on the moderator's screen; without it the state of `story` counts.
    """
    check_photo_was_seen(story)
    expected = seen or story.state
    if story.sensitive or expected == State.SECOND:
        return _publish_sensitive(story, expected, by)
    changes = judged(State.PUBLISHED, reason="", reason_note="")
    step(story, seen, OPEN, by=by, only=Q(sensitive=False), **changes)
    record("publish", story, by=by)
    return story


def _publish_sensitive(story: Story, expected: str, by: Any) -> Story:
    reader = getattr(by, "pk", None)
    if expected == State.SECOND and story.first_reader_id == reader:
        raise DomainError(_("U las dit verhaal als eerste. Een andere moderator moet het ook lezen."))
    if expected == State.SECOND and story.first_reader_id is not None:
        somebody_else = Q(first_reader_id=story.first_reader_id)
        changes = judged(State.PUBLISHED, reason="", reason_note="")
        step(story, expected, {State.SECOND}, by=by, only=somebody_else, **changes)
        record("publish", story, by=by)
        return story
    step(story, expected, WAITING, by=by, **judged(State.SECOND, first_reader_id=reader))
    record("first_reading", story, by=by)
    return story


def check_photo_was_seen(story: Story) -> None:
    """Raises DomainError for a photo that nobody could look at, or said nothing of yet."""
    photo = StoryPhoto.objects.filter(story=story, faces="").first()
    if photo and photo.original:
        raise DomainError(_("De foto wordt nog klaargemaakt. Wacht tot u de foto kunt zien."))
    if photo and photo.image:
        raise DomainError(_("Zeg eerst of er herkenbare mensen op de foto staan."))


@transaction.atomic
def hold_story(story: Story, *, by: Any, seen: str = "") -> Story:
    """Set apart; a published story is no longer public after this."""
    allowed = {State.SUBMITTED, State.SECOND, State.PUBLISHED}
    step(story, seen, allowed, by=by, **judged(State.HELD, first_reader=None))
    forget_files_with(story.project, [story.pk])
    record("hold", story, by=by)
    return story


@transaction.atomic
def reject_story(story: Story, *, reason: str, note: str = "", by: Any, seen: str = "") -> Story:
    if reason not in Story.Reason.values:
        raise DomainError(_("Kies waarom u dit verhaal afwijst."), field="reason")
    changes = judged(State.REJECTED, reason=reason, reason_note=note[:300], first_reader=None)
    step(story, seen, WAITING, by=by, **changes)
    record("reject", story, by=by)
    return story


@transaction.atomic
def requeue_story(story: Story, *, by: Any, seen: str = "") -> Story:
    """A rejected story goes back to the queue."""
    changes = judged(State.SUBMITTED, reason="", reason_note="", first_reader=None)
    step(story, seen, {State.REJECTED}, by=by, **changes)
    record("requeue", story, by=by)
    return story


@transaction.atomic
def mark_sensitive(story: Story, *, by: Any, seen: str = "") -> Story:
    """From now on two moderators must read it before it is public."""
    step(story, seen, OPEN, by=by, only=Q(sensitive=False), sensitive=True)
    record("mark_sensitive", story, by=by)
    return story


@transaction.atomic
def unmark_sensitive(story: Story, *, by: Any, seen: str = "") -> Story:
    """Only another moderator than the one who marked it: else the second reader could be left out."""
    marked = Record.objects.filter(verb="mark_sensitive", project_id=story.project_id)
    last = marked.filter(kind="stories.story", object_id=str(story.pk)).order_by("-pk").first()
    if last is not None and last.actor_id == getattr(by, "pk", None):
        raise DomainError(
            _("U zei zelf dat dit verhaal gevoelig is. Alleen een andere moderator haalt dat weg.")
        )
    step(story, seen, OPEN, by=by, only=Q(sensitive=True), sensitive=False)
    record("unmark_sensitive", story, by=by)
    return story


# --- several at once ----------------------------------------------------------------------
@dataclass
class Outcome:
    """What came of a step with several stories: those that went, and why others did not, by number."""

    done: list[Story] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


def judge_stories(
    project: Project, action: Callable[..., Story], chosen: Iterable[tuple[int, str]], *, by: Any, **more: Any
) -> Outcome:
    """The same step with each of `chosen` (its id, and the state on the screen); each stands on its own."""
    wanted = dict(chosen)
    stories = Story.objects.of(project).in_bulk(wanted)
    outcome = Outcome()
    for pk, seen in wanted.items():
        if pk not in stories:
            outcome.refused[pk] = _("Dit verhaal is er niet meer.")
            continue
        try:
            outcome.done.append(action(stories[pk], by=by, seen=seen, **more))
        except DomainError as refusal:
            outcome.refused[pk] = refusal.message
    return outcome


def read_stories(stories: Sequence[Story], *, by: Any) -> Sequence[Story]:
    """Somebody reads these: what is not public is recorded, story by story."""
    record_all("read", [story for story in stories if not story.is_published], by=by)
    return stories
