"""The scan as tables: numbers as numbers, texts as texts, and every column explained."""

import csv
import io
import json
import re
import time
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from buurtscan.catalogue import CATALOGUE
from buurtscan.models import ScanFigure
from buurtscan.takeaways.rows import figure_rows
from buurtscan.takeaways.tables import SCHEMA, as_cell, csv_zip, json_text, plain_number
from buurtscan.takeaways.texts import harmless
from buurtscan.takeaways.workbook import workbook_xlsx
from projects.models import Project, User
from tests import scan_pages_help as pages
from tests import takeaways_help as files

pytestmark = pytest.mark.django_db
SHEETS = [
    "Leesmij",
    "Cijfers",
    "Door de jaren",
    "Buurten die erop lijken",
    "Cijfers die erop lijken",
    "Cijfers van partners",
    "Wat komt eraan",
    "Begrippen",
]


@pytest.fixture
def scanned(project: Project) -> Project:
    files.a_scan(project)
    files.partner_figure(project)
    files.policy_fact(project)
    return project


def book_of(project: Project) -> Workbook:
    return load_workbook(io.BytesIO(workbook_xlsx(files.contents(project))))


def rows_of(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    heading, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def archive_of(project: Project) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(csv_zip(files.contents(project)))) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def csv_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def json_of(project: Project) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json_text(files.contents(project)))
    return found


# --- the workbook --------------------------------------------------------------------------


def test_the_workbook_has_a_sheet_for_each_kind_of_row(scanned: Project) -> None:
    book = book_of(scanned)
    assert book.sheetnames == SHEETS
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes in ("A2", "C2")
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(dimension.width >= 8 for dimension in sheet.column_dimensions.values())
        assert all(cell.font.bold for cell in sheet[1])


def test_every_figure_of_the_scan_is_in_it_as_published(scanned: Project) -> None:
    rows = rows_of(book_of(scanned), "Cijfers")
    found = {(row["Cijfer"], row["Code"]): row for row in rows}
    stored = ScanFigure.objects.of(scanned).current()
    assert len(found) == len(rows) == stored.count()
    for figure in stored:
        row = found[CATALOGUE[figure.indicator].title, figure.code]
        assert row["Waarde"] == (None if figure.value is None else pytest.approx(figure.value, rel=1e-14))
        assert row["Status"] == figure.get_status_display()
        assert row["Tabel"] == (figure.table or None)
        assert row["Jaar"] == int(figure.period)
        assert row["Eenheid"] == CATALOGUE[figure.indicator].unit
    assert found["Gemiddelde WOZ-waarde", "BU05183620"]["In woorden"] == "€\xa0228.000"
    assert found["Huurwoningen", "BU05183620"]["Gebied van het cijfer"] == "de gemeente"
    assert found["Eengezinswoningen", "BU05183620"]["Status"] == "niet bekend voor dit gebied"
    assert found["Flats en appartementen", "BU05183620"]["Let op"].startswith("minder dan 200 inwoners")
    assert found["Gemiddelde WOZ-waarde", "BU05183620"]["Vergeleken met"] == 12_000
    assert found["Gemiddelde WOZ-waarde", "BU05183620"]["Midden van wat erop lijkt"] == pytest.approx(222.3)


def test_the_other_sheets_have_course_look_alikes_partners_policy_and_terms(scanned: Project) -> None:
    book = book_of(scanned)
    course = [row for row in rows_of(book, "Door de jaren") if row["Cijfer"] == "Gemiddelde WOZ-waarde"]
    assert [(row["Jaar"], row["Waarde"], row["Reeks"]) for row in course] == [
        (2019, 150, 1),
        (2020, 160, 1),
        (2021, 170, 1),
        (2022, 200, 2),
        (2023, 210, 2),
        (2024, 228, 2),
    ]
    nearest = rows_of(book, "Buurten die erop lijken")
    assert [row["Volgorde"] for row in nearest] == list(range(1, 11))
    assert nearest[0]["Buurt"] == "Tweeling 1 (Amsterdam)"
    alike = [row for row in rows_of(book, "Cijfers die erop lijken") if row["Cijfer"] == "Koopwoningen"]
    assert len(alike) == 10
    (partner,) = rows_of(book, "Cijfers van partners")
    assert (partner["Cijfer"], partner["Waarde"], partner["Bron"]) == (
        "Klachten over vocht",
        41,
        "Eigen telling",
    )
    assert partner["Van wie"] == "Corporatie De Brug: Onderhoud"
    (fact,) = rows_of(book, "Wat komt eraan")
    assert (fact["Wat komt er"], fact["Vanaf"], fact["Tot en met"]) == ("Zestig woningen erbij", 2027, 2029)
    terms = {row["Cijfer"]: row for row in rows_of(book, "Begrippen")}
    assert terms["Koopwoningen"]["Hoog of laag"] == "Hoog of laag is niet goed of slecht."


def test_leesmij_says_what_it_is_of_when_and_what_may_be_done_with_it(scanned: Project) -> None:
    files.hide(scanned, "koopwoningen")
    sheet = book_of(scanned)["Leesmij"]
    text = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    for words in (
        f"Buurtscan {scanned.name}",
        "BU05183620",
        "Een leeg vak is geen nul.",
        "Licentie: CC BY 4.0.",
        "85984NED",
        "Corporatie De Brug",
        "Het kernteam heeft cijfers weggelaten. Aantal: 1.",
    ):
        assert words in text


