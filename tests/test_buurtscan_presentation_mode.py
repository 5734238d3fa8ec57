"""The scan on the projector: one screen at a time, nobody's name, and nothing that does not fit."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from buurtscan.added_screens import (
    Block,
    line_height,
    page_height,
    paragraph_screens,
    partner_screens,
    timeline_screens,
)
from buurtscan.models import (
    HiddenFigure,
    PartnerFigure,
    PartnerTable,
    PolicyFact,
    ScanFigure,
    ScanNote,
    ScanPicture,
)
from buurtscan.partners.pages import Line
from buurtscan.projecting import NOTES_ON_WALL, Place, beside, note_count
from buurtscan.reading import Reading, readings
from buurtscan.screens import BODY, FigureCard, figure_screens, text_screens
from buurtscan.timeline import Timeline
from core.lettering import lines
from core.models import Job
from projects.chapters import Chapter
from projects.models import Project, User
from tests import builders
from tests.talking_help import HTMX, Login, at, duiding, figures, mark, note, queries, question, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def talked(project: Project) -> Project:
    figures(project)
    return project


@pytest.fixture
def desk(login: Login, colleague: User) -> Client:
    return login(colleague)


def wall(project: Project, chapter: str = "", screen: Any = "", **more: Any) -> str:
    asked = {"hoofdstuk": chapter, "scherm": screen, **more}
    query = "&".join(f"{name}={value}" for name, value in asked.items() if value != "")
    return at("scan_presentation", project) + (f"?{query}" if query else "")


# --- who -----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["coordinator", "kernteamlid", "gespreksleider"])
def test_the_kernteam_and_the_gespreksleider_may_present(role: str, login: Login, talked: Project) -> None:
    client = login(builders.member(talked, role))
    for address in (wall(talked), wall(talked, "wonen"), wall(talked, "wonen", 1, notitie=1)):
        assert client.get(address).status_code == 200
    assert "grote scherm" in client.get(at("buurtscan", talked)).text


@pytest.mark.parametrize("role", ["lezer", "begeleider", "verzamelaar"])
def test_others_may_not(role: str, login: Login, talked: Project, outsider: User) -> None:
    assert login(builders.member(talked, role)).get(wall(talked)).status_code == 403
    assert login(outsider).get(wall(talked)).status_code == 404
    assert Client().get(wall(talked)).headers["Location"].startswith("/account/login/")
    assert login(builders.member(talked, "kernteamlid")).post(wall(talked)).status_code == 405


# --- the way through -----------------------------------------------------------------------


def links(page: str) -> dict[str, str]:
    found = re.findall(r'<a[^>]*href="([^"]*)"[^>]*data-way="(\w+)"', page)
    return {way: href.replace("&amp;", "&") for href, way in found}


def test_the_keys_have_a_link_each_and_lead_past_every_chapter_and_back(
    desk: Client, talked: Project
) -> None:
    question(talked)
    address, seen = wall(talked), []
    while address:
        page = desk.get(address).text
        seen.append(re.search(r"<h1>(.*?)</h1>", page).group(1).split(":")[0])  # type: ignore[union-attr]
        last, address = address, links(page).get("after", "")
        assert len(seen) < 60
    assert list(dict.fromkeys(seen)) == [
        "Welke vraag hebben we?",
        *(str(Chapter(name).label) for name in Chapter.values),
    ]
    back = 0
    while last:
        last, back = links(desk.get(last).text).get("before", ""), back + 1
    assert back == len(seen)
    assert {"first", "final", "note"} <= links(desk.get(wall(talked, "wonen")).text).keys()


@pytest.mark.parametrize("screen", ["0", "-3", "99", "9" * 40, "x", "٣", "laatste", "\x00"])
@pytest.mark.parametrize("chapter", ["", "wonen", "bestaat-niet", "\x00"])
def test_any_address_leads_to_a_screen(screen: str, chapter: str, desk: Client, talked: Project) -> None:
    response = desk.get(at("scan_presentation", talked), {"hoofdstuk": chapter, "scherm": screen})
    assert response.status_code == 200
    shown = response.context["wall"]
    assert 1 <= shown.screen <= shown.total


@given(st.sampled_from(["", *Chapter.values]), st.integers(1, 9), st.integers(1, 9))
def test_before_and_after_only_miss_at_the_two_ends(chapter: str, number: int, total: int) -> None:
    number = min(number, total)
    before, after = beside(chapter, number, total)
    assert bool(before) is not (chapter == "" and number == 1)
    assert bool(after) is not (chapter == Chapter.values[-1] and number == total)


def test_a_part_is_the_screen_alone_and_history_gets_the_page(desk: Client, talked: Project) -> None:
    part = desk.get(wall(talked, "wonen"), **HTMX)
    assert part.text.strip().startswith('<div id="scherm"')
    assert "HX-Request" in part.headers["Vary"]
    restored = desk.get(wall(talked, "wonen"), **HTMX, HTTP_HX_HISTORY_RESTORE_REQUEST="true")
    assert restored.text.startswith("<!doctype html>")


# --- what is on it -------------------------------------------------------------------------


def test_the_questions_come_first(desk: Client, talked: Project) -> None:
    assert "Welkom." in desk.get(wall(talked)).text
    question(talked)
    page = desk.get(wall(talked)).text
    assert "Vinden jongeren hier een woning?" in page
    assert "Onze vraag:" in desk.get(wall(talked, "wonen")).text
    assert "Onze vraag:" not in desk.get(wall(talked, "werk")).text


def test_questions_that_do_not_fit_go_on_and_keep_their_number(desk: Client, talked: Project) -> None:
    for number in range(10):
        question(talked, f"{number} " + "Hoe komt dat hier zo en wat helpt daarbij? " * 6)
    second = desk.get(wall(talked, "", 2))
    assert second.context["wall"].total > 1
    start = second.context["wall"].question_start
    assert f'start="{start}"' in second.text
    assert second.context["wall"].questions[0].startswith(f"{start - 1} ")
    assert "heel scherm" not in second.text


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [("92,0", "per 1.000 inwoners", "misdrijven"), ("16%", "", "koopwoningen"), ("2.790", "", "woningen")],
)
def test_the_number_is_large_and_what_it_is_counted_in_is_not(
    value: str, unit: str, shown: str, talked: Project
) -> None:
    reading = next(one for one in readings(talked) if one.indicator.id == shown)
    found, after = FigureCard(reading, "").value
    assert (found.replace("\N{NO-BREAK SPACE}", " "), after) == (value, unit)


def test_a_chapter_shows_figures_and_then_what_people_noticed(desk: Client, talked: Project) -> None:
    note(talked)
    first = words_of(desk.get(wall(talked, "wonen", 1)))
    assert "2.790" in first
    assert "CBS, 2025" in first
    assert "1 notitie" in first
    assert "Zoveel flats!" not in first
    assert "Zoveel flats!" in desk.get(wall(talked, "wonen", "laatste")).text


def test_a_hidden_figure_is_never_on_it(desk: Client, talked: Project) -> None:
    assert "2.790" in words_of(desk.get(wall(talked, "wonen")))
    HiddenFigure.objects.create(project=talked, indicator="woningen")
    for chapter in Chapter.values:
        for screen in (1, "laatste"):
            assert "2.790" not in words_of(desk.get(wall(talked, chapter, screen)))


def every_screen(desk: Client, project: Project, chapter: str) -> list[str]:
    """The bodies of all screens of a chapter."""
    total = desk.get(wall(project, chapter)).context["wall"].total
    pages = [desk.get(wall(project, chapter, screen)).text for screen in range(1, total + 1)]
    return [page[page.index("<body") :] for page in pages]


def add_what_partners_know(project: Project, visibility: str, word: str) -> None:
    """A table, a fact and a picture, each with `word` in it."""
    table = PartnerTable.objects.create(
        project=project, partner="Haag Wonen", title=word, state="published", visibility=visibility
    )
    PartnerFigure.objects.create(table=table, row=1, chapter="wonen", label=f"{word} getal", value=1234.5)
    known: dict[str, Any] = {"project": project, "chapter": "wonen", "visibility": visibility}
    PolicyFact.objects.create(kind="sloop", what=f"{word} sloop", who="x", starts=2090, **known)
    job = Job.objects.create(task="buurtscan.process_picture", state="done")
    ScanPicture.objects.create(
        title=f"{word} kaart", alt=f"{word} alt", source_note=word, job=job, file=f"{word}.jpg", **known
    )


def test_no_names_no_marks_and_nothing_for_the_kernteam_alone(
    desk: Client, colleague: User, talked: Project
) -> None:
    User.objects.filter(pk=colleague.pk).update(name="Wilhelmina Bijzonder")
    colleague.refresh_from_db()
    note(talked, noted_by=colleague)
    question(talked, asked_by=colleague, answered="Antwoordtekst", unanswered="Ontbrekend")
    mark(talked, colleague, reason="Redentekst")
    duiding(talked, author=colleague, text="Duidingstekst")
    add_what_partners_know(talked, "kernteam", "Geheimtekst")
    private = ("Wilhelmina", "Redentekst", "Antwoordtekst", "Geheimtekst", 'type="submit"', "<form")
    for chapter in ("", "wonen"):
        for number, body in enumerate(every_screen(desk, talked, chapter), 1):
            for word in private:
                assert word not in body, (chapter, number, word)


@pytest.mark.parametrize("who", ["coordinator", "gespreksleider"])
def test_what_everybody_may_see_of_partners_maps_policy_and_duiding_has_its_own_screens(
    who: str, login: Login, talked: Project
) -> None:
    desk = login(builders.member(talked, who))
    before = len(every_screen(desk, talked, "wonen"))
    add_what_partners_know(talked, "project", "Openbaar")
    duiding(talked, 1, "Een oude tekst.")
    duiding(talked, 2, "Wij zien weinig doorstroming.")
    screens = every_screen(desk, talked, "wonen")
    assert len(screens) == before + 4
    partners, picture, policy, said = screens[before - 1 : -1]
    assert "Wonen: van onze partners" in partners
    assert "Openbaar getal" in partners
    assert "1.234,5" in partners
    assert "Bron: Haag Wonen" in partners
    assert 'alt="Openbaar alt"' in picture
    assert "Openbaar kaart" in picture
    assert "Wonen: wat komt eraan?" in policy
    assert "Openbaar sloop" in policy
    assert "Wonen: wat zien wij hierin?" in said
    assert "Wij zien weinig doorstroming." in said
    assert "Een oude tekst." not in "".join(screens)
    assert not any("Openbaar" in body for body in every_screen(desk, talked, "werk"))


def test_a_draft_and_a_picture_that_is_not_ready_are_on_no_screen(desk: Client, talked: Project) -> None:
    before = len(every_screen(desk, talked, "wonen"))
    add_what_partners_know(talked, "project", "Concept")
    PartnerTable.objects.update(state="draft")
    ScanPicture.objects.update(file="")
    PolicyFact.objects.update(starts=2001, ends=2002)
    assert len(every_screen(desk, talked, "wonen")) == before


def test_a_chapter_without_figures_still_has_its_screen(desk: Client, talked: Project) -> None:
    page = words_of(desk.get(wall(talked, "gezondheid")))
    assert "Gezondheid: wat valt u op?" in page
    assert "Wat verrast u?" in page


# --- notes ---------------------------------------------------------------------------------


def test_the_projector_asks_again_and_is_only_answered_when_something_changed(
    desk: Client, talked: Project
) -> None:
    page = desk.get(wall(talked, "wonen", 1)).text
    poll = re.search(r'hx-get="([^"]*&amp;v=[^"]*)" hx-trigger="every', page)
    assert poll
    address = poll.group(1).replace("&amp;", "&")
    assert desk.get(address, **HTMX).status_code == 204
    made = note(talked)
    fresh = desk.get(address, **HTMX)
    assert fresh.status_code == 200
    assert "1 notitie" in words_of(fresh)
    version = note_count(talked, "wonen").version
    assert desk.get(wall(talked, "wonen", 1, v=version), **HTMX).status_code == 204
    made.delete()
    assert desk.get(wall(talked, "wonen", 1, v=version), **HTMX).status_code == 200
    assert desk.get(wall(talked, "wonen", 1, v="0-0")).status_code == 200  # without htmx always a page


def typed(**fields: Any) -> dict[str, Any]:
    base = {"key": str(uuid4()), "chapter": "wonen", "hoofdstuk": "wonen", "scherm": "1"}
    return {**base, "text": "Zoveel flats!", **fields}


def test_a_note_typed_on_the_projector_leads_back_to_the_same_screen(desk: Client, talked: Project) -> None:
    page = desk.get(wall(talked, "wonen", 1, notitie=1)).text
    assert "<textarea" in page
    assert "every 3s" not in page  # nothing may replace what is being typed
    response = desk.post(at("scan_note_add", talked), typed())
    assert response.headers["Location"] == wall(talked, "wonen", 1)
    assert ScanNote.objects.get().chapter == "wonen"
    empty = desk.post(at("scan_note_add", talked), typed(text=""), **HTMX)
    assert empty.status_code == 422
    assert empty.text.strip().startswith('<div id="scherm"')
    long = desk.post(at("scan_note_add", talked), typed(text="Lang " * 200))
    assert long.status_code == 422
    assert "Lang Lang" in long.text


def test_only_the_newest_notes_are_shown_and_the_others_counted(desk: Client, talked: Project) -> None:
    ScanNote.objects.bulk_create(
        ScanNote(project=talked, chapter="wonen", text=f"Notitie {number}", key=uuid4())
        for number in range(5000)
    )
    page = words_of(desk.get(wall(talked, "wonen", "laatste")))
    assert f"En nog {5000 - NOTES_ON_WALL} van eerder." in page.replace("4.940", "4940")


# --- cost ----------------------------------------------------------------------------------


def test_a_screen_costs_the_same_however_much_is_said(desk: Client, talked: Project) -> None:
    address = wall(talked, "wonen")
    note(talked)
    question(talked)
    one = queries(desk, address)
    for number in range(3):
        question(talked, f"Vraag {number}?")
        note(talked, f"Notitie {number}")
        HiddenFigure.objects.create(project=talked, indicator=f"x{number}")
    assert queries(desk, address) == one
    assert one <= 16
    version = note_count(talked, "wonen").version
    assert queries(desk, wall(talked, "wonen", 1, v=version), **HTMX) <= 5


# --- what fits -----------------------------------------------------------------------------

TEXTS = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=500), max_size=12)


@settings(max_examples=60)
@given(TEXTS, st.integers(1, 2))
def test_every_text_is_on_one_screen_in_its_order(texts: list[str], columns: int) -> None:
    screens = text_screens(texts, columns=columns)
    placed = [sorted(index for column in screen for index in column) for screen in screens]
    assert [index for screen in placed for index in screen] == list(range(len(texts)))
    assert all(column == sorted(column) for screen in screens for column in screen)


def test_a_full_column_stays_above_the_foot() -> None:
    texts = ["Een zin van ongeveer veertig tekens lang." * 3] * 40
    for screen in text_screens(texts, columns=2):
        for column in screen:
            height = sum(lines(texts[index], 20.5) * 1.25 + 1.2 for index in column)
            assert height <= BODY


def a_block(number: int, words: str = "Zonnepanelen") -> Block:
    return Block(
        "Een tabel",
        "Corporatie",
        tuple(Line(f"{words} {one}", "12%", "2025", "", "", "") for one in range(number)),
    )


@given(st.lists(st.integers(1, 30), max_size=4), st.sampled_from(["Kort", "Een lang woord " * 9]))
def test_every_line_of_a_partner_is_on_one_screen_and_under_its_own_head(
    sizes: list[int], words: str
) -> None:
    tables = [a_block(size, words) for size in sizes]
    screens = partner_screens(tables)
    shown = [line for screen in screens for block in screen for line in block.lines]
    assert shown == [line for table in tables for line in table.lines]
    for screen in screens:
        assert sum(block.head + sum(map(line_height, block.lines)) for block in screen) <= BODY


@settings(max_examples=60)
@given(st.text(st.characters(codec="utf-8"), max_size=4_000))
def test_a_long_duiding_goes_on_at_the_next_screen_and_loses_no_word(text: str) -> None:
    screens = paragraph_screens(text)
    assert all(page_height(screen) <= BODY for screen in screens)
    assert "".join("".join(part for screen in screens for part in screen).split()) == "".join(text.split())


def test_a_duiding_goes_on_between_sentences() -> None:
    text = " ".join(f"Zin nummer {number} staat hier om de ruimte te vullen." for number in range(60))
    screens = paragraph_screens(text)
    assert len(screens) > 1
    assert all(part.endswith(".") for screen in screens for part in screen)


def test_every_fact_has_its_place_on_the_timeline() -> None:
    facts = [
        PolicyFact(what=f"Renovatie {number}", who="Corporatie", starts=2026 + number) for number in range(20)
    ]
    spans = Timeline.of(facts, 2026).bars
    screens = timeline_screens(spans)
    assert [span for screen in screens for span in screen] == spans
    assert len(screens) > 1


def cards(project: Project, sentence: str, number: int = 3) -> list[FigureCard]:
    found: list[Reading] = [reading for reading in readings(project) if reading.value is not None]
    return [FigureCard(found[place % len(found)], sentence) for place in range(number)]


def test_short_figures_stand_three_beside_each_other_and_long_ones_get_more_room(talked: Project) -> None:
    assert [len(screen) for screen in figure_screens(cards(talked, "Kort."))] == [3]
    assert [len(screen) for screen in figure_screens(cards(talked, "Een lange zin over wonen. " * 14))] == [
        2,
        1,
    ]
    assert figure_screens([]) == []


def test_the_course_comes_along_only_where_there_is_room(talked: Project) -> None:
    ScanFigure.objects.of(talked).update(
        trend=[{"period": "2023", "value": 1.0}, {"period": "2024", "value": 2.0}]
    )
    assert figure_screens(cards(talked, "Kort.", 1))[0][0].trend
    assert not figure_screens(cards(talked, "Lang. " * 300, 1))[0][0].trend


def test_places_are_read_and_written_alike() -> None:
    place = Place.of({"hoofdstuk": "wonen", "scherm": "2"})
    assert place == Place("wonen", "2")
    assert place.query == "?hoofdstuk=wonen&scherm=2"
    assert (place.number(5), place.number(1), Place("wonen", "laatste").number(4)) == (2, 1, 4)
