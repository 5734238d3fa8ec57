"""Pictures of maps for the conversation: cleaned by a job, served through a gate, gone with all their files."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from buurtscan.actions import pictures as actions
from buurtscan.models import ScanPicture
from core import pictures
from core.jobs import request_job
from core.models import Job, Record
from projects.models import Project, User
from tests import builders
from tests.stories_help import bomb, jpeg, jpeg_with_gps, upload

type Login = Callable[[User], Client]


@pytest.fixture(autouse=True)
def private_folder(settings: Any, tmp_path: Path) -> Path:
    """A private folder of this test's own."""
    private = {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "private": private}
    return tmp_path


def stored(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.rglob("*") if file.is_file()]


def at(name: str, project: Project, *args: int) -> str:
    return reverse(name, args=[project.slug, *args])


def a_picture(data: bytes | None = None, **changes: Any) -> dict[str, Any]:
    known = {"title": "Veerkracht", "alt": "Rechts is donkerder.", "source_note": "corporatie, 2026"}
    known |= {"chapter": "wonen", "visibility": "kernteam", **changes}
    return known if data is None else {**known, "file": upload(data)}


def made(project: Project, **changes: Any) -> ScanPicture:
    """A picture with its file, as the job left it."""
    name = f"scan_pictures/{ScanPicture.objects.count()}.jpg"
    pictures.write(name, jpeg())
    pictures.write(pictures.small_name(name), jpeg((32, 24)))
    fields = {
        "chapter": "wonen",
        "title": "Veerkracht",
        "alt": "x",
        "source_note": "y",
        "visibility": "project",
    }
    job = Job.objects.create(task=actions.TASK, state=Job.State.DONE)
    return ScanPicture.objects.create(project=project, job=job, file=name, **{**fields, **changes})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["coordinator", "colleague"])
