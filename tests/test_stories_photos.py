"""A photo loses its past: the original waits unseen, and only a new picture is shown."""

import io
import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageFile

from core.errors import DomainError
from core.jobs import request_job, resume_stale
from core.models import Job, Record
from stories import actions, photos
from stories.models import Story, StoryPhoto
from tests import builders
from tests.stories_help import bomb, jpeg, jpeg_with_gps, tell, upload

SECRETS = (b"Exif", b"GEHEIM", b"http://ns.adobe.com/xap", b"ICC_PROFILE")


@pytest.fixture(autouse=True)
def private_folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A private folder of this test's own."""
    monkeypatch.setattr("stories.suspicion.QUICKEST", 0)
    private = {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "private": private}
    return tmp_path


def stored(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.rglob("*") if file.is_file()]


def with_photo(project: Any, data: bytes, **fields: Any) -> tuple[Story, str]:
    fields = {"text": "Kijk eens.", "about": "leefomgeving", "feeling": "slecht", **fields}
    return actions.submit_story(project, photo=upload(data), **fields)


def address_of(story: Story, size: str = "") -> str:
    return f"/buurt/{story.project.slug}/verhalen/{story.pk}/foto/{size}"


@pytest.mark.django_db(transaction=True)
def test_the_place_and_all_else_of_the_past_are_in_no_stored_byte(
    client: Client, project: Any, private_folder: Path
) -> None:
    data = jpeg_with_gps()
    assert all(secret in data for secret in (b"Exif", b"GEHEIM-XMP", b"GEHEIM-COMMENT", b"GEHEIME-MAKER"))
    assert tell(client, project, photo=upload(data), caption="Het plein").status_code == 302
    photo = StoryPhoto.objects.get()
    assert (photo.original, photo.caption, photo.job.state) == ("", "Het plein", Job.State.DONE)
    files = stored(private_folder)
    assert len(files) == 2
    for file in files:
        assert not any(secret in file for secret in SECRETS)
        assert not Image.open(io.BytesIO(file)).getexif()
    assert not (private_folder / "originals").exists() or not list((private_folder / "originals").iterdir())
    assert not list(Path(storages["default"].location).rglob("*.jpg"))  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_a_photo_is_turned_upright_and_made_small(project: Any, private_folder: Path) -> None:
    with_photo(project, jpeg_with_gps(orientation=6))
    photo = StoryPhoto.objects.get()
    assert (photo.width, photo.height) == (480, 640)
    with_photo(project, jpeg((4000, 1000)))
    assert StoryPhoto.objects.latest("pk").width == 1600
    assert max(Image.open(io.BytesIO(file)).width for file in stored(private_folder)) == 1600


@pytest.mark.django_db(transaction=True)
def test_a_second_file_behind_the_photo_is_gone(project: Any, private_folder: Path) -> None:
    tail = b"PK\x03\x04<script>alert('GEHEIM')</script>"
    with_photo(project, jpeg() + tail)
    assert StoryPhoto.objects.get().image
    assert not any(b"script" in file or b"PK\x03\x04" in file for file in stored(private_folder))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["PNG", "WEBP", "HEIF"])
