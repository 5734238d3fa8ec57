"""The question first: what the kernteam wants to know, and how far the figures can say it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtscan.answering import Reach, is_old, reach_of
from buurtscan.models import FigureStatus, ScanFigure, ScanQuestion
from core.models import Record
from projects.models import Project, User
from tests import builders
from tests import scan_sets_help as sets
from tests.talking_help import (
    HTMX,
    Login,
    at,
    figures,
    queries,
    question,
    refused_for_the_wrong_people,
    words_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def talked(project: Project) -> Project:
    figures(project)
    return project


def filled(**fields: Any) -> dict[str, Any]:
    return {"text": "Vinden jongeren hier een woning?", "chapters": ["wonen"], **fields}


def answer(**fields: Any) -> dict[str, Any]:
    return {
        "version": 1,
        "indicators": ["woningen"],
        "answered": "Er zijn 2.790 woningen.",
        "unanswered": "Niet wie er wacht.",
        **fields,
    }


# --- asking --------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["coordinator", "colleague"])
def test_a_member_asks_and_is_led_to_the_figures(
    who: str, login: Login, project: Project, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    response = login(user).post(at("scan_question_add", project), filled(chapters=["werk", "wonen"]))
    made = ScanQuestion.objects.get()
    assert response.headers["Location"] == at("scan_question_answer", project, made.pk)
    assert (made.chapters, made.asked_by) == (["wonen", "werk"], user)
    assert Record.objects.filter(verb="add_question", actor_id=user.pk, project_id=project.pk).count() == 1


def test_a_second_click_asks_nothing_new(login: Login, colleague: User, project: Project) -> None:
    client = login(colleague)
    for _click in range(2):
        assert client.post(at("scan_question_add", project), filled()).status_code == 302
    assert ScanQuestion.objects.count() == 1


def test_an_eleventh_question_is_refused_and_stays_typed(
    login: Login, colleague: User, project: Project
) -> None:
    for number in range(10):
        question(project, f"Vraag {number}?")
    response = login(colleague).post(at("scan_question_add", project), filled(text="De elfde?"))
    assert response.status_code == 422
    assert "De elfde?" in response.text
    assert "al tien vragen" in response.text
    assert ScanQuestion.objects.count() == 10
    assert "Stel een vraag" not in words_of(login(colleague).get(at("buurtscan", project)))


@pytest.mark.parametrize(
    ("field", "value"),
    [("text", ""), ("text", "x" * 301), ("text", "a\x00"), ("chapters", []), ("chapters", ["bestaat-niet"])],
)
def test_a_question_without_sense_is_refused_beside_its_field(
    field: str, value: Any, login: Login, colleague: User, project: Project
) -> None:
    response = login(colleague).post(at("scan_question_add", project), filled(**{field: value}))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not ScanQuestion.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["scan_question_edit", "scan_question_answer", "scan_question_move", "scan_question_delete"],
)
def test_only_the_kernteam_writes_questions(
    name: str, project: Project, login: Login, outsider: User, reader: User
) -> None:
    made = question(project)
    refused_for_the_wrong_people(name, [made.pk], project, login, outsider, reader)
    refused_for_the_wrong_people("scan_question_add", [], project, login, outsider, reader)
    assert ScanQuestion.objects.get().version == 1


@pytest.mark.parametrize(
    "name",
    ["scan_question_edit", "scan_question_answer", "scan_question_move", "scan_question_delete"],
)
def test_the_question_of_another_project_is_out_of_reach(
    name: str, project: Project, login: Login, colleague: User
) -> None:
    elsewhere = question(builders.project(), "Van een ander?")
    response = login(colleague).post(at(name, project, elsewhere.pk), filled(version=1))
    assert response.status_code == (302 if name.endswith("delete") else 404)
    assert ScanQuestion.objects.get().text == "Van een ander?"


def test_of_two_who_edit_the_second_sees_the_first_and_keeps_what_was_typed(
    login: Login, colleague: User, coordinator: User, project: Project
) -> None:
    made = question(project)
    address = at("scan_question_edit", project, made.pk)
    assert login(colleague).post(address, filled(text="Eerste?", version=1)).status_code == 302
    response = login(coordinator).post(address, filled(text="Tweede?", version=1))
    assert response.status_code == 409
    assert "Eerste?" in response.text
    assert "Tweede?" in response.text
    again = {**filled(text="Tweede?"), "version": response.context["form"]["version"].value()}
    assert login(coordinator).post(address, again).status_code == 302
    assert ScanQuestion.objects.get().text == "Tweede?"


def test_deleting_asks_first_and_twice_is_the_same_as_once(
    login: Login, colleague: User, project: Project
) -> None:
    made = question(project)
    client, address = login(colleague), at("scan_question_delete", project, made.pk)
    assert made.text in client.get(address).text
    assert ScanQuestion.objects.exists()
    for _click in range(2):
        assert client.post(address).status_code == 302
    assert not ScanQuestion.objects.exists()
    assert Record.objects.filter(verb="delete_question").count() == 1


# --- order ---------------------------------------------------------------------------------


def order(project: Project) -> list[str]:
    return [one.text for one in ScanQuestion.objects.of(project)]


def test_a_question_moves_up_and_down(login: Login, colleague: User, project: Project) -> None:
    for text in ("Een?", "Twee?", "Drie?"):
        last = question(project, text)
    client = login(colleague)
    move = at("scan_question_move", project, last.pk)
    response = client.post(move, {"was": 3, "direction": "omhoog"}, **HTMX)
    assert response.status_code == 200
    assert response.text.strip().startswith('<section id="vragen"')
    assert order(project) == ["Een?", "Drie?", "Twee?"]
    assert client.post(move, {"was": 3, "direction": "omhoog"}).status_code == 409  # a second click
    assert order(project) == ["Een?", "Drie?", "Twee?"]
    client.post(move, {"was": 2, "direction": "omlaag"})
    assert client.post(move, {"was": 3, "direction": "omlaag"}).status_code == 409
    assert client.post(move, {"was": 3, "direction": "opzij"}).status_code == 422
    assert order(project) == ["Een?", "Twee?", "Drie?"]


# --- answering -----------------------------------------------------------------------------


def test_the_chapter_says_what_the_figures_say_and_what_they_do_not(
    login: Login, colleague: User, reader: User, talked: Project
) -> None:
    made = question(talked)
    chosen = answer(indicators=["woningen", "koopwoningen", "huurwoningen"])
    address = at("scan_question_answer", talked, made.pk)
    assert login(colleague).post(address, chosen).status_code == 302
    page = words_of(login(reader).get(at("scan_chapter", talked, "wonen")))
    assert page.index(made.text) < page.index('id="woningen"')
    assert "Wat de cijfers hierover zeggen" in page
    assert "Er zijn 2.790 woningen." in page
    assert "Niet wie er wacht." in page
    assert "Voor deze vraag zijn 3 cijfers gekozen. 1 gaat over dit gebied zelf." in page
    assert "1 gaat over een groter gebied." in page
    assert "1 is er niet: niet gepubliceerd of niet bekend." in page
    assert "1 is ouder dan drie jaar." in page
    assert made.text not in login(reader).get(at("scan_chapter", talked, "werk")).text


def test_only_figures_of_the_chapters_of_the_question_can_be_chosen(
    login: Login, colleague: User, talked: Project
) -> None:
    made = question(talked)
    for wrong in (["misdrijven"], ["bestaat_niet"], ["x" * 100_000]):
        response = login(colleague).post(
            at("scan_question_answer", talked, made.pk), answer(indicators=wrong)
        )
        assert response.status_code == 422
        assert "Er zijn 2.790 woningen." in response.text
    made.refresh_from_db()
    assert made.indicators == []


def test_a_question_that_leaves_a_chapter_leaves_its_figures(
    login: Login, colleague: User, talked: Project
) -> None:
    made = question(talked, chapters=["wonen", "veiligheid"], indicators=["woningen", "misdrijven"])
    changed = filled(chapters=["veiligheid"], version=1)
    login(colleague).post(at("scan_question_edit", talked, made.pk), changed)
    made.refresh_from_db()
    assert (made.chapters, made.indicators, made.version) == (["veiligheid"], ["misdrijven"], 2)


def test_two_who_answer_at_once_both_keep_their_words(
    login: Login, colleague: User, coordinator: User, talked: Project
) -> None:
    made = question(talked)
    address = at("scan_question_answer", talked, made.pk)
    login(colleague).post(address, answer(answered="Van de een."))
    response = login(coordinator).post(address, answer(answered="Van de ander."))
    assert response.status_code == 409
    assert "Van de een." in response.text
    assert "Van de ander." in response.text
    made.refresh_from_db()
    assert made.answered == "Van de een."


def test_a_chosen_figure_that_the_scan_lost_stays_chosen(
    login: Login, colleague: User, talked: Project
) -> None:
    made = question(talked, indicators=["woningen"])
    ScanFigure.objects.of(talked).filter(indicator="woningen").delete()
    page = words_of(login(colleague).get(at("scan_chapter", talked, "wonen")))
    assert "Voor deze vraag is 1 cijfer gekozen. Geen ervan gaat over dit gebied zelf." in page
    form = login(colleague).get(at("scan_question_answer", talked, made.pk)).text
    assert 'value="woningen"' in form


def test_the_choice_says_what_each_figure_is_worth(login: Login, colleague: User, talked: Project) -> None:
    made = question(talked, indicators=["koopwoningen"])
    page = words_of(login(colleague).get(at("scan_question_answer", talked, made.pk)))
    assert "Koopwoningen: 16% (CBS, 2019, cijfer van de wijk)" in page
    assert "1 gaat over een groter gebied." in page


def test_of_a_set_the_values_of_the_buurten_are_beside_the_question_and_in_the_choice(
    login: Login, colleague: User, project: Project
) -> None:
    sets.apart(project, "koopwoningen", [61.0, 44.0, 90.0], gemeente=63)
    made = question(project, indicators=["koopwoningen"])
    choice = words_of(login(colleague).get(at("scan_question_answer", project, made.pk)))
    assert "Koopwoningen: 44 tot 90%" in choice
    chapter = words_of(login(colleague).get(at("scan_chapter", project, "wonen")))
    assert "44 tot 90%" in chapter
    assert "niet op te tellen" not in choice + chapter


# --- what is said by itself ----------------------------------------------------------------


def row(status: str, period: str) -> ScanFigure:
    return ScanFigure(status=status, period=period)


def test_the_reach_counts_each_chosen_figure_once() -> None:
    rows = [row("ok", "2025"), row("ok", "2019"), row("fallback", "2012"), row("suppressed", "2010")]
    assert reach_of(rows, 2026, gone=1) == Reach(own=2, larger=1, missing=2, old=2)


def test_a_figure_of_each_buurt_apart_is_there() -> None:
    assert reach_of([row("not_combinable", "2012")], 2026) == Reach(apart=1, old=1)


@pytest.mark.parametrize(
    ("period", "old"),
    [("2022", True), ("2023", False), ("2021-2023", False), ("2010/2012", True), ("", False), ("x", False)],
)
def test_more_than_three_years_back_is_old(period: str, old: bool) -> None:
    assert is_old(period, 2026) is old


@given(
    st.lists(st.tuples(st.sampled_from(FigureStatus.values), st.text(max_size=8)), max_size=12),
    st.integers(0, 4),
)
def test_own_larger_and_missing_are_all_there_is(rows: list[tuple[str, str]], gone: int) -> None:
    reach = reach_of([row(*one) for one in rows], 2026, gone)
    assert reach.total == len(rows) + gone
    assert 0 <= reach.old <= reach.own + reach.apart + reach.larger


# --- pages ---------------------------------------------------------------------------------


def test_the_overview_opens_with_the_questions(
    login: Login, reader: User, colleague: User, project: Project
) -> None:
    question(project)
    page = words_of(login(reader).get(at("buurtscan", project)))
    assert page.index("Welke vraag hebben we?") < page.index("De acht hoofdstukken")
    assert "Stel een vraag" not in page
    assert "Weghalen" not in page
    own = words_of(login(colleague).get(at("buurtscan", project)))
    assert "Wat is een goede vraag?" in own
    assert at("scan_question_add", project) in own


@pytest.mark.parametrize("name", ["buurtscan", "scan_chapter"])
def test_ten_questions_cost_no_more_queries_than_one(
    name: str, login: Login, reader: User, talked: Project
) -> None:
    client, address = login(reader), at(name, talked, *(["wonen"] if name == "scan_chapter" else []))
    question(talked, indicators=["woningen"])
    one = queries(client, address)
    for number in range(9):
        question(talked, f"Vraag {number}?", indicators=["woningen", "koopwoningen"])
    assert queries(client, address) == one
