"""Quotes: passages of published stories that an inzicht can rest on."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import Conflict, DomainError
from core.records import record
from stories.actions.steps import Verb, kept_quote, note_step
from stories.models import Quote, Story


@transaction.atomic
def quote_story(story: Story, *, start: int, end: int, by: Any) -> Quote:
    """Characters `start` up to `end` of a published story; the same passage is one quote."""
    return passage_of(published_now(story), start, end, by)[0]


def published_now(story: Story) -> Story:
    """The story as it is now, locked. Raises Conflict once it is not public any more."""
    current = Story.objects.select_for_update().filter(pk=story.pk).first()
    if current is None or not current.is_published:
        raise Conflict(_("Dit verhaal is niet meer openbaar. U kunt er geen citaat uit maken."))
    return current


def passage_of(story: Story, start: int, end: int, by: Any) -> tuple[Quote, bool]:
    """The quote of this passage without the spaces around it, and whether it is new."""
    if not 0 <= start < end <= len(story.text):
        raise DomainError(_("Kies een stuk dat in het verhaal staat."))
    piece = story.text[start:end]
    start, end = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
    if start >= end:
        raise DomainError(_("Kies een stuk met woorden erin."))
    quote, made = Quote.objects.get_or_create(story=story, start=start, end=end, defaults={"made_by": by})
    if made:
        record("quote", quote, by=by, project_id=story.project_id)
    return quote, made


@transaction.atomic
def delete_quote(quote: Quote, *, by: Any) -> None:
    """Gone from every inzicht that used it, too."""
    project_id = quote.story.project_id
    note_step(project_id, Verb.DELETE_QUOTE, kept_quote(quote), by=by)
    record("delete", quote, by=by, project_id=project_id)
    quote.delete()
