"""Taking the scan away: who may ask and download, what happens in between, and what is never in a file."""

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtscan import actions, tasks
from buurtscan.models import (
    FigureMark,
    HiddenFigure,
    PartnerTable,
    PolicyFact,
    Scan,
    ScanFigure,
    Takeaway,
)
from buurtscan.takeaways.listing import FORMS
from core import jobs
from core.models import Job, Record
from projects.models import Project, User
from tests import builders
from tests import takeaways_help as files
from tests.buurtscan_help import buurt
from tests.replica import Replica

pytestmark = pytest.mark.django_db

type Login = Callable[[User], Client]
KINDS = list(Takeaway.Kind.values)
WORDS = {kind: form.word for kind, form in FORMS.items()}


@pytest.fixture(autouse=True)
def an_empty_folder() -> None:
    """Rows roll back after a test, files do not."""
    shutil.rmtree(storages["private"].path("takeaways"), ignore_errors=True)


@pytest.fixture
def scanned(project: Project) -> Project:
    files.a_scan(project)
    return project


@pytest.fixture
def made(scanned: Project, django_capture_on_commit_callbacks: Any) -> Callable[[str], Takeaway]:
    def make(kind: str = "json") -> Takeaway:
        with django_capture_on_commit_callbacks(execute=True):
            asked = actions.request_takeaway(scanned, kind, by=None)
        return Takeaway.objects.select_related("job").get(pk=asked.pk)

    return make


def page(project: Project) -> str:
    return reverse("takeaways", args=[project.slug])


def ask(project: Project, kind: str = "json") -> str:
    return reverse("takeaway_add", args=[project.slug, WORDS[kind]])


def download(project: Project, kind: str = "json") -> str:
    return reverse("takeaway_file", args=[project.slug, WORDS[kind]])


def on_disk(takeaway: Takeaway) -> Path:
    return Path(storages["private"].path(takeaway.file))


def words_in(kind: str, data: bytes) -> str:
    """All text of a file, whatever its form."""
    if kind == "note":
        return subprocess.run(
            ["pdftotext", "-", "-"], input=data, capture_output=True, check=True
        ).stdout.decode()
    if kind == "json":
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    inside = [part for part in parts if part.startswith(b"PK")]  # the workbook behind a chart
    for one in inside:
        with zipfile.ZipFile(io.BytesIO(one)) as archive:
            parts += [archive.read(name) for name in archive.namelist()]
    return "\n".join(part.decode("utf-8", "replace") for part in parts)


# --- asking, waiting, downloading ----------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "ending", "content_type", "start"),
    [
        ("note", "notitie.pdf", "application/pdf", b"%PDF"),
        ("slides", "presentatie.pptx", "presentationml.presentation", b"PK"),
        ("workbook", "werkblad.xlsx", "spreadsheetml.sheet", b"PK"),
        ("csv", "tabel.zip", "application/zip", b"PK"),
        ("json", "gegevens.json", "application/json", b"{"),
    ],
)
def test_the_kernteam_asks_waits_and_downloads_each_kind(
    login: Login,
    colleague: User,
    scanned: Project,
    django_capture_on_commit_callbacks: Any,
    kind: str,
    ending: str,
    content_type: str,
    start: bytes,
) -> None:
    client = login(colleague)
    assert "Nog niet gemaakt" in client.get(page(scanned)).text
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(ask(scanned, kind))
    assert response.headers["Location"] == page(scanned)
    assert download(scanned, kind) in client.get(page(scanned)).text
    answer = client.get(download(scanned, kind))
    assert answer.headers["Content-Type"].endswith(content_type)
    name = f'attachment; filename="buurtscan-{scanned.slug}-{ending}"'
    assert answer.headers["Content-Disposition"] == name
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.content.startswith(start)
    assert Takeaway.objects.get().size == len(answer.content)


ROLES = ["coordinator", "kernteamlid", "gespreksleider", "begeleider", "lezer", "verzamelaar"]


