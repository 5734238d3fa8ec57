"""Dots: as many as the round gives, on cards that are shown, while the vote is open."""

import threading
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client

from core.errors import DomainError
from projects.models import Project, User
from tests import builders
from tests import wijkwerksessie_rooms as rooms
from wijkwerksessie import actions
from wijkwerksessie.actions.room import dots_left
from wijkwerksessie.models import Card, Round, Vote, Wijkwerksessie

HTMX = {"HX-Request": "true"}


@pytest.fixture
def sessie(project: Project) -> Wijkwerksessie:
    cache.clear()
    return rooms.sessie(project)


@pytest.fixture
def cards(sessie: Wijkwerksessie) -> list[Card]:
    round = rooms.at(sessie, "kaartjes")
    return [rooms.card(round, f"Kaartje nummer {number}") for number in range(1, 6)]


@pytest.fixture
def round(sessie: Wijkwerksessie, cards: list[Card]) -> Round:
    return rooms.at(sessie, "stemmen")


def dot(phone: Client, round: Round, card: int | str, way: str = "give", **extra: Any) -> Any:
    fields = {"round": round.pk, "card": card, "way": way, "bladzijde": "1"}
    return phone.post(f"/doe/{round.sessie.join_code}/stip/", fields, **extra)


def page(phone: Client, round: Round) -> str:
    return phone.get(f"/doe/{round.sessie.join_code}/").content.decode()


def test_a_dot_is_given_and_the_phone_says_how_many_are_left(round: Round, cards: list[Card]) -> None:
    phone = rooms.phone(round.sessie)
    assert "nog 3 stippen" in page(phone, round)
    answer = dot(phone, round, cards[0].pk)
    assert answer.headers["Location"].endswith(f"#card-{cards[0].pk}")
    assert "nog 2 stippen" in page(phone, round)
    part = dot(phone, round, cards[1].pk, headers=HTMX)
    assert "nog 1 stip" in part.content.decode()
    assert "<html" not in part.content.decode()


def test_the_same_dot_twice_is_one_dot(round: Round, cards: list[Card]) -> None:
    phone = rooms.phone(round.sessie)
    assert dot(phone, round, cards[0].pk).status_code == 302
    assert dot(phone, round, cards[0].pk).status_code == 302
    assert Vote.objects.count() == 1


def test_a_dot_can_be_taken_back_also_twice(round: Round, cards: list[Card]) -> None:
    phone = rooms.phone(round.sessie)
    dot(phone, round, cards[0].pk)
    assert dot(phone, round, cards[0].pk, "take").status_code == 302
    assert dot(phone, round, cards[0].pk, "take").status_code == 302
    assert not Vote.objects.exists()


def test_the_server_counts_the_dots(round: Round, cards: list[Card]) -> None:
    phone = rooms.phone(round.sessie)
    for card in cards[:3]:
        assert dot(phone, round, card.pk).status_code == 302
    answer = dot(phone, round, cards[3].pk)
    assert answer.status_code == 422
    assert "U hebt geen stippen meer" in answer.content.decode()
    assert "al uw stippen zijn gegeven" in answer.content.decode()
    assert Vote.objects.count() == 3


