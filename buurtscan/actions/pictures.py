"""Pictures of maps made elsewhere: taken in, cleaned by a job, taken away with all their files."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtscan.models import ScanPicture
from core import pictures
from core.cas import swap
from core.errors import Conflict, DomainError
from core.formats import dutch_number
from core.jobs import request_job
from core.models import Job
from core.pictures import BadPicture, Fault, Picture
from core.private import files_in
from core.records import record
from projects.models import Project, User

TASK = "buurtscan.process_picture"
ORIGINALS, PICTURES = "scan_originals", "scan_pictures"
LARGE = 2400  # readable on a projector
ORIGINALS_LIVE = timedelta(hours=1)


@transaction.atomic
def add_picture(project: Project, *, file: File[bytes], by: User | None, **fields: Any) -> ScanPicture:
    """`fields`: chapter, title, alt, source_note, visibility. Raises DomainError(field="file")."""
    check_picture(file)
    name = pictures.private().save(f"{ORIGINALS}/{secrets.token_hex(16)}", file)
    job = request_job(TASK)
    picture = ScanPicture.objects.create(project=project, job=job, original=name, added_by=by, **fields)
    record("add_picture", picture, by=by)
    return picture


def check_picture(file: File[bytes]) -> None:
    limit = settings.MAX_PHOTO_BYTES
    if file.size > limit:
        sizes = {"size": dutch_number(file.size / 1_000_000), "limit": dutch_number(limit / 1_000_000)}
        raise DomainError(
            _("Uw plaatje is %(size)s MB. Dat is te groot. Het mag hoogstens %(limit)s MB zijn.") % sizes,
            "file",
        )
    file.seek(0)
    try:
        with pictures.opened(file):
            pass
    except BadPicture as bad:
        raise DomainError(words_for(bad.fault), "file") from bad
    file.seek(0)


def words_for(fault: Fault) -> str:
    match fault:
        case Fault.TOO_MANY_PIXELS:
            return _("Dit plaatje heeft te veel beeldpunten. Kies een kleiner plaatje.")
        case Fault.NO_PICTURE:
            return _("Dit is geen plaatje dat wij kunnen openen. Kies een JPEG, PNG of WebP.")
        case Fault.DAMAGED:
            return _("Het plaatje is beschadigd en kan niet worden gelezen.")


def process_picture(job: Job) -> None:
    """Make the clean picture; the original is gone afterwards, also of a broken file.

    Nothing to do when the picture was taken away meanwhile. Raises DomainError for a broken file.
    """
    picture = ScanPicture.objects.filter(job=job).exclude(original="").first()
    if picture is None:
        return
    try:
        with pictures.ONE_AT_A_TIME:
            keep_picture(picture, pictures.shrink(original_of(picture), LARGE))
    except BadPicture as bad:
        raise DomainError(words_for(bad.fault)) from bad
    finally:
        forget_original(picture)


def original_of(picture: ScanPicture) -> bytes:
    try:
        with pictures.private().open(picture.original) as file:
            return bytes(file.read())
    except FileNotFoundError as gone:
        raise DomainError(_("Het plaatje is er niet meer.")) from gone


def picture_name(original: str) -> str:
    """The same place at every attempt."""
    return f"{PICTURES}/{PurePosixPath(original).name}.jpg"


def keep_picture(picture: ScanPicture, clean: Picture) -> None:
    name = picture_name(picture.original)
    pictures.write(name, clean.large)
    pictures.write(pictures.small_name(name), clean.small)
    with transaction.atomic():
        waiting = ScanPicture.objects.filter(pk=picture.pk, original=picture.original)
        if waiting.update(file=name):
            record("process_picture", picture, by=None)
        else:
            pictures.erase(name, pictures.small_name(name))


def forget_original(picture: ScanPicture) -> None:
    pictures.erase(picture.original)
    ScanPicture.objects.filter(pk=picture.pk, original=picture.original).update(original="")


SAID = ("chapter", "title", "alt", "source_note", "visibility")


def mark_of(picture: ScanPicture) -> str:
    """What the words of a picture are now, in short: a form carries it to see whether they changed."""
    words = "\0".join(str(getattr(picture, name)) for name in SAID)
    return hashlib.sha256(words.encode()).hexdigest()


@transaction.atomic
def edit_picture(picture: ScanPicture, *, mark: str, by: User | None, **fields: Any) -> ScanPicture:
    """`fields`: chapter, title, alt, source_note, visibility. Raises Conflict when the words changed since `mark`."""
    if mark != mark_of(picture):
        raise Conflict(_("Iemand anders was u voor. Bekijk wat er nu staat en probeer het opnieuw."))
    swap(picture, {name: getattr(picture, name) for name in SAID}, fields)
    record("edit_picture", picture, by=by)
    return picture


@transaction.atomic
def delete_picture(picture: ScanPicture, *, by: User | None) -> None:
    """With every file, also one that a worker is still to write."""
    name = picture.file or picture_name(picture.original)
    record("delete_picture", picture, by=by)
    picture.delete()
    transaction.on_commit(partial(pictures.erase, picture.original, name, pictures.small_name(name)))


def forget_scan_originals() -> int:
    """Originals older than an hour: of a job that was given up, or of a transaction that was. How many went."""
    limit = timezone.now() - ORIGINALS_LIVE
    late = list(ScanPicture.objects.filter(created_at__lt=limit).exclude(original=""))
    for picture in late:
        forget_original(picture)
    return len(late) + sweep(limit)


def sweep(limit: datetime) -> int:
    storage = pictures.private()
    old = [path for path in files_in(ORIGINALS) if storage.get_modified_time(path) < limit]
    pictures.erase(*old)
    return len(old)
