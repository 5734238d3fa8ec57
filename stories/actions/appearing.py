"""Where a story was handed out on paper or as a file: what its teller hears when taking it back."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from stories.models import Appearance, Story

AT_ONCE = 500


def note_appearances(story_ids: Iterable[int], *, where: str, on: date | None = None) -> None:
    """Once a day for each story, however often it is downloaded. Stories that are gone are left out."""
    day = on or timezone.localdate()
    wanted = set(story_ids)
    here = Story.objects.filter(pk__in=wanted).values_list("pk", flat=True)
    rows = [Appearance(story_id=story_id, where=where[:120], on=day) for story_id in here]
    Appearance.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)
