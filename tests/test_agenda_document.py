"""The agenda as PDF, print, JSON and command: what is in it, and above all what is not."""

import json
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import page as validator
import pikepdf
import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agenda import actions, tasks
from agenda.document import Agenda, build_agenda
from agenda.models import AgendaDocument, Agendapunt, Inzicht
from agenda.rendering import agenda_html, agenda_pdf
from core import jobs
from core.models import Job
from projects.models import Project, UrgencyStatement, User
from stories.models import Story
from tests import builders
from tests.agenda_cast import a_party, a_quote, a_story, compared

type Login = Callable[[User], Client]
DAY = date(2026, 12, 12)
QUOTE = "Ik loop om als het donker is."


@pytest.fixture
def story(project: Project) -> Story:
    return a_story(project, f"{QUOTE} Geheim vervolg.")


@pytest.fixture
def punt(project: Project, story: Story) -> Agendapunt:
    inzicht = Inzicht.objects.create(
        project=project, title="Te donker", chapter="veiligheid", relation="verklaart"
    )
    inzicht.figures.add(compared(project, "misdrijven", "veiligheid", 92, 68, 47))
    inzicht.quotes.add(a_quote(story, QUOTE))
    punt = actions.add_agendapunt(
        project,
        title="Licht op het plein",
        wat="Zes lantaarns.",
        waar="Muzenplein",
        wanneer="1 maart 2027",
        trekker=a_party(project, "Gemeente"),
        quick_win=True,
        inzichten=[inzicht],
        by=None,
    )
    return actions.change_state(punt, was="concept", state="afgesproken", by=None)


@pytest.fixture
def concept(project: Project) -> Agendapunt:
    return actions.add_agendapunt(project, title="Nog een idee", wat="Iets met groen", by=None)


@pytest.fixture
def document(project: Project, punt: Agendapunt, django_capture_on_commit_callbacks: Any) -> AgendaDocument:
    with django_capture_on_commit_callbacks(execute=True):
        made = actions.request_document(project, by=None)
    return AgendaDocument.objects.select_related("job").get(pk=made.pk)


def agenda_of(project: Project, **options: Any) -> Agenda:
    return build_agenda(project, made_on=DAY, **options)


def words_of(data: bytes) -> str:
    """The text of every page, by the ToUnicode maps of its fonts."""
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
    return found.stdout.decode()


def file_of(document: AgendaDocument) -> Path:
    return Path(storages["private"].path(document.file))


def progress(document: AgendaDocument) -> str:
    return reverse("agenda_document_progress", args=[document.project.slug, document.pk])


def download(document: AgendaDocument) -> str:
    return reverse("agenda_document", args=[document.project.slug, document.pk])


def ask(project: Project) -> str:
    return reverse("agenda_document_add", args=[project.slug])


# --- the PDF -------------------------------------------------------------------------------


