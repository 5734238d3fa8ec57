"""What ill will can put into every field of the public form: a clear answer or safe storage, shown harmless."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from projects.models import Project, User
from stories.models import Story
from tests.stories_help import answers, bomb, form_address, jpeg, tell, token_in, upload

pytestmark = pytest.mark.django_db
TEXTS = ["text", "change", "place", "caption"]
CHOICES = ["about", "frequency", "feeling", "spot", "age", "household"]
HIDDEN = ["form_token", "point", "work", "website", "csrfmiddlewaretoken", "skip"]
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "attribute": "\"'><img src=x onerror=alert(1)>",
    "svg": "<svg/onload=alert(1)>",
    "template": "{{ 7|add:7 }}{% debug %}${7*7}",
    "sql": "'; DROP TABLE stories_story; -- ' OR 1=1",
    "bidi": "rustig \u202etxet\u202c \u2066x\u2069",
    "zalgo": "Z" + "\u0335\u0327\u0308\u030a" * 25,
    "emoji": "👩🏽‍🤝‍👨🏿🏳️‍🌈" * 3,
    "formula": '=HYPERLINK("http://kwaad.test";"klik")',
    "control": "a\x07b\x1bc\x7f",
    "surrogate": "\ud800x",
    "header": "x\r\nSet-Cookie: kwaad=1",
}


@pytest.fixture(autouse=True)
def patient_teller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stories.suspicion.QUICKEST", 0)


def harmless(page: str) -> None:
    for wrong in ("<script>alert", "<img src=x", "<svg/onload", "\u202e", "\u2066", "\x07", "14{%"):
        assert wrong not in page


@pytest.mark.parametrize("field", TEXTS)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_kept_as_text_and_shown_harmless(
    client: Client, project: Project, coordinator: User, login: Any, field: str, name: str
) -> None:
    words = HOSTILE[name].encode("utf-8", "replace").decode()
    changes: dict[str, Any] = {field: words}
    if field == "caption":
        changes["photo"] = upload(jpeg())
    response = tell(client, project, **changes)
    assert response.status_code == 302
    assert "kwaad" not in response.cookies
    inside = login(coordinator)
    waiting = inside.get(f"/p/{project.slug}/verhalen/beoordelen/")
    assert waiting.status_code == 200
    harmless(waiting.content.decode())
    Story.objects.update(state="published")
    story = Story.objects.get()
    for path in (f"/p/{project.slug}/verhalen/", f"/p/{project.slug}/verhalen/{story.pk}/"):
        shown = inside.get(path)
        assert shown.status_code == 200
        harmless(shown.content.decode())


@pytest.mark.parametrize("field", TEXTS)
def test_after_an_error_a_hostile_text_comes_back_harmless(
    client: Client, project: Project, field: str
) -> None:
    for name in ("script", "attribute", "svg", "template"):
        response = tell(client, project, consent=None, **{field: HOSTILE[name]})
        assert response.status_code == 422
        harmless(response.content.decode())


@pytest.mark.parametrize("field", [*TEXTS, *CHOICES])
@pytest.mark.parametrize("value", ["nul\x00byte", "x" * 1_000_000])
def test_null_bytes_and_a_megabyte_get_a_clear_answer(
    client: Client, project: Project, field: str, value: str
) -> None:
    response = tell(client, project, **{field: value})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert not Story.objects.exists()


@pytest.mark.parametrize("field", HIDDEN)
@pytest.mark.parametrize("value", ["x\x00", "x" * 100_000, *HOSTILE.values()])
def test_a_hidden_field_that_was_tampered_with_breaks_nothing(
    client: Client, project: Project, field: str, value: str
) -> None:
    token = token_in(client.get(form_address(project)))
    data = {**answers(form_token=token), field: value.encode("utf-8", "replace").decode()}
    response = client.post(form_address(project), data)
    assert response.status_code in (302, 422)
    if response.status_code == 302:
        assert Story.objects.count() == 1


@pytest.mark.parametrize("field", [*TEXTS, *CHOICES, "form_token", "point", "consent"])
def test_a_file_where_words_are_expected_is_no_word(client: Client, project: Project, field: str) -> None:
    file: Any = SimpleUploadedFile("a.txt", b"<script>alert(1)</script>")
    response = tell(client, project, **{field: file})
    assert response.status_code in (302, 422)
    harmless(response.content.decode())


@pytest.mark.parametrize("field", [*TEXTS, *CHOICES])
def test_a_field_that_comes_many_times_counts_once(client: Client, project: Project, field: str) -> None:
    token = token_in(client.get(form_address(project)))
    data: dict[str, Any] = answers(form_token=token)
    data[field] = ["x", "y", data.get(field, "")]
    assert client.post(form_address(project), data).status_code in (302, 422)
    assert Story.objects.count() <= 1


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"text": "x"}', "application/json"),
        (b"<xml/>", "text/xml"),
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"--x\r\nkapot", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"text=%00%ff%fe&about=", "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % number for number in range(2000)), "application/x-www-form-urlencoded"),
    ],
)
def test_a_body_of_another_kind_is_refused_and_never_an_error_of_ours(
    client: Client, project: Project, body: bytes, kind: str
) -> None:
    response = client.generic("POST", form_address(project), body, content_type=kind)
    assert response.status_code in (400, 422)
    assert not Story.objects.exists()


def polyglot() -> bytes:
    """A JPEG that is also a page and an archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("kwaad.html", "<script>alert(1)</script>")
    return jpeg(comment=b"<script>alert(1)</script>") + b"<script>alert(1)</script>" + file.getvalue()


PICTURES = {
    "polyglot": (polyglot(), 302),
    "page": (b"<!doctype html><script>alert(1)</script>", 422),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 422),
    "bomb": (bomb(), 422),
    "archive": (b"PK\x03\x04" + b"\0" * 100, 422),
    "nothing": (b"", 422),
    "half a heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40, 422),
    "program": (b"MZ" + b"\x90" * 200, 422),
}


@pytest.mark.parametrize("kind", PICTURES)
def test_a_file_that_is_not_what_it_seems_is_refused_or_made_clean(
    client: Client,
    project: Project,
    kind: str,
    settings: Any,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    private = {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "private": private}
    data, status = PICTURES[kind]
    with django_capture_on_commit_callbacks(execute=True):
        response = tell(client, project, photo=upload(data, "../../<script>.jpg"), caption="Het plein")
    assert response.status_code == status
    if status == 422:
        page = response.content.decode()
        assert re.search(r'id="id_photo_error"><p>.+</p>', page)
        assert "Het plein is donker na zes uur." in page
        assert not Story.objects.exists()
    harmless(response.content.decode())
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert bool(kept) == (status == 302)
    assert b"script" not in kept
