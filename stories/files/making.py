"""What a maker of files gives back, and how a file knows whether its stories are still public as they were."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from stories.models import Story

SIGNS = 16  # of the mark of one story: enough to see that it changed

type Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Made:
    """The bytes of a file, and the stories (with their photo) whose words or pictures are in it."""

    data: bytes
    stories: Sequence[Story] = field(default=())

    @property
    def holds(self) -> list[list[int | str]]:
        """Each story once: its id and a mark of its words."""
        return [[story_id, mark] for story_id, mark in marks_of(self.stories).items()]


def mark_of(story: Story) -> str:
    """Another one whenever a word or the picture of the story changed."""
    photo = getattr(story, "photo", None)
    words = [story.text, story.change, story.translation, story.translated_by, story.place]
    words += [photo.image, photo.caption] if photo else []
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:SIGNS]


def marks_of(stories: Sequence[Story]) -> dict[int, str]:
    return {story.pk: mark_of(story) for story in stories}


def held_ids(holds: Sequence[Sequence[int | str]]) -> list[int]:
    return [int(story_id) for story_id, _mark in holds]


def may_be_shown(holds: Sequence[Sequence[int | str]]) -> bool:
    """False once one of these stories was taken back, is no longer public, or was changed."""
    if not holds:
        return True
    kept = Story.objects.published().select_related("photo").filter(pk__in=held_ids(holds))
    current = marks_of(list(kept))
    return all(current.get(int(story_id)) == mark for story_id, mark in holds)
