"""Every write in this room, one function per verb."""

from stories.actions.judging import (
    hold_story,
    mask_story,
    publish_story,
    read_stories,
    reject_story,
    requeue_story,
)
from stories.actions.photos import forget_originals, process_photo
from stories.actions.quotes import delete_quote, quote_story
from stories.actions.telling import (
    forget_stories,
    story_from_card,
    submit_story,
    withdraw_story,
)

__all__ = [
    "delete_quote",
    "forget_originals",
    "forget_stories",
    "hold_story",
    "mask_story",
    "process_photo",
    "publish_story",
    "quote_story",
    "read_stories",
    "reject_story",
    "requeue_story",
    "story_from_card",
    "submit_story",
    "withdraw_story",
]
