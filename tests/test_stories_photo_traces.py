"""The photo of a phone: of the place where it was made no trace is left in any stored byte or row."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from core.models import Job
from stories.models import StoryPhoto
from tests.stories_help import tell, upload

pytestmark = pytest.mark.django_db(transaction=True)
NORTH, EAST = (52, 3, 12.34), (4, 17, 56.78)
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>52,3.20567N</exif:GPSLatitude>'
    b"<exif:GPSLongitude>4,17.94633E</exif:GPSLongitude>GEHEIM-XMP</x:xmpmeta>"
)
# The rationals of 12.34 and 56.78 seconds in both orders of bytes, the words, and the marks of each container.
NUMBERS = [
    struct.pack(order + "II", top, bottom) for order in "<>" for top, bottom in ((617, 50), (2839, 50))
]
WORDS = [b"GEHEIM", b"52,3.20", b"4,17.94", b"52.053", b"4.299", b"GPS"]
CONTAINERS = [
    b"Exif",
    b"eXIf",
    b"EXIF",
    b"XMP",
    b"xmpmeta",
    b"http://ns.adobe.com",
    b"ICC_PROFILE",
    b"iCCP",
    b"tEXt",
    b"iTXt",
]


def exif() -> Image.Exif:
    made = Image.Exif()
    made[0x010F] = "GEHEIME-MAKER"
    made[0x9286] = "GEHEIM-COMMENT"
    made[0x8825] = {1: "N", 2: NORTH, 3: "E", 4: EAST}
    return made


def profile() -> bytes:
    made: bytes = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made + b"GEHEIM-ICC"


def with_thumbnail(jpeg: bytes) -> bytes:
    """An APP1 segment more, as phones write it: a small JPEG that has GPS itself."""
    body = b"JFXX\0\x10" + jpeg[:2000] + b"GEHEIM-THUMBNAIL"
    return jpeg[:2] + b"\xff\xe0" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def photo(kind: str) -> bytes:
    file = io.BytesIO()
    image = Image.effect_noise((300, 200), 80).convert("RGB")
    options: dict[str, Any] = {"exif": exif().tobytes(), "icc_profile": profile()}
    if kind == "PNG":
        info = PngInfo()
        info.add_text("Comment", "GEHEIM 52.0534 4.2991")
        info.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options["pnginfo"] = info
    else:
        options["xmp"] = XMP
    if kind == "JPEG":
        options["comment"] = b"GEHEIM 52.0534 4.2991"
    if kind == "HEIF":
        pillow_heif.register_heif_opener()
    image.save(file, kind, **options)
    data = file.getvalue()
    data = with_thumbnail(data) if kind == "JPEG" else data
    return data + b"GEHEIM-TAIL 52.0534"


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path) -> Path:
    """All that can be written lies in one folder; uploads go through the disk, as large ones do."""
    for name in ("private", "media", "uploads"):
        (tmp_path / name).mkdir()
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "uploads")
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    private = {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path / "private"}}
    settings.STORAGES = {**settings.STORAGES, "private": private}
    return tmp_path


def every_file(*folders: Path) -> dict[str, bytes]:
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {
        str(path): path.read_bytes()
        for path in found
        if "sqlite3" not in path.name and path.suffix != ".woff2"
    }


def every_row() -> bytes:
    """Every cell of every table, as text and as bytes."""
    cells: list[bytes] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            for row in cursor.fetchall():
                cells += [
                    bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                    for cell in row
                ]
    return b"\n".join(cells)


def traces(data: bytes, wanted: list[bytes]) -> list[bytes]:
    return [trace for trace in wanted if trace in data]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_no_byte_and_no_row_knows_where_a_photo_was_made(
    client: Client, project: Any, folders: Path, kind: str
) -> None:
    data = photo(kind)
    assert traces(data, NUMBERS), "the photo itself must have its place, else this test says nothing"
    assert b"GEHEIM" in data
    response = tell(
        client, project, photo=upload(data, f"IMG_52.0534_4.2991.{kind.lower()}"), caption="Het plein"
    )
    assert response.status_code == 302
    made = StoryPhoto.objects.get()
    assert (made.job.state, made.original) == (Job.State.DONE, "")
    files = every_file(folders)
    assert sorted(Path(name).suffixes[-1] for name in files) == [".jpg", ".jpg"]
    for name, stored in files.items():
        assert traces(stored, [*NUMBERS, *WORDS, *CONTAINERS]) == [], name
        image = Image.open(io.BytesIO(stored))
        assert not image.getexif()
        assert set(image.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
    assert traces(every_row(), [*NUMBERS, *WORDS[:5]]) == []
    elsewhere = every_file(Path(django_settings.DATA_DIR))
    assert {
        name: traces(stored, [b"GEHEIM", *NUMBERS])
        for name, stored in elsewhere.items()
        if traces(stored, [b"GEHEIM", *NUMBERS])
    } == {}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_while_a_photo_waits_only_its_original_knows(
    client: Client, project: Any, folders: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.jobs.send", lambda job_id, task: None)
    tell(client, project, photo=upload(photo(kind)))
    original = StoryPhoto.objects.get().original
    knowing = [name for name, stored in every_file(folders).items() if traces(stored, [*NUMBERS, b"GEHEIM"])]
    assert knowing == [str(folders / "private" / original)]
    assert traces(every_row(), [*NUMBERS, *WORDS[:5]]) == []
    assert client.get(f"/media/{original}").status_code == 404
