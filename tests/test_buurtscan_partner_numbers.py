"""Numbers of partners: read as they are written, or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtscan.partners.numbers import Kind, Notation, column_of, read_number

COMMA, POINT = Notation.COMMA, Notation.POINT


@pytest.mark.parametrize(
    ("text", "notation", "value", "unit"),
    [
        ("1.234,5", COMMA, 1234.5, ""),
        ("1,234.5", POINT, 1234.5, ""),
        ("1.234", COMMA, 1234, ""),
        ("1.234", POINT, 1.234, ""),
        ("€ 1.500", COMMA, 1500, "€"),
        ("€1.500,-", COMMA, 1500, "€"),
        ("1.500,-- euro", COMMA, 1500, "€"),
        ("-€ 12,50", COMMA, -12.5, "€"),
        ("€ -5", COMMA, -5, "€"),
        ("12%", COMMA, 12, "%"),
        ("12,5 procent", COMMA, 12.5, "%"),
        ("−3", COMMA, -3, ""),
        ("+3", COMMA, 3, ""),
        ("1 234 567,8", COMMA, 1234567.8, ""),
        ("12\N{NARROW NO-BREAK SPACE}345", COMMA, 12345, ""),
        ("0", POINT, 0, ""),
        ("0,05", COMMA, 0.05, ""),
    ],
)
def test_a_number_is_read_in_its_notation(text: str, notation: Notation, value: float, unit: str) -> None:
    read = read_number(text, notation)
    assert (read.kind, read.value, read.unit) == (Kind.NUMBER, value, unit)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Kind.EMPTY),
        ("  ", Kind.EMPTY),
        ("-", Kind.NO_FIGURE),
        ("–", Kind.NO_FIGURE),
        ("n.v.t.", Kind.NO_FIGURE),
        ("N.V.T", Kind.NO_FIGURE),
        ("onbekend", Kind.NO_FIGURE),
        ("<5", Kind.BOUNDED),
        ("> 90%", Kind.BOUNDED),
        ("5-10", Kind.BOUNDED),
        ("ca. 12", Kind.BOUNDED),
        ("minder dan 5", Kind.BOUNDED),
        ("=SOM(A1:A3)", Kind.FORMULA),
        ("1.234.5", Kind.NO_NUMBER),
        ("12 woningen", Kind.NO_NUMBER),
        ("1e5", Kind.NO_NUMBER),
        ("007", Kind.NO_NUMBER),
        ("12²", Kind.NO_NUMBER),
        ("(5)", Kind.NO_NUMBER),
        ("5-", Kind.NO_NUMBER),
        ("€ 5 €", Kind.NO_NUMBER),
        ("#DEEL/0!", Kind.NO_NUMBER),
        ("nan", Kind.NO_NUMBER),
        ("inf", Kind.NO_NUMBER),
        ("٣", Kind.NO_NUMBER),
        ("9" * 40, Kind.NO_NUMBER),
        ("1-5-2024", Kind.NO_NUMBER),
    ],
)
def test_what_is_no_number_becomes_none(text: str, kind: Kind) -> None:
    for notation in (None, *Notation):
        assert read_number(text, notation).kind is kind


def test_a_text_that_is_two_numbers_is_read_only_when_the_notation_is_known() -> None:
    assert read_number("1.234", None).kind is Kind.OPEN
    assert read_number("€ 1,500", None).kind is Kind.OPEN
    assert read_number("12.5", COMMA).kind is Kind.OTHER_NOTATION
    assert read_number("0.500", COMMA).kind is Kind.OTHER_NOTATION
    assert read_number("1.500,-", None).value == 1500


@pytest.mark.parametrize(
    ("texts", "notation", "mixed"),
    [
        (["12", "13"], COMMA, False),
        (["1.234", "12,5"], COMMA, False),
        (["1.234", "12.5"], POINT, False),
        (["1.234", "0.500"], POINT, False),
        (["1.234", "1.234.567"], COMMA, False),
        (["1.234", "1.250"], None, False),
        (["1,234", "n.v.t."], None, False),
        (["12,5", "12.5"], None, True),
        (["1.234,5", "1,234.5"], None, True),
        ([], COMMA, False),
    ],
)
def test_a_column_decides_together_or_asks(texts: list[str], notation: Notation | None, mixed: bool) -> None:
    column = column_of(texts)
    assert (column.notation, column.mixed) == (notation, mixed)
    assert notation is not None or column.example in texts


amounts = st.decimals(min_value=-99_999_999, max_value=99_999_999, places=2, allow_nan=False)


def written(value: Decimal, notation: Notation, *, grouped: bool) -> str:
    text = f"{value:,.2f}" if grouped else f"{value:.2f}"
    return text.translate(str.maketrans(",.", ".,")) if notation is COMMA else text


@given(amounts, st.sampled_from(Notation), st.booleans(), st.sampled_from(["", "%", " %", "€"]))
def test_what_is_written_is_read_back(value: Decimal, notation: Notation, grouped: bool, unit: str) -> None:
    text = written(value, notation, grouped=grouped)
    read = read_number(f"€ {text}" if unit == "€" else text + unit, notation)
    assert read.kind is Kind.NUMBER
    assert read.value == float(value)
    assert read.unit == unit.strip()


@given(st.lists(amounts, min_size=1, max_size=8), st.sampled_from(Notation), st.booleans())
def test_a_column_in_one_notation_is_never_read_in_the_other(
    values: list[Decimal], notation: Notation, grouped: bool
) -> None:
    texts = [written(value, notation, grouped=grouped) for value in values]
    assert column_of(texts).notation is notation  # two decimals always tell


@given(st.text(alphabet="0123456789.,-€% <n", max_size=14))
def test_no_text_has_two_values_without_a_question(text: str) -> None:
    values = {read.value for way in Notation if (read := read_number(text, way)).kind is Kind.NUMBER}
    kind = read_number(text, None).kind
    assert len(values) == (2 if kind is Kind.OPEN else 1 if kind is Kind.NUMBER else 0)


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    assert read_number(text, None).kind in Kind
    assert column_of([text]).notation in (None, *Notation)
