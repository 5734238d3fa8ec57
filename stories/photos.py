"""Photos of stories: what is refused at the door in words for a resident, and where they are kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from core import pictures
from core.errors import DomainError
from core.formats import dutch_number
from core.pictures import (
    MAX_PIXELS,
    ONE_AT_A_TIME,
    BadPicture,
    Fault,
    Picture,
    erase,
    private,
    small_name,
    write,
)

__all__ = [
    "MAX_PIXELS",
    "ONE_AT_A_TIME",
    "ORIGINALS",
    "Picture",
    "check_photo",
    "erase",
    "picture_name",
    "private",
    "shrink",
    "small_name",
    "write",
]

LARGE = 1600
ORIGINALS, PICTURES = "originals", "photos"


def check_photo(file: File[bytes]) -> None:
    """Raises DomainError(field="photo") for what is too big, a bomb, or no photo by its header."""
    limit = settings.MAX_PHOTO_BYTES
    if file.size > limit:
        sizes = {"size": dutch_number(file.size / 1_000_000), "limit": dutch_number(limit / 1_000_000)}
        raise _refusal(
            _("Uw foto is %(size)s MB. Dat is te groot. Kies een foto van hoogstens %(limit)s MB.") % sizes
        )
    file.seek(0)
    with _in_words(), pictures.opened(file, MAX_PIXELS):
        pass
    file.seek(0)


def shrink(data: bytes) -> Picture:
    """A new picture without the past of the old one. May raise DomainError."""
    with _in_words():
        return pictures.shrink(data, LARGE)


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except BadPicture as bad:
        raise _refusal(_words_for(bad.fault)) from bad


def _words_for(fault: Fault) -> str:
    match fault:
        case Fault.TOO_MANY_PIXELS:
            return _("Uw foto heeft te veel beeldpunten. Kies een kleinere foto.")
        case Fault.NO_PICTURE:
            return _(
                "Dit bestand is geen foto die wij kunnen openen. Kies een foto (JPEG, PNG, WebP of HEIC)."
            )
        case Fault.DAMAGED:
            return _("De foto is beschadigd en kan niet worden gelezen.")


def _refusal(message: str) -> DomainError:
    return DomainError(message, field="photo")


def picture_name(original: str) -> str:
    """Where the picture of an original goes: the same place at every attempt."""
    return f"{PICTURES}/{PurePosixPath(original).name}.jpg"
