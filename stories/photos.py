"""Photos: what is refused at the door, and how one becomes a new picture without its past."""

from __future__ import annotations

import io
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import pillow_heif
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from core.errors import DomainError
from core.formats import dutch_number

pillow_heif.register_heif_opener()

FORMATS = ["JPEG", "PNG", "WEBP", "HEIF"]
MAX_PIXELS = 60_000_000
LARGE, SMALL = 1600, 320
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
ORIGINALS, PICTURES = "originals", "photos"
ONE_AT_A_TIME = threading.Lock()

# All that the decoders raise on a file that is not what it says.
BROKEN = (
    OSError,
    ValueError,
    TypeError,
    LookupError,
    SyntaxError,
    ArithmeticError,
    RuntimeError,
    struct.error,
    zlib.error,
)
BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Picture:
    """Two JPEGs, at most LARGE and SMALL pixels on the long side; width and height of the large one."""

    large: bytes
    small: bytes
    width: int
    height: int


def private() -> Storage:
    return storages["private"]


def check_photo(file: File[bytes]) -> None:
    """Raises DomainError(field="photo") for what is too big, a bomb, or no photo by its header."""
    limit = settings.MAX_PHOTO_BYTES
    if file.size > limit:
        sizes = {"size": dutch_number(file.size / 1_000_000), "limit": dutch_number(limit / 1_000_000)}
        raise _refusal(
            _("Uw foto is %(size)s MB. Dat is te groot. Kies een foto van hoogstens %(limit)s MB.") % sizes
        )
    file.seek(0)
    with opened(file):
        pass
    file.seek(0)


@contextmanager
def opened(file: Any) -> Iterator[Image.Image]:
    """The image behind a file, header read and pixels counted but nothing decoded yet."""
    try:
        image = Image.open(file, formats=FORMATS)
    except BOMB as bomb:
        raise _refusal(_("Uw foto heeft te veel beeldpunten. Kies een kleinere foto.")) from bomb
    except BROKEN as broken:
        raise _refusal(
            _("Dit bestand is geen foto die wij kunnen openen. Kies een foto (JPEG, PNG, WebP of HEIC).")
        ) from broken
    if image.width * image.height > MAX_PIXELS:
        raise _refusal(_("Uw foto heeft te veel beeldpunten. Kies een kleinere foto."))
    yield image


def _refusal(message: str) -> DomainError:
    return DomainError(message, field="photo")


def shrink(data: bytes) -> Picture:
    """Decode for real, turn upright, and paint into new images: no metadata, no tail. May raise DomainError."""
    with opened(io.BytesIO(data)) as image:
        try:
            image.draft("RGB", (LARGE, LARGE))
            upright = _on_white(ImageOps.exif_transpose(image))
        except (*BROKEN, *BOMB) as broken:
            raise _refusal(_("De foto is beschadigd en kan niet worden gelezen.")) from broken
    large = _fresh(upright, LARGE)
    return Picture(_jpeg(large), _jpeg(_fresh(large, SMALL)), large.width, large.height)


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    layered = image.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(paper, layered).convert("RGB")


def _fresh(image: Image.Image, longest: int) -> Image.Image:
    smaller = image.copy()
    smaller.thumbnail((longest, longest))
    new = Image.new("RGB", smaller.size)
    new.paste(smaller)
    return new


def _jpeg(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=82, optimize=True, progressive=True)
    return file.getvalue()


def picture_name(original: str) -> str:
    """Where the picture of an original goes: the same place at every attempt."""
    return f"{PICTURES}/{PurePosixPath(original).name}.jpg"


def small_name(picture: str) -> str:
    return picture.removesuffix(".jpg") + ".klein.jpg"


def write(name: str, data: bytes) -> None:
    """Save under exactly this name; what a broken-off attempt left is replaced."""
    private().delete(name)
    private().save(name, ContentFile(data))


def erase(*names: str) -> None:
    for name in names:
        if name:
            private().delete(name)
