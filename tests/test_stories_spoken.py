"""Spoken stories and photos with words: what comes in, who hears it, and when the sound is gone."""

import io
import wave
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from core.errors import Conflict
from core.models import Record
from core.ranges import ranged
from projects.models import Project, User
from stories.actions.spoken import type_out
from stories.actions.withdrawing import withdraw_story
from stories.models import Story, StoryAudio
from stories.sounds import media_type
from tests import builders
from tests.stories_help import code_on, jpeg, token_in, upload

pytestmark = pytest.mark.django_db
type Login = Callable[[User], Client]


@pytest.fixture(autouse=True)
def private_folder(settings: Any, tmp_path: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path}},
    }


@pytest.fixture(autouse=True)
def nobody_is_too_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stories.suspicion.QUICKEST", 0)


@pytest.fixture
def moderator(project: Project) -> User:
    return builders.member(project, "kernteamlid", moderator=True)


def sound(data: bytes = b"", name: str = "opname.wav") -> SimpleUploadedFile:
    file = io.BytesIO()
    with wave.open(file, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(8000)
        wav.writeframes(b"\0\0" * 8000)
    return SimpleUploadedFile(name, data or file.getvalue(), content_type="audio/wav")


def door(project: Project, way: str = "gesproken", taal: str = "nl") -> str:
    return f"/buurt/{project.slug}/vertel/{taal}/{way}/"


def send(client: Client, project: Project, way: str = "gesproken", taal: str = "nl", **changes: Any) -> Any:
    address = door(project, way, taal)
    data: dict[str, Any] = {"about": "wonen", "feeling": "slecht", "consent": "on", **changes}
    if "form_token" not in data:
        data["form_token"] = token_in(client.get(address))
    return client.post(address, data)


def spoken(client: Client, project: Project, **changes: Any) -> Story:
    assert send(client, project, sound=sound(), **changes).status_code == 302
    return Story.objects.latest("pk")


def test_a_spoken_story_waits_until_somebody_types_it_out(
    client: Client, project: Project, login: Login, moderator: User
) -> None:
    story = spoken(client, project, taal="tr")
    assert (story.state, story.door, story.text, story.language) == ("spoken", "gesproken", "", "tr")
    assert story.audio.media_type == "audio/wav"
    page = login(moderator).get(f"/p/{project.slug}/verhalen/uittypen/")
    assert "1 opname wacht." in page.content.decode()
    address = f"/p/{project.slug}/verhalen/uittypen/{story.pk}/"
    assert login(moderator).post(address, {"text": " "}).status_code == 422
    assert login(moderator).post(address, {"text": "De lift is stuk."}).status_code == 302
    story.refresh_from_db()
    assert (story.state, story.text) == ("submitted", "De lift is stuk.")
    assert story.audio.typed_by == moderator
    late = login(moderator).post(address, {"text": "Nog eens."})
    assert late.status_code == 409
    with pytest.raises(Conflict):
        type_out(story, text="Nog eens.", by=moderator)


def test_the_same_form_twice_is_one_story_with_one_sound(client: Client, project: Project) -> None:
    token = token_in(client.get(door(project)))
    codes = []
    for _ in range(2):
        sent = send(client, project, sound=sound(), form_token=token)
        codes.append(code_on(client.get(sent["Location"])))
    assert codes[0] == codes[1]
    assert StoryAudio.objects.count() == Story.objects.count() == 1
    assert len(storages["private"].listdir("sounds")[1]) == 1


def test_only_moderators_hear_it_and_each_hearing_is_recorded(
    client: Client,
    project: Project,
    login: Login,
    moderator: User,
    colleague: User,
    reader: User,
    outsider: User,
) -> None:
    story = spoken(client, project)
    base = f"/p/{project.slug}/verhalen/uittypen/"
    for address in (base, f"{base}{story.pk}/", f"{base}{story.pk}/geluid/"):
        for user in (colleague, reader):
            assert login(user).get(address).status_code == 403
        assert login(outsider).get(address).status_code == 404
    assert login(moderator).get(f"{base}{story.pk}/").status_code == 200
    heard = login(moderator).get(f"{base}{story.pk}/geluid/")
    assert b"".join(heard).startswith(b"RIFF")
    assert heard["Content-Type"] == "audio/wav"
    assert "no-store" in heard["Cache-Control"]
    jumped = login(moderator).get(f"{base}{story.pk}/geluid/", headers={"Range": "bytes=100-103"})
    assert (jumped.status_code, len(b"".join(jumped))) == (206, 4)
    assert Record.objects.filter(verb="read", object_id=str(story.pk), actor_id=moderator.pk).count() == 1
    elsewhere = builders.member(builders.project(), "kernteamlid", moderator=True)
    assert login(elsewhere).get(f"{base}{story.pk}/geluid/").status_code == 404


def test_taking_it_back_takes_the_sound(
    client: Client, project: Project, django_capture_on_commit_callbacks: Any
) -> None:
    sent = send(client, project, sound=sound())
    code = code_on(client.get(sent["Location"]))
    assert storages["private"].listdir("sounds")[1]
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_story(code)
    assert not Story.objects.exists()
    assert not storages["private"].listdir("sounds")[1]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<script>alert(1)</script>", "geen geluid"),
        (b"\xff\xd8\xff\xe0 een foto", "geen geluid"),
        (b"\0", "geen geluid"),
    ],
)
def test_what_is_no_sound_is_refused_beside_the_field(
    client: Client, project: Project, data: bytes, said: str
) -> None:
    response = send(client, project, sound=sound(data), place="Bij de vijver")
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "Bij de vijver" in page
    assert not Story.objects.exists()


