"""Zorg or kans: everybody their own, disagreement in the open; and what is left out of the presentation."""

from typing import Any

import pytest

from buurtscan.actions.marks import mark_figure
from buurtscan.models import FigureMark, HiddenFigure
from buurtscan.reading import readings
from core.errors import Conflict
from core.models import Record
from projects.models import Project, User
from tests import builders
from tests import scan_sets_help as sets
from tests.talking_help import HTMX, Login, at, figures, mark, queries, refused_for_the_wrong_people, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def talked(project: Project) -> Project:
    figures(project)
    return project


def said(**fields: Any) -> dict[str, Any]:
    return {"kind": "zorg", "reason": "Er komt niemand tussen.", "version": 0, **fields}


def address(project: Project, name: str = "scan_mark", indicator: str = "woningen") -> str:
    return at(name, project, indicator)


# --- marking -------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["coordinator", "colleague"])
def test_a_member_calls_a_figure_a_zorg(
    who: str, login: Login, talked: Project, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    response = login(user).post(address(talked), said())
    assert response.headers["Location"] == at("scan_chapter", talked, "wonen")
    made = FigureMark.objects.get()
    assert (made.kind, made.reason, made.author) == ("zorg", "Er komt niemand tussen.", user)
    assert Record.objects.filter(verb="mark_figure", actor_id=user.pk, project_id=talked.pk).count() == 1
    page = words_of(login(user).get(at("scan_chapter", talked, "wonen")))
    assert "1 × zorg" in page
    assert "Er komt niemand tussen." in page
    assert user.name in page


def test_a_second_click_marks_once(login: Login, colleague: User, talked: Project) -> None:
    for _click in range(2):
        assert login(colleague).post(address(talked), said()).status_code == 302
    assert FigureMark.objects.count() == 1
    assert Record.objects.filter(verb="mark_figure").count() == 1


def test_members_may_disagree_and_all_of_it_is_shown(
    login: Login, colleague: User, coordinator: User, reader: User, talked: Project
) -> None:
    mark(talked, colleague, "zorg")
    login(coordinator).post(address(talked), said(kind="kans", reason="Er is ruimte om te bouwen."))
    page = words_of(login(reader).get(at("scan_chapter", talked, "wonen")))
    for words in ("1 × zorg", "1 × kans", "Hierover denkt u verschillend", "Er is ruimte om te bouwen."):
        assert words in page
    assert f"Reden van {colleague.name}" in page
    assert address(talked) not in page  # a reader has nothing to fill in


def test_nobody_changes_the_mark_of_another(
    login: Login, colleague: User, coordinator: User, talked: Project
) -> None:
    theirs = mark(talked, colleague)
    login(coordinator).post(address(talked), said(kind="kans", reason="Anders.", version=theirs.version))
    login(coordinator).post(address(talked, "scan_mark_remove"))
    theirs.refresh_from_db()
    assert theirs.reason == f"Reden van {colleague.name}"
    login(coordinator).post(address(talked, "scan_mark_remove"))
    assert FigureMark.objects.get() == theirs


def test_one_changes_and_removes_ones_own(login: Login, colleague: User, talked: Project) -> None:
    mark(talked, colleague)
    client = login(colleague)
    client.post(address(talked), said(kind="kans", reason="Toch niet.", version=1))
    mine = FigureMark.objects.get()
    assert (mine.kind, mine.reason, mine.version) == ("kans", "Toch niet.", 2)
    assert client.post(address(talked, "scan_mark_remove")).status_code == 302
    assert client.post(address(talked, "scan_mark_remove")).status_code == 302
    assert not FigureMark.objects.exists()
    assert Record.objects.filter(verb="remove_mark").count() == 1


def test_an_outdated_form_is_told_so_and_keeps_what_was_typed(
    login: Login, colleague: User, talked: Project
) -> None:
    mark(talked, colleague, version=4)
    parts: list[Any] = [{}, HTMX]
    for part in parts:
        response = login(colleague).post(
            address(talked), said(reason="Van een ander scherm.", version=3), **part
        )
        assert response.status_code == 409
        assert "Van een ander scherm." in response.text
        assert response.context["form"]["version"].value() == 4
    login(colleague).post(address(talked, "scan_mark_remove"))
    assert login(colleague).post(address(talked), said(version=4)).status_code == 409


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", ""),
        ("reason", "   "),
        ("reason", "x" * 301),
        ("reason", "a\x00"),
        ("kind", "boos"),
        ("version", "9" * 40),
        ("version", -1),
    ],
)
def test_a_mark_without_kind_or_reason_is_refused(
    field: str, value: Any, login: Login, colleague: User, talked: Project
) -> None:
    response = login(colleague).post(address(talked), said(**{field: value}), **HTMX)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not FigureMark.objects.exists()


