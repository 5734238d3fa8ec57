"""Files made of stories: who asks, who downloads, and when a file is no longer given out."""

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from core.errors import DomainError
from core.models import Job
from core.private import files_in, keep_file
from projects.models import Project, User
from stories import actions, tasks
from stories.actions.files import FOLDER
from stories.codes import code_hash
from stories.forms.telling import ABOUT, TellForm
from stories.models import Appearance, Story, StoryFile
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


def text_of(data: bytes) -> str:
    return subprocess.run(
        ["pdftotext", "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()


def words_in(data: bytes) -> str:
    return " ".join(text_of(data).split())


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


# --- what is in them ----------------------------------------------------------------------
def test_the_poster_speaks_the_language_that_was_asked_for(project: Project, made: Make) -> None:
    data = on_disk(made(language="ar")).read_bytes()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == "ar"
        assert len(pdf.pages) == 1


def test_the_form_on_paper_asks_what_the_form_asks_and_keeps_the_background_apart(
    project: Project, made: Make
) -> None:
    Project.objects.filter(pk=project.pk).update(
        controller="Gemeente Voorbeeld", controller_email="privacy@voorbeeld.test"
    )
    project.refresh_from_db()
    file = made("papier", options={"return_to": "Balie van het buurthuis"})
    data = on_disk(file).read_bytes()
    pages = [" ".join(page.split()) for page in text_of(data).split("\f")]
    words = " ".join(pages)
    form = TellForm(project=project)
    for field in ("text", "about", "frequency", "feeling", "change", "consent"):
        assert str(form[field].label) in words
    for _value, label in ABOUT:
        assert str(label) in words
    assert "Gemeente Voorbeeld" in words
    assert "privacy@voorbeeld.test" in words
    apart = next(number for number, page in enumerate(pages) if "Over uzelf" in page)
    assert apart % 2 == 0  # a sheet of its own, also when both sides are printed
    assert "Hoe oud bent u" not in " ".join(pages[:apart])
    assert str(form["text"].label) not in pages[apart]
    assert "Balie van het buurthuis" in pages[apart]


def test_a_booklet_holds_the_chosen_stories_with_their_translation(project: Project, made: Make) -> None:
    builders.story(project, text="Het plein is donker.", about="leefomgeving", place="bij de bakker")
    builders.story(
        project,
        text="الشارع مظلم.",
        about="leefomgeving",
        language="ar",
        translation="De straat is donker.",
        translated_by="Samira",
    )
    builders.story(project, text="Over iets heel anders.", about="wonen")
    builders.story(project, text="Nog geheim.", about="leefomgeving", state="held")
    file = made("boekje", options={"title": "Onze straat", "about": "leefomgeving", "order": "hoofdstuk"})
    words = words_in(on_disk(file).read_bytes())
    assert "Onze straat" in words
    assert "Het plein is donker." in words
    assert "De straat is donker." in words
    assert "vertaald door Samira" in words
    assert "Over iets heel anders" not in words
    assert "Nog geheim" not in words
    assert len(file.holds) == 2
    assert "Leefomgeving en openbare ruimte (2)" in words


def test_what_is_hostile_is_only_text_on_paper(project: Project, made: Make) -> None:
    builders.story(project, text="<script>alert(1)</script> <img src='file:///etc/passwd'> \u202egnol")
    words = words_in(on_disk(made("boekje", options={"title": "<b>Titel</b>"})).read_bytes())
    assert "<script>alert(1)</script>" in words
    assert "<b>Titel</b>" in words


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"title": ""}, "Dit veld is verplicht"),
        ({"title": "Boek", "about": "wonen"}, "Geen openbaar verhaal past"),
        ({"title": "Boek", "theme": "999"}, "Selecteer een geldige keuze"),
        ({"title": "\u200b \u202e"}, "Geef het boekje een titel"),
    ],
)
def test_a_booklet_that_cannot_be_made_is_refused_beside_its_field(
    login: Login, colleague: User, project: Project, fields: dict[str, str], told: str
) -> None:
    builders.story(project, about="leefomgeving")
    response = login(colleague).post(ask(project, "boekje"), fields)
    assert response.status_code == 422
    assert told in response.text
    assert not StoryFile.objects.exists()


