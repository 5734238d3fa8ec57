"""A story goes again: because its teller wants it, or because its time is up."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.cas import swap
from core.errors import DomainError
from core.formats import dutch_date
from core.private import forget_file
from core.records import record
from stories.actions.files import forget_files_with
from stories.actions.photos import erase_files
from stories.codes import code_hash
from stories.models import Appearance, Story, StoryAudio, Withdrawal


def find_by_code(code: str) -> Story:
    """The story behind a withdraw code. Raises DomainError(field="code")."""
    story = Story.objects.select_related("project", "photo").filter(withdraw_hash=code_hash(code)).first()
    if story is None:
        raise DomainError(
            _("Wij kennen deze code niet. Kijk of u alle letters en cijfers goed overnam."), field="code"
        )
    return story


def handed_out(story: Story) -> list[str]:
    """Where it stands outside our reach: "verhalenboekje (PDF) “Onze buurt”, 12 december 2026"."""
    return [f"{one.where}, {dutch_date(one.on)}" for one in Appearance.objects.filter(story=story)]


@transaction.atomic
def withdraw_story(code: str) -> list[str]:
    """The story, its photo, its quotes and every file with it are gone. Gives where it was handed out.

    The kernteam is told where, and nothing of the story. Raises DomainError for an unknown code.
    """
    story = find_by_code(code)
    where = handed_out(story)
    record("withdraw", story, by=None)
    if where:
        Withdrawal.objects.create(project=story.project, where=where)
    forget_files_with(story.project, [story.pk])
    erase_stories(Story.objects.filter(pk=story.pk))
    return where


def erase_stories(stories: QuerySet[Story]) -> None:
    """The rows with all that hangs on them, and after commit their photos and sounds."""
    sounds = StoryAudio.objects.filter(story__in=stories).exclude(file="")
    for name in list(sounds.values_list("file", flat=True)):
        transaction.on_commit(partial(forget_file, name))
    for story in stories.select_related("photo"):
        if hasattr(story, "photo"):
            erase_files(story.photo)
    stories.delete()


@transaction.atomic
def see_withdrawal(notice: Withdrawal, *, by: Any) -> Withdrawal:
    """Somebody of the kernteam did what could be done about it."""
    swap(notice, {"seen": False}, {"seen": True})
    record("see_withdrawal", notice, by=by)
    return notice
