"""Spoken stories: what is refused at the door in words for a resident, and where the sound waits."""

from __future__ import annotations

import secrets
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import storages
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.formats import dutch_number

FOLDER = "sounds"
HEAD = 12
MINUTES = 10  # what the recorder of the page stops at


def media_type(head: bytes) -> str:
    """What the first bytes say it is; empty for what no browser plays. Names of files are not believed."""
    if head[:4] == b"\x1aE\xdf\xa3":
        return "audio/webm"
    if head[:4] == b"OggS":
        return "audio/ogg"
    if head[4:8] == b"ftyp":
        return "audio/mp4"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[:2] in (b"\xff\xf1", b"\xff\xf9"):
        return "audio/aac"
    if head[:3] == b"ID3" or (head[:1] == b"\xff" and head[1:2] > b"\xe0"):
        return "audio/mpeg"
    return ""


def check_sound(file: File[bytes]) -> str:
    """Its media type. Raises DomainError(field="sound") for what is empty, too big, or no sound."""
    limit = settings.MAX_SOUND_BYTES
    if file.size > limit:
        sizes = {"size": dutch_number(file.size / 1_000_000), "limit": dutch_number(limit / 1_000_000)}
        text = _("Uw opname is %(size)s MB. Dat is te groot. Hij mag hoogstens %(limit)s MB zijn.")
        raise DomainError(text % sizes, field="sound")
    file.seek(0)
    kind = media_type(file.read(HEAD))
    file.seek(0)
    if not kind:
        text = _("Dit bestand is geen geluid dat wij kunnen afspelen. Kies een opname van uw telefoon.")
        raise DomainError(text, field="sound")
    return kind


def keep_sound(file: File[bytes]) -> str:
    """The name under which it waits in the private folder: nothing of the name it had is left."""
    return str(storages["private"].save(str(PurePosixPath(FOLDER, secrets.token_hex(16))), file))
