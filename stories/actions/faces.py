"""Are there people on the photo whom others know? A moderator answers, or takes the photo away."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Conflict, DomainError
from core.records import record
from stories.actions.files import forget_files_with
from stories.actions.judging import why_not
from stories.actions.photos import erase_files
from stories.models import Story, StoryPhoto

REMOVE = "weg"


@transaction.atomic
def judge_photo(story: Story, *, answer: str, by: Any, seen: str = "") -> Story:
    """Keep the photo with one of `StoryPhoto.Faces`, or REMOVE it: that cannot be undone."""
    if answer not in (*StoryPhoto.Faces.values, REMOVE):
        raise DomainError(_("Kies een van de antwoorden."), field="answer")
    free = Story.objects.filter(pk=story.pk).free_for(by, timezone.now())
    if not free.exists():
        raise Conflict(why_not(story, by))
    photo = StoryPhoto.objects.select_for_update().filter(story=story).first()
    if photo is None or (answer != REMOVE and not photo.image):
        raise Conflict(_("De foto is er niet meer."))
    if answer == REMOVE:
        _remove(photo, story)
    else:
        StoryPhoto.objects.filter(pk=photo.pk).update(faces=answer)
    record(f"photo_{answer}", story, by=by)
    return story


def _remove(photo: StoryPhoto, story: Story) -> None:
    erase_files(photo)
    photo.delete()
    forget_files_with(story.project, [story.pk])