def test_the_pdf_conforms_to_pdf_ua_and_is_tagged(
    project: Project, punt: Agendapunt, concept: Agendapunt
) -> None:
    UrgencyStatement.objects.create(
        project=project, text="Te donker", tone="negatief", felt_by_kind="bewoners", felt_by="x", since="2024"
    )
    pdf = agenda_pdf(agenda_of(project, number=2))
    report = validator.validate_pdf_bytes(pdf.data, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    with pikepdf.open(BytesIO(pdf.data)) as opened:
        assert opened.Root.Lang == "nl"
        assert opened.Root.MarkInfo.Marked
        assert opened.docinfo["/Title"] == f"Buurtagenda {project.name}"
        with opened.open_outline() as outline:
            titles = [child.title for item in outline.root for child in item.children]
        assert titles[:2] == ["Waarom?", f"Twee afspraken voor {project.name}"]


def test_every_page_says_which_agenda_which_day_and_which_state(project: Project, punt: Agendapunt) -> None:
    Project.objects.update(is_demo=True)
    project.refresh_from_db()
    text = words_of(agenda_pdf(agenda_of(project, number=3)).data).replace("\xa0", " ")
    pages = text.rstrip("\f").split("\f")
    assert len(pages) == 3
    for number, words in enumerate(pages, start=1):
        assert f"Voorbeeld · Buurtagenda {project.name} · 12 december 2026 · versie 3" in words
        assert "Voorbeeld: de cijfers zijn echt, de rest is verzonnen." in words
        assert words.rstrip().endswith(str(number))
        assert "CONCEPT" not in words


def test_a_point_in_concept_marks_every_page_as_concept(
    project: Project, punt: Agendapunt, concept: Agendapunt
) -> None:
    pages = words_of(agenda_pdf(agenda_of(project)).data).rstrip("\f").split("\f")
    assert all("CONCEPT" in words and "· concept" in words for words in pages)
    assert "Voorbeeld" not in pages[0]


def test_the_point_stands_with_its_evidence(project: Project, punt: Agendapunt) -> None:
    text = " ".join(words_of(agenda_pdf(agenda_of(project)).data).split())
    for words in (
        "Eén afspraak voor",
        "Licht op het plein",
        "quick win",
        "Zes lantaarns.",
        "Gemeente (trekker)",
        "Tellen.",
        "Vertellen.",
        "92,0 per 1.000",
        f"“{QUOTE}”",
        "(verhaal verklaart cijfer)",
        "47018NED",
        "CC BY 4.0",
        "openbaar formulier (1)",
    ):
        assert words in text
    assert "Geheim vervolg" not in text


@pytest.mark.parametrize("state", ["submitted", "held", "rejected"])
def test_words_that_are_not_public_are_in_no_outlet(
    project: Project, punt: Agendapunt, story: Story, state: str, capsysbinary: Any
) -> None:
    Story.objects.update(state=state, reason="anders")
    agenda = agenda_of(project)
    assert "loop om" not in words_of(agenda_pdf(agenda).data)
    assert "loop om" not in agenda_html(agenda)
    for form in ("json", "html"):
        call_command("export_agenda", project.slug, format=form)
        assert b"loop om" not in capsysbinary.readouterr().out


def test_dropped_points_are_never_in_it_and_concept_only_when_asked(
    project: Project, punt: Agendapunt, concept: Agendapunt
) -> None:
    assert [p.title for p in agenda_of(project).points] == ["Licht op het plein", "Nog een idee"]
    assert [p.title for p in agenda_of(project, with_concept=False).points] == ["Licht op het plein"]
    actions.change_state(punt, was="afgesproken", state="vervallen", by=None)
    assert [p.title for p in agenda_of(project).points] == ["Nog een idee"]


def test_strange_text_stays_text(project: Project, punt: Agendapunt) -> None:
    Agendapunt.objects.update(wat='<img src="https://voorbeeld.test/x.png"> مرحبا 🏡 ' + "x" * 300)
    pdf = agenda_pdf(agenda_of(project))
    assert "<img src=" in words_of(pdf.data)


@pytest.mark.parametrize("rows", [1, 3])
def test_building_the_agenda_takes_a_constant_number_of_queries(
    project: Project, punt: Agendapunt, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows - 1):
        copy = actions.add_agendapunt(project, title=f"{number}", wat="x", trekker=punt.trekker, by=None)
        copy.inzichten.set(punt.inzichten.all())
    with django_assert_num_queries(10):
        agenda_html(agenda_of(project))


# --- asking, waiting, downloading ----------------------------------------------------------


def test_the_coordinator_asks_waits_and_downloads(
    login: Login,
    coordinator: User,
    project: Project,
    punt: Agendapunt,
    django_capture_on_commit_callbacks: Any,
) -> None:
    client = login(coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(ask(project), {"with_concept": "on"})
    document = AgendaDocument.objects.get()
    assert response.headers["Location"] == progress(document)
    assert "De PDF is klaar" in client.get(progress(document)).text
    answer = client.get(download(document))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="buurtagenda-{project.slug}.pdf"'
    assert answer.content.startswith(b"%PDF")
    assert (document.number, document.pages) == (1, 3)


def test_only_the_coordinator_makes_it_and_outsiders_never_see_it(
    login: Login, colleague: User, reader: User, outsider: User, client: Client, document: AgendaDocument
) -> None:
    project = document.project
    data = reverse("agenda_data", args=[project.slug])
    printed = reverse("agenda_print", args=[project.slug])
    assert login(colleague).post(ask(project)).status_code == 403
    assert login(colleague).get(data).status_code == 403
    assert login(outsider).post(ask(project)).status_code == 404
    assert login(colleague).get(ask(project)).status_code == 405
    assert client.post(ask(project)).headers["Location"].startswith("/account/login/")
    for where in (progress(document), download(document), printed):
        assert login(reader).get(where).status_code == 200
        assert login(outsider).get(where).status_code == 404
        assert login(reader).post(where).status_code == 405
        assert client.get(where).headers["Location"].startswith("/account/login/")


def test_a_document_of_another_project_does_not_exist_here(
    login: Login, outsider: User, document: AgendaDocument
) -> None:
    own = outsider.memberships.get().project
    for name in ("agenda_document", "agenda_document_progress"):
        for pk in (document.pk, 10**30):
            assert login(outsider).get(reverse(name, args=[own.slug, pk])).status_code == 404


def test_the_file_lies_in_the_private_folder(document: AgendaDocument) -> None:
    assert file_of(document).is_relative_to(settings.PRIVATE_ROOT)
    assert not file_of(document).is_relative_to(settings.MEDIA_ROOT)


def test_an_empty_agenda_is_refused(login: Login, coordinator: User, project: Project) -> None:
    response = login(coordinator).post(ask(project), {"with_concept": "on"})
    assert response.status_code == 422
    assert "Er staat nog niets op de agenda" in response.text
    assert not Job.objects.exists()


def test_a_second_click_while_it_is_made_is_the_same_document(
    login: Login, coordinator: User, project: Project, punt: Agendapunt
) -> None:
    client = login(coordinator)
    first, second = (client.post(ask(project), {"with_concept": "on"}) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert AgendaDocument.objects.count() == 1


def test_while_it_is_made_the_page_shows_how_far_it_is(
    login: Login, reader: User, project: Project, punt: Agendapunt
) -> None:
    document = actions.request_document(project, by=None)
    client = login(reader)
    page = client.get(progress(document)).text
    assert 'role="status"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "Download" not in page
    part = client.get(progress(document), headers={"HX-Request": "true"}).text
    assert part.strip().startswith('<div id="voortgang"')
    assert "hx-get" in part
    assert client.get(download(document)).headers["Location"] == progress(document)
    Job.objects.update(state="failed", error="Er ging iets mis.")
    assert "niet gelukt" in client.get(progress(document)).text


def test_a_killed_worker_leaves_one_whole_document(project: Project, punt: Agendapunt) -> None:
    document = actions.request_document(project, by=None)
    half = Path(storages["private"].path(f"agenda/{project.pk}-{document.pk}.pdf.half"))
    half.parent.mkdir(parents=True, exist_ok=True)
    half.write_bytes(b"half")
    long_ago = timezone.now() - timedelta(minutes=5)
    Job.objects.filter(task="agenda.render_document").update(state="running", heartbeat=long_ago, attempts=1)
    assert jobs.resume_stale() == 1
    document.refresh_from_db()
    first = file_of(document).read_bytes()
    assert first.startswith(b"%PDF")
    assert not half.exists()
    Job.objects.filter(task="agenda.render_document").update(state="running", heartbeat=long_ago, attempts=1)
    tasks.render_document(document.job_id)
    files = list(half.parent.glob(f"{project.pk}-{document.pk}*"))
    assert files == [file_of(document)]
    assert AgendaDocument.objects.count() == 1


# --- taken back ----------------------------------------------------------------------------


def test_a_file_with_withdrawn_words_is_not_given_out_and_then_removed(
    login: Login, coordinator: User, document: AgendaDocument, story: Story
) -> None:
    client = login(coordinator)
    assert client.get(download(document)).status_code == 200
    assert actions.forget_outdated_documents() == 0
    story.delete()
    assert client.get(download(document)).headers["Location"] == progress(document)
    assert "Maak de PDF opnieuw" in client.get(progress(document)).text
    assert file_of(document).exists()
    assert actions.forget_outdated_documents() == 1
    assert not file_of(document).exists()
    assert "Maak de PDF opnieuw" in client.get(progress(document)).text


@pytest.mark.parametrize("changes", [{"state": "held"}, {"text": "xx loop om als het donker is. Geheim"}])
def test_a_story_that_is_held_or_masked_makes_the_file_old(
    login: Login, coordinator: User, document: AgendaDocument, changes: dict[str, str]
) -> None:
    Story.objects.update(**changes)
    assert login(coordinator).get(download(document)).status_code == 302


def test_a_story_that_is_not_in_it_changes_nothing(
    login: Login, coordinator: User, document: AgendaDocument, project: Project
) -> None:
    a_story(project, "Ander verhaal").delete()
    assert login(coordinator).get(download(document)).status_code == 200


# --- print, JSON, command ------------------------------------------------------------------


def test_the_print_is_a_page_of_its_own(
    login: Login, reader: User, project: Project, punt: Agendapunt
) -> None:
    text = login(reader).get(reverse("agenda_print", args=[project.slug])).text
    assert text.count("<h1>") == 1
    assert "Licht op het plein" in text
    assert "Terug naar de agenda" in text


def test_the_json_has_points_with_their_evidence(
    login: Login, coordinator: User, project: Project, punt: Agendapunt
) -> None:
    response = login(coordinator).get(reverse("agenda_data", args=[project.slug]))
    assert f"buurtagenda-{project.slug}.json" in response.headers["Content-Disposition"]
    (point,) = json.loads(response.text)["points"]
    (inzicht,) = point["inzichten"]
    assert (point["wat"], point["trekker"], point["state"]) == ("Zes lantaarns.", "Gemeente", "afgesproken")
    assert inzicht["quotes"] == [QUOTE]
    (figure,) = inzicht["figures"]
    assert {key: figure[key] for key in ("indicator", "code", "value", "unit", "period", "table")} == {
        "indicator": "misdrijven",
        "code": "BU05183620",
        "value": 92.0,
        "unit": "per 1 000 inwoners",
        "period": "2024",
        "table": "47018NED",
    }


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF"), ("html", b"<!doctype html>"), ("json", b"{")])
def test_the_command_writes_each_form(
    project: Project, punt: Agendapunt, tmp_path: Path, form: str, start: bytes, capsysbinary: Any
) -> None:
    file = tmp_path / "agenda"
    call_command("export_agenda", project.slug, "--format", form, "-o", str(file))
    assert file.read_bytes().lstrip().startswith(start)
    call_command("export_agenda", project.slug, "--format", form, "-o", "-")
    assert capsysbinary.readouterr().out.lstrip().startswith(start)


def test_the_command_leaves_out_concept_when_asked(
    project: Project, punt: Agendapunt, concept: Agendapunt, capsysbinary: Any
) -> None:
    call_command("export_agenda", project.slug, "--format", "json", "--agreed-only")
    assert [p["title"] for p in json.loads(capsysbinary.readouterr().out)["points"]] == ["Licht op het plein"]


def test_the_command_says_what_it_cannot_do(project: Project, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No project has the address 'onbekend'") as unknown:
        call_command("export_agenda", "onbekend")
    with pytest.raises(CommandError, match="Cannot write") as unwritable:
        call_command("export_agenda", project.slug, "--format", "json", "-o", str(tmp_path / "a" / "b"))
    assert (unknown.value.returncode, unwritable.value.returncode) == (2, 2)


def test_an_agenda_of_another_project_is_another_agenda(project: Project, punt: Agendapunt) -> None:
    assert agenda_of(builders.project()).points == ()
