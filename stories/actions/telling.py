"""A story comes in, and goes again when its teller wants it or its time is up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Conflict, DomainError
from core.formats import dutch_number
from core.locks import in_line
from core.records import record
from projects.chapters import Chapter
from projects.models import Project
from stories.actions.hearing import keep_answers
from stories.actions.photos import add_photo
from stories.attempts import count_story
from stories.codes import code_for, code_hash, new_code, token_hash
from stories.models import Buurtwandeling, Language, Place, Story, Verhalenavond
from stories.photos import check_photo
from stories.search import stems_of, stems_of_text
from stories.squares import Point, middle_of_square
from stories.suspicion import Signs, doubt
from stories.texts import MAX_CARD, MAX_TEXT, clean_text

MAX_CHANGE = 1000
CLOSED = (Project.State.GESTOPT, Project.State.AFGESLOTEN)
PUBLIC_DOORS = (Story.Door.FORM, Story.Door.PHOTO, Story.Door.SPOKEN)


def takes_stories(project: Project, door: str = Story.Door.FORM) -> bool:
    """The public form can be closed; a stopped or closed project takes no stories by any door."""
    return project.state not in CLOSED and (project.stories_open or door not in PUBLIC_DOORS)


@transaction.atomic
def submit_story(
    project: Project,
    *,
    text: str,
    about: str,
    feeling: str,
    frequency: str = "",
    change: str = "",
    place: str = "",
    spot: Place | None = None,
    point: Point | None = None,
    language: str = Language.NL,
    door: str = Story.Door.FORM,
    form_token: str = "",
    photo: File[bytes] | None = None,
    caption: str = "",
    held_note: str = "",
    answers: Mapping[str, str] | None = None,
    told_on: date | None = None,
    evening: Verhalenavond | None = None,
    walk: Buurtwandeling | None = None,
    by: Any = None,
) -> tuple[Story, str]:
    """A new story that waits for a moderator, and the code to withdraw it: shown once, kept as a hash.

    The same form (`form_token`) with the same text gives the same story and code again; with another
    text it raises Conflict. `held_note` sets the story apart, with the reason why. Of `point` only the
    square is kept; it is left out where `spot`, a place of this project, says it better. `by` entered it
    for its teller.
    """
    if not takes_stories(project, door):
        raise Conflict(
            _("Dit project neemt nu geen verhalen meer aan. Kopieer uw tekst als u die wilt houden.")
        )
    if photo is not None:
        check_photo(photo)
    code = code_for(form_token) if form_token else new_code()
    story = Story(
        project=project,
        text=story_text(text, MAX_TEXT),
        about=one_of(Chapter.values, about, "about"),
        feeling=one_of(Story.Feeling.values, feeling, "feeling"),
        frequency=one_of(["", *Story.Frequency.values], frequency, "frequency"),
        change=short_text(change, MAX_CHANGE, "change"),
        language=one_of(Language.values, language, "language"),
        door=door,
        told_on=told_on or timezone.localdate(),
        evening=evening,
        walk=walk,
        walk_stop=walk.next_stop() if walk else 0,
        entered_by=by,
        **where(project, place, spot, point),
        state=Story.State.HELD if held_note else Story.State.SUBMITTED,
        reason_note=held_note,
        withdraw_hash=code_hash(code),
        form_token=token_hash(form_token) if form_token else "",
    )
    story.stems = stems_of(story)
    earlier = insert_story(story)
    if earlier is not None:
        return earlier, code
    if photo is not None:
        add_photo(story, photo, clean_text(caption)[:200])
    if answers and not held_note:  # what a machine ticks can never be taken out of the counts again
        keep_answers(project, answers)
    record("submit", story, by=by)
    return story, code


def receive_story(project: Project, *, signs: Signs, device: str, **fields: Any) -> tuple[Story, str]:
    """A story of the public form. What gives doubt is set apart with the reason, and never refused."""
    with in_line():
        return submit_story(project, held_note=doubt(signs, count_story(device)), **fields)


def insert_story(story: Story) -> Story | None:
    """None when it is new; the earlier story when this form was sent before."""
    try:
        with transaction.atomic():
            story.save(force_insert=True)
    except IntegrityError:
        earlier = Story.objects.of(story.project).filter(form_token=story.form_token).first()
        if earlier is not None and earlier.text == story.text:
            return earlier
        raise Conflict(
            _(
                "Met dit formulier stuurde u al een verhaal. Wilt u dit ook vertellen, als een tweede "
                "verhaal? Druk dan nog een keer op Versturen."
            )
        ) from None
    return None


def story_text(text: str, limit: int) -> str:
    """The text as it is kept. Raises DomainError when it is empty or longer than `limit` characters."""
    cleaned = clean_text(text)
    if not cleaned:
        raise DomainError(_("Schrijf eerst uw verhaal."), field="text")
    if len(cleaned) > limit:
        sizes = {"length": dutch_number(len(cleaned)), "limit": dutch_number(limit)}
        raise DomainError(
            _("Uw verhaal is te lang: het heeft %(length)s tekens. Er passen %(limit)s tekens in.") % sizes,
            field="text",
        )
    return cleaned


def short_text(text: str, limit: int, field: str) -> str:
    """The text as it is kept, which may be empty. Raises DomainError when it is too long."""
    cleaned = clean_text(text)
    if len(cleaned) > limit:
        sizes = {"length": dutch_number(len(cleaned)), "limit": dutch_number(limit)}
        raise DomainError(
            _("Dit is te lang: het heeft %(length)s tekens. Er passen %(limit)s tekens in.") % sizes,
            field=field,
        )
    return cleaned


def where(project: Project, place: str, spot: Place | None, point: Point | None) -> dict[str, Any]:
    """The words, the chosen place and the square, as fields of a story. A chosen place lends its name."""
    words = clean_text(place)[:120]
    if spot is not None:
        if spot.project_id != project.pk:
            raise DomainError(_("Deze plek staat niet meer in de lijst."), field="spot")
        return {"spot": spot, "place": words or spot.name}
    square = middle_of_square(point) if point else None
    return {"place": words, "lat": square and square.lat, "lon": square and square.lon}


def one_of(values: list[str], value: str, field: str) -> str:
    if value not in values:
        raise DomainError(_("Kies een van de antwoorden."), field=field)
    return value


@transaction.atomic
def story_from_card(project: Project, *, text: str, about: str, by: Any) -> Story:
    """A card of a wijkwerksessie that its facilitator publishes; 1 to 280 characters."""
    words = story_text(text, MAX_CARD)
    story = Story.objects.create(
        project=project,
        text=words,
        stems=stems_of_text(words),
        about=one_of(Chapter.values, about, "about"),
        door=Story.Door.SESSION,
        state=Story.State.PUBLISHED,
    )
    record("publish", story, by=by)
    return story