@pytest.mark.parametrize("role", ROLES)
def test_who_may_read_downloads_and_who_may_write_asks(
    login: Login, made: Callable[[str], Takeaway], scanned: Project, role: str
) -> None:
    made("json")
    client = login(builders.member(scanned, role))
    reads = 403 if role == "verzamelaar" else 200
    assert client.get(page(scanned)).status_code == reads
    assert client.get(download(scanned)).status_code == reads
    writes = 302 if role in ("coordinator", "kernteamlid") else 403
    assert client.post(ask(scanned)).status_code == writes


def test_an_outsider_finds_nothing_and_a_stranger_is_asked_to_log_in(
    login: Login, outsider: User, client: Client, made: Callable[[str], Takeaway], scanned: Project
) -> None:
    made("json")
    for where in (page(scanned), download(scanned)):
        assert login(outsider).get(where).status_code == 404
        assert client.get(where).headers["Location"].startswith("/account/login/")
    assert login(outsider).post(ask(scanned)).status_code == 404
    assert client.post(ask(scanned)).headers["Location"].startswith("/account/login/")


def test_the_wrong_method_and_an_unknown_kind_are_told(
    login: Login, coordinator: User, scanned: Project
) -> None:
    client = login(coordinator)
    assert client.get(ask(scanned)).status_code == 405
    assert client.post(page(scanned)).status_code == 405
    assert client.post(download(scanned)).status_code == 405
    assert client.get(reverse("takeaway_file", args=[scanned.slug, "tekening"])).status_code == 404
    assert client.post(reverse("takeaway_add", args=[scanned.slug, "tekening"])).status_code == 404


def test_the_file_of_another_project_is_not_given_out(
    login: Login, outsider: User, made: Callable[[str], Takeaway]
) -> None:
    made("json")
    own = outsider.memberships.get().project
    assert login(outsider).get(download(own)).headers["Location"] == page(own)


def test_a_reader_sees_no_buttons(login: Login, reader: User, scanned: Project) -> None:
    text = login(reader).get(page(scanned)).text
    assert "maken/" not in text
    assert "Een lid van het kernteam kan een bestand (opnieuw) maken." in text


def test_without_figures_there_is_nothing_to_take_away(
    login: Login, coordinator: User, project: Project
) -> None:
    response = login(coordinator).post(ask(project))
    assert response.status_code == 409
    assert "Start eerst de buurtscan" in response.text
    assert not Job.objects.exists()


def test_a_second_click_while_it_is_made_is_the_same_one(
    login: Login, coordinator: User, scanned: Project
) -> None:
    client = login(coordinator)
    for _click in range(2):
        assert client.post(ask(scanned)).status_code == 302
    assert Takeaway.objects.count() == 1
    client.post(ask(scanned, "csv"))
    assert Takeaway.objects.count() == 2


def test_asking_is_on_record(login: Login, coordinator: User, scanned: Project) -> None:
    login(coordinator).post(ask(scanned))
    row = Record.objects.get(verb="request_takeaway")
    assert (row.actor_id, row.project_id) == (coordinator.pk, scanned.pk)


def test_while_it_is_made_the_page_shows_how_far_it_is(login: Login, reader: User, scanned: Project) -> None:
    asked = actions.request_takeaway(scanned, "slides", by=None)
    client = login(reader)
    text = client.get(page(scanned)).text
    assert 'role="status"' in text
    assert '<noscript><meta http-equiv="refresh"' in text
    part = client.get(page(scanned), headers={"HX-Request": "true"}).text
    assert part.strip().startswith('<div id="voortgang"')
    assert "hx-get" in part
    assert client.get(download(scanned, "slides")).headers["Location"] == page(scanned)
    Job.objects.filter(pk=asked.job_id).update(state="failed", error="Er ging iets mis.")
    text = client.get(page(scanned)).text
    assert "Het maken is niet gelukt. Er ging iets mis." in " ".join(text.split())
    assert "hx-get" not in text


def test_when_the_newer_one_fails_the_older_is_still_there(
    login: Login, reader: User, made: Callable[[str], Takeaway], scanned: Project
) -> None:
    made("json")
    failed = actions.request_takeaway(scanned, "json", by=None)
    Job.objects.filter(pk=failed.job_id).update(state="failed")
    assert login(reader).get(download(scanned)).status_code == 200


