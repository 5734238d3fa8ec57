"""Files of partners as they come: every delimiter, encoding and kind of workbook. All constructed here."""

import io
import re
import time
import zipfile
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from buurtscan.partners.files import MAX_BYTES, MAX_CELLS, MAX_ROWS, Sheet, read_pasted
from buurtscan.partners.sheets import read_file
from core.errors import DomainError

TABLE: list[list[Any]] = [["Naam", "Getal"], ["Café 't Hoekje", "1.234,5"], ["Leegstand", "€ 2,1"]]


def csv_text(rows: list[list[Any]], delimiter: str) -> str:
    return "\r\n".join(
        delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in rows
    )


def workbook(*sheets: tuple[str, list[Any]], change: Any = None) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if change:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(DomainError) as refusal:
        read_file(data)
    assert refusal.value.field == "file"
    return refusal.value.message


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_table_is_read_whatever_program_wrote_it(delimiter: str, encoding: str) -> None:
    assert read_file(csv_text(TABLE, delimiter).encode(encoding)) == [Sheet("", TABLE)]


def test_a_decimal_comma_is_no_delimiter_and_titles_do_not_mislead() -> None:
    text = "Cijfers, per jaar;\n\nNaam;Getal\nHuur, kaal;1,5\nLeeg;2,5\nMeer;3,5\n"
    assert read_pasted(text).rows[2:] == [
        ["Naam", "Getal"],
        ["Huur, kaal", "1,5"],
        ["Leeg", "2,5"],
        ["Meer", "3,5"],
    ]


def test_quotes_lines_in_cells_and_the_hint_of_excel_keep_the_numbers_of_the_rows() -> None:
    assert read_pasted('sep=;\n"Naam";"Ge""tal"\n"Een\ntwee";3\n').rows == [
        [],
        ["Naam", 'Ge"tal'],
        ["Een\ntwee", "3"],
    ]


def test_empty_rows_keep_their_place_and_an_empty_end_goes() -> None:
    assert read_pasted("Naam;Getal;\n;;\nHuur;3;\n;;\n").rows == [["Naam", "Getal"], [], ["Huur", "3"]]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is leeg"),
        (b" \n\n", "is leeg"),
        (b"een enkele kolom\nzonder scheiding\n", "maar één kolom"),
        (b"a;b\n" + b"x" * MAX_BYTES, "Het mag hoogstens 2 MB zijn"),
        (b"a;b\n" * 2_001, "meer dan 2.000 rijen"),
        (b";".join([b"a"] * 61), "meer dan 60 kolommen"),
        (b'a;b\n"open;3\n', "aanhalingstekens"),
        (b"%PDF-1.7 ...", "Dit is een PDF"),
        (b"<html><table><tr><td>1</td></tr></table>", "webpagina"),
        (b"a;b\n\x01\x02;3\n", "geen tabel die wij kunnen lezen"),
        (b"\xff\xfea", "letters in dit bestand niet lezen"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "oud Excel-bestand"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "zit een wachtwoord",
        ),
        (b"PK\x03\x04 niet echt", "beschadigd of geen Excel-bestand"),
    ],
)
def test_what_cannot_be_read_says_what_to_do_instead(data: bytes, words: str) -> None:
    assert words in refused(data)


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    return zipped({**parts, name: content})


def test_dangerous_workbooks_are_refused_before_they_are_opened() -> None:
    plain = workbook(("Blad", [["Naam", "Getal"], ["Huur", 3]]))
    assert "macro" in refused(with_part(plain, "xl/vbaProject.bin", b"x"))
    assert "uitgepakt te groot" in refused(with_part(plain, "xl/media/bom", b"0" * 50_000_000))
    assert "geen Excel-bestand (.xlsx)" in refused(zipped({"mimetype": b"application/vnd.oasis"}))
    entity = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert "geen gewoon Excel-bestand" in refused(with_part(plain, "xl/sharedStrings.xml", entity))
    assert "beschadigd" in refused(with_part(plain, "xl/workbook.xml", b"<geen xml"))


def test_numbers_of_a_workbook_stay_numbers_with_their_unit() -> None:
    def change(book: Any) -> None:
        sheet = book.worksheets[0]
        sheet["B2"].number_format = "0.0%"
        sheet["C2"].number_format = "€ #,##0.00"
        sheet["D2"].number_format = "yyyy"

    rows = [
        ["Naam", "Deel", "Bedrag", "Jaar", "Dag", "Waar"],
        ["Huur", 0.07, 1.234, datetime(2024, 1, 1), datetime(2024, 5, 3), True],
    ]
    sheet = read_file(workbook(("Blad", rows), change=change))[0]
    assert sheet.rows[1] == ["Huur", [7.0, "%"], [1.234, "€"], "2024", "3-5-2024", "ja"]


