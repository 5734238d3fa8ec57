"""Every write in this room, one function per verb."""

from stories.actions.appearing import note_appearances
from stories.actions.care import close_care, raise_care, return_from_care
from stories.actions.claiming import next_story, release_story
from stories.actions.coding import code_passage, code_quote
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
from stories.actions.themes import add_theme, delete_theme, edit_theme, merge_themes, split_theme
from stories.actions.undoing import undo_step
from stories.actions.withdrawing import see_withdrawal, withdraw_story

__all__ = [
    "add_theme",
    "close_care",
    "code_passage",
    "code_quote",
    "delete_quote",
    "delete_theme",
    "edit_theme",
    "forget_files",
    "forget_originals",
    "hold_story",
    "judge_photo",
    "judge_stories",
    "keep_retention",
    "mark_sensitive",
    "mask_story",
    "merge_themes",
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
    "split_theme",
    "story_from_card",
    "submit_story",
    "undo_step",
    "unmark_sensitive",
    "withdraw_story",
]
