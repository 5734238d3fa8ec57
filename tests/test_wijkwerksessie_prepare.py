"""Preparing a session: the usual rounds, changing them, and the moment after which they are fixed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.errors import Conflict, DomainError
from core.models import Record
from projects.models import Project, User
from tests import wijkwerksessie_rooms as rooms
from wijkwerksessie import actions
from wijkwerksessie.models import Round, Wijkwerksessie

type Login = Callable[[User], Client]

FIELDS = {"title": "Avond", "held_on": "2026-09-12", "place": "De Wissel"}
ROUND = {
    "kind": "kaartjes",
    "title": "Wat mist u?",
    "text": "",
    "minutes": "15",
    "about": "wonen",
    "dots": "3",
    "cards_from": "",
}


@pytest.fixture
def sessie(project: Project) -> Wijkwerksessie:
    return rooms.sessie(project)


@pytest.fixture
def desk(coordinator: User, login: Login) -> Client:
    return login(coordinator)


def url(name: str, sessie: Wijkwerksessie, *more: int) -> str:
    return reverse(name, args=[sessie.project.slug, sessie.pk, *more])


def kinds(sessie: Wijkwerksessie) -> list[str]:
    return [round.kind for round in sessie.rounds.all()]


def test_a_new_session_starts_with_three_rounds_and_a_code(project: Project, desk: Client) -> None:
    answer = desk.post(reverse("sessie_create", args=[project.slug]), FIELDS)
    made = Wijkwerksessie.objects.get()
    assert answer.headers["Location"] == url("sessie", made)
    assert (made.title, made.held_on, made.place) == ("Avond", date(2026, 9, 12), "De Wissel")
    assert len(made.join_code) == 6
    assert kinds(made) == ["uitleg", "kaartjes", "stemmen"]
    assert [round.title for round in made.rounds.all()][:2] == [
        "Wat is een buurtagenda?",
        "Wat maakt wonen hier fijn? Wat moet anders?",
    ]
    assert made.rounds.get(kind="stemmen").cards_from == made.rounds.get(kind="kaartjes")
    assert Record.objects.filter(verb="prepare", project_id=project.pk).count() == 1


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"held_on": "31-31-2026"}, {"title": "x" * 121}, {"title": "\x00"}]
)
def test_wrong_fields_are_said_and_kept(wrong: dict[str, str], project: Project, desk: Client) -> None:
    answer = desk.post(reverse("sessie_create", args=[project.slug]), {**FIELDS, **wrong})
    assert answer.status_code == 422
    assert "De Wissel" in answer.content.decode()
    assert not Wijkwerksessie.objects.exists()


def test_the_title_can_change_and_the_second_of_two_editors_is_told(
    sessie: Wijkwerksessie, desk: Client
) -> None:
    fields = {**FIELDS, "title": "Middag", "version": "1"}
    assert desk.post(url("sessie_edit", sessie), fields).status_code == 302
    again = desk.post(url("sessie_edit", sessie), {**fields, "title": "Ochtend"})
    assert again.status_code == 409
    assert "Ochtend" in again.content.decode()
    sessie.refresh_from_db()
    assert sessie.title == "Middag"


def test_a_session_is_removed_after_a_question_and_only_before_it_starts(
    sessie: Wijkwerksessie, desk: Client
) -> None:
    assert "niet terugdraaien" in desk.get(url("sessie_remove", sessie)).content.decode()
    other = rooms.sessie(sessie.project)
    rooms.at(other, "uitleg")
    assert desk.post(url("sessie_remove", other)).status_code == 409
    assert desk.post(url("sessie_remove", sessie)).status_code == 302
    assert desk.post(url("sessie_remove", sessie)).status_code == 404
    assert list(Wijkwerksessie.objects.all()) == [other]


def test_a_round_can_be_added_changed_and_removed(sessie: Wijkwerksessie, desk: Client) -> None:
    assert desk.post(url("round_add", sessie), ROUND).status_code == 302
    added = sessie.rounds.get(title="Wat mist u?")
    assert (added.position, added.minutes, added.about) == (4, 15, "wonen")
    changed = {**ROUND, "title": "Wat mist u hier?", "version": "1"}
    assert desk.post(url("round_edit", sessie, added.pk), changed).status_code == 302
    assert desk.post(url("round_edit", sessie, added.pk), changed).status_code == 409
    assert desk.get(url("round_remove", sessie, added.pk)).status_code == 200
    assert desk.post(url("round_remove", sessie, added.pk)).status_code == 302
    assert desk.post(url("round_remove", sessie, added.pk)).status_code == 404
    assert kinds(sessie) == ["uitleg", "kaartjes", "stemmen"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "181"}, "minutes"),
        ({"kind": "dansen"}, "kind"),
        ({"kind": "stemmen", "cards_from": ""}, "cards_from"),
        ({"kind": "stemmen", "dots": "11"}, "dots"),
        ({"text": "x" * 201}, "text"),
        ({"kind": "uitleg", "text": "regel\n" * 9 + "einde"}, "text"),
        ({"text": "x" * 601}, "text"),
    ],
)
def test_a_round_that_does_not_fit_is_refused(
    wrong: dict[str, str], field: str, sessie: Wijkwerksessie, desk: Client
) -> None:
    answer = desk.post(url("round_add", sessie), {**ROUND, **wrong})
    assert answer.status_code == 422
    assert sessie.rounds.count() == 3
    assert list(answer.context["form"].errors) == [field]


def test_no_choice_is_in_english(sessie: Wijkwerksessie, desk: Client) -> None:
    assert "Select" not in desk.get(url("round_add", sessie)).content.decode()


def test_a_vote_uses_cards_of_an_earlier_round_of_the_same_session(
    sessie: Wijkwerksessie, coordinator: User
) -> None:
    kaartjes = sessie.rounds.get(kind="kaartjes")
    theirs = rooms.sessie(sessie.project).rounds.get(kind="kaartjes")
    vote = {"kind": "stemmen", "title": "Kies", "text": "", "minutes": 5, "about": "", "dots": 2}
    assert actions.add_round(sessie, by=coordinator, **vote, cards_from=kaartjes).cards_from == kaartjes
    with pytest.raises(DomainError):
        actions.add_round(sessie, by=coordinator, **vote, cards_from=theirs)
    with pytest.raises(DomainError):
        actions.add_round(sessie, by=coordinator, **{**vote, "kind": "uitleg"}, cards_from=kaartjes)


def test_cards_that_are_voted_on_stay(sessie: Wijkwerksessie, desk: Client) -> None:
    kaartjes = sessie.rounds.get(kind="kaartjes")
    assert desk.post(url("round_remove", sessie, kaartjes.pk)).status_code == 409
    to_uitleg = {**ROUND, "kind": "uitleg", "version": "1"}
    assert desk.post(url("round_edit", sessie, kaartjes.pk), to_uitleg).status_code == 422
    assert kinds(sessie) == ["uitleg", "kaartjes", "stemmen"]


def test_rounds_change_places_and_a_second_click_does_not_move_twice(
    sessie: Wijkwerksessie, desk: Client
) -> None:
    uitleg = sessie.rounds.get(kind="uitleg")
    down = {"position": str(uitleg.position), "earlier": "0"}
    assert desk.post(url("round_move", sessie, uitleg.pk), down).status_code == 302
    assert kinds(sessie) == ["kaartjes", "uitleg", "stemmen"]
    assert desk.post(url("round_move", sessie, uitleg.pk), down).status_code == 409
    assert kinds(sessie) == ["kaartjes", "uitleg", "stemmen"]


def test_voting_never_comes_before_its_cards(sessie: Wijkwerksessie, desk: Client) -> None:
    stemmen = sessie.rounds.get(kind="stemmen")
    answer = desk.post(url("round_move", sessie, stemmen.pk), {"position": stemmen.position, "earlier": "1"})
    assert answer.status_code == 422
    assert "Eerst de kaartjes" in answer.content.decode()


def test_the_first_round_cannot_go_earlier(sessie: Wijkwerksessie, desk: Client) -> None:
    first = sessie.rounds.first()
    assert first is not None
    assert (
        desk.post(
            url("round_move", sessie, first.pk), {"position": first.position, "earlier": "1"}
        ).status_code
        == 422
    )


def test_there_are_at_most_twenty_rounds(sessie: Wijkwerksessie, coordinator: User) -> None:
    fields: dict[str, Any] = {
        "kind": "uitleg",
        "title": "Nog een",
        "text": "",
        "minutes": 5,
        "about": "",
        "dots": 3,
    }
    for _extra in range(17):
        actions.add_round(sessie, by=coordinator, **fields, cards_from=None)
    with pytest.raises(DomainError, match="20 rondes"):
        actions.add_round(sessie, by=coordinator, **fields, cards_from=None)


def test_after_the_start_the_rounds_are_fixed(
    sessie: Wijkwerksessie, desk: Client, coordinator: User
) -> None:
    round = rooms.at(sessie, "uitleg")
    assert desk.post(url("round_add", sessie), ROUND).status_code == 409
    assert desk.post(url("round_edit", sessie, round.pk), {**ROUND, "version": "1"}).status_code == 409
    assert (
        desk.post(url("round_move", sessie, round.pk), {"position": "1", "earlier": "0"}).status_code == 409
    )
    with pytest.raises(Conflict):
        actions.remove_round(round, by=coordinator)
    assert sessie.rounds.count() == 3


def test_without_rounds_there_is_no_start(sessie: Wijkwerksessie, desk: Client) -> None:
    Round.objects.filter(sessie=sessie).delete()
    answer = desk.post(url("sessie_start", sessie))
    assert answer.status_code == 422
    assert "Zonder rondes" in answer.content.decode()


def test_a_taken_code_is_drawn_again(
    project: Project, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = rooms.sessie(project).join_code
    drawn = iter([taken, taken, "100001"])
    monkeypatch.setattr("wijkwerksessie.actions.prepare.new_join_code", lambda: next(drawn))
    assert rooms.sessie(project, by=coordinator).join_code == "100001"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    rows: int, project: Project, desk: Client, django_assert_num_queries: Any
) -> None:
    for _row in range(rows):
        sessie = rooms.sessie(project)
        rooms.card(rooms.at(sessie, "kaartjes"))
        rooms.participant(sessie)
    desk.get(reverse("sessies", args=[project.slug]))
    with django_assert_num_queries(6):
        page = desk.get(reverse("sessies", args=[project.slug])).content.decode()
    assert page.count("1 deelnemer") == rows
    assert page.count("1 kaartje") == rows
