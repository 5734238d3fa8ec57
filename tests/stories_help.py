"""What the tests of stories share: filling in the form, and files that are not what they seem."""

import io
import re
import struct
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from projects.models import Project

SECONDS_LATER = 20


def form_address(project: Project) -> str:
    return f"/buurt/{project.slug}/vertel/nl/"


def token_in(response: Any) -> str:
    found = re.search(r'name="form_token" value="([^"]*)"', response.content.decode())
    assert found
    return found.group(1)


def answers(**changes: Any) -> dict[str, Any]:
    return {
        "text": "Het plein is donker na zes uur.",
        "about": "leefomgeving",
        "feeling": "slecht",
        "consent": "on",
        **changes,
    }


def tell(client: Client, project: Project, *, token: str | None = None, **changes: Any) -> Any:
    """Open the form and send it; None as a change leaves a field out."""
    address = form_address(project)
    token = token_in(client.get(address)) if token is None else token
    data = {**answers(form_token=token), **changes}
    return client.post(address, {name: value for name, value in data.items() if value is not None})


def code_on(response: Any) -> str:
    found = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", response.content.decode())
    assert found
    return found.group()


def upload(data: bytes, name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def jpeg(size: tuple[int, int] = (640, 480), **options: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, "JPEG", **options)
    return file.getvalue()


def jpeg_with_gps(orientation: int = 6) -> bytes:
    """As a phone makes it: place, maker and orientation in EXIF, and XMP."""
    exif = Image.Exif()
    exif[0x010F] = "GEHEIME-MAKER"
    exif[0x0112] = orientation
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (52.0, 3.0, 12.34)
    gps[3], gps[4] = "E", (4.0, 17.0, 56.78)
    return jpeg((640, 480), exif=exif, xmp=b"<x:xmpmeta>GEHEIM-XMP</x:xmpmeta>", comment=b"GEHEIM-COMMENT")


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it is 60,000 by 60,000."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    body = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IEND", b"")
