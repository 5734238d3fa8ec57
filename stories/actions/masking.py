"""Leaving words out of a story, and putting them back as long as they are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from core.errors import Conflict, DomainError
from core.records import record
from stories.actions.judging import OPEN, WAITING, step
from stories.models import MaskedOriginal, Quote, Story, StoryPhoto
from stories.personal import Masked, mask
from stories.search import stems_of_text

OUT_OF_THE_WAY = 1_000_000  # beyond every text, so that moving quotes never meet
LONGEST = {"text": None, "place": 120, "change": None, "translation": None, "caption": 200}


def texts_of(story: Story) -> dict[str, str]:
    """Every text of a story in which somebody can be named, by field; the caption is that of the photo."""
    caption = story.photo.caption if hasattr(story, "photo") else ""
    own = {name: getattr(story, name) for name in LONGEST if name != "caption"}
    return {**own, "caption": caption}


@transaction.atomic
def mask_story(story: Story, *, words: list[str], by: Any, seen: str = "") -> Story:
    """Leave words out of every text of the story; what stood there is kept for moderators, for a time.

    Quotes keep their passage. Raises DomainError(field="words") for words that are not there.
    """
    before = texts_of(story)
    masked = {name: mask(text, words) for name, text in before.items()}
    _check_words(words, before)
    _write(story, seen, before, {name: one.text[: LONGEST[name]] for name, one in masked.items()}, by)
    gaps = {name: one.gaps for name, one in masked.items() if one.gaps}
    MaskedOriginal.objects.create(story=story, gaps=gaps, masked_by_id=getattr(by, "pk", None), **before)
    _move_quotes(story, masked["text"].moved, masked["text"].moved_end)
    record("mask", story, by=by)
    return story


@transaction.atomic
def restore_story(story: Story, *, by: Any, seen: str = "") -> Story:
    """Put back what was left out last. A text that changed meanwhile stays as it is."""
    original = story.originals.first()
    if original is None:
        raise Conflict(_("Wat is weggelaten, is al gewist of al teruggezet."))
    if (seen or story.state) not in OPEN:
        raise Conflict(_("Houd dit verhaal eerst aan. Dan kunt u de woorden terugzetten."))
    current = texts_of(story)
    old = {name: Masked.of(getattr(original, name), gaps) for name, gaps in original.gaps.items()}
    same = [name for name, one in old.items() if one.text[: LONGEST[name]] == current[name]]
    if not same:
        raise Conflict(_("De tekst is daarna veranderd. De woorden kunnen niet meer terug."))
    _write(story, seen, current, {**current, **{name: getattr(original, name) for name in same}}, by)
    if "text" in same:
        _move_quotes(story, old["text"].moved_back, old["text"].moved_back_end)
    original.delete()
    record("restore", story, by=by)
    return story


def _write(story: Story, seen: str, before: dict[str, str], after: dict[str, str], by: Any) -> None:
    own = [name for name in before if name != "caption"]
    unchanged = Q(**{name: before[name] for name in own})
    texts = {name: after[name] for name in own}
    stems = stems_of_text(texts["text"], texts["translation"], texts["change"], texts["place"])
    step(story, seen, WAITING, by=by, only=unchanged, stems=stems, **texts)
    if hasattr(story, "photo"):
        StoryPhoto.objects.filter(pk=story.photo.pk).update(caption=after["caption"])
        story.photo.caption = after["caption"]


def _check_words(words: list[str], texts: dict[str, str]) -> None:
    missing = [word for word in words if not any(mask(text, [word]).gaps for text in texts.values())]
    if missing or not words:
        text = _("Dit staat niet in het verhaal: %(words)s. Neem de woorden precies over.")
        raise DomainError(text % {"words": ", ".join(missing)}, field="words")


def _move_quotes(story: Story, start_of: Callable[[int], int], end_of: Callable[[int], int]) -> None:
    """Quotes that became the same passage are one quote: the first is kept."""
    places: dict[tuple[int, int], int] = {}
    for quote in story.quotes.all():
        places.setdefault((start_of(quote.start), end_of(quote.end)), quote.pk)
    story.quotes.exclude(pk__in=places.values()).delete()
    story.quotes.update(start=F("start") + OUT_OF_THE_WAY, end=F("end") + OUT_OF_THE_WAY)
    for (start, end), pk in places.items():
        Quote.objects.filter(pk=pk).update(start=start, end=end)
