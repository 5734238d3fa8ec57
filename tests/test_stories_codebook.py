"""The codebook as a file, in and out, and quotes to take along."""

import io
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from openpyxl import load_workbook

from core.errors import DomainError
from projects.models import Project, User
from stories.actions.coding import code_passage, code_quote
from stories.actions.undoing import undo_step
from stories.coding.codebook import NAMESPACE, Line, csv_bytes, qdc_bytes, read_codebook
from stories.coding.document import quotes_docx
from stories.coding.quote_rows import rows_of
from stories.coding.workbook import quotes_xlsx
from stories.models import CodingStep, QuoteTheme, Story, StoryFile, Theme
from tests import builders

type Login = Callable[[User], Client]
HOSTILE = ("=1+1", '@SUM("A1")', "+31", "-2", "a;b,c\"d'", "<b>&", "ij́sje Ümit 🙂")
QDC = f"""<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="{NAMESPACE}" origin="Elders"><Codes>
<Code guid="0D62985D-B147-5D01-A9B5-CAE5DCD98342" name="plein" isCodable="true"><Description>Alles over
het plein.</Description><Code guid="1D62985D-B147-5D01-A9B5-CAE5DCD98342" name="donker" isCodable="true"/></Code>
<Code guid="2D62985D-B147-5D01-A9B5-CAE5DCD98342" name="map" isCodable="false">
<Code guid="3D62985D-B147-5D01-A9B5-CAE5DCD98342" name="lift" isCodable="true" color="#ff0000"/></Code>
</Codes><Sets><Set guid="4D62985D-B147-5D01-A9B5-CAE5DCD98342" name="Wonen">
<MemberCode guid="3D62985D-B147-5D01-A9B5-CAE5DCD98342"/></Set></Sets></CodeBook>"""


def names(data: bytes, name: str = "codeboek.csv") -> list[tuple[str, str, str]]:
    return [(one.name, one.description, one.chapter) for one in read_codebook(name, data).lines]


# --- out and in again -------------------------------------------------------------------
@pytest.mark.parametrize("make", [csv_bytes, lambda lines: qdc_bytes(lines, project="x")])
def test_what_goes_out_comes_in_the_same(make: Callable[[list[Line]], bytes]) -> None:
    lines = [Line(name, f"over {name}", "wonen" if place % 2 else "") for place, name in enumerate(HOSTILE)]
    back = read_codebook("codeboek", make(lines))
    assert not back.faults
    assert [(one.name, one.description, one.chapter) for one in back.lines] == [
        (one.name, one.description, one.chapter) for one in lines
    ]


def test_a_cell_of_the_table_is_never_a_formula() -> None:
    text = csv_bytes([Line(name) for name in HOSTILE]).decode()
    for cell in text.replace("\r\n", ";").split(";"):
        assert not cell.lstrip('\ufeff"').startswith(("=", "+", "-", "@"))


def test_the_exchange_file_follows_the_schema_of_refi_qda() -> None:
    lines = [Line("donker", "Te weinig licht", "veiligheid"), Line("lift", "", "wonen"), Line("los")]
    root = ET.fromstring(qdc_bytes(lines, project="buurt"))  # noqa: S314 (our own file)
    space = f"{{{NAMESPACE}}}"
    assert root.tag == f"{space}CodeBook"
    assert [child.tag for child in root] == [f"{space}Codes", f"{space}Sets"]
    codes, sets = root
    guids = {code.attrib["guid"] for code in codes}
    assert len(guids) == 3
    for code in codes:
        assert set(code.attrib) == {"guid", "name", "isCodable"}
        assert code.attrib["isCodable"] == "true"
        assert [child.tag for child in code] in ([], [f"{space}Description"])
    assert [one.attrib["name"] for one in sets] == ["Wonen", "Veiligheid en criminaliteit"]
    assert {member.attrib["guid"] for one in sets for member in one} < guids
    assert qdc_bytes(lines, project="buurt") == qdc_bytes(lines, project="buurt")
    without = ET.fromstring(qdc_bytes([Line("los")], project="buurt"))  # noqa: S314
    assert [child.tag for child in without] == [f"{space}Codes"]


def test_an_empty_codebook_has_no_exchange_file() -> None:
    with pytest.raises(DomainError):
        qdc_bytes([], project="buurt")


