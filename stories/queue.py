"""What a moderator has in front of them: a story with its warnings and its forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.models import User
from stories.actions.masking import texts_of
from stories.detector import segments
from stories.forms.judging import CareForm, CloseCareForm, FacesForm, MaskForm, RejectForm
from stories.models import MaskedOriginal, Story, StoryPhoto
from stories.personal import Segment
from stories.sensitivity import Proposal, proposals


@dataclass(frozen=True)
class QueueItem:
    """A story for one moderator. `colleague` has it in front of them now: then its text is not shown."""

    story: Story
    colleague: User | None
    read_first: bool
    texts: dict[str, list[Segment]]
    concerns: dict[str, str]
    proposals: list[Proposal]
    has_original: bool
    refused: forms.Form | None = None

    def gone_wrong[F: forms.Form](self, kind: type[F]) -> F | None:
        """The form that did not go through, with its errors in its own place."""
        return self.refused if isinstance(self.refused, kind) else None

    @property
    def reject(self) -> RejectForm:
        return self.gone_wrong(RejectForm) or RejectForm(story=self.story)

    @property
    def mask(self) -> MaskForm:
        return self.gone_wrong(MaskForm) or MaskForm(story=self.story, concerns=self.concerns)

    @property
    def faces(self) -> FacesForm:
        return self.gone_wrong(FacesForm) or FacesForm(story=self.story)

    @property
    def care(self) -> CareForm:
        return self.gone_wrong(CareForm) or CareForm(story=self.story)

    @property
    def close(self) -> CloseCareForm:
        return self.gone_wrong(CloseCareForm) or CloseCareForm(story=self.story)

    @property
    def key(self) -> str:
        """What the box for several stories at once carries."""
        return f"{self.story.pk}:{self.story.state}"

    @property
    def waits(self) -> bool:
        return self.story.state in (Story.State.SUBMITTED, Story.State.HELD, Story.State.SECOND)

    @property
    def open(self) -> bool:
        return self.story.state in (Story.State.SUBMITTED, Story.State.HELD)

    @property
    def photo_to_judge(self) -> bool:
        return hasattr(self.story, "photo") and bool(self.story.photo.image) and not self.story.photo.faces


def queue_items(stories: Iterable[Story], *, by: Any, refused: forms.Form | None = None) -> list[QueueItem]:
    """`refused` is a form of the one story that is shown."""
    stories = list(stories)
    kept = MaskedOriginal.objects.filter(story__in=stories).order_by()
    masked = set(kept.values_list("story_id", flat=True))
    now = timezone.now()
    return [_item(story, by, now, story.pk in masked, refused) for story in stories]


def readable(stories: Iterable[Story], *, by: Any) -> list[Story]:
    """Those whose text this moderator gets to see."""
    now = timezone.now()
    return [story for story in stories if story.in_front_of(by, now) is None]


def _item(story: Story, by: Any, now: datetime, has_original: bool, refused: forms.Form | None) -> QueueItem:
    texts = {name: segments(text) for name, text in texts_of(story).items() if text}
    found = [segment for runs in texts.values() for segment in runs if segment.kind]
    return QueueItem(
        story=story,
        colleague=story.in_front_of(by, now),
        read_first=story.first_reader_id is not None and story.first_reader_id == by.pk,
        texts=texts,
        concerns={segment.text: segment.kind for segment in found},
        proposals=[] if story.sensitive else _proposals(story, bool(found)),
        has_original=has_original,
        refused=refused,
    )


def _proposals(story: Story, named: bool) -> list[Proposal]:
    found = proposals(" ".join([story.text, story.change, story.translation]), named=named)
    if hasattr(story, "photo") and story.photo.faces == StoryPhoto.Faces.AGREED:
        found.append(Proposal(_("een foto met herkenbare mensen"), ()))
    return found