def test_other_kinds_of_photo_become_a_jpeg(project: Any, kind: str, private_folder: Path) -> None:
    file = io.BytesIO()
    mode = "RGB" if kind == "HEIF" else "RGBA"
    pillow_heif.register_heif_opener()
    Image.new(mode, (300, 200), "red" if kind == "HEIF" else (0, 0, 0, 0)).save(file, kind)
    with_photo(project, file.getvalue())
    photo = StoryPhoto.objects.get()
    picture = Image.open(io.BytesIO((private_folder / photo.image).read_bytes()))
    assert (picture.format, picture.size) == ("JPEG", (300, 200))
    if kind != "HEIF":
        assert picture.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("foto.jpg", b"dit is gewoon tekst", "geen foto die wij kunnen openen"),
        ("foto.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "geen foto"),
        ("foto.jpg", b"", "geen foto"),
        ("foto.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "geen foto"),
        ("foto.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 40, "geen foto"),
        ("foto.jpg", b"%PDF-1.7 ...", "geen foto"),
        ("foto.png", bomb(), "te veel beeldpunten"),
        ("foto.jpg", b"\xff" * 12_000_000, "Uw foto is 12 MB. Dat is te groot"),
    ],
)
def test_what_is_no_photo_is_told_and_the_text_stays(
    client: Client, project: Any, name: str, data: bytes, message: str, private_folder: Path
) -> None:
    response = tell(client, project, text="Mijn lange verhaal", photo=upload(data, name))
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert "Mijn lange verhaal" in page
    assert not Story.objects.exists()
    assert stored(private_folder) == []


@pytest.mark.django_db
def test_the_action_refuses_a_bad_file_by_itself(project: Any) -> None:
    with pytest.raises(DomainError) as refusal:
        with_photo(project, b"geen foto")
    assert refusal.value.field == "photo"


@pytest.mark.django_db(transaction=True)
def test_a_photo_that_breaks_halfway_keeps_the_story_and_no_original(
    project: Any, private_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)  # the maker of PDFs puts it on
    file = io.BytesIO()
    Image.effect_noise((400, 300), 90).convert("RGB").save(file, "JPEG")
    story, _code = with_photo(project, file.getvalue()[: file.tell() // 2])
    photo = StoryPhoto.objects.get()
    assert (photo.job.state, photo.image, photo.original) == (Job.State.FAILED, "", "")
    assert "beschadigd" in photo.job.error
    assert Story.objects.filter(pk=story.pk).exists()
    assert stored(private_folder) == []


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_was_killed_leaves_work_that_is_taken_up_again(
    project: Any, private_folder: Path
) -> None:
    story = builders.story(project)
    name = storages["private"].save("originals/verlaten", ContentFile(jpeg()))
    storages["private"].save("photos/verlaten.jpg", ContentFile(b"half"))
    long_ago = timezone.now() - timedelta(minutes=5)
    job = Job.objects.create(task="stories.process_photo", state="running", heartbeat=long_ago, attempts=1)
    StoryPhoto.objects.create(story=story, job=job, original=name)
    assert resume_stale() == 1
    assert len(stored(private_folder)) == 2
    assert StoryPhoto.objects.get().image == "photos/verlaten.jpg"


@pytest.mark.django_db(transaction=True)
def test_a_withdrawn_story_takes_every_file_with_it(
    project: Any, coordinator: Any, private_folder: Path
) -> None:
    story, code = with_photo(project, jpeg())
    actions.judge_photo(story, answer="geen", by=coordinator)
    actions.publish_story(story, by=coordinator)
    assert len(stored(private_folder)) == 2
    actions.withdraw_story(code)
    assert stored(private_folder) == []
    assert not StoryPhoto.objects.exists()


@pytest.mark.django_db
def test_a_story_withdrawn_before_its_photo_is_made_leaves_no_file(
    project: Any, private_folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    _story, code = with_photo(project, jpeg())
    photo = StoryPhoto.objects.get()
    assert len(stored(private_folder)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_story(code)
    actions.process_photo(photo.job)
    assert stored(private_folder) == []


@pytest.mark.django_db
def test_a_withdrawal_during_the_work_leaves_no_file(project: Any, private_folder: Path) -> None:
    from stories.actions.photos import keep_picture

    with_photo(project, jpeg())
    photo = StoryPhoto.objects.get()
    picture = photos.shrink(jpeg())
    StoryPhoto.objects.all().delete()
    keep_picture(photo, picture)
    assert not list(private_folder.glob("photos/*"))


@pytest.mark.django_db
def test_originals_are_forgotten_after_an_hour(project: Any, private_folder: Path) -> None:
    with_photo(project, jpeg())
    young = StoryPhoto.objects.get()
    storages["private"].save("originals/wees", ContentFile(jpeg()))
    actions.forget_originals()
    assert len(stored(private_folder)) == 2
    StoryPhoto.objects.update(created_at=timezone.now() - timedelta(minutes=61))
    for file in (private_folder / "originals").iterdir():
        os.utime(file, (time.time() - 3700,) * 2)
    assert actions.forget_originals() == 2
    assert stored(private_folder) == []
    assert not StoryPhoto.objects.filter(pk=young.pk).exists()
    assert Story.objects.count() == 1


@pytest.mark.django_db
def test_a_picture_that_is_made_stays_when_the_clock_comes(project: Any) -> None:
    with_photo(project, jpeg())
    actions.process_photo(Job.objects.get())
    StoryPhoto.objects.update(created_at=timezone.now() - timedelta(days=2))
    assert actions.forget_originals() == 0
    assert StoryPhoto.objects.get().image


@pytest.mark.django_db
def test_forgetting_does_nothing_without_a_folder(db: None) -> None:
    assert actions.forget_originals() == 0


@pytest.mark.django_db
def test_an_original_that_is_gone_ends_the_job_with_a_text(project: Any) -> None:
    with_photo(project, jpeg())
    photo = StoryPhoto.objects.get()
    photos.erase(photo.original)
    with pytest.raises(DomainError, match="niet meer"):
        actions.process_photo(photo.job)


@pytest.mark.django_db
def test_a_job_without_a_photo_is_no_error(db: None) -> None:
    actions.process_photo(request_job("stories.process_photo"))


@pytest.mark.django_db
@pytest.mark.parametrize("size", ["", "klein/"])
def test_only_moderators_see_a_photo_before_it_is_published(
    client: Client, project: Any, login: Any, coordinator: Any, colleague: Any, outsider: Any, size: str
) -> None:
    story, _code = with_photo(project, jpeg())
    actions.process_photo(Job.objects.get())
    address = address_of(story, size)
    for nobody in (client, login(colleague), login(outsider)):
        assert nobody.get(address).status_code == 404
    Record.objects.all().delete()
    seen = login(coordinator).get(address)
    assert (seen.status_code, seen["Cache-Control"]) == (200, "private, no-store")
    assert (Record.objects.get().verb, Record.objects.get().actor_id) == ("read", coordinator.pk)


@pytest.mark.django_db
def test_a_published_photo_is_for_everybody_and_no_longer_when_taken_back(
    client: Client, project: Any, coordinator: Any
) -> None:
    story, _code = with_photo(project, jpeg())
    actions.process_photo(Job.objects.get())
    actions.judge_photo(story, answer="geen", by=coordinator)
    actions.publish_story(story, by=coordinator)
    shown = client.get(address_of(story))
    assert shown.status_code == 200
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["Cache-Control"] == "private, no-cache"
    assert not Record.objects.filter(verb="read").exists()
    kept = {"If-None-Match": shown["ETag"]}
    assert client.get(address_of(story), headers=kept).status_code == 304
    actions.hold_story(story, by=coordinator)
    assert client.get(address_of(story), headers=kept).status_code == 404


@pytest.mark.django_db
def test_a_photo_is_found_only_under_its_own_project(client: Client, project: Any, coordinator: Any) -> None:
    story, _code = with_photo(project, jpeg())
    actions.process_photo(Job.objects.get())
    actions.judge_photo(story, answer="geen", by=coordinator)
    actions.publish_story(story, by=coordinator)
    other = builders.project()
    assert client.get(f"/buurt/{other.slug}/verhalen/{story.pk}/foto/").status_code == 404
    assert client.get(f"/buurt/{project.slug}/verhalen/{10**30}/foto/").status_code == 404
    assert client.get(address_of(builders.story(project))).status_code == 404


@pytest.mark.django_db
def test_a_file_that_is_lost_is_not_found_and_no_error(
    client: Client, project: Any, coordinator: Any
) -> None:
    story, _code = with_photo(project, jpeg())
    actions.process_photo(Job.objects.get())
    actions.judge_photo(story, answer="geen", by=coordinator)
    actions.publish_story(story, by=coordinator)
    photos.erase(StoryPhoto.objects.get().image)
    assert client.get(address_of(story)).status_code == 404


def test_a_bomb_is_refused_when_it_is_decoded_too() -> None:
    with pytest.raises(DomainError, match="beeldpunten"):
        photos.shrink(bomb())


def test_a_picture_of_exactly_the_limit_is_counted_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "MAX_PIXELS", 640 * 480 - 1)
    with pytest.raises(DomainError, match="beeldpunten"):
        photos.check_photo(upload(jpeg()))
    monkeypatch.setattr(photos, "MAX_PIXELS", 640 * 480)
    photos.check_photo(upload(jpeg()))
