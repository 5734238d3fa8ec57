"""Tables of partners on the screen: who may do what, what is kept, what is shown to whom."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from buurtscan.models import PartnerFigure, PartnerTable
from core.models import Record
from projects.models import Project, User
from tests import builders

pytestmark = pytest.mark.django_db
type Login = Callable[[User], Client]
HTMX: Any = {"HTTP_HX_REQUEST": "true"}
State = PartnerTable.State
CSV = "Naam;Getal;Jaar\nHuurachterstand;1.234,5;2024\nLeegstand;elf;2024\nVerhuisd;-;2024\n"


def at(name: str, project: Project, *args: int) -> str:
    return reverse(name, args=[project.slug, *args])


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def about(**changes: Any) -> dict[str, Any]:
    head = {"partner": "Corporatie De Proef", "title": "Verhuur", "source_note": "", "url": ""}
    return {**head, "visibility": "kernteam", "chapter": "wonen", **changes}


def upload(data: bytes, name: str = "cijfers.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def draft(client: Client, project: Project, data: bytes = CSV.encode(), **changes: Any) -> PartnerTable:
    response = client.post(at("partner_table_add", project), {**about(**changes), "file": upload(data)})
    assert response.status_code == 302, response.text
    return PartnerTable.objects.latest("pk")


def choices(table: PartnerTable, **changes: Any) -> dict[str, Any]:
    stored = table.mapping
    roles = {f"kolom-{number}": role for number, role in enumerate(stored["roles"])}
    texts = {name: stored[name] for name in ("chapter", "label", "year", "unit", "place", "notation")}
    return {**roles, **texts, "version": table.version, **changes}


def published(
    project: Project, *, visibility: str = "project", figures: int = 1, **fields: Any
) -> PartnerTable:
    table = PartnerTable.objects.create(
        project=project, partner="GGD", title="Geluk", visibility=visibility, state=State.PUBLISHED, **fields
    )
    PartnerFigure.objects.bulk_create(
        PartnerFigure(
            table=table, row=n, chapter="wonen", label=f"Geheim {n}", value=12.5, unit="%", period="2024"
        )
        for n in range(1, figures + 1)
    )
    return table


@pytest.mark.parametrize("who", ["coordinator", "colleague"])
def test_the_kernteam_reads_a_file_maps_it_and_places_the_good_rows(
    login: Login, request: Any, project: Project, who: str
) -> None:
    client = login(request.getfixturevalue(who))
    table = draft(client, project)
    assert (table.state, table.file_name, table.version) == (State.DRAFT, "cijfers.csv", 1)
    page = text_of(client.get(at("partner_table_map", project, table.pk)))
    for words in (
        "1 cijfer is goed",
        "rij 3, kolom B (Getal)",
        "er staat “elf”",
        "Wij verwachten een getal",
        "1.234,5",
    ):
        assert words in page
    refused = client.post(at("partner_table_publish", project, table.pk), choices(table))
    assert refused.status_code == 422
    assert "In 1 rij zit een fout" in text_of(refused)
    assert not PartnerFigure.objects.exists()
    done = client.post(
        at("partner_table_publish", project, table.pk), choices(table, only_good="on"), follow=True
    )
    assert "Geplaatst: 1 cijfer" in text_of(done)
    table.refresh_from_db()
    assert (table.state, table.cells) == (State.PUBLISHED, [])
    figure = table.figures.get()
    assert (figure.label, figure.value, figure.period, figure.chapter) == (
        "Huurachterstand",
        1234.5,
        "2024",
        "wonen",
    )
    verbs = Record.objects.filter(project_id=project.pk).values_list("verb", flat=True)
    assert list(verbs.order_by("pk")) == ["add_partner_table", "publish_partner_table"]


def test_a_cell_can_be_corrected_on_the_page_and_stays_corrected(
    login: Login, colleague: User, project: Project
) -> None:
    client = login(colleague)
    table = draft(client, project)
    sent = choices(table, **{"cel-3-1": "2,5", "cel-9999-1": "7", "cel-3-99": "7", "cel-x": "7"})
    looked = client.post(at("partner_table_preview", project, table.pk), sent, **HTMX)
    assert looked.status_code == 200
    assert '<input type="hidden" name="cel-3-1" value="2,5">' in looked.text
    assert "<h1" not in looked.text
    table.refresh_from_db()
    assert table.version == 1  # looking keeps nothing
    assert client.post(at("partner_table_map", project, table.pk), sent).status_code == 302
    table.refresh_from_db()
    assert table.cells[0]["rows"][2][1] == "2,5"
    page = text_of(client.get(at("partner_table_map", project, table.pk)))
    assert "2 cijfers zijn goed" in page
    assert "Dit klopt nog niet" not in page


def test_a_draft_is_where_it_was_left(login: Login, colleague: User, project: Project) -> None:
    client = login(colleague)
    table = draft(client, project)
    client.post(
        at("partner_table_map", project, table.pk), choices(table, place="Oost", **{"kolom-2": "note"})
    )
    again = client.get(at("partner_table", project, table.pk), follow=True)
    assert 'value="Oost"' in again.text
    assert '<option value="note" selected>' in again.text
    assert "nog niet geplaatst" in text_of(client.get(at("partner_tables", project)))


def test_a_pasted_table_keeps_an_empty_first_heading(login: Login, colleague: User, project: Project) -> None:
    response = login(colleague).post(
        at("partner_table_add", project), about(pasted="\t2023\t2024\nHuur\t1\t2\nLeeg\t3\t4\n")
    )
    assert response.status_code == 302
    assert PartnerTable.objects.get().cells[0]["rows"][0] == ["", "2023", "2024"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Kies een bestand, of plak een tabel"),
        ({"file": b"a;b\n1;2\n", "pasted": "a;b\n1;2\n"}, "Niet allebei"),
        ({"file": b"%PDF-1.4"}, "Dit is een PDF"),
        ({"file": b""}, "is leeg"),
        ({"pasted": "een woord"}, "maar één kolom"),
        ({"pasted": "a;b\n1;2\n", "partner": ""}, "verplicht"),
        ({"pasted": "a;b\n1;2\n", "url": "javascript:alert(1)"}, "URL"),
        ({"pasted": "a;b\n1;2\n", "visibility": "iedereen"}, "geldige keuze"),
    ],
)
def test_what_cannot_be_read_is_told_and_what_was_typed_stays(
    login: Login, colleague: User, project: Project, changes: dict[str, Any], words: str
) -> None:
    sent = about(title="Mijn titel", **changes)
    if "file" in changes:
        sent["file"] = upload(changes["file"])
    response = login(colleague).post(at("partner_table_add", project), sent)
    assert response.status_code == 422
    assert words in text_of(response)
    assert 'value="Mijn titel"' in response.text
    assert not PartnerTable.objects.exists()


def test_another_sheet_or_heading_makes_a_new_guess(login: Login, colleague: User, project: Project) -> None:
    book = Workbook()
    book.worksheets[0].append(["Lees", "mij"])
    other = book.create_sheet("Cijfers")
    for row in (["Titel"], ["Naam", 2023, 2024], ["Huur", 1.5, 2]):
        other.append(row)
    file = io.BytesIO()
    book.save(file)
    client = login(colleague)
    table = draft(client, project, file.getvalue())
    where = at("partner_table_sheet", project, table.pk)
    assert client.post(where, {"version": 1, "sheet": 1, "heading": 1}).status_code == 302
    table.refresh_from_db()
    assert (table.mapping["sheet"], table.mapping["heading"]) == (1, 2)
    assert table.mapping["roles"] == ["label", "value_year", "value_year"]
    assert client.post(where, {"version": 1, "sheet": 0, "heading": 1}).status_code == 302
    for wrong in ({"sheet": 7, "heading": 1}, {"sheet": 1, "heading": 99}, {"sheet": "x", "heading": -1}):
        assert client.post(where, {"version": 2, **wrong}).status_code == 302
    table.refresh_from_db()
    assert table.version == 2
    done = client.post(at("partner_table_publish", project, table.pk), choices(table))
    assert done.status_code == 302
    assert [figure.value for figure in table.figures.all()] == [1.5, 2]


def test_the_second_of_two_people_is_told_and_loses_nothing(
    login: Login, colleague: User, project: Project
) -> None:
    client = login(colleague)
    table = draft(client, project)
    where = at("partner_table_map", project, table.pk)
    assert client.post(where, choices(table, place="Eerste")).status_code == 302
    second = client.post(where, choices(table, place="Tweede"))
    assert second.status_code == 409
    assert 'value="Tweede"' in second.text
    assert 'name="version" value="2"' in second.text
    edit = at("partner_table_edit", project, table.pk)
    assert client.post(edit, about(title="A", version=2)).status_code == 302
    late = client.post(edit, about(title="B", version=2))
    assert late.status_code == 409
    assert 'value="B"' in late.text


def test_taking_back_and_placing_again(
    login: Login, coordinator: User, reader: User, project: Project
) -> None:
    table = published(project)
    client, chapter = login(coordinator), reverse("scan_chapter", args=[project.slug, "wonen"])
    assert "Geheim 1" in client.get(chapter).text
    assert client.post(at("partner_table_undo", project, table.pk)).status_code == 302
    assert "Geheim 1" not in client.get(chapter).text
    assert login(reader).get(at("partner_table", project, table.pk)).status_code == 404
    assert client.post(at("partner_table_undo", project, table.pk)).status_code == 409
    assert client.post(at("partner_table_redo", project, table.pk)).status_code == 302
    assert client.post(at("partner_table_redo", project, table.pk)).status_code == 409
    assert "Geheim 1" in client.get(chapter).text
    assert client.post(at("partner_table_delete", project, table.pk)).status_code == 409
    client.post(at("partner_table_undo", project, table.pk))
    for _ in range(2):
        assert client.post(at("partner_table_delete", project, table.pk)).status_code == 302
    assert not PartnerTable.objects.exists()


def test_a_second_click_on_placing_places_nothing_twice(
    login: Login, colleague: User, project: Project
) -> None:
    client = login(colleague)
    table = draft(client, project)
    for _ in range(2):
        sent = choices(table, only_good="on")
        assert client.post(at("partner_table_publish", project, table.pk), sent).status_code == 302
    assert PartnerFigure.objects.count() == 1
    assert (
        client.post(
            at("partner_table_sheet", project, table.pk), {"version": 2, "sheet": 0, "heading": 1}
        ).status_code
        == 302
    )
    assert PartnerTable.objects.get().state == State.PUBLISHED


def test_what_only_the_kernteam_may_see_reaches_nobody_else(
    login: Login, project: Project, request: Any
) -> None:
    secret = published(project, visibility="kernteam")
    chapter = reverse("scan_chapter", args=[project.slug, "wonen"])
    pages = [chapter, at("partner_tables", project), at("partner_table", project, secret.pk)]
    for role in ("lezer", "begeleider", "gespreksleider"):
        client = login(builders.member(project, role))
        assert [client.get(page).status_code for page in pages] == [200, 200, 404]
        for page in pages:
            assert "Geheim" not in client.get(page).text
            assert "Geluk" not in client.get(page).text
    inside = login(request.getfixturevalue("colleague"))
    for page in pages[::2]:
        assert "Geheim 1" in inside.get(page).text
        assert "alleen kernteam" in inside.get(page).text


def test_a_reader_sees_what_everybody_may_see_with_its_source(
    login: Login, reader: User, project: Project
) -> None:
    table = published(project, source_note="eigen onderzoek", url="https://voorbeeld.test/")
    page = text_of(login(reader).get(reverse("scan_chapter", args=[project.slug, "wonen"])))
    for words in ("Geluk", "12,5%", "2024", "Bron: GGD. eigen onderzoek", "https://voorbeeld.test/"):
        assert words in page
    own = text_of(login(reader).get(at("partner_table", project, table.pk)))
    assert "Haal deze cijfers terug" not in own


ROWS = ["partner_table_edit", "partner_table_map", "partner_table_delete"]
POSTS = [
    "partner_table_preview",
    "partner_table_publish",
    "partner_table_sheet",
    "partner_table_undo",
    "partner_table_redo",
    "partner_table_reopen",
]


def test_outsiders_find_nothing_and_readers_may_only_look(
    login: Login, outsider: User, reader: User, coordinator: User, client: Client, project: Project
) -> None:
    table = draft(login(coordinator), project)
    addresses = [at(name, project, table.pk) for name in [*ROWS, *POSTS, "partner_table_retype"]]
    for where in [*addresses, at("partner_table_add", project), at("partner_table_type", project)]:
        assert login(outsider).post(where, about()).status_code == 404
        assert login(reader).post(where, about()).status_code == 403
        assert login(coordinator).put(where).status_code == 405
        assert client.post(where).headers["Location"].startswith("/account/login/")
    assert login(outsider).get(at("partner_tables", project)).status_code == 404
    assert login(reader).get(at("partner_table", project, table.pk)).status_code == 404
    for name in POSTS[:2]:  # a page that was an answer to a form can be opened again
        assert login(coordinator).get(at(name, project, table.pk)).status_code == 302
    for name in POSTS[2:]:
        assert login(coordinator).get(at(name, project, table.pk)).status_code == 405
    table.refresh_from_db()
    assert table.version == 1


def test_a_table_of_another_project_does_not_exist_here(
    login: Login, coordinator: User, project: Project
) -> None:
    other = published(builders.project())
    client = login(coordinator)
    assert client.get(at("partner_table", project, other.pk)).status_code == 404
    assert client.post(at("partner_table_undo", project, other.pk)).status_code == 404
    client.post(at("partner_table_delete", project, other.pk))
    assert PartnerTable.objects.filter(state=State.PUBLISHED).count() == 1


def test_the_list_is_searched_by_title_partner_and_state(
    login: Login, colleague: User, project: Project
) -> None:
    published(project)
    PartnerTable.objects.create(project=project, partner="School", title="Taal")
    client, where = login(colleague), at("partner_tables", project)
    assert "Taal" in client.get(where, {"q": "school"}).text
    assert "Geluk" not in client.get(where, {"q": "school"}).text
    assert "Taal" not in client.get(where, {"staat": "published"}).text
    assert "Niets gevonden" in client.get(where, {"q": "zzz"}).text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    login: Login, colleague: User, project: Project, rows: int, django_assert_num_queries: Any
) -> None:
    tables = [published(project, figures=rows) for _ in range(rows)]
    client = login(colleague)
    client.get(at("partner_tables", project))
    with django_assert_num_queries(6):
        client.get(at("partner_tables", project))
    with django_assert_num_queries(7):
        client.get(at("partner_table", project, tables[0].pk))


def test_a_large_table_is_shown_a_page_at_a_time(login: Login, reader: User, project: Project) -> None:
    table = published(project, figures=5_000)
    page = login(reader).get(at("partner_table", project, table.pk), {"page": 100})
    assert "Geheim 4951" in page.text
    assert "Bladzijde 100 van 100" in text_of(page)
    chapter = login(reader).get(reverse("scan_chapter", args=[project.slug, "wonen"]))
    assert chapter.text.count("Geheim") == 60
    assert "Er zijn er meer" in chapter.text


def test_the_overview_leads_to_all_that_partners_add(login: Login, reader: User, project: Project) -> None:
    page = login(reader).get(reverse("buurtscan", args=[project.slug])).text
    for name in ("partner_tables", "policy_facts", "scan_pictures"):
        assert f'href="{at(name, project)}"' in page
