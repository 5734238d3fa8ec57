"""Quotes: passages of published stories that an inzicht can rest on."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import Conflict, DomainError
from core.records import record
from stories.models import Quote, Story


@transaction.atomic
def quote_story(story: Story, *, start: int, end: int, by: Any) -> Quote:
    """Characters `start` up to `end` of a published story; the same passage is one quote."""
    current = Story.objects.select_for_update().get(pk=story.pk)
    if not current.is_published:
        raise Conflict(_("Dit verhaal is niet meer openbaar. U kunt er geen citaat uit maken."))
    if not 0 <= start < end <= len(current.text):
        raise DomainError(_("Kies een stuk dat in het verhaal staat."))
    quote, made = Quote.objects.get_or_create(story=current, start=start, end=end)
    if made:
        record("quote", quote, by=by, project_id=current.project_id)
    return quote


@transaction.atomic
def delete_quote(quote: Quote, *, by: Any) -> None:
    """Gone from every inzicht that used it, too."""
    record("delete", quote, by=by, project_id=quote.story.project_id)
    quote.delete()
