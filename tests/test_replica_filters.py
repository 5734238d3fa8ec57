from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.replica.filters import (
    V3_FUNCTIONS,
    V4_FUNCTIONS,
    All,
    FilterError,
    OneOf,
    Some,
    Text,
    parse,
    positions,
    predicate,
    size,
)
from tests.replica.tables import Index

CODES = ["NL00      ", "GM0518    ", "WK051836  ", "BU05183620", "BU0363AD03", "GM0518    "]
ROWS = [{"Code": code, "Year": str(2020 + number % 2)} for number, code in enumerate(CODES)]


def passing(text: str, functions: frozenset[str] = V3_FUNCTIONS) -> list[str]:
    test = predicate(parse(text, functions), {"Code": "Code", "Year": "Year"})
    return [row["Code"] for row in ROWS if test(row)]


def test_and_binds_stronger_than_or() -> None:
    one, two, three = OneOf("A", ("1",)), OneOf("B", ("2",)), OneOf("C", ("3",))
    assert parse("A eq '1' or B eq '2' and C eq '3'") == Some((one, All((two, three))))
    assert parse("(A eq '1' or B eq '2') and C eq '3'") == All((Some((one, two)), three))


def test_a_doubled_quote_in_a_literal_is_one_quote() -> None:
    assert parse("Title eq '''s-Gravenhage'") == OneOf("Title", ("'s-Gravenhage",))


def test_substringof_takes_the_text_first_and_startswith_the_field() -> None:
    assert parse("substringof('wijk',Title)", V3_FUNCTIONS) == Text("substringof", "Title", "wijk")
    assert parse("startswith(Title,'Moer') eq true") == Text("startswith", "Title", "Moer")


def test_an_equals_without_padding_finds_nothing() -> None:
    assert passing("Code eq 'GM0518'") == []
    assert passing("Code eq 'GM0518    '") == ["GM0518    "] * 2


def test_startswith_finds_codes_with_letters_too() -> None:
    assert passing("startswith(Code,'BU0363')") == ["BU0363AD03"]


def test_cql_is_understood_as_the_same_language() -> None:
    assert parse("id='BU1'") == OneOf("id", ("BU1",))
    assert parse("id IN ('BU1','BU2')") == OneOf("id", ("BU1", "BU2"))
    assert parse("id LIKE 'BU05%' AND scale='buurt'").__class__ is All


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Code",
        "Code eq",
        "Code eq 'x",
        "Code eq x",
        "(Code eq 'x'",
        "Code eq 'x' Code eq 'y'",
        "Code gt 'x'",
        "lower(Code,'x')",
        "Code in ()",
        "'x' eq Code",
        "Code eq 'x' and",
    ],
)
def test_what_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(FilterError):
        parse(text)


def test_v3_does_not_know_contains_and_v4_not_substringof() -> None:
    with pytest.raises(FilterError):
        parse("contains(Code,'x')", V3_FUNCTIONS)
    with pytest.raises(FilterError):
        parse("substringof('x',Code)", V4_FUNCTIONS)


def test_a_field_that_the_rows_do_not_have_is_refused() -> None:
    with pytest.raises(FilterError):
        passing("Koopwoningen_40 eq '1'")


literals = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
fields = st.sampled_from(["Code", "Year"])


@given(literals)
def test_every_text_survives_quoting(text: str) -> None:
    quoted = text.replace("'", "''")
    assert parse(f"Code eq '{quoted}'") == OneOf("Code", (text,))


@st.composite
def expressions(draw: st.DrawFn, depth: int = 3) -> str:
    kind = draw(st.sampled_from(["eq", "startswith", "substringof", "and", "or"] if depth else ["eq"]))
    value, field = draw(st.sampled_from([*CODES, "GM0518", "BU", "NL", "2020", "3"])), draw(fields)
    if kind == "eq":
        return f"{field} eq '{value}'"
    if kind == "startswith":
        return f"startswith({field},'{value}')"
    if kind == "substringof":
        return f"substringof('{value}',{field})"
    return f"({draw(expressions(depth - 1))}) {kind} {draw(expressions(depth - 1))}"


@given(expressions())
def test_the_index_never_loses_a_row_that_the_filter_lets_through(text: str) -> None:
    expression = parse(text, V3_FUNCTIONS)
    test = predicate(expression, {"Code": "Code", "Year": "Year"})
    expected = {number for number, row in enumerate(ROWS) if test(row)}
    likely = positions(expression, "Code", Index(CODES))
    assert likely is None or expected <= likely


@given(st.lists(st.sampled_from(CODES), min_size=1, max_size=200))
def test_a_long_chain_is_counted_and_evaluated(codes: list[str]) -> None:
    text = " or ".join(f"Code eq '{code}'" for code in codes)
    assert size(parse(text)) == len(codes)
    assert set(passing(text)) == set(codes)


@given(st.text(max_size=40))
def test_any_text_is_either_parsed_or_refused(text: str) -> None:
    with suppress(FilterError):
        parse(text)
