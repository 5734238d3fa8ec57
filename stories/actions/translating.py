"""The Dutch words beside a story in another language, by somebody with a name."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.cas import swap
from core.errors import Conflict, DomainError
from core.records import record
from stories.models import Language, Story
from stories.search import stems_of
from stories.texts import clean_text

MAX_TRANSLATION = 6000
State = Story.State


@transaction.atomic
def translate_story(story: Story, *, translation: str, translated_by: str, seen: str, by: Any) -> Story:
    """`seen` is the translation somebody started from: the second of two translators is told so.

    An empty translation takes it away. The text of the teller never changes.
    """
    if story.language == Language.NL:
        raise Conflict(_("Dit verhaal is in het Nederlands geschreven."))
    if story.state in (State.REJECTED, State.SPOKEN, State.CARE):
        raise Conflict(_("Dit verhaal kan nu niet vertaald worden."))
    words, name = clean_text(translation), clean_text(translated_by)[:80]
    if len(words) > MAX_TRANSLATION:
        raise DomainError(_("De vertaling is te lang."), field="translation")
    if words and not name:
        raise DomainError(_("Zeg wie dit vertaalde. Die naam staat bij de vertaling."), field="translated_by")
    story.translation, story.translated_by = words, name if words else ""
    changes = {"translation": words, "translated_by": story.translated_by, "stems": stems_of(story)}
    swap(story, {"translation": seen, "text": story.text, "state": story.state}, changes)
    record("translate", story, by=by)
    return story