def test_a_recording_that_is_too_big_is_refused_with_its_size(
    client: Client, project: Project, settings: Any
) -> None:
    settings.MAX_SOUND_BYTES = 1000
    response = send(client, project, sound=sound())
    assert response.status_code == 422
    assert "Dat is te groot" in response.content.decode()


def test_a_form_without_sound_or_with_a_trap_is_told_or_set_apart(client: Client, project: Project) -> None:
    assert "Neem eerst iets op" in send(client, project).content.decode()
    story = spoken(client, project, website="http://reclame.test")
    assert "onzichtbaar veld" in story.reason_note


def test_a_closed_form_takes_no_sound_and_no_photo(client: Client, project: Project) -> None:
    tokens = {way: token_in(client.get(door(project, way))) for way in ("gesproken", "foto")}
    Project.objects.filter(pk=project.pk).update(stories_open=False)
    assert send(client, project, sound=sound(), form_token=tokens["gesproken"]).status_code == 409
    photo = send(client, project, "foto", photo=upload(jpeg()), text="Mooi.", form_token=tokens["foto"])
    assert photo.status_code == 409
    assert "Wij halen nu geen verhalen op" in client.get(door(project)).content.decode()
    assert not Story.objects.exists()


def test_a_photo_with_words_is_a_story(client: Client, project: Project) -> None:
    missing = send(client, project, "foto", text="Het plein is mooi.")
    assert missing.status_code == 422
    assert "Kies eerst een foto." in missing.content.decode()
    assert "Het plein is mooi." in missing.content.decode()
    sent = send(client, project, "foto", photo=upload(jpeg()), text="Het plein is mooi.")
    assert sent.status_code == 302
    story = Story.objects.get()
    assert (story.door, story.state, story.text) == ("foto", "submitted", "Het plein is mooi.")
    assert story.photo


def test_an_unknown_language_or_door_is_not_there(client: Client, project: Project) -> None:
    assert client.get(door(project, taal="xx")).status_code == 404
    assert client.get(door(project, "video")).status_code == 404
    assert client.put(door(project)).status_code == 405


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x1aE\xdf\xa3rest", "audio/webm"),
        (b"OggSrest", "audio/ogg"),
        (b"\0\0\0\x20ftypM4A ", "audio/mp4"),
        (b"RIFF\0\0\0\0WAVE", "audio/wav"),
        (b"ID3rest", "audio/mpeg"),
        (b"\xff\xfb\x90rest", "audio/mpeg"),
        (b"\xff\xf1rest", "audio/aac"),
        (b"#!AMR", ""),
        (b"", ""),
    ],
)
def test_the_first_bytes_say_what_it_is(head: bytes, kind: str) -> None:
    assert media_type(head) == kind


@pytest.mark.parametrize(
    ("asked", "status", "body"),
    [
        ("", 200, b"0123456789"),
        ("bytes=0-", 206, b"0123456789"),
        ("bytes=2-4", 206, b"234"),
        ("bytes=8-99", 206, b"89"),
        ("bytes=-3", 206, b"789"),
        ("bytes=-99", 206, b"0123456789"),
        ("bytes=10-", 416, b""),
        ("bytes=-0", 416, b""),
        ("bytes=4-2", 416, b""),
        ("bytes=-", 200, b"0123456789"),
        ("regels=1-2", 200, b"0123456789"),
        ("bytes=0-1,3-4", 200, b"0123456789"),
    ],
)
def test_a_player_gets_the_part_it_asks_for(asked: str, status: int, body: bytes) -> None:
    request = RequestFactory().get("/", headers={"Range": asked} if asked else {})
    response = ranged(request, io.BytesIO(b"0123456789"), 10, "audio/ogg")
    assert (response.status_code, b"".join(response)) == (status, body)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    project: Project, login: Login, moderator: User, django_assert_num_queries: Any, number: int
) -> None:
    client = login(moderator)
    for _ in range(number):
        story = builders.story(project, state="spoken", text="", door="gesproken")
        StoryAudio.objects.create(story=story, file="sounds/x", media_type="audio/ogg", size=1)
    client.get(f"/p/{project.slug}/verhalen/uittypen/")
    with django_assert_num_queries(6):
        client.get(f"/p/{project.slug}/verhalen/uittypen/")


def test_moderators_see_how_many_recordings_wait(
    project: Project, login: Login, moderator: User, reader: User
) -> None:
    story = builders.story(project, state="spoken", text="", door="gesproken")
    StoryAudio.objects.create(story=story, file="sounds/x", media_type="audio/ogg", size=1)
    for page in ("", "beoordelen/"):
        shown = login(moderator).get(f"/p/{project.slug}/verhalen/{page}").content.decode()
        assert "Ingesproken verhalen uittypen (1)" in shown
    assert "uittypen" not in login(reader).get(f"/p/{project.slug}/verhalen/").content.decode()
