"""Pictures from outside: what is refused at the door, and how one becomes a new picture without its past."""

from __future__ import annotations

import io
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import pillow_heif
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from PIL import Image, ImageOps

pillow_heif.register_heif_opener()

FORMATS = ["JPEG", "PNG", "WEBP", "HEIF"]
MAX_PIXELS = 60_000_000
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
SMALL = 320
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


class Fault(Enum):
    TOO_MANY_PIXELS = auto()
    NO_PICTURE = auto()
    DAMAGED = auto()


class BadPicture(Exception):
    """A file that cannot become a picture; each room has its own words for the fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.name)
        self.fault = fault


@dataclass(frozen=True)
class Picture:
    """Two JPEGs, a large and a SMALL one; width and height of the large one."""

    large: bytes
    small: bytes
    width: int
    height: int


@contextmanager
def opened(file: Any, max_pixels: int = MAX_PIXELS) -> Iterator[Image.Image]:
    """The image behind a file, header read and pixels counted but nothing decoded yet."""
    try:
        image = Image.open(file, formats=FORMATS)
    except BOMB as bomb:
        raise BadPicture(Fault.TOO_MANY_PIXELS) from bomb
    except BROKEN as broken:
        raise BadPicture(Fault.NO_PICTURE) from broken
    if image.width * image.height > max_pixels:
        raise BadPicture(Fault.TOO_MANY_PIXELS)
    yield image


def shrink(data: bytes, longest: int) -> Picture:
    """Decode for real, turn upright, and paint into new images: no metadata, no tail. Raises BadPicture."""
    with opened(io.BytesIO(data)) as image:
        try:
            image.draft("RGB", (longest, longest))
            upright = _on_white(ImageOps.exif_transpose(image))
        except (*BROKEN, *BOMB) as broken:
            raise BadPicture(Fault.DAMAGED) from broken
    large = _fresh(upright, longest)
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


# --- where they are kept: a folder that no address leads to ------------------------------
def private() -> Storage:
    return storages["private"]


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