FORMULAS = ["=1+1", "+31701234567", "-verhuizen", "@iedereen", '=HYPERLINK("https://voorbeeld.test")']


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_begins_like_a_formula_stays_text(scanned: Project, text: str) -> None:
    files.partner_figure(scanned, text, partner=text, note=text, place=text)
    files.policy_fact(scanned, text)
    Project.objects.filter(pk=scanned.pk).update(name=text)
    scanned.refresh_from_db()
    book = book_of(scanned)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value]
    assert not [cell for cell in cells if cell.data_type == "f"]
    same = [cell for cell in cells if cell.value == text]
    assert len(same) >= 4
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in same)


def test_signs_that_a_workbook_cannot_hold_are_left_out(scanned: Project) -> None:
    files.partner_figure(scanned, "Voch\x0bt\x07")
    assert "Vocht" in {row["Cijfer"] for row in rows_of(book_of(scanned), "Cijfers van partners")}


def test_with_everything_there_can_be_it_is_quick(project: Project, coordinator: User) -> None:
    files.everything(project, coordinator)
    found = files.contents(project)
    start = time.process_time()
    for make in (workbook_xlsx, csv_zip, json_text):
        assert make(found)
    assert time.process_time() - start < 8
    assert len(list(figure_rows(found))) == 4 * len(CATALOGUE)


def test_with_next_to_nothing_it_is_still_a_workbook(project: Project) -> None:
    pages.figure(project, "woningen", 3_200)
    assert book_of(project).sheetnames == SHEETS


# --- CSV -----------------------------------------------------------------------------------


def test_the_csv_opens_in_a_dutch_spreadsheet(scanned: Project) -> None:
    text = archive_of(scanned)["cijfers.csv"]
    assert text.startswith("\ufeffhoofdstuk;cijfer;indicator;")
    assert "\r\n" in text
    found = {(row["indicator"], row["code"]): row for row in csv_rows(text)}
    assert found["woz_waarde", "WK051836"]["waarde"] == "205,2"
    assert found["eengezinswoningen", "BU05183620"]["waarde"] == ""
    assert found["eengezinswoningen", "BU05183620"]["status"] == "niet bekend voor dit gebied"
    assert {row["licentie"] for row in found.values()} == {"CC BY 4.0"}


def test_the_metadata_explain_every_column(scanned: Project) -> None:
    archive = archive_of(scanned)
    assert set(archive) == {"cijfers.csv", "cijfers-van-partners.csv", "csv-metadata.json"}
    metadata = json.loads(archive["csv-metadata.json"])
    for table in metadata["tables"]:
        names = [column["name"] for column in table["tableSchema"]["columns"]]
        heading = archive[table["url"]].removeprefix("\ufeff").split("\r\n")[0]
        assert heading == ";".join(names)
    assert metadata["dialect"]["delimiter"] == ";"
    assert metadata["dc:source"][0]["dc:license"] == "CC BY 4.0"
    assert date.fromisoformat(metadata["dc:date"])


def test_the_figures_of_partners_have_a_table_of_their_own(scanned: Project) -> None:
    files.partner_figure(scanned, "=1+1", value=-2.5)
    rows = csv_rows(archive_of(scanned)["cijfers-van-partners.csv"])
    assert [(row["cijfer"], row["waarde"]) for row in rows] == [
        ("Klachten over vocht", "41"),
        ("'=1+1", "-2,5"),
    ]
    assert rows[0]["van_wie"] == "Corporatie De Brug"


@given(st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 4)))
def test_a_number_is_written_in_full_and_can_be_read_back(value: float) -> None:
    assert float(plain_number(value)) == pytest.approx(value, abs=1e-9)
    assert re.fullmatch(r"-?\d+(,\d+)?", as_cell(value))


@given(st.text())
def test_no_text_becomes_a_formula(text: str) -> None:
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))


# --- JSON ----------------------------------------------------------------------------------


def test_the_json_has_a_schema_that_is_described(scanned: Project, coordinator: User) -> None:
    files.mark(scanned, coordinator)
    files.duiding(scanned, "Weinig keus")
    files.question(scanned)
    found = json_of(scanned)
    assert found["schema"] == SCHEMA
    page = (Path(settings.BASE_DIR) / "docs" / "open-data.md").read_text()
    assert SCHEMA in page
    for name in (*found, *found["figures"][0], *found["partner_figures"][0], *found["sources"][0]):
        assert f"`{name}`" in page, name


def test_the_json_has_value_source_and_licence_of_each_figure(scanned: Project) -> None:
    found = json_of(scanned)
    (figure,) = [
        one for one in found["figures"] if (one["indicator"], one["role"]) == ("woz_waarde", "asked")
    ]
    assert (figure["value"], figure["unit"], figure["period"]) == (228.0, "x 1 000 euro", "2024")
    assert (figure["source"], figure["table"], figure["licence"]) == ("kwb", "85984NED", "CC BY 4.0")
    assert (figure["below"], figure["equal"], figure["ranked"]) == (360, 1, 12_000)
    assert len(found["figures"]) == ScanFigure.objects.of(scanned).current().count()
    assert found["partner_figures"][0]["partner"] == "Corporatie De Brug"
    assert found["partner_figures"][0]["licence"] is None


def test_the_leefbaarometer_has_a_licence_of_its_own(project: Project) -> None:
    name = next(one.id for one in CATALOGUE.values() if one.source == "leefbaarometer")
    pages.figure(project, name, 0.1)
    found = json_of(project)
    assert found["figures"][0]["licence"] == found["sources"][0]["licence"] == "CC0 1.0"