def test_the_database_knows_one_dot_per_card_and_person(round: Round, cards: list[Card]) -> None:
    who = rooms.participant(round.sessie)
    Vote.objects.create(round=round, participant=who, card=cards[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(round=round, participant=who, card=cards[0])


def test_nobody_takes_back_the_dot_of_somebody_else(round: Round, cards: list[Card]) -> None:
    dot(rooms.phone(round.sessie), round, cards[0].pk)
    dot(rooms.phone(round.sessie), round, cards[0].pk, "take")
    assert Vote.objects.count() == 1


def test_a_hidden_card_gets_no_dots_and_gives_them_back(
    round: Round, cards: list[Card], coordinator: User
) -> None:
    phone = rooms.phone(round.sessie)
    for card in cards[:3]:
        dot(phone, round, card.pk)
    actions.hide_card(cards[0], by=coordinator)
    assert "nog 1 stip" in page(phone, round)
    assert "Kaartje nummer 1" not in page(phone, round)
    assert dot(phone, round, cards[0].pk).status_code == 422
    assert dot(phone, round, cards[3].pk).status_code == 302
    actions.show_card(cards[0], by=coordinator)
    assert Vote.objects.count() == 3
    assert not Vote.objects.filter(card=cards[0]).exists()


def test_showing_a_card_again_keeps_dots_that_were_not_spent_elsewhere(
    round: Round, cards: list[Card], coordinator: User
) -> None:
    who = rooms.participant(round.sessie)
    for card in cards[:3]:
        actions.give_dot(who, round=round, card=card)
    actions.hide_card(cards[0], by=coordinator)
    actions.show_card(cards[0], by=coordinator)
    assert Vote.objects.count() == 3
    assert dots_left(who, round) == 0


@pytest.mark.parametrize(
    "wrong",
    [{"card": "0"}, {"card": "x"}, {"card": "9" * 30}, {"round": "0"}, {"way": "steal"}, {"round": "\x00"}],
)
def test_a_wrong_dot_is_refused(wrong: dict[str, str], round: Round, cards: list[Card]) -> None:
    phone = rooms.phone(round.sessie)
    fields = {"round": round.pk, "card": cards[0].pk, "way": "give", **wrong}
    for headers in ({}, HTMX):
        assert phone.post(f"/doe/{round.sessie.join_code}/stip/", fields, headers=headers).status_code == 422
    assert not Vote.objects.exists()


def test_cards_of_another_round_or_session_get_no_dots(round: Round) -> None:
    theirs = rooms.card(rooms.at(rooms.sessie(round.sessie.project), "kaartjes"))
    assert dot(rooms.phone(round.sessie), round, theirs.pk).status_code == 422
    who = rooms.participant(round.sessie)
    with pytest.raises(DomainError):
        actions.give_dot(who, round=round, card=theirs)


def test_there_is_no_vote_before_during_other_rounds_and_after_the_results(
    sessie: Wijkwerksessie, cards: list[Card], coordinator: User
) -> None:
    phone = rooms.phone(sessie)
    stemmen = sessie.rounds.get(kind="stemmen")
    assert dot(phone, stemmen, cards[0].pk).status_code == 409
    assert dot(phone, sessie.rounds.get(kind="kaartjes"), cards[0].pk).status_code == 422
    rooms.at(sessie, "stemmen")
    actions.show_results(sessie, current=stemmen.pk, shown=True, by=coordinator)
    assert dot(phone, stemmen, cards[0].pk).status_code == 409
    assert "Het stemmen is klaar" in page(phone, stemmen)
    actions.close_sessie(sessie, by=coordinator)
    assert dot(phone, stemmen, cards[0].pk).status_code == 409
    assert not Vote.objects.exists()


def test_two_votes_each_have_their_own_dots(sessie: Wijkwerksessie, coordinator: User) -> None:
    kaartjes = sessie.rounds.get(kind="kaartjes")
    fields = {"kind": "stemmen", "title": "Nog eens", "text": "", "minutes": 5, "about": "", "dots": 1}
    second = actions.add_round(sessie, by=coordinator, **fields, cards_from=kaartjes)
    card = rooms.card(rooms.at(sessie, "kaartjes"))
    who = rooms.participant(sessie)
    actions.give_dot(who, round=rooms.at(sessie, "stemmen"), card=card)
    first = sessie.current_round
    assert first is not None
    actions.step_round(sessie, current=first.pk, direction="next", by=coordinator)
    second.refresh_from_db()
    actions.give_dot(who, round=second, card=card)
    assert rooms.dots() == 2
    assert rooms.dots(second.pk) == 1


def test_a_long_list_of_cards_is_turned_by_page(round: Round, cards: list[Card]) -> None:
    source = cards[0].round
    more = [
        Card(round=source, number=number, text=f"Meer {number}", form_token=f"t{number}")
        for number in range(6, 66)
    ]
    Card.objects.bulk_create(more)
    phone = rooms.phone(round.sessie)
    address = f"/doe/{round.sessie.join_code}/"
    second = phone.get(address, {"bladzijde": "2"}).content.decode()
    assert "Meer 31" in second
    assert "Meer 30" not in second
    fields = {"round": round.pk, "card": Card.objects.get(text="Meer 31").pk, "way": "give", "bladzijde": "2"}
    assert "bladzijde=2" in phone.post(f"{address}stip/", fields).headers["Location"]
    assert phone.get(address, {"bladzijde": "x\x00"}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_once_give_no_more_than_three_dots() -> None:
    cache.clear()
    sessie = rooms.sessie(builders.project())
    source = rooms.at(sessie, "kaartjes")
    cards = [rooms.card(source, f"Kaartje {number}") for number in range(10)]
    round = rooms.at(sessie, "stemmen")
    who = rooms.participant(sessie)
    start = threading.Barrier(10)

    def click(card: Card) -> None:
        start.wait()
        try:
            actions.give_dot(who, round=round, card=card)
        except DomainError:
            pass
        finally:
            connection.close()

    clicks = [threading.Thread(target=click, args=(card,)) for card in cards]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert Vote.objects.count() == 3
