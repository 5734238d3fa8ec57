"""A project of several buurten on the pages, on the projector and in the files: what each buurt has."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pptx import Presentation

from buurtscan.takeaways.note import DENSITIES, note_html, two_pages
from buurtscan.takeaways.slide_charts import beams_of
from buurtscan.takeaways.slides import slides_pptx
from buurtscan.takeaways.tables import json_text
from buurtscan.takeaways.workbook import workbook_xlsx
from projects.models import Project, User
from tests import scan_sets_help as sets
from tests import takeaways_help as files

pytestmark = pytest.mark.django_db
type Login = Callable[[User], Client]
SAID = "Naar de dichtstbijzijnde huisarts is het in Buurt 1 gemiddeld 4,5 kilometer. In Buurt 2 is dat 4,9 kilometer."
MANY = [61.0, 62.0, 89.0, 91.0, 93.0, 44.0]
PLACES = [30, 32, 82, 87, 91, 16]


def flat(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split())


def page(login: Login, user: User, name: str, project: Project, *more: str, query: str = "") -> str:
    return flat(login(user).get(reverse(name, args=[project.slug, *more]) + query).content.decode())


@pytest.fixture
def village(project: Project) -> Project:
    """Two buurten that are both far from a doctor."""
    sets.apart(project, "afstand_huisarts", [4.5, 4.9], gemeente=1.6, shares=[94, 96])
    return project


@pytest.fixture
def town(project: Project) -> Project:
    """Six buurten that differ, one of them a hamlet."""
    flags = [(), (), (), (), (), ("few_inhabitants",)]
    sets.apart(project, "koopwoningen", MANY, gemeente=63, shares=PLACES, flags=flags)
    return project


def test_a_chapter_says_what_each_buurt_has_and_that_it_stands_out(
    village: Project, reader: User, login: Login
) -> None:
    found = page(login, reader, "scan_chapter", village, "gezondheid")
    assert found.count(SAID) == 2
    assert "In beide buurten hoger dan in minstens 93 van de 100 buurten van Nederland." in found
    assert "In beide buurten minder gunstig dan in de meeste gebieden" in found
    assert "<dt>Buurt 1</dt><dd>4,5 km</dd>" in found
    assert "Afstand tot een huisarts. Buurt 1: hoger dan in 93 van de 100 buurten." in found
    assert "elke buurt apart" in found
    assert "niet op te tellen" not in found


def test_many_buurten_are_folded_away_and_the_small_ones_marked(
    town: Project, reader: User, login: Login
) -> None:
    found = page(login, reader, "scan_chapter", town, "wonen")
    assert "Hier verschillen de buurten het meest" in found
    assert "Hier valt het meest op" not in found
    assert "Alle 6 buurten naast elkaar" in found
    assert "<dt>Buurt 6 *</dt><dd>44%</dd>" in found
    assert "* Minder dan 200 inwoners" in found
    assert "gunstiger dan" not in found


def test_one_buurt_alone_sees_nothing_of_sets(project: Project, reader: User, login: Login) -> None:
    files.a_scan(project)
    found = page(login, reader, "scan_chapter", project, "wonen")
    assert "elke buurt apart" not in found
    assert "naast elkaar" not in found


def test_the_overview_counts_what_is_known_per_buurt(village: Project, reader: User, login: Login) -> None:
    found = page(login, reader, "buurtscan", village)
    assert "4,5 en 4,9 km" in found
    assert "1 cijfer, per buurt" in found
    assert "niet bekend" not in found


def test_the_overview_says_where_buurten_differ(town: Project, reader: User, login: Login) -> None:
    found = page(login, reader, "buurtscan", town)
    assert "Hier verschillen de buurten het meest:" in found
    assert "Het laagst in Buurt 6, het hoogst in Buurt 5." in found


def test_a_chapter_asks_the_same_of_one_figure_and_of_three(
    town: Project, reader: User, login: Login, django_assert_max_num_queries: Any
) -> None:
    client, address = login(reader), reverse("scan_chapter", args=[town.slug, "wonen"])
    client.get(address)
    with django_assert_max_num_queries(100) as one:
        client.get(address)
    for indicator in ("woz_waarde", "eengezinswoningen"):
        sets.apart(town, indicator, MANY, gemeente=63, shares=PLACES)
    with django_assert_max_num_queries(len(one)):
        client.get(address)


def test_the_projector_shows_each_of_many_buurten(town: Project, coordinator: User, login: Login) -> None:
    found = page(login, coordinator, "scan_presentation", town, query="?hoofdstuk=wonen")
    assert "Hierin verschillen de buurten het meest:" in found
    assert "44 tot 93%" in found
    assert "<span>Buurt 6</span> <b>44%</b>" in found


def test_the_projector_names_two_buurten_in_the_sentence_alone(
    village: Project, coordinator: User, login: Login
) -> None:
    found = page(login, coordinator, "scan_presentation", village, query="?hoofdstuk=gezondheid")
    assert SAID in found
    assert "stage__members" not in found


def test_the_note_says_it_on_two_pages(village: Project) -> None:
    html = flat(note_html(files.contents(village), DENSITIES[0]))
    assert SAID in html
    assert "4,5 en 4,9 km" in html
    assert "elk open rondje op de lijn is een buurt" in html
    assert "CBS Kerncijfers wijken en buurten (2024" in html
    assert two_pages(files.contents(village)).pages <= 2


def test_the_note_leaves_out_whole_sentences_and_no_halves(town: Project) -> None:
    html = flat(note_html(files.contents(town), DENSITIES[-2]))
    assert "Hierin verschillen de buurten het meest." in html
    assert "In Buurt 6 is dat 44%." in html
    assert "…" not in html.split("<h2>Wonen</h2>")[1].split("<h2>")[0]


def slides_of(project: Project) -> Any:
    return Presentation(io.BytesIO(slides_pptx(files.contents(project))))


def words_on(slide: Any) -> str:
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            texts += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    return flat(" ".join(texts))


def test_slides_have_a_bar_and_a_row_for_each_of_two_buurten(village: Project) -> None:
    reading = files.by_indicator(files.contents(village))["afstand_huisarts"]
    assert [(beam.name, beam.own) for beam in beams_of(reading)] == [
        ("Buurt 1", True),
        ("Buurt 2", True),
        ("Berkelland", False),
    ]
    show = slides_of(village)
    words = " ".join(words_on(slide) for slide in show.slides)
    assert SAID in words
    assert "Buurt 2 4,9 km hoger dan in 95 van de 100" in words
    notes = flat(" ".join(slide.notes_slide.notes_text_frame.text for slide in show.slides))
    assert "Buurt 1: 4,5 km; Hoger dan in 93 van de 100 buurten" in notes
    assert "Cijfer van: elke buurt apart." in notes


def test_of_many_buurten_the_ends_are_drawn_and_a_table_has_them_all(town: Project) -> None:
    sets.apart(town, "eengezinswoningen", MANY, gemeente=79, shares=PLACES)
    reading = files.by_indicator(files.contents(town))["koopwoningen"]
    assert [beam.shown for beam in beams_of(reading)] == ["93%", "44%", "63%"]
    pages = {slide.shapes.title.text_frame.text: words_on(slide) for slide in slides_of(town).slides}
    assert "Wonen: waarin verschillen de buurten?" in pages
    table = pages["Wonen: alle buurten naast elkaar"]
    assert all(f"Buurt {number} " in table for number in range(1, 7))
    overview = pages["Alle hoofdstukken in één blik"]
    assert "De buurten verschillen. " in overview
    assert "44 tot 93%." in overview


def test_the_workbook_has_a_column_for_each_buurt(village: Project, town: Project) -> None:
    book = load_workbook(io.BytesIO(workbook_xlsx(files.contents(town))))
    rows = list(book["Buurten naast elkaar"].iter_rows(values_only=True))
    assert rows[0][4:] == ("Samen", *(f"Buurt {number}" for number in range(1, 7)))
    assert rows[1][1] == "Koopwoningen"
    assert rows[1][4:] == (None, *MANY)


def test_one_buurt_has_no_sheet_of_buurten(project: Project) -> None:
    files.a_scan(project)
    assert "Buurten naast elkaar" not in load_workbook(io.BytesIO(workbook_xlsx(files.contents(project))))


def test_json_has_the_sentence_and_a_row_with_a_place_for_each_buurt(village: Project) -> None:
    figures = json.loads(json_text(files.contents(village)))["figures"]
    asked = next(one for one in figures if one["role"] == "asked")
    assert flat(asked["sentence"]).startswith(SAID)
    assert (asked["value"], asked["status"]) == (None, "not_combinable")
    members = [one for one in figures if one["role"] == "member"]
    assert [(one["area"], one["value"], one["ranked"]) for one in members] == [
        ("Buurt 1", 4.5, 12_000),
        ("Buurt 2", 4.9, 12_000),
    ]