def test_only_who_edits_makes_a_booklet_and_only_who_reads_takes_it(
    login: Login, project: Project, made: Make
) -> None:
    builders.story(project)
    file = made("boekje", options={"title": "Boek"})
    collector, reader = builders.member(project, "verzamelaar"), builders.member(project, "lezer")
    for user in (collector, reader):
        assert login(user).post(ask(project, "boekje"), {"title": "Boek"}).status_code == 403
    assert login(reader).get(download(file)).status_code == 200
    assert login(collector).get(download(file)).status_code == 403
    assert download(file) not in login(collector).get(page(project)).text


# --- where a story was handed out ---------------------------------------------------------
def test_a_download_says_where_a_story_was_handed_out_once_a_day(
    login: Login, colleague: User, project: Project, made: Make
) -> None:
    story = builders.story(project)
    file = made("boekje", options={"title": "Onze buurt"})
    client = login(colleague)
    assert not Appearance.objects.exists()
    client.head(download(file))
    assert not Appearance.objects.exists()
    for _time in range(2):
        assert client.get(download(file)).status_code == 200
    assert Appearance.objects.get().story == story
    assert Appearance.objects.get().where == "verhalenboekje (PDF) “Onze buurt”"


@pytest.mark.parametrize("change", ["hold", "mask", "withdraw"])
def test_a_file_goes_when_a_story_in_it_is_no_longer_public_as_it_was(
    login: Login, colleague: User, project: Project, made: Make, change: str
) -> None:
    story = builders.story(project, text="Mijn buurman Willem klaagt.")
    story.withdraw_hash = code_hash("AAAA-BBBB-CCCC-DDDD")
    story.save()
    other = builders.story(project)
    file = made("boekje", options={"title": "Boek"})
    kept = on_disk(file)
    assert kept.exists()
    if change == "hold":
        actions.hold_story(story, by=None)
    elif change == "mask":
        Story.objects.filter(pk=story.pk).update(text="Mijn buurman [weggelaten] klaagt.")
    else:
        actions.withdraw_story("AAAA-BBBB-CCCC-DDDD")
    client = login(colleague)
    if change == "mask":  # the words changed; the clock takes the file away
        assert client.get(download(file)).headers["Location"] == page(project)
        assert actions.forget_files()
    assert client.get(download(file)).status_code == 404
    assert not StoryFile.objects.exists()
    assert not Job.objects.filter(pk=file.job_id).exists()
    assert Story.objects.filter(pk=other.pk).exists()


def test_a_story_that_goes_while_the_file_is_made_is_not_in_any_file(project: Project) -> None:
    story = builders.story(project)
    asked = actions.request_file(project, "boekje", options={"title": "Boek"}, by=None)

    def withdrawn_meanwhile(done: int, _total: int, _note: str) -> None:
        if done == 10:
            story.delete()

    with pytest.raises(DomainError, match="veranderde terwijl"):
        actions.render_file(asked, progress=withdrawn_meanwhile)
    asked.refresh_from_db()
    assert asked.file == ""
    assert files_in(FOLDER) == []


def test_files_that_no_row_names_are_swept(project: Project, made: Make) -> None:
    file = made()
    keep_file(f"{FOLDER}/{project.pk}-999999.pdf", b"%PDF")
    assert actions.forget_files() == 1
    assert on_disk(file).exists()


def test_of_each_file_the_newest_is_kept(project: Project, made: Make) -> None:
    first, other, second = made(), made(language="tr"), made()
    assert not StoryFile.objects.filter(pk=first.pk).exists()
    assert {one.pk for one in StoryFile.objects.all()} == {other.pk, second.pk}
    assert len(files_in(FOLDER)) == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_number_of_questions(
    login: Login, colleague: User, project: Project, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        story = builders.story(project)
        file = actions.request_file(project, "boekje", options={"title": f"Boek {number}"}, by=None)
        StoryFile.objects.filter(pk=file.pk).update(holds=[[story.pk, "x"]], file=f"{FOLDER}/x.pdf")
    client = login(colleague)
    with django_assert_num_queries(12):
        assert client.get(page(project)).status_code == 200
