"""Every write in this room, one function per verb."""

from stories.actions.appearing import note_appearances
from stories.actions.files import forget_files, render_file, request_file
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
    "forget_files",
    "forget_originals",
    "forget_stories",
    "hold_story",
    "mask_story",
    "note_appearances",
    "process_photo",
    "publish_story",
    "quote_story",
    "read_stories",
    "reject_story",
    "render_file",
    "request_file",
    "requeue_story",
    "story_from_card",
    "submit_story",
    "withdraw_story",
]
