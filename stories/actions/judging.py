"""What a moderator does with a story. Each step can be taken back, except leaving words out."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.cas import swap
from core.errors import Conflict, DomainError
from core.records import record, record_all
from stories.models import Quote, Story, StoryPhoto
from stories.personal import Masked, mask

State = Story.State
OUT_OF_THE_WAY = 1_000_000  # beyond every text, so that moving quotes never meet


def _step(story: Story, seen: str, allowed: set[str], **changes: Any) -> Story:
    """Write `changes` if the story still is as the moderator saw it, and that state allows the step."""
    expected = seen or story.state
    if expected not in allowed:
        raise Conflict(_("Dit verhaal is intussen al beoordeeld. Bekijk wat er nu staat."))
    return swap(story, {"state": expected}, changes)


@transaction.atomic
def publish_story(story: Story, *, by: Any, seen: str = "") -> Story:
    """`seen` is the state on the moderator's screen; without it the state of `story` counts."""
    _step(story, seen, {State.SUBMITTED, State.HELD}, state=State.PUBLISHED, reason="", reason_note="")
    record("publish", story, by=by)
    return story


@transaction.atomic
def hold_story(story: Story, *, by: Any, seen: str = "") -> Story:
    """Set apart; a published story is no longer public after this."""
    _step(story, seen, {State.SUBMITTED, State.PUBLISHED}, state=State.HELD)
    record("hold", story, by=by)
    return story


@transaction.atomic
def reject_story(story: Story, *, reason: str, note: str = "", by: Any, seen: str = "") -> Story:
    if reason not in Story.Reason.values:
        raise DomainError(_("Kies waarom u dit verhaal afwijst."), field="reason")
    changes = {"state": State.REJECTED, "reason": reason, "reason_note": note[:300]}
    _step(story, seen, {State.SUBMITTED, State.HELD}, **changes)
    record("reject", story, by=by)
    return story


@transaction.atomic
def requeue_story(story: Story, *, by: Any, seen: str = "") -> Story:
    """A rejected story goes back to the queue."""
    _step(story, seen, {State.REJECTED}, state=State.SUBMITTED, reason="", reason_note="")
    record("requeue", story, by=by)
    return story


@transaction.atomic
def mask_story(story: Story, *, words: list[str], by: Any, seen: str = "") -> Story:
    """Leave words out of text, place and caption for good: what was there is not kept.

    Quotes keep their passage. Raises DomainError(field="words") for words that are not there.
    """
    expected = seen or story.state
    if expected not in {State.SUBMITTED, State.HELD}:
        raise Conflict(_("Dit verhaal is intussen al beoordeeld. Bekijk wat er nu staat."))
    photo = StoryPhoto.objects.filter(story=story).first()
    caption = photo.caption if photo else ""
    _check_words(words, (story.text, story.place, caption))
    masked = mask(story.text, words)
    changes = {"text": masked.text, "place": mask(story.place, words).text[:120]}
    swap(story, {"state": expected, "text": story.text}, changes)
    if photo:
        StoryPhoto.objects.filter(pk=photo.pk).update(caption=mask(caption, words).text[:200])
    _move_quotes(story, masked)
    record("mask", story, by=by)
    return story


def _check_words(words: list[str], texts: tuple[str, ...]) -> None:
    missing = [word for word in words if not any(mask(text, [word]).gaps for text in texts)]
    if missing or not words:
        text = _("Dit staat niet in het verhaal: %(words)s. Neem de woorden precies over.")
        raise DomainError(text % {"words": ", ".join(missing)}, field="words")


def _move_quotes(story: Story, masked: Masked) -> None:
    """Quotes that became the same passage are one quote: the first is kept."""
    places: dict[tuple[int, int], int] = {}
    for quote in story.quotes.all():
        places.setdefault((masked.moved(quote.start), masked.moved_end(quote.end)), quote.pk)
    story.quotes.exclude(pk__in=places.values()).delete()
    story.quotes.update(start=F("start") + OUT_OF_THE_WAY, end=F("end") + OUT_OF_THE_WAY)
    for (start, end), pk in places.items():
        Quote.objects.filter(pk=pk).update(start=start, end=end)


def read_stories(stories: Sequence[Story], *, by: Any) -> Sequence[Story]:
    """Somebody reads these: what is not public is recorded, story by story."""
    record_all("read", [story for story in stories if not story.is_published], by=by)
    return stories