@pytest.mark.parametrize(
    "data",
    [
        "thema;omschrijving;hoofdstuk\ndonker;Te weinig licht;Wonen\n",
        "naam,beschrijving,hoofdstuk\r\ndonker,Te weinig licht,wonen\r\n",
        "\ufeffname\tdescription\tchapter\ndonker\tTe weinig licht\twonen",
        "sep=;\nThema;Omschrijving;Hoofdstuk\ndonker;Te weinig licht;WONEN\n\n",
        "hoofdstuk;extra;thema;omschrijving\nwonen;x; donker ;Te  weinig licht",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_tables_in_many_notations_are_read(data: str, encoding: str) -> None:
    if encoding != "utf-8":
        data = data.removeprefix("\ufeff")
    assert names(data.encode(encoding)) == [("donker", "Te weinig licht", "wonen")]


def test_a_list_of_names_alone_is_a_codebook() -> None:
    assert names("thema\ncafé\nlift\n".encode("cp1252")) == [("café", "", ""), ("lift", "", "")]


def test_codes_below_each_other_keep_their_parent_and_sets_become_chapters() -> None:
    assert names(QDC.encode(), "elders.qdc") == [
        ("plein", "Alles over het plein.", ""),
        ("plein: donker", "", ""),
        ("map: lift", "", "wonen"),
    ]


def test_each_row_that_is_wrong_is_told_with_its_number() -> None:
    data = f"thema;omschrijving;hoofdstuk\n;x;\nlift;;\nLIFT;;\n{'a' * 61};;\nb;;politiek\nc;{'d' * 301};\n"
    found = read_codebook("x.csv", data.encode())
    assert [one.name for one in found.lines] == ["lift"]
    assert [fault.row for fault in found.faults] == [2, 4, 5, 6, 7]
    assert "rij 3" in found.faults[1].text
    assert "politiek" in found.faults[3].text


BILLION = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><CodeBook>&b;</CodeBook>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.csv", b""),
        ("x.csv", b"\x00\x01\x02\x03"),
        ("x.csv", b"een;twee\n1;2"),
        ("x.csv", b'thema;omschrijving\n"donker;x'),
        ("x.csv", b"thema;omschrijving\n"),
        ("x.csv", b"thema;x\n" + b"a" * 1_000_001),
        ("x.qdc", b"<CodeBook>"),
        ("x.qdc", b"<html/>"),
        ("x.qdc", BILLION.encode()),
        ("x.qdc", b"PK\x03\x04"),
        ("x.qdc", f'<CodeBook xmlns="{NAMESPACE}"><Codes/></CodeBook>'.encode()),
        ("x.csv", b"thema;omschrijving\n" + b"".join(b"t%d;x\n" % n for n in range(600))),
    ],
)
def test_a_file_that_is_no_codebook_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(DomainError):
        read_codebook(name, data)


def test_a_very_deep_file_does_no_harm() -> None:
    deep = 5_000
    body = '<Code guid="x" name="a" isCodable="true">' * deep + "</Code>" * deep
    data = f'<CodeBook xmlns="{NAMESPACE}"><Codes>{body}</Codes></CodeBook>'.encode()
    with pytest.raises(DomainError):
        read_codebook("x.qdc", data)


# --- reading in on the page ---------------------------------------------------------------
def upload(client: Client, project: Project, text: str, name: str = "codeboek.csv") -> Any:
    file = SimpleUploadedFile(name, text.encode())
    return client.post(f"/p/{project.slug}/verhalen/themas/inlezen/", {"file": file})


@pytest.mark.django_db
def test_a_codebook_is_shown_first_then_read_in_then_taken_back(
    project: Project, login: Login, colleague: User
) -> None:
    Theme.objects.create(project=project, name="Donker", description="Oud")
    Theme.objects.create(project=project, name="zelfde", description="Hetzelfde")
    client = login(colleague)
    text = "thema;omschrijving;hoofdstuk\ndonker;Nieuw;\nlift;;wonen\nzelfde;;\n;x;\n"
    shown = upload(client, project, text)
    page = shown.content.decode()
    assert Theme.objects.count() == 2
    for words in ("verandert", "nieuw", "blijft zo", "Rij 5: De naam van het thema is leeg."):
        assert words in page
    data = {"lines": shown.context["sure"]["lines"].value()}
    address = f"/p/{project.slug}/verhalen/themas/inlezen/"
    assert client.post(address, data)["Location"] == f"/p/{project.slug}/verhalen/themas/"
    assert set(Theme.objects.values_list("name", "description", "chapter")) == {
        ("Donker", "Nieuw", ""),
        ("lift", "", "wonen"),
        ("zelfde", "Hetzelfde", ""),
    }
    assert client.post(address, data).status_code == 302
    assert CodingStep.objects.count() == 1
    undo_step(CodingStep.objects.get(), by=colleague)
    assert set(Theme.objects.values_list("name", "description")) == {
        ("Donker", "Oud"),
        ("zelfde", "Hetzelfde"),
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    "lines", ["", "x", "[]", "[1]", '[["",1]]', "{}", "[" * 10_000, '[["a","b","politiek"]]']
)
def test_what_is_sent_back_is_judged_again(
    project: Project, login: Login, colleague: User, lines: str
) -> None:
    address = f"/p/{project.slug}/verhalen/themas/inlezen/"
    assert login(colleague).post(address, {"lines": lines}).status_code == 422
    assert not Theme.objects.exists()


