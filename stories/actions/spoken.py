"""A story that somebody speaks: the sound waits in private until a moderator has typed it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.cas import swap
from core.errors import Conflict
from core.records import record
from projects.chapters import Chapter
from projects.models import Project
from stories.actions.hearing import keep_answers
from stories.actions.telling import insert_story, one_of, story_text, takes_stories
from stories.attempts import count_story
from stories.codes import code_for, code_hash, token_hash
from stories.models import Language, Story, StoryAudio
from stories.search import stems_of
from stories.sounds import check_sound, keep_sound
from stories.suspicion import Signs, doubt
from stories.texts import MAX_TEXT, clean_text

State = Story.State


@transaction.atomic
def speak_story(
    project: Project,
    *,
    sound: File[bytes],
    about: str,
    feeling: str,
    place: str = "",
    language: str = Language.NL,
    form_token: str,
    signs: Signs,
    device: str,
    answers: Mapping[str, str] | None = None,
) -> tuple[Story, str]:
    """A story without words yet, and the code to withdraw it. The same form gives the same story again.

    What gives doubt is said to who types it out (`reason_note`), and never refused.
    """
    if not takes_stories(project):
        raise Conflict(_("Dit project neemt nu geen verhalen meer aan."))
    kind = check_sound(sound)
    code, held_note = code_for(form_token), doubt(signs, count_story(device))
    story = Story(
        project=project,
        text="",
        about=one_of(Chapter.values, about, "about"),
        feeling=one_of(Story.Feeling.values, feeling, "feeling"),
        place=clean_text(place)[:120],
        language=one_of(Language.values, language, "language"),
        door=Story.Door.SPOKEN,
        state=State.SPOKEN,
        reason_note=held_note,
        withdraw_hash=code_hash(code),
        form_token=token_hash(form_token),
    )
    earlier = insert_story(story)
    if earlier is not None:
        return earlier, code
    StoryAudio.objects.create(story=story, file=keep_sound(sound), media_type=kind, size=sound.size)
    if answers and not held_note:
        keep_answers(project, answers)
    record("submit", story, by=None)
    return story, code


@transaction.atomic
def type_out(story: Story, *, text: str, by: Any) -> Story:
    """The words of a spoken story, typed by a person; then it waits for a moderator like any other."""
    words = story_text(text, MAX_TEXT)
    story.text = words
    swap(story, {"state": State.SPOKEN}, {"text": words, "stems": stems_of(story), "state": State.SUBMITTED})
    StoryAudio.objects.filter(story=story).update(typed_by=by, typed_at=timezone.now())
    record("type_out", story, by=by)
    return story
