"""What a table says once its columns are named: figures, errors and what is left out, and nothing else."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtscan.partners.files import Rows, read_pasted
from buurtscan.partners.guess import guess
from buurtscan.partners.numbers import Kind
from buurtscan.partners.tables import Mapping, Outcome, Role, interpret
from buurtscan.partners.words import reading_in_words, remark_of, spellings, value_in_words

LONG: Rows = [
    ["Indicator", "Waarde", "Eenheid", "Jaar", "Buurt", "Hoofdstuk", "Toelichting"],
    ["Huurachterstand", "1.234,50", "euro", "2024", "Moerwijk", "Wonen", "stand 1 januari"],
    ["Leegstand", "2,1", "%", "2023/2024", "", "wonen", ""],
]


def outcome(rows: Rows, mapping: Mapping) -> Outcome:
    return interpret(rows, mapping, spellings())


def of(text: str, **changes: object) -> Outcome:
    rows = read_pasted(text).rows
    return outcome(rows, replace(guess(rows, chapter="wonen"), **changes))  # type: ignore[arg-type]


def values(found: Outcome) -> list[tuple[str, float, str, str]]:
    return [(one.label, one.value, one.unit, one.period) for one in found.figures]


def test_a_long_table_is_understood_by_its_headings() -> None:
    mapping = guess(LONG)
    assert mapping.roles == ("label", "value", "unit", "year", "place", "chapter", "note")
    found = outcome(LONG, mapping)
    assert values(found) == [("Huurachterstand", 1234.5, "€", "2024"), ("Leegstand", 2.1, "%", "2023/2024")]
    assert [(one.line, one.place, one.chapter, one.note) for one in found.figures] == [
        (2, "Moerwijk", "wonen", "stand 1 januari"),
        (3, "", "wonen", ""),
    ]
    assert not found.errors + found.left_out + found.problems


def test_years_as_headings_become_a_figure_each() -> None:
    found = of("Titel;;\nNaam;2022;2023\nHuur;10;11\nLeeg;1,5;2,5\n")
    assert values(found) == [
        ("Huur", 10, "", "2022"),
        ("Huur", 11, "", "2023"),
        ("Leeg", 1.5, "", "2022"),
        ("Leeg", 2.5, "", "2023"),
    ]


def test_headings_may_say_the_place_or_the_name() -> None:
    text = "Naam;Moerwijk;Den Haag\nHuur;10;11\n"
    places = of(text, roles=("label", "value_place", "value_place"), year="2024")
    assert [(one.label, one.place, one.value) for one in places.figures] == [
        ("Huur", "Moerwijk", 10),
        ("Huur", "Den Haag", 11),
    ]
    names = of("Complex;Leeg;Huur\nA;1;2\n", roles=("place", "value_label", "value_label"), year="2024")
    assert [(one.label, one.place) for one in names.figures] == [("Leeg", "A"), ("Huur", "A")]


def test_what_a_column_says_goes_before_what_holds_for_all() -> None:
    found = of("Naam;Getal;Jaar\nHuur;1;2020\nLeeg;2;\n", year="2024", unit="woningen", place="Oost")
    assert values(found) == [("Huur", 1, "woningen", "2020"), ("Leeg", 2, "woningen", "2024")]
    assert {one.place for one in found.figures} == {"Oost"}


def test_every_cell_with_a_number_is_a_figure_or_is_told() -> None:
    found = of("Naam;2022;2023;2024\nHuur;1;-;<5\nLeeg;x2;n.v.t.;3\n;4;5;\n")
    assert values(found) == [("Huur", 1, "", "2022"), ("Leeg", 3, "", "2024")]
    assert [(one.line, one.place.letter, one.found) for one in found.errors] == [(3, "B", "x2"), (4, "A", "")]
    assert [(one.found, one.why) for one in found.left_out] == [
        ("-", Kind.NO_FIGURE),
        ("<5", Kind.BOUNDED),
        ("n.v.t.", Kind.NO_FIGURE),
        ("", Kind.EMPTY),
    ]


@pytest.mark.parametrize(
    ("row", "where", "expected"),
    [
        ("Huur;elf;%;2024;Wonen", "rij 2, kolom B (Getal)", "Wij verwachten een getal"),
        ("Huur;11;%;vorig jaar;Wonen", "rij 2, kolom D (Jaar)", "Wij verwachten een jaar"),
        ("Huur;11;%;;Wonen", "rij 2, kolom D (Jaar)", "Het jaar ontbreekt"),
        ("Huur;€ 11;%;2024;Wonen", "rij 2, kolom C (Eenheid)", "Naast het getal staat €"),
        ("Huur;11;%;2024;Sport", "rij 2, kolom E (Hoofdstuk)", "Dit is geen hoofdstuk"),
        (";11;%;2024;Wonen", "rij 2, kolom A (Naam)", "De naam van het cijfer ontbreekt"),
        ("H" * 161 + ";11;%;2024;Wonen", "rij 2, kolom A (Naam)", "te lang"),
    ],
)
def test_an_error_says_which_cell_and_what_is_expected(row: str, where: str, expected: str) -> None:
    found = of(f"Naam;Getal;Eenheid;Jaar;Hoofdstuk\n{row}\n", chapter="")
    assert not found.figures
    remark = remark_of(found.errors[0])
    assert (remark.where, len(found.errors)) == (where, 1)
    assert expected in remark.expected


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"roles": ("label", "", "")}, "no_numbers"),
        ({"roles": ("label", "value", "value_year")}, "numbers_of_two_kinds"),
        ({"roles": ("label", "value", "value")}, "two_plain_numbers"),
        ({"roles": ("label", "label", "value")}, "role_twice"),
        ({"roles": ("label", "year", "value_year")}, "said_twice"),
        ({"roles": ("label", "value_year", "value_year"), "heading": 0}, "no_headings"),
        ({"roles": ("", "value_year", "value_year")}, "no_label"),
        ({"roles": ("label", "value", "")}, "no_year"),
        ({"chapter": ""}, "no_chapter"),
    ],
)
def test_a_mapping_that_cannot_be_says_why(changes: dict[str, object], problem: str) -> None:
    found = of("Naam;2022;2023\nHuur;1;2\n", **changes)
    assert problem in found.problems
    assert not found.figures


def test_numbers_that_could_be_two_things_are_asked_about_and_then_read_as_said() -> None:
    text = "Naam;2022\nHuur;1.234\nLeeg;2.500\n"
    roles = {"roles": ("label", "value_year")}
    asked = of(text, **roles)
    assert asked.problems == ["notation"]
    assert not asked.figures
    assert [one.value for one in of(text, notation="komma", **roles).figures] == [1234, 2500]
    assert [one.value for one in of(text, notation="punt", **roles).figures] == [1.234, 2.5]


def test_one_clear_number_decides_for_its_column_and_the_page_says_so() -> None:
    text = "Naam;2022\nHuur;1.234\nLeeg;2,5\n"
    found = of(text, roles=("label", "value_year"))
    assert [one.value for one in found.figures] == [1234, 2.5]
    said = reading_in_words(found, guess(read_pasted(text).rows))
    assert "Nederlandse manier" in said
    assert "“2,5”" in said


def test_a_column_that_contradicts_itself_is_asked_about_and_the_rest_is_an_error() -> None:
    text = "Naam;2022\nHuur;1.234,5\nLeeg;1,234.5\n"
    roles = {"roles": ("label", "value_year")}
    assert of(text, **roles).problems == ["notation"]
    found = of(text, notation="komma", **roles)
    assert [one.value for one in found.figures] == [1234.5]
    assert found.errors[0].why == Kind.OTHER_NOTATION


def test_numbers_of_a_workbook_need_no_notation() -> None:
    rows: Rows = [
        ["Naam", "Getal", "Jaar"],
        ["Huur", [1.234, ""], [2024.0, ""]],
        ["Deel", [7.0, "%"], "2024"],
    ]
    found = outcome(rows, guess(rows, chapter="wonen"))
    assert values(found) == [("Huur", 1.234, "", "2024"), ("Deel", 7, "%", "2024")]


def test_more_figures_than_a_page_can_carry_are_refused() -> None:
    rows: list[Any] = [["Naam", *map(str, range(2001, 2011))], *[["n", *["1"] * 10] for _ in range(501)]]
    assert outcome(rows, guess(rows, chapter="wonen")).problems == ["too_many"]


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (1234.5, "€", "€\N{NO-BREAK SPACE}1.234,50"),
        (1500, "€ per maand", "€\N{NO-BREAK SPACE}1.500 per maand"),
        (12.5, "%", "12,5%"),
        (300, "woningen", "300\N{NO-BREAK SPACE}woningen"),
        (300, "aantal", "300"),
        (0.05, "", "0,05"),
        (-3, "", "−3"),
    ],
)
def test_a_value_is_shown_in_dutch_with_the_decimals_it_came_with(
    value: float, unit: str, shown: str
) -> None:
    assert value_in_words(value, unit) == shown


texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
cells = st.one_of(texts, st.floats(-1e9, 1e9).map(lambda number: [number, ""]))
grids = st.lists(st.lists(cells, max_size=6), min_size=1, max_size=8)


@given(grids, st.lists(st.sampled_from(list(Role)), max_size=6), st.integers(0, 9))
def test_any_table_with_any_mapping_gets_an_answer(rows: Rows, roles: list[Role], heading: int) -> None:
    for mapping in (guess(rows), Mapping(roles=tuple(roles), heading=heading, chapter="wonen", year="2024")):
        found = outcome(rows, mapping)
        assert all(remark_of(one).where for one in found.errors + found.left_out)
        assert found.figures or found.errors or found.left_out or found.problems


@given(st.lists(st.integers(-10_000, 10_000), min_size=1, max_size=20))
def test_no_number_is_lost_between_table_and_figures(numbers: list[int]) -> None:
    rows: list[Any] = [["Naam", "Getal", "Jaar"], *[["n", str(number), "2024"] for number in numbers]]
    assert [one.value for one in outcome(rows, guess(rows, chapter="wonen")).figures] == numbers
