"""From the original that waits in private to a picture without a past."""

from __future__ import annotations

import secrets
from datetime import datetime
from functools import partial

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.jobs import request_job
from core.models import Job
from core.records import record
from stories import photos
from stories.actions.counting import note_run
from stories.models import Story, StoryPhoto
from stories.photos import Picture
from stories.retention import RULES

ORIGINAL = "foto_origineel"


@transaction.atomic
def add_photo(story: Story, file: File[bytes], caption: str) -> StoryPhoto:
    photos.check_photo(file)
    name = photos.private().save(f"{photos.ORIGINALS}/{secrets.token_hex(16)}", file)
    job = request_job("stories.process_photo")
    return StoryPhoto.objects.create(story=story, job=job, original=name, caption=caption)


def process_photo(job: Job) -> None:
    """Make the picture of the photo that waits for this job; its original is gone afterwards.

    Nothing to do when the story was withdrawn meanwhile. Raises DomainError for a broken file.
    """
    photo = StoryPhoto.objects.filter(job=job).exclude(original="").select_related("story").first()
    if photo is None:
        return
    try:
        with photos.ONE_AT_A_TIME:
            keep_picture(photo, photos.shrink(_original_of(photo)))
    finally:
        _forget_original(photo)


def _original_of(photo: StoryPhoto) -> bytes:
    try:
        with photos.private().open(photo.original) as file:
            data: bytes = file.read()
    except FileNotFoundError as gone:
        raise DomainError(_("De foto is er niet meer.")) from gone
    return data


def keep_picture(photo: StoryPhoto, picture: Picture) -> None:
    name = photos.picture_name(photo.original)
    photos.write(name, picture.large)
    photos.write(photos.small_name(name), picture.small)
    with transaction.atomic():
        waiting = StoryPhoto.objects.filter(pk=photo.pk, original=photo.original)
        if waiting.update(image=name, width=picture.width, height=picture.height):
            record("process", photo, by=None, project_id=photo.story.project_id)
        else:
            photos.erase(name, photos.small_name(name))


def _forget_original(photo: StoryPhoto) -> None:
    photos.erase(photo.original)
    StoryPhoto.objects.filter(pk=photo.pk, original=photo.original).update(original="")


def erase_files(photo: StoryPhoto) -> None:
    """After commit: every file of this photo, also one that a worker is still to write."""
    picture = photo.image or photos.picture_name(photo.original)
    names = (photo.original, picture, photos.small_name(picture))
    transaction.on_commit(partial(photos.erase, *names))


def forget_originals() -> int:
    """Delete originals older than one hour, and photos that were never processed. How many went."""
    now = timezone.now()
    limit = RULES[ORIGINAL].period.before(now)
    late = StoryPhoto.objects.filter(created_at__lt=limit)
    gone = 0
    for photo in late.exclude(original="").select_related("story"):
        _forget_original(photo)
        note_run(photo.story.project_id, ORIGINAL, 1, now)
        gone += 1
    late.filter(image="", original="").delete()
    return gone + _sweep(limit)


def _sweep(limit: datetime) -> int:
    """Files without a row: their transaction was rolled back."""
    storage = photos.private()
    try:
        _folders, names = storage.listdir(photos.ORIGINALS)
    except FileNotFoundError:
        return 0
    paths = [f"{photos.ORIGINALS}/{name}" for name in names]
    old = [path for path in paths if storage.get_modified_time(path) < limit]
    photos.erase(*old)
    return len(old)