@pytest.mark.django_db
def test_a_file_that_is_none_is_told_beside_its_field(
    project: Project, login: Login, colleague: User
) -> None:
    for sent in (
        upload(login(colleague), project, "", "leeg.csv"),
        upload(login(colleague), project, "<x", "x.qdc"),
    ):
        assert sent.status_code == 422
        assert "field__error" in sent.content.decode()


@pytest.mark.django_db
def test_the_codebook_is_downloaded(project: Project, login: Login, reader: User) -> None:
    client, base = login(reader), f"/p/{project.slug}/verhalen/themas/"
    assert client.get(f"{base}codeboek.qdc")["Location"] == base
    Theme.objects.create(project=project, name="=donker", chapter="wonen")
    Theme.objects.create(project=builders.project(), name="van elders")
    for ending in ("csv", "qdc"):
        answer = client.get(f"{base}codeboek.{ending}")
        assert answer["Content-Disposition"] == f'attachment; filename="{project.slug}-codeboek.{ending}"'
        assert answer["Cache-Control"] == "private, no-store"
        assert names(answer.content) == [("=donker", "", "wonen")]


# --- quotes out ----------------------------------------------------------------------------
@pytest.fixture
def coded(project: Project, colleague: User, coordinator: User) -> Story:
    text = '=HYPERLINK("x") \x0b Het plein is <donker> & stil.'
    story = builders.story(
        project,
        text=text,
        place="Lindelaan 4",
        language="ar",
        translation="In het Nederlands.",
        translated_by="Vertaler Vermeer",
    )
    quote = code_passage(story, start=0, end=len(text), new_themes=["@donker", "stil"], by=colleague)
    code_quote(quote, chapter="wonen", themes=[Theme.objects.get(name="stil").pk], by=coordinator)
    return story


def texts_of(rows: Any) -> tuple[str, str]:
    """Everything written in the workbook and in the document."""
    book = load_workbook(io.BytesIO(quotes_xlsx(rows, title="=Titel", made_on=date(2026, 11, 22))))
    cells = [cell for page in book.worksheets for line in page.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    page = Document(io.BytesIO(quotes_docx(rows, title="Titel", made_on=date(2026, 11, 22))))
    return "\n".join(str(cell.value) for cell in cells), "\n".join(one.text for one in page.paragraphs)


@pytest.mark.django_db
def test_quotes_go_out_with_themes_and_without_names(
    project: Project, coded: Story, colleague: User, coordinator: User
) -> None:
    rows, stories = rows_of(project)
    assert [story.pk for story in stories] == [coded.pk]
    for text in texts_of(rows):
        for words in (
            "<donker> & stil",
            "@donker",
            "Wonen",
            "openbaar formulier",
            "niet goed",
            "العربية",
            "In het Nederlands.",
        ):
            assert words in text
        for hidden in (str(colleague), str(coordinator), "Lindelaan", "Vermeer"):
            assert hidden not in text


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["held", "submitted", "gone"])
def test_what_is_not_public_never_goes_out(project: Project, coded: Story, state: str) -> None:
    if state == "gone":
        coded.delete()
    else:
        Story.objects.update(state=state)
    assert rows_of(project) == ([], [])
    assert state != "gone" or not QuoteTheme.objects.exists()


@pytest.mark.django_db
def test_quotes_of_one_theme_or_chapter(project: Project, coded: Story) -> None:
    other = Theme.objects.create(project=project, name="leeg")
    assert len(rows_of(project, theme=Theme.objects.get(name="stil").pk)[0]) == 1
    assert rows_of(project, theme=other.pk)[0] == []
    assert len(rows_of(project, chapter="wonen")[0]) == 1
    assert rows_of(project, chapter="leefomgeving")[0] == []


@pytest.mark.django_db
@pytest.mark.parametrize(("word", "start"), [("citaten-excel", b"PK"), ("citaten-word", b"PK")])
def test_somebody_asks_for_quotes_and_downloads_them(
    project: Project,
    coded: Story,
    login: Login,
    colleague: User,
    reader: User,
    word: str,
    start: bytes,
    django_capture_on_commit_callbacks: Any,
) -> None:
    base = f"/p/{project.slug}/verhalen/bestanden/"
    assert login(reader).post(f"{base}{word}/maken/").status_code == 403
    client = login(colleague)
    assert client.post(f"{base}{word}/maken/", {"theme": "999999"}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{base}{word}/maken/", {"chapter": "wonen"}).status_code == 302
    file = StoryFile.objects.get()
    answer = client.get(f"{base}{file.pk}/")
    assert answer.content.startswith(start)
    Story.objects.update(state="held")
    assert client.get(f"{base}{file.pk}/")["Location"] == base


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_quotes_are_read_in_the_same_number_of_questions(
    project: Project, colleague: User, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        code_passage(builders.story(project), start=0, end=9, new_themes=[f"t{number}"], by=colleague)
    with django_assert_num_queries(2):
        assert len(rows_of(project)[0]) == rows
