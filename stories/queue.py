"""What a moderator has in front of them: a story with its warnings and its forms."""

from collections.abc import Iterable
from dataclasses import dataclass

from stories.forms.judging import JudgeForm, MaskForm, RejectForm
from stories.models import Story
from stories.personal import Segment, segments


@dataclass(frozen=True)
class QueueItem:
    story: Story
    segments: list[Segment]
    reject: RejectForm
    mask: MaskForm
    refused: JudgeForm | None = None

    @property
    def flagged(self) -> bool:
        return any(segment.kind for segment in self.segments)


def queue_item(story: Story, refused: JudgeForm | None = None) -> QueueItem:
    """`refused` is the form that did not go through, shown with its errors in its own place."""
    reject = refused if isinstance(refused, RejectForm) else RejectForm(story=story)
    mask = refused if isinstance(refused, MaskForm) else MaskForm(story=story)
    return QueueItem(story, segments(story.text), reject, mask, refused)


def queue_items(stories: Iterable[Story]) -> list[QueueItem]:
    return [queue_item(story) for story in stories]