def test_the_file_lies_in_the_private_folder(made: Callable[[str], Takeaway]) -> None:
    file = on_disk(made("json"))
    assert file.is_relative_to(settings.PRIVATE_ROOT)
    assert not file.is_relative_to(settings.MEDIA_ROOT)


def test_a_killed_worker_leaves_one_whole_file(scanned: Project) -> None:
    asked = actions.request_takeaway(scanned, "json", by=None)
    half = Path(storages["private"].path(f"takeaways/{scanned.pk}-{asked.pk}.json.half"))
    half.parent.mkdir(parents=True, exist_ok=True)
    half.write_bytes(b"{")
    long_ago = timezone.now() - timedelta(minutes=5)
    mine = Job.objects.filter(pk=asked.job_id)
    mine.update(state="running", heartbeat=long_ago, attempts=1)
    assert jobs.resume_stale() == 1
    asked.refresh_from_db()
    assert json.loads(on_disk(asked).read_bytes())["project"] == scanned.slug
    assert not half.exists()
    mine.update(state="running", heartbeat=long_ago, attempts=1)
    tasks.takeaway(asked.job_id)
    assert list(half.parent.glob(f"{scanned.pk}-{asked.pk}*")) == [on_disk(asked)]
    assert Takeaway.objects.count() == 1


# --- cleaning up ---------------------------------------------------------------------------


def test_a_newer_one_takes_the_place_of_the_older(
    made: Callable[[str], Takeaway], scanned: Project, django_capture_on_commit_callbacks: Any
) -> None:
    other, first = made("csv"), made("json")
    second = made("json")
    assert set(Takeaway.objects.all()) == {other, second}
    assert not on_disk(first).exists()
    assert on_disk(second).exists()
    assert on_disk(other).exists()
    assert not Job.objects.filter(pk=first.job_id).exists()


def test_the_files_of_a_deleted_project_go(made: Callable[[str], Takeaway]) -> None:
    takeaway = made("json")
    kept = on_disk(takeaway)
    stray = kept.with_name("stray.txt")
    stray.write_text("?")
    assert actions.forget_takeaways() == 1  # only the stray one
    assert kept.exists()
    Takeaway.objects.all().delete()
    tasks.forget_takeaways()
    assert not kept.exists()
    assert actions.forget_takeaways() == 0


def hide_it(project: Project) -> None:
    HiddenFigure.objects.create(project=project, indicator="corporatiewoningen")


def close_the_table(project: Project) -> None:
    PartnerTable.objects.filter(project=project).update(visibility="kernteam")


def undo_the_table(project: Project) -> None:
    PartnerTable.objects.filter(project=project).update(state="undone")


def close_the_fact(project: Project) -> None:
    PolicyFact.objects.filter(project=project).update(visibility="kernteam")


def drop_the_fact(project: Project) -> None:
    PolicyFact.objects.filter(project=project).delete()


@pytest.mark.parametrize(
    "change",
    [hide_it, close_the_table, undo_the_table, close_the_fact, drop_the_fact],
    ids=lambda f: f.__name__,
)
def test_what_is_no_longer_for_everybody_is_not_given_out_and_then_removed(
    login: Login,
    coordinator: User,
    scanned: Project,
    made: Callable[[str], Takeaway],
    change: Callable[[Project], None],
    django_capture_on_commit_callbacks: Any,
) -> None:
    files.partner_figure(scanned)
    files.policy_fact(scanned)
    client, takeaway = login(coordinator), made("json")
    assert client.get(download(scanned)).status_code == 200
    assert actions.forget_takeaways() == 0
    change(scanned)
    assert client.get(download(scanned)).headers["Location"] == page(scanned)
    text = client.get(page(scanned)).text
    assert "Dit bestand geven wij niet meer" in text
    assert "Download" not in text
    file = on_disk(takeaway)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.forget_takeaways()
    assert not file.exists()
    assert not Takeaway.objects.exists()


def test_hiding_in_another_project_changes_nothing_here(
    login: Login, coordinator: User, scanned: Project, made: Callable[[str], Takeaway]
) -> None:
    made("json")
    hide_it(builders.project())
    assert login(coordinator).get(download(scanned)).status_code == 200


