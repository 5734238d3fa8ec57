"""Running: one click is one step, for two facilitators and for a double click."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import Record
from projects.models import Project, User
from tests import wijkwerksessie_rooms as rooms
from wijkwerksessie import actions
from wijkwerksessie.models import Card, Wijkwerksessie

type Login = Callable[[User], Client]

HTMX = {"HX-Request": "true"}


@pytest.fixture
def sessie(project: Project) -> Wijkwerksessie:
    return rooms.sessie(project)


@pytest.fixture
def desk(coordinator: User, login: Login) -> Client:
    return login(coordinator)


def url(name: str, sessie: Wijkwerksessie, *more: int) -> str:
    return reverse(name, args=[sessie.project.slug, sessie.pk, *more])


def step(client: Client, sessie: Wijkwerksessie, current: int, direction: str = "next", **extra: Any) -> Any:
    return client.post(url("sessie_step", sessie), {"current": current, "direction": direction}, **extra)


def now(sessie: Wijkwerksessie) -> Wijkwerksessie:
    return Wijkwerksessie.objects.select_related("current_round").get(pk=sessie.pk)


def test_starting_opens_the_first_round_with_its_clock(sessie: Wijkwerksessie, desk: Client) -> None:
    assert desk.post(url("sessie_start", sessie)).status_code == 302
    live = now(sessie)
    assert live.is_live
    assert live.current_round == sessie.rounds.first()
    assert live.round_ends_at is not None
    assert live.round_ends_at - timezone.now() > timedelta(minutes=9)
    assert Record.objects.filter(verb="start", object_id=str(sessie.pk)).count() == 1


def test_starting_twice_is_told(sessie: Wijkwerksessie, desk: Client) -> None:
    desk.post(url("sessie_start", sessie))
    assert desk.post(url("sessie_start", sessie)).status_code == 409


def test_a_double_click_on_next_is_one_step(sessie: Wijkwerksessie, desk: Client, login: Login) -> None:
    first = rooms.at(sessie, "uitleg")
    assert step(desk, sessie, first.pk).status_code == 302
    again = step(desk, sessie, first.pk, headers=HTMX)
    assert again.status_code == 409
    assert "Iemand anders was u voor" in again.content.decode()
    assert "Wat maakt wonen hier fijn?" in again.content.decode()
    live = now(sessie).current_round
    assert live is not None
    assert live.kind == "kaartjes"


def test_previous_goes_back_and_no_further_than_the_first(sessie: Wijkwerksessie, desk: Client) -> None:
    kaartjes = rooms.at(sessie, "kaartjes")
    uitleg = sessie.rounds.get(kind="uitleg")
    assert step(desk, sessie, kaartjes.pk, "previous").status_code == 302
    assert now(sessie).current_round == uitleg
    assert step(desk, sessie, uitleg.pk, "previous").status_code == 422


def test_after_the_last_round_there_is_no_next(sessie: Wijkwerksessie, desk: Client) -> None:
    assert step(desk, sessie, rooms.at(sessie, "stemmen").pk).status_code == 422


@pytest.mark.parametrize(
    "wrong", [{"current": "x"}, {"current": ""}, {"direction": "up"}, {"current": "9" * 30}]
)
def test_a_step_from_nowhere_is_refused(wrong: dict[str, str], sessie: Wijkwerksessie, desk: Client) -> None:
    round = rooms.at(sessie, "uitleg")
    fields = {"current": round.pk, "direction": "next", **wrong}
    assert desk.post(url("sessie_step", sessie), fields).status_code == 422
    assert now(sessie).current_round == round


def test_a_round_of_another_session_is_no_step(sessie: Wijkwerksessie, desk: Client) -> None:
    round = rooms.at(sessie, "uitleg")
    theirs = rooms.at(rooms.sessie(sessie.project), "uitleg")
    assert step(desk, sessie, theirs.pk).status_code == 422
    assert now(sessie).current_round == round


def test_before_the_start_there_is_no_step(sessie: Wijkwerksessie, desk: Client) -> None:
    first = sessie.rounds.first()
    assert first is not None
    assert step(desk, sessie, first.pk).status_code == 409


def test_minutes_are_added_once_per_click(sessie: Wijkwerksessie, desk: Client) -> None:
    round = rooms.at(sessie, "uitleg")
    before = now(sessie).round_ends_at
    fields = {"current": round.pk, "added": 0, "minutes": 5}
    assert before is not None
    assert desk.post(url("sessie_minutes", sessie), fields).status_code == 302
    assert desk.post(url("sessie_minutes", sessie), fields).status_code == 409
    assert now(sessie).round_ends_at == before + timedelta(minutes=5)
    assert desk.post(url("sessie_minutes", sessie), {**fields, "added": 5, "minutes": 1}).status_code == 302
    assert now(sessie).round_ends_at == before + timedelta(minutes=6)


@pytest.mark.parametrize("wrong", [{"minutes": "3"}, {"minutes": "-5"}, {"added": "999"}, {"added": "-1"}])
def test_other_numbers_of_minutes_are_refused(
    wrong: dict[str, str], sessie: Wijkwerksessie, desk: Client
) -> None:
    round = rooms.at(sessie, "uitleg")
    fields = {"current": round.pk, "added": 0, "minutes": 5, **wrong}
    assert desk.post(url("sessie_minutes", sessie), fields).status_code == 422


def test_a_new_round_starts_with_its_own_time(sessie: Wijkwerksessie, coordinator: User) -> None:
    round = rooms.at(sessie, "uitleg")
    actions.add_minutes(sessie, current=round.pk, added=0, minutes=5, by=coordinator)
    rooms.at(sessie, "kaartjes")
    assert now(sessie).minutes_added == 0


def test_the_results_close_the_vote_and_can_be_undone(sessie: Wijkwerksessie, desk: Client) -> None:
    round = rooms.at(sessie, "stemmen")
    show = {"current": round.pk, "shown": "1"}
    assert desk.post(url("sessie_results", sessie), show).status_code == 302
    assert now(sessie).results_shown
    assert desk.post(url("sessie_results", sessie), show).status_code == 409
    assert desk.post(url("sessie_results", sessie), {**show, "shown": "0"}).status_code == 302
    assert not now(sessie).results_shown


def test_only_a_vote_has_results(sessie: Wijkwerksessie, desk: Client) -> None:
    round = rooms.at(sessie, "kaartjes")
    assert desk.post(url("sessie_results", sessie), {"current": round.pk, "shown": "1"}).status_code == 409


def test_closing_asks_first_and_happens_once(sessie: Wijkwerksessie, desk: Client) -> None:
    rooms.at(sessie, "uitleg")
    assert "afsluiten?" in desk.get(url("sessie_close", sessie)).content.decode()
    assert desk.post(url("sessie_close", sessie)).status_code == 302
    assert desk.post(url("sessie_close", sessie)).status_code == 409
    assert now(sessie).is_closed
    assert now(sessie).current_round is None


def test_what_was_not_started_cannot_be_closed(sessie: Wijkwerksessie, desk: Client) -> None:
    assert desk.post(url("sessie_close", sessie)).status_code == 409


def test_hiding_a_card_can_be_undone_and_the_second_click_is_told(
    sessie: Wijkwerksessie, desk: Client
) -> None:
    card = rooms.card(rooms.at(sessie, "kaartjes"))
    hide, show = url("card_hide", sessie, card.pk), url("card_show", sessie, card.pk)
    assert desk.post(hide, {"bladzijde": "1"}).status_code == 302
    assert desk.post(hide).status_code == 409
    assert Card.objects.get().is_hidden
    assert desk.post(show).status_code == 302
    assert desk.post(show).status_code == 409
    assert not Card.objects.get().is_hidden


def test_the_desk_asks_for_news_and_gets_nothing_when_there_is_none(
    sessie: Wijkwerksessie, desk: Client
) -> None:
    rooms.at(sessie, "kaartjes")
    same = desk.get(url("sessie", sessie), {"v": str(now(sessie).change), "state": "live"}, headers=HTMX)
    assert (same.status_code, same.content) == (204, b"")
    card = rooms.participant(sessie)
    news = desk.get(url("sessie", sessie), {"v": str(now(sessie).change - 1), "state": "live"}, headers=HTMX)
    assert news.status_code == 200
    assert "<html" not in news.content.decode()
    assert "HX-Refresh" not in news.headers
    assert card.pk


def test_the_other_facilitator_gets_a_whole_page_when_the_session_starts(
    sessie: Wijkwerksessie, desk: Client
) -> None:
    rooms.at(sessie, "uitleg")
    news = desk.get(url("sessie", sessie), {"v": "1", "state": "prepared"}, headers=HTMX)
    assert news.headers["HX-Refresh"] == "true"


def test_a_paper_card_is_on_the_wall_with_the_same_right(sessie: Wijkwerksessie, desk: Client) -> None:
    round = rooms.at(sessie, "kaartjes")
    fields = {"round": round.pk, "text": "  Een bankje\nbij de  bushalte ", "form_token": "papier-1"}
    part = desk.post(url("card_paper", sessie), fields, headers=HTMX)
    assert part.status_code == 200
    assert "Kaartje 1 staat op het scherm." in part.content.decode()
    assert desk.post(url("card_paper", sessie), fields).status_code == 302
    card = Card.objects.get()
    assert (card.text, card.participant, card.number) == ("Een bankje bij de bushalte", None, 1)
    assert "Een bankje bij de bushalte" in desk.get(url("projector", sessie)).content.decode()


def test_paper_is_taken_over_in_a_later_round_and_after_the_end_too(
    sessie: Wijkwerksessie, desk: Client, coordinator: User
) -> None:
    kaartjes = rooms.at(sessie, "kaartjes")
    rooms.at(sessie, "stemmen")
    assert (
        desk.post(
            url("card_paper", sessie), {"round": kaartjes.pk, "text": "Een", "form_token": "a"}
        ).status_code
        == 302
    )
    actions.close_sessie(sessie, by=coordinator)
    assert (
        desk.post(
            url("card_paper", sessie), {"round": kaartjes.pk, "text": "Twee", "form_token": "b"}
        ).status_code
        == 302
    )
    assert [card.number for card in Card.objects.all()] == [2, 1]


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"text": " \u200b "}, {"text": "x" * 281}, {"round": "0"}, {"form_token": ""}]
)
def test_a_wrong_paper_card_is_refused_and_kept(
    wrong: dict[str, str], sessie: Wijkwerksessie, desk: Client
) -> None:
    round = rooms.at(sessie, "kaartjes")
    fields: dict[str, Any] = {"round": round.pk, "text": "Een bankje", "form_token": "t", **wrong}
    answer = desk.post(url("card_paper", sessie), fields, headers=HTMX)
    assert answer.status_code == 422
    assert fields["text"] in answer.content.decode()
    assert not Card.objects.exists()


def test_before_the_start_no_paper_is_taken_over(sessie: Wijkwerksessie, desk: Client) -> None:
    round = sessie.rounds.get(kind="kaartjes")
    assert (
        desk.post(url("card_paper", sessie), {"round": round.pk, "text": "x", "form_token": "t"}).status_code
        == 409
    )


def test_dots_on_paper_count_and_the_last_count_holds(sessie: Wijkwerksessie, desk: Client) -> None:
    card = rooms.card(rooms.at(sessie, "kaartjes"))
    round = rooms.at(sessie, "stemmen")
    fields = {"round": round.pk, "number": card.number, "dots": 4}
    assert desk.post(url("paper_dots", sessie), fields).status_code == 302
    said = desk.post(url("paper_dots", sessie), {**fields, "dots": 6}, headers=HTMX)
    assert "Geteld: 6 op papier." in said.content.decode()
    assert rooms.dots(round.pk) == 6
    assert "6 op papier" in desk.get(url("sessie", sessie)).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"number": "7"}, {"number": "x"}, {"dots": "-1"}, {"dots": "1001"}, {"round": "0"}]
)
def test_wrong_dots_on_paper_are_refused(wrong: dict[str, str], sessie: Wijkwerksessie, desk: Client) -> None:
    rooms.card(rooms.at(sessie, "kaartjes"))
    round = rooms.at(sessie, "stemmen")
    fields = {"round": round.pk, "number": 1, "dots": 4, **wrong}
    assert desk.post(url("paper_dots", sessie), fields).status_code == 422


def test_a_card_of_another_session_cannot_be_hidden(sessie: Wijkwerksessie, desk: Client) -> None:
    theirs = rooms.card(rooms.at(rooms.sessie(sessie.project), "kaartjes"))
    assert desk.post(url("card_hide", sessie, theirs.pk)).status_code == 404
