"""A story that was taken back is gone: from every page, file, export, search and screen."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from agenda import actions as agenda_actions
from agenda.models import AgendaDocument, Agendapunt, Inzicht
from core.models import Job
from core.private import files_in
from projects.models import Project, User
from stories import actions
from stories.actions.files import FOLDER
from stories.codes import code_hash
from stories.models import Appearance, Quote, Story, StoryFile, StoryPhoto, Theme, Withdrawal
from stories.photos import private, write
from tests import builders
from tests import wijkwerksessie_rooms as rooms
from tests.agenda_cast import a_party
from tests.stories_help import jpeg

pytestmark = pytest.mark.django_db

type Login = Callable[[User], Client]
CODE = "ABCD-EFGH-JKMN-PQRS"
WORDS = ("Wilgenroos", "Lisdodde", "Klaproosje", "Kornoelje", "Dagkoekoek")
KINDS = {"boekje": "pdf", "citaten_xlsx": "zip", "citaten_docx": "zip"}


@pytest.fixture(autouse=True)
def an_empty_folder() -> None:
    """Rows roll back after a test, files do not."""
    shutil.rmtree(storages["private"].path(FOLDER), ignore_errors=True)


@pytest.fixture
def story(project: Project, coordinator: User) -> Story:
    """Public, with a picture, a translation, a quote with a theme, an inzicht and an agreed point."""
    told = builders.story(
        project,
        text="Wilgenroos staat bij het plein. Het is er donker.",
        place="bij Lisdodde",
        lat=52.0515,
        lon=4.2975,
        change="Meer licht bij Klaproosje",
        language="tr",
        translation="Kornoelje groeit daar.",
        translated_by="Samira",
        withdraw_hash=code_hash(CODE),
    )
    write("photos/proef.jpg", jpeg((640, 480)))
    job = Job.objects.create(task="test", state="done")
    StoryPhoto.objects.create(
        story=told, job=job, image="photos/proef.jpg", caption="Dagkoekoek", width=640, height=480
    )
    builders.story(project, text="Een ander verhaal blijft staan.")
    quote = actions.quote_story(told, start=0, end=30, by=coordinator)
    quote.codings.create(
        theme=Theme.objects.create(project=project, name="Verlichting"), coded_by=coordinator
    )
    inzicht = Inzicht.objects.create(
        project=project, title="Donker plein", chapter="leefomgeving", relation="blinde_vlek"
    )
    inzicht.quotes.add(quote)
    punt = Agendapunt.objects.create(
        project=project,
        title="Licht op het plein",
        wat="Vier lantaarns",
        waar="Het plein",
        wanneer="maart 2027",
        trekker=a_party(project),
        state="afgesproken",
    )
    punt.inzichten.add(inzicht)
    agenda_actions.record_support(
        project, story=told, votes=3, occasion="Avond", held_on=date(2026, 11, 14), by=coordinator
    )
    return told


@pytest.fixture
def files(project: Project, story: Story, django_capture_on_commit_callbacks: Any) -> list[StoryFile]:
    made = []
    for kind in KINDS:
        options = {"title": "Onze buurt"} if kind == "boekje" else {}
        with django_capture_on_commit_callbacks(execute=True):
            asked = actions.request_file(project, kind, options=options, by=None)
        file = StoryFile.objects.select_related("job").get(pk=asked.pk)
        assert file.file, file.job.error
        made.append(file)
    return made


@pytest.fixture
def document(project: Project, story: Story, django_capture_on_commit_callbacks: Any) -> AgendaDocument:
    with django_capture_on_commit_callbacks(execute=True):
        asked = agenda_actions.request_document(project, by=None)
    return AgendaDocument.objects.get(pk=asked.pk)


def pages(project: Project, story: Story) -> Iterator[str]:
    """Every page that shows stories, or a list in which this one could be."""
    slug = [project.slug]
    named = (
        "verhalen",
        "story_pictures",
        "story_map",
        "story_places",
        "themes",
        "tellen_vertellen",
        "inzicht_add",
        "agenda",
        "agenda_print",
        "agenda_data",
        "moderation",
        "sessies",
    )
    yield from (reverse(name, args=slug) for name in named)
    yield reverse("public_project", args=slug)
    yield reverse("story_quotes", args=[project.slug, story.pk])
    yield reverse("story_presentation", args=slug) + "?nr=1"
    yield reverse("story_presentation", args=slug) + "?nr=1&wat=citaten"
    yield from (f"{reverse('verhalen', args=slug)}?q={word}" for word in WORDS)
    yield reverse("moderation", args=slug) + "?staat=gepubliceerd"


def text_of(response: Any) -> str:
    """All words of an answer, whatever its form."""
    data = b"".join(response) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    if kind == "application/pdf":
        run = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
        return str(run.stdout.decode())
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    return str(data.decode("utf-8", "replace"))


def found_in(client: Client, address: str) -> set[str]:
    response = client.get(address)
    said = text_of(response) if response.status_code == 200 else ""
    typed = address.partition("?q=")[2]  # what somebody looked for stands in the box
    return {word for word in WORDS if word in said and word != typed}


def test_a_story_is_gone_from_every_outlet_after_it_is_taken_back(
    login: Login,
    coordinator: User,
    project: Project,
    story: Story,
    files: list[StoryFile],
    document: AgendaDocument,
    django_capture_on_commit_callbacks: Any,
) -> None:
    round = rooms.at(rooms.sessie(project), "kaartjes")
    card = rooms.card(round, text="Wilgenroos op een kaart", state="published", story=story)
    client = login(coordinator)
    report = reverse("sessie_verslag", args=[project.slug, round.sessie_id])
    downloads = [reverse("story_file", args=[project.slug, file.pk]) for file in files]
    downloads.append(reverse("agenda_document", args=[project.slug, document.pk]))
    picture = [reverse(name, args=[project.slug, story.pk]) for name in ("story_photo", "story_thumbnail")]
    addresses = [*pages(project, story), report, *downloads]
    before = {address: found_in(client, address) for address in addresses}
    shown = set().union(*before.values())
    assert shown == set(WORDS)
    silent = [address for address, words in before.items() if not words]
    named = {reverse(name, args=[project.slug]) for name in ("sessies", "public_project", "moderation")}
    captions = f"{reverse('verhalen', args=[project.slug])}?q=Dagkoekoek"
    assert set(silent) <= named | {reverse("themes", args=[project.slug]), captions}
    assert client.get(picture[0]).status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        where = actions.withdraw_story(CODE)

    assert len(where) >= 4
    cache.clear()
    for address in addresses:
        assert found_in(client, address) == set(), address
        assert found_in(Client(), address) == set(), address
    assert [client.get(one).status_code for one in picture] == [404, 404]
    assert not private().exists("photos/proef.jpg")
    assert files_in(FOLDER) == []
    assert not Quote.objects.filter(pk__in=document.quote_ids).exists()
    assert not type(card).objects.filter(pk=card.pk).exists()
    agenda_actions.forget_outdated_documents()
    document.refresh_from_db()
    assert document.file == ""
    with django_capture_on_commit_callbacks(execute=True):
        again = actions.request_file(project, "boekje", options={"title": "Nieuw"}, by=None)
    assert not found_in(client, reverse("story_file", args=[project.slug, again.pk]))
    assert len(StoryFile.objects.get(pk=again.pk).holds) == 1


def test_the_teller_reads_where_it_was_handed_out_and_so_does_the_kernteam(
    client: Client, login: Login, colleague: User, project: Project, story: Story
) -> None:
    actions.note_appearances([story.pk], where="verhalenboekje (PDF) “Onze buurt”", on=date(2026, 12, 3))
    code = {"code": CODE}
    asked = client.post(reverse("story_withdraw", args=[project.slug]), code)
    assert "verhalenboekje (PDF) “Onze buurt”, 3\u00a0december 2026" in asked.text
    done = client.post(reverse("story_withdraw_sure", args=[project.slug]), code, follow=True)
    assert "Onze buurt”, 3\u00a0december 2026" in done.text
    assert "Wilgenroos" not in done.text
    notice = Withdrawal.objects.get()
    page = login(colleague).get(reverse("verhalen", args=[project.slug])).text
    assert "trok een verteller een verhaal in" in page
    assert "Onze buurt”, 3\u00a0december 2026" in page
    assert not any(word in str(notice.where) for word in WORDS)


def test_what_the_last_page_says_cannot_be_made_up(client: Client, project: Project) -> None:
    page = reverse("story_withdrawn", args=[project.slug])
    assert "nog nergens afgedrukt" in client.get(f"{page}?waar=W10:abc").text
    assert client.get(f"{page}?waar=%00").status_code == 200


def test_a_story_that_was_handed_out_nowhere_leaves_no_notice(project: Project, story: Story) -> None:
    assert actions.withdraw_story(CODE) == []
    assert not Withdrawal.objects.exists()
    assert not Appearance.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [("coordinator", 302), ("kernteamlid", 302), ("lezer", 403), ("verzamelaar", 403)],
)
def test_who_edits_ticks_a_notice_off(login: Login, project: Project, role: str, status: int) -> None:
    notice = Withdrawal.objects.create(project=project, where=["boekje"])
    address = reverse("withdrawal_seen", args=[project.slug, notice.pk])
    client = login(builders.member(project, role))
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == status
    notice.refresh_from_db()
    assert notice.seen == (status == 302)
    if status == 302:
        assert client.post(address).status_code == 409


def test_a_notice_of_another_project_is_not_found(
    login: Login, outsider: User, coordinator: User, project: Project
) -> None:
    notice = Withdrawal.objects.create(project=project, where=["boekje"])
    assert login(outsider).post(reverse("withdrawal_seen", args=[project.slug, notice.pk])).status_code == 404
    own = outsider.memberships.get().project
    assert login(outsider).post(reverse("withdrawal_seen", args=[own.slug, notice.pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_a_document_of_the_agenda_counts_as_handed_out_when_it_is_downloaded(
    login: Login, coordinator: User, project: Project, story: Story, document: AgendaDocument, rows: int
) -> None:
    client = login(coordinator)
    address = reverse("agenda_document", args=[project.slug, document.pk])
    client.head(address)
    assert not Appearance.objects.exists()
    for _time in range(rows):
        client.get(address)
    assert Appearance.objects.get().where == f"buurtagenda (PDF) nummer {document.number}"
    client.get(reverse("agenda_data", args=[project.slug]))
    assert Appearance.objects.count() == 2