def test_a_newer_scan_makes_the_file_old_and_says_so(
    login: Login, reader: User, scanned: Project, made: Callable[[str], Takeaway]
) -> None:
    made("json")
    client = login(reader)
    assert "daarna opnieuw opgehaald" not in client.get(page(scanned)).text
    running = Scan.objects.create(project=scanned, job=Job.objects.create(task="buurtscan.scan"))
    assert "daarna opnieuw opgehaald" not in client.get(page(scanned)).text
    Job.objects.filter(pk=running.job_id).update(state="done", finished_at=timezone.now())
    assert "daarna opnieuw opgehaald" in client.get(page(scanned)).text
    assert client.get(download(scanned)).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_much_whatever_was_made(
    login: Login,
    coordinator: User,
    scanned: Project,
    made: Callable[[str], Takeaway],
    rows: int,
    django_assert_num_queries: Any,
) -> None:
    for kind in KINDS[:rows]:
        made(kind)
    client = login(coordinator)
    client.get(page(scanned))
    with django_assert_num_queries(9):
        client.get(page(scanned))


# --- what is never in a file ---------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_hidden_and_nothing_of_the_kernteam_alone_is_in_any_file(
    scanned: Project, coordinator: User, made: Callable[[str], Takeaway], kind: str
) -> None:
    files.secrets(scanned, coordinator)
    files.partner_figure(scanned, "Klachten over vocht")
    found = words_in(kind, on_disk(made(kind)).read_bytes())
    assert "Klachten over vocht" in found
    assert "Corporatie De Brug" in found
    for word in files.SECRET:
        assert word not in found
    assert FigureMark.objects.filter(indicator="koopwoningen").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_no_file_names_who_marked_or_wrote(
    scanned: Project, made: Callable[[str], Takeaway], kind: str
) -> None:
    author = builders.member(scanned, "kernteamlid", side="bewoner", name="Zeldzame Naam")
    files.mark(scanned, author)
    files.duiding(scanned, "Er is weinig keus").author = author
    files.question(scanned, asked_by=author)
    assert "Zeldzame" not in words_in(kind, on_disk(made(kind)).read_bytes())


@pytest.mark.parametrize("rows", [1, 3])
def test_the_contents_ask_as_much_however_much_there_is(
    scanned: Project, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        files.partner_figure(scanned, partner=f"Partner {number}")
        files.policy_fact(scanned)
        files.question(scanned)
    with django_assert_num_queries(18):
        files.contents(scanned)


def test_only_the_newest_duiding_counts_and_an_empty_one_takes_it_away(scanned: Project) -> None:
    files.duiding(scanned, "Oud", number=1)
    files.duiding(scanned, "Nieuw", number=2)
    files.duiding(scanned, "Weg ermee", "werk", number=1)
    files.duiding(scanned, "", "werk", number=2)
    texts = {part.chapter: part.duiding for part in files.contents(scanned).chapters if part.duiding}
    assert texts == {"wonen": "Nieuw"}


# --- with the published figures ------------------------------------------------------------

AREAS = {
    "a buurt": ["BU05183620"],
    "a wijk": ["WK039208"],
    "a set of buurten": ["BU18590004", "BU18590006"],
    "without inhabitants": ["BU04893052"],
}


@pytest.mark.parametrize("what", AREAS)
def test_every_file_can_be_made_of_real_figures(
    sources: Replica, what: str, django_capture_on_commit_callbacks: Any
) -> None:
    codes = AREAS[what]
    areas = [
        buurt(code) if code.startswith("BU") else builders.area(code, name="Slachthuiswijk") for code in codes
    ]
    project = builders.project(areas=areas)
    with django_capture_on_commit_callbacks(execute=True):
        actions.start_scan(project, by=None)
    for kind in KINDS:
        with django_capture_on_commit_callbacks(execute=True):
            actions.request_takeaway(project, kind, by=None)
    assert set(Takeaway.objects.values_list("kind", "job__state")) == {(kind, "done") for kind in KINDS}
    stored = list(ScanFigure.objects.of(project).current())
    told = json.loads(on_disk(Takeaway.objects.get(kind="json")).read_bytes())["figures"]
    assert {(one["indicator"], one["code"]): one["value"] for one in told} == {
        (figure.indicator, figure.code): figure.value for figure in stored
    }
    assert len(stored) > 300