def test_every_visible_sheet_with_something_on_it_can_be_chosen() -> None:
    def hide(book: Any) -> None:
        book["Geheim"].sheet_state = "hidden"

    data = workbook(
        ("Uitleg", [["Lees mij"]]), ("Leeg", []), ("Geheim", [["a", 1]]), ("Cijfers", [["a", 2]]), change=hide
    )
    assert [sheet.name for sheet in read_file(data)] == ["Uitleg", "Cijfers"]


def test_merged_cells_hold_for_all_their_cells() -> None:
    rows = [["Thema", "Naam", "Getal"], ["Wonen", "Huur", 3], [None, "Leeg", 4]]
    data = workbook(("Blad", rows), change=lambda book: book.worksheets[0].merge_cells("A2:A3"))
    assert read_file(data)[0].rows[2] == ["Wonen", "Leeg", [4.0, ""]]


def test_a_formula_without_its_outcome_is_told_and_not_skipped() -> None:
    data = workbook(("Blad", [["Naam", "Getal"], ["Huur", "=1+2"]]))
    assert read_file(data)[0].rows[1] == ["Huur", "=formule"]


def test_the_outcome_of_a_formula_is_what_is_read() -> None:
    data = workbook(("Blad", [["Naam", "Getal"], ["Huur", "=1+2"]]))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    done = xml.replace(b"<f>1+2</f><v></v>", b"<f>1+2</f><v>3</v>").replace(
        b"<f>1+2</f><v />", b"<f>1+2</f><v>3</v>"
    )
    assert done != xml
    assert read_file(with_part(data, "xl/worksheets/sheet1.xml", done))[0].rows[1] == ["Huur", [3.0, ""]]


@pytest.mark.parametrize("cell", ["A30000", "ZZ3"])
def test_what_lies_far_out_is_refused_and_not_left_out(cell: str) -> None:
    def change(book: Any) -> None:
        book.worksheets[0][cell] = "ver"

    assert "heel ver" in refused(workbook(("Blad", [["a", "b"]]), change=change))


def test_rows_past_the_limit_are_never_cut_off() -> None:
    assert "meer dan 2.000 rijen" in refused(workbook(("Blad", [["a", 1]] * 2_001)))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for bytes_ in (data, b"PK\x03\x04" + data, b"\xff\xfe" + data):
        try:
            sheets = read_file(bytes_)
        except DomainError:
            continue
        assert sheets[0].rows


CELLS = st.text(alphabet=st.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=8).map(str.strip)


@given(
    st.lists(
        st.lists(CELLS.filter(lambda cell: '"' not in cell), min_size=3, max_size=3), min_size=2, max_size=6
    )
)
def test_a_table_with_filled_cells_comes_back_whole(rows: list[list[str]]) -> None:
    filled = [[f"n{cell}" for cell in row] for row in rows]
    text = "\n".join(";".join(f'"{cell}"' for cell in row) for row in filled)
    assert read_pasted(text).rows == [[cell.strip() for cell in row] for row in filled]


def test_many_cells_on_many_sheets_are_refused_together() -> None:
    sheet = [["naam", *range(29)]] * 1_100
    assert "meer dan 60.000 cellen" in refused(workbook(("Een", sheet), ("Twee", sheet)))


def test_a_formula_of_a_group_without_outcome_is_told_in_its_own_cell() -> None:
    data = workbook(("Blad", [["Naam", "Getal", "Nog een"], ["Huur", "=1+2", 7]]))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    shared = re.sub(rb"<f>1\+2</f><v ?(?:/>|></v>)", b'<f t="shared" si="0"/>', xml)
    assert shared != xml
    assert read_file(with_part(data, "xl/worksheets/sheet1.xml", shared))[0].rows[1] == [
        "Huur",
        "=formule",
        [7.0, ""],
    ]


def test_the_largest_workbook_is_read_while_a_person_waits() -> None:
    """About a second where nothing else runs; the bound is of the processor, and wide."""
    wide = MAX_CELLS // MAX_ROWS
    rows: list[list[Any]] = [[f"Straat {row}", *[row + 0.5] * (wide - 1)] for row in range(MAX_ROWS)]
    data = workbook(("Blad", rows))
    start = time.process_time()
    (sheet,) = read_file(data)
    assert time.process_time() - start < 4
    assert sum(map(len, sheet.rows)) == MAX_CELLS