def test_a_picture_loses_its_past_and_is_shown_with_the_question(
    login: Login, request: Any, project: Project, private_folder: Path, who: str
) -> None:
    client = login(request.getfixturevalue(who))
    page = client.post(at("scan_picture_add", project), a_picture(jpeg_with_gps()), follow=True)
    picture = ScanPicture.objects.get()
    assert (picture.original, picture.job.state) == ("", Job.State.DONE)
    files = stored(private_folder)
    assert len(files) == 2
    for file in files:
        assert not any(secret in file for secret in (b"Exif", b"GEHEIM", b"http://ns.adobe.com/xap"))
    for words in (
        "Wat valt u op?",
        'alt="Rechts is donkerder."',
        "Bron: corporatie, 2026",
        "alleen kernteam",
    ):
        assert words in page.text
    assert at("scan_note_add", project) + "?hoofdstuk=wonen" in page.text
    image = client.get(at("scan_picture_file", project, picture.pk))
    assert (image["Content-Type"], image["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert image["Cache-Control"] == "private, no-store"
    assert Image.open(io.BytesIO(image.content)).size == (480, 640)
    assert "add_picture" in Record.objects.values_list("verb", flat=True)
    assert "Veerkracht" in client.get(reverse("scan_chapter", args=[project.slug, "wonen"])).text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "changes", "words"),
    [
        (b"geen plaatje", {}, "geen plaatje dat wij kunnen openen"),
        (b"", {}, "geen plaatje"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", {}, "geen plaatje"),
        (bomb(), {}, "te veel beeldpunten"),
        (b"\xff" * 10_100_000, {}, "Dat is te groot"),
        (None, {}, "Kies een plaatje"),
        (jpeg(), {"alt": ""}, "verplicht"),
        (jpeg(), {"source_note": ""}, "verplicht"),
        (jpeg(), {"chapter": "x"}, "geldige keuze"),
    ],
)
def test_what_cannot_be_taken_is_told_and_the_words_stay(
    login: Login,
    colleague: User,
    project: Project,
    private_folder: Path,
    data: bytes | None,
    changes: dict[str, str],
    words: str,
) -> None:
    response = login(colleague).post(at("scan_picture_add", project), a_picture(data, **changes))
    assert response.status_code == 422
    assert words in response.text
    assert 'value="Veerkracht"' in response.text
    assert not ScanPicture.objects.exists()
    assert stored(private_folder) == []


@pytest.mark.django_db(transaction=True)
def test_a_broken_picture_keeps_no_original_and_says_so(
    login: Login, colleague: User, reader: User, project: Project, private_folder: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", False)  # the maker of PDFs puts it on
    file = io.BytesIO()
    Image.effect_noise((400, 300), 90).convert("RGB").save(file, "JPEG")
    broken = a_picture(file.getvalue()[: file.tell() // 2], visibility="project")
    page = login(colleague).post(at("scan_picture_add", project), broken, follow=True)
    assert "Het plaatje is niet gelukt. Het plaatje is beschadigd" in page.text
    assert stored(private_folder) == []
    picture = ScanPicture.objects.get()
    assert login(colleague).get(at("scan_picture_file", project, picture.pk)).status_code == 404
    assert login(reader).get(at("scan_picture", project, picture.pk)).status_code == 404


@pytest.mark.django_db
def test_while_it_is_made_the_page_says_so(login: Login, colleague: User, project: Project) -> None:
    login(colleague).post(at("scan_picture_add", project), a_picture(jpeg()))
    picture = ScanPicture.objects.get()
    page = login(colleague).get(at("scan_picture", project, picture.pk))
    assert "wordt klaargemaakt" in page.text
    part: Any = {"HTTP_HX_REQUEST": "true"}
    assert "<h1" not in login(colleague).get(at("scan_picture", project, picture.pk), **part).text


@pytest.mark.django_db
def test_only_the_kernteam_gets_a_picture_for_the_kernteam(
    login: Login, colleague: User, project: Project
) -> None:
    secret, open_ = (
        made(project, title="Geheime kaart", visibility="kernteam"),
        made(project, title="Open kaart"),
    )
    for role in ("lezer", "begeleider", "gespreksleider"):
        client = login(builders.member(project, role))
        for name in ("scan_picture", "scan_picture_file", "scan_picture_small"):
            assert client.get(at(name, project, secret.pk)).status_code == 404
            assert client.get(at(name, project, open_.pk)).status_code == 200
        for where in (at("scan_pictures", project), reverse("scan_chapter", args=[project.slug, "wonen"])):
            assert "Geheime kaart" not in client.get(where).text
            assert "Open kaart" in client.get(where).text
    assert login(colleague).get(at("scan_picture_file", project, secret.pk)).status_code == 200


@pytest.mark.django_db
def test_words_and_visibility_change_for_one_at_a_time(
    login: Login, colleague: User, reader: User, project: Project
) -> None:
    picture, client = made(project), login(colleague)
    where = at("scan_picture_edit", project, picture.pk)
    sent = a_picture(title="De eerste", mark=actions.mark_of(picture))
    assert f'value="{sent["mark"]}"' in client.get(where).text
    assert client.post(where, {**sent, "alt": ""}).status_code == 422
    assert client.post(where, sent).status_code == 302
    picture.refresh_from_db()
    assert (picture.title, picture.visibility) == ("De eerste", "kernteam")
    assert login(reader).get(at("scan_picture_file", project, picture.pk)).status_code == 404
    late = client.post(where, {**sent, "title": "De tweede"})
    assert late.status_code == 409
    assert 'value="De tweede"' in late.text
    assert (
        client.post(where, {**sent, "title": "De tweede", "mark": actions.mark_of(picture)}).status_code
        == 302
    )


@pytest.mark.django_db
def test_outsiders_find_nothing_and_readers_may_only_look(
    login: Login, outsider: User, reader: User, coordinator: User, client: Client, project: Project
) -> None:
    picture = made(project)
    rows = [at(name, project, picture.pk) for name in ("scan_picture_edit", "scan_picture_delete")]
    for where in [at("scan_picture_add", project), *rows]:
        assert login(outsider).post(where).status_code == 404
        assert login(reader).post(where).status_code == 403
        assert login(coordinator).put(where).status_code == 405
        assert client.post(where).headers["Location"].startswith("/account/login/")
    for name in ("scan_picture", "scan_picture_file"):
        assert login(outsider).get(at(name, project, picture.pk)).status_code == 404
        assert client.get(at(name, project, picture.pk)).status_code == 302
        other = builders.member(builders.project(), "coordinator")
        assert login(other).get(at(name, project, picture.pk)).status_code == 404
    assert ScanPicture.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_picture_goes_with_every_file_and_twice_is_the_same(
    login: Login, colleague: User, project: Project, private_folder: Path
) -> None:
    picture, client = made(project), login(colleague)
    where = at("scan_picture_delete", project, picture.pk)
    assert client.get(where).status_code == 200
    assert len(stored(private_folder)) == 2
    for _ in range(2):
        assert client.post(where).status_code == 302
    assert stored(private_folder) == []


@pytest.mark.django_db
def test_a_picture_taken_away_during_the_work_leaves_no_file(
    login: Login, colleague: User, project: Project, private_folder: Path
) -> None:
    login(colleague).post(at("scan_picture_add", project), a_picture(jpeg()))
    picture = ScanPicture.objects.get()
    clean = pictures.shrink(jpeg(), 100)
    ScanPicture.objects.all().delete()
    actions.keep_picture(picture, clean)
    assert not list((private_folder / "scan_pictures").glob("*"))


@pytest.mark.django_db
def test_originals_are_swept_after_an_hour(project: Project, private_folder: Path) -> None:
    name = storages["private"].save(f"{actions.ORIGINALS}/verlaten", upload(jpeg()))
    job = request_job(actions.TASK)
    fields = {"chapter": "wonen", "title": "x", "alt": "x", "source_note": "x", "original": name}
    picture = ScanPicture.objects.create(project=project, job=job, **fields)
    assert actions.forget_scan_originals() == 0
    ScanPicture.objects.filter(pk=picture.pk).update(created_at=timezone.now() - timedelta(hours=2))
    assert actions.forget_scan_originals() == 1
    assert stored(private_folder) == []


@pytest.mark.django_db
def test_a_file_that_is_lost_is_not_found_and_no_error(login: Login, reader: User, project: Project) -> None:
    picture = made(project)
    pictures.erase(picture.file)
    assert login(reader).get(at("scan_picture_file", project, picture.pk)).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    login: Login, reader: User, project: Project, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        made(project)
    client = login(reader)
    client.get(at("scan_pictures", project))
    with django_assert_num_queries(6):
        client.get(at("scan_pictures", project))
