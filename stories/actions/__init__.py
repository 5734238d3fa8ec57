"""Every write in this room, one function per verb."""

from stories.actions.appearing import note_appearances
from stories.actions.care import close_care, raise_care, return_from_care
from stories.actions.claiming import next_story, release_story
from stories.actions.faces import judge_photo
from stories.actions.files import forget_files, request_file
from stories.actions.judging import (
    hold_story,
    judge_stories,
    mark_sensitive,
    publish_story,
    read_stories,
    reject_story,
    requeue_story,
    unmark_sensitive,
)
from stories.actions.keeping import keep_retention
from stories.actions.masking import mask_story, restore_story
from stories.actions.photos import forget_originals, process_photo
from stories.actions.quotes import delete_quote, quote_story
from stories.actions.rendering import render_file
from stories.actions.telling import (
    story_from_card,
    submit_story,
)
from stories.actions.withdrawing import see_withdrawal, withdraw_story

__all__ = [
    "close_care",
    "delete_quote",
    "forget_files",
    "forget_originals",
    "hold_story",
    "judge_photo",
    "judge_stories",
    "keep_retention",
    "mark_sensitive",
    "mask_story",
    "next_story",
    "note_appearances",
    "process_photo",
    "publish_story",
    "quote_story",
    "raise_care",
    "read_stories",
    "reject_story",
    "release_story",
    "render_file",
    "request_file",
    "requeue_story",
    "restore_story",
    "return_from_care",
    "see_withdrawal",
    "story_from_card",
    "submit_story",
    "unmark_sensitive",
    "withdraw_story",
]