@pytest.mark.parametrize("indicator", ["bestaat_niet", "corporatiewoningen", "x" * 200])
def test_a_figure_the_scan_does_not_have_cannot_be_marked(
    indicator: str, login: Login, colleague: User, talked: Project
) -> None:
    for name in ("scan_mark", "scan_mark_remove", "scan_figure_hide"):
        assert login(colleague).post(address(talked, name, indicator), said()).status_code == 404
    assert login(colleague).get(address(talked, "scan_mark", indicator)).status_code == 404


@pytest.mark.parametrize("name", ["scan_mark", "scan_mark_remove", "scan_figure_hide"])
def test_only_the_kernteam_marks_and_hides(
    name: str, talked: Project, login: Login, outsider: User, reader: User
) -> None:
    refused_for_the_wrong_people(name, ["woningen"], talked, login, outsider, reader)
    gespreksleider = builders.member(talked, "gespreksleider")
    assert login(gespreksleider).post(address(talked, name), said(hidden="1")).status_code == 403
    assert not FigureMark.objects.exists()
    assert not HiddenFigure.objects.exists()


def test_a_mark_put_on_a_figure_in_the_same_moment_is_told_so(colleague: User, talked: Project) -> None:
    """Two requests of one member that both saw no mark yet: the database keeps one."""
    mark(talked, colleague)
    with pytest.raises(Conflict):
        mark_figure(talked, "woningen", kind="kans", reason="Nog een.", version=0, by=colleague)
    assert FigureMark.objects.count() == 1


# --- as a part -----------------------------------------------------------------------------


def test_the_row_opens_answers_and_closes_by_itself(login: Login, colleague: User, talked: Project) -> None:
    client = login(colleague)
    opened = client.get(address(talked), **HTMX)
    assert opened.text.strip().startswith('<div id="marks-woningen"')
    assert "<textarea" in opened.text
    assert "HX-Request" in opened.headers["Vary"]
    closed = client.post(address(talked), said(), **HTMX)
    assert closed.text.strip().startswith('<div id="marks-woningen"')
    assert "<textarea" not in closed.text
    assert 'id="said" hx-swap-oob="innerHTML">Bewaard: u noemt dit een zorg.' in closed.text
    assert "data-focus" in closed.text
    assert "<textarea" not in client.get(address(talked) + "?dicht", **HTMX).text


def test_without_javascript_a_figure_has_a_page_of_its_own(
    login: Login, reader: User, talked: Project
) -> None:
    page = words_of(login(reader).get(address(talked)))
    assert "<h1>" in page
    assert "2.790" in page
    assert "<textarea" not in page


def test_of_a_set_the_page_says_the_values_of_the_buurten(
    login: Login, reader: User, project: Project
) -> None:
    sets.apart(project, "koopwoningen", [83.0, 81.0])
    page = words_of(login(reader).get(address(project, indicator="koopwoningen")))
    assert "83 en 81%" in page
    assert "niet op te tellen" not in page


def test_where_no_buurt_has_the_figure_the_page_says_why(
    login: Login, reader: User, project: Project
) -> None:
    sets.apart(project, "koopwoningen", [None, None])
    assert "niet op te tellen" in words_of(login(reader).get(address(project, indicator="koopwoningen")))


# --- hiding --------------------------------------------------------------------------------


def test_a_figure_is_left_out_of_the_presentation_and_put_back(
    login: Login, colleague: User, talked: Project
) -> None:
    client, hide = login(colleague), address(talked, "scan_figure_hide")
    for _click in range(2):
        assert client.post(hide, {"hidden": "1"}).status_code == 302
    assert HiddenFigure.objects.get().hidden_by == colleague
    shown = [reading.indicator.id for reading in readings(talked, "wonen", presented=True)]
    assert "woningen" not in shown
    assert "koopwoningen" in shown
    page = words_of(client.get(at("scan_chapter", talked, "wonen")))
    assert "2.790" in page
    assert "niet in presentatie, notitie en dia" in page
    for _click in range(2):
        assert "weer in de presentatie" in client.post(hide, {"hidden": "0"}, **HTMX).text
    assert not HiddenFigure.objects.exists()
    assert Record.objects.filter(verb__in=["hide_figure", "show_figure"]).count() == 2
    assert client.post(hide, {"hidden": "misschien"}).status_code == 422


def test_a_figure_hidden_elsewhere_is_not_hidden_here(talked: Project, colleague: User) -> None:
    HiddenFigure.objects.create(project=builders.project(), indicator="woningen")
    assert not any(reading.hidden for reading in readings(talked, "wonen"))


# --- cost ----------------------------------------------------------------------------------


def test_many_marks_cost_no_more_queries_than_one(login: Login, reader: User, talked: Project) -> None:
    client, chapter = login(reader), at("scan_chapter", talked, "wonen")
    mark(talked, builders.member(talked, "kernteamlid"))
    one = queries(client, chapter)
    for _member in range(3):
        author = builders.member(talked, "kernteamlid")
        for indicator in ("woningen", "koopwoningen", "huurwoningen"):
            mark(talked, author, "kans", indicator=indicator)
    HiddenFigure.objects.create(project=talked, indicator="woningen")
    assert queries(client, chapter) == one
