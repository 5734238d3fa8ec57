"""Files made of stories: who asks, who downloads, and when a file is no longer given out."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from core.models import Job
from projects.models import Project, User
from stories import actions, tasks
from stories.actions.files import FOLDER
from stories.models import StoryFile
from tests import builders

pytestmark = pytest.mark.django_db

type Login = Callable[[User], Client]
type Make = Callable[..., StoryFile]


@pytest.fixture(autouse=True)
def an_empty_folder() -> None:
    """Rows roll back after a test, files do not."""
    shutil.rmtree(storages["private"].path(FOLDER), ignore_errors=True)


@pytest.fixture
def made(project: Project, django_capture_on_commit_callbacks: Any) -> Make:
    def make(kind: str = "poster", **asked: Any) -> StoryFile:
        with django_capture_on_commit_callbacks(execute=True):
            file = actions.request_file(project, kind, by=None, **asked)
        return StoryFile.objects.select_related("job").get(pk=file.pk)

    return make


def page(project: Project) -> str:
    return reverse("story_files", args=[project.slug])


def ask(project: Project, word: str = "poster") -> str:
    return reverse("story_file_add", args=[project.slug, word])


def download(file: StoryFile) -> str:
    return reverse("story_file", args=[file.project.slug, file.pk])


def on_disk(file: StoryFile) -> Path:
    return Path(storages["private"].path(file.file))


def words_in(data: bytes) -> str:
    run = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
    return " ".join(run.stdout.decode().split())


def test_somebody_asks_for_a_poster_and_downloads_it(
    login: Login, colleague: User, project: Project, django_capture_on_commit_callbacks: Any
) -> None:
    client = login(colleague)
    assert "Er is nog niets gemaakt" in client.get(page(project)).text
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(ask(project), {"posterform_language": "x", "language": "nl"})
    assert response.headers["Location"] == page(project)
    file = StoryFile.objects.get()
    assert download(file) in client.get(page(project)).text
    answer = client.get(download(file))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert f"/buurt/{project.slug}/vertel" in words_in(answer.content).replace(" ", "")


def test_a_second_click_while_it_is_made_is_the_same_one(
    login: Login, colleague: User, project: Project
) -> None:
    client = login(colleague)
    for _click in range(2):
        assert client.post(ask(project), {"language": "tr"}).status_code == 302
    assert StoryFile.objects.count() == 1
    client.post(ask(project), {"language": "ar"})
    assert StoryFile.objects.count() == 2


def test_a_killed_worker_leaves_one_whole_file(project: Project) -> None:
    asked = actions.request_file(project, "poster", by=None)
    half = Path(storages["private"].path(f"{FOLDER}/{project.pk}-{asked.pk}.pdf.half"))
    half.parent.mkdir(parents=True, exist_ok=True)
    half.write_bytes(b"%PDF half")
    Job.objects.filter(pk=asked.job_id).update(state="running", attempts=1, heartbeat="2020-01-01T00:00Z")
    tasks.file.apply((asked.job_id,))
    file = StoryFile.objects.select_related("job").get()
    assert file.job.state == "done"
    assert on_disk(file).read_bytes().startswith(b"%PDF")
    assert not half.exists()


def test_an_outsider_finds_nothing_and_a_stranger_is_asked_to_log_in(
    login: Login, outsider: User, client: Client, project: Project, made: Make
) -> None:
    file = made()
    for where in (page(project), download(file)):
        assert login(outsider).get(where).status_code == 404
        assert client.get(where).headers["Location"].startswith("/account/login/")
    assert login(outsider).post(ask(project), {"language": "nl"}).status_code == 404
    own = outsider.memberships.get().project
    assert login(outsider).get(reverse("story_file", args=[own.slug, file.pk])).status_code == 404


ROLES = ["coordinator", "kernteamlid", "gespreksleider", "begeleider", "lezer", "verzamelaar"]


@pytest.mark.parametrize("role", ROLES)
def test_who_collects_may_ask_for_a_poster_and_who_reads_may_take_it(
    login: Login, project: Project, made: Make, role: str
) -> None:
    file = made()
    client = login(builders.member(project, role))
    assert client.get(page(project)).status_code == 200
    assert client.get(download(file)).status_code == 200
    asks = 403 if role in ("begeleider", "lezer") else 302
    assert client.post(ask(project), {"language": "nl"}).status_code == asks


def test_the_wrong_method_and_what_we_do_not_know_are_told(
    login: Login, coordinator: User, project: Project
) -> None:
    client = login(coordinator)
    assert client.get(ask(project)).status_code == 405
    assert client.post(page(project)).status_code == 405
    assert client.post(ask(project, "tekening")).status_code == 404
    refused = client.post(ask(project), {"language": "xx"})
    assert refused.status_code == 422
    assert not StoryFile.objects.exists()
