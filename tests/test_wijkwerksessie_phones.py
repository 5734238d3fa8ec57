"""Phones: joining without an account, writing cards, and what a phone never learns."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from core.models import Record
from projects.models import Project, User
from tests import wijkwerksessie_rooms as rooms
from wijkwerksessie import actions, guessing
from wijkwerksessie.forms import new_token
from wijkwerksessie.models import Card, Participant, Wijkwerksessie

HTMX = {"HX-Request": "true"}


@pytest.fixture
def sessie(project: Project) -> Wijkwerksessie:
    cache.clear()
    return rooms.sessie(project)


def door(sessie: Wijkwerksessie, more: str = "") -> str:
    return f"/doe/{sessie.join_code}/{more}"


def write(phone: Client, sessie: Wijkwerksessie, round: int, text: str, token: str = "", **extra: Any) -> Any:
    fields = {"text": text, "form_token": token or new_token()}
    return phone.post(door(sessie, f"kaartje/{round}/"), fields, **extra)


def test_six_digits_with_a_space_are_enough_to_join(sessie: Wijkwerksessie, client: Client) -> None:
    answer = client.post("/doe/", {"code": sessie.spaced_code})
    assert answer.headers["Location"] == door(sessie)
    assert "U doet mee" in client.get(door(sessie)).content.decode()
    assert sessie.participants.count() == 1


def test_the_qr_code_shows_a_door_and_makes_nobody_a_participant(
    sessie: Wijkwerksessie, client: Client
) -> None:
    page = client.get(door(sessie)).content.decode()
    assert "U hebt geen account nodig" in page
    assert not Participant.objects.exists()
    assert client.post(door(sessie)).status_code == 302
    assert client.post(door(sessie)).status_code == 302
    assert Participant.objects.count() == 1


def test_the_key_is_http_only_and_only_its_hash_is_kept(sessie: Wijkwerksessie, client: Client) -> None:
    client.post(door(sessie))
    cookie = client.cookies["deelnemer"]
    assert cookie["httponly"]
    assert cookie["path"] == door(sessie)
    key = cookie.value.split(":")[0]
    assert len(key) >= 32
    assert Participant.objects.get().key_hash not in cookie.value
    assert key not in str(Participant.objects.values())


def test_one_phone_has_different_hashes_in_two_sessions(sessie: Wijkwerksessie) -> None:
    from wijkwerksessie.visits import hash_of

    assert hash_of(sessie, "k") != hash_of(rooms.sessie(sessie.project), "k")


def test_a_cookie_of_another_session_or_with_a_changed_key_opens_nothing(sessie: Wijkwerksessie) -> None:
    other = rooms.sessie(sessie.project)
    phone = rooms.phone(other)
    value = phone.cookies["deelnemer"].value
    for forged in (value, "x" + value, value[:-1], ""):
        stranger = Client()
        stranger.cookies["deelnemer"] = forged
        assert "U hebt geen account nodig" in stranger.get(door(sessie)).content.decode()


@pytest.mark.parametrize("code", ["", "12345", "abc", "1234567", "\x00", "9" * 500])
def test_what_is_no_code_is_said_beside_the_field(code: str, sessie: Wijkwerksessie, client: Client) -> None:
    answer = client.post("/doe/", {"code": code})
    assert answer.status_code == 422
    assert "field--error" in answer.content.decode()


def test_an_unknown_code_is_said(sessie: Wijkwerksessie, client: Client) -> None:
    wrong = "111111" if sessie.join_code != "111111" else "222222"
    answer = client.post("/doe/", {"code": wrong})
    assert answer.status_code == 422
    assert "Deze code kennen wij niet" in answer.content.decode()
    assert client.get(f"/doe/{wrong}/").status_code == 404
    assert client.get("/doe/12/").status_code == 404


@pytest.mark.parametrize("path", ["", "kaartje/1/", "kaartje/1/weg/", "stip/"])
def test_after_too_many_wrong_codes_an_address_must_wait(
    path: str, sessie: Wijkwerksessie, client: Client
) -> None:
    inside = rooms.phone(sessie)
    for number in range(guessing.MOST_MISSES):
        assert client.post("/doe/", {"code": f"{200000 + number}"}).status_code == 422
    assert client.post("/doe/", {"code": sessie.join_code}).status_code == 429
    assert client.post(door(sessie, path)).status_code == 429
    assert "deelnemer" not in client.cookies
    assert inside.get(door(sessie)).status_code == 200


def test_right_codes_never_count_as_guesses(sessie: Wijkwerksessie) -> None:
    for _phone in range(guessing.MOST_MISSES + 5):
        rooms.phone(sessie)
    assert sessie.participants.count() == guessing.MOST_MISSES + 5


def test_asking_for_news_is_no_way_to_guess_codes(sessie: Wijkwerksessie, client: Client) -> None:
    answer = client.get(door(sessie, "stand/"), {"v": "0"}, headers=HTMX)
    unknown = client.get("/doe/111111/stand/", {"v": "0"}, headers=HTMX)
    assert (answer.status_code, answer.content) == (unknown.status_code, unknown.content) == (204, b"")


def test_a_full_session_says_so(sessie: Wijkwerksessie, client: Client) -> None:
    rows = [Participant(sessie=sessie, key_hash=str(number)) for number in range(1000)]
    Participant.objects.bulk_create(rows)
    answer = client.post(door(sessie))
    assert answer.status_code == 409
    assert "papieren kaartje" in answer.content.decode()


def test_the_end_is_clear_and_the_code_is_dead(sessie: Wijkwerksessie, coordinator: User) -> None:
    round = rooms.at(sessie, "kaartjes")
    phone = rooms.phone(sessie)
    actions.close_sessie(sessie, by=coordinator)
    late = Client()
    assert late.post("/doe/", {"code": sessie.join_code}).headers["Location"] == door(sessie)
    for client in (phone, late):
        page = client.get(door(sessie)).content.decode()
        assert "Deze bijeenkomst is afgelopen" in page
        assert f"/buurt/{sessie.project.slug}/" in page
    answer = write(phone, sessie, round.pk, "Te laat geschreven")
    assert answer.status_code == 409
    assert "Te laat geschreven" in answer.content.decode()
    assert not Card.objects.exists()
    assert sessie.participants.count() == 1


def test_a_card_is_sent_and_stands_on_the_phone(sessie: Wijkwerksessie) -> None:
    round = rooms.at(sessie, "kaartjes")
    phone = rooms.phone(sessie)
    assert write(phone, sessie, round.pk, "Het pleintje\r\n is donker").status_code == 302
    page = phone.get(door(sessie)).content.decode()
    assert "Het pleintje is donker" in page
    record = Record.objects.get(verb="write")
    assert (record.actor_id, record.project_id) == (None, sessie.project_id)


def test_the_same_form_sent_twice_is_one_card(sessie: Wijkwerksessie) -> None:
    round = rooms.at(sessie, "kaartjes")
    phone = rooms.phone(sessie)
    assert write(phone, sessie, round.pk, "Eén keer", "zelfde").status_code == 302
    assert write(phone, sessie, round.pk, "Eén keer", "zelfde").status_code == 302
    assert Card.objects.count() == 1
    stranger = rooms.phone(sessie)
    assert write(stranger, sessie, round.pk, "Van een ander", "zelfde").status_code == 409
    assert Card.objects.count() == 1


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200d", "\u202e", "x" * 281, "goed\x00fout" + "y" * 280])
def test_a_card_without_words_or_with_too_many_is_refused_and_kept(text: str, sessie: Wijkwerksessie) -> None:
    round = rooms.at(sessie, "kaartjes")
    phone = rooms.phone(sessie)
    for headers in ({}, HTMX):
        answer = write(phone, sessie, round.pk, text, headers=headers)
        assert answer.status_code == 422
        assert "field__error" in answer.content.decode()
        assert text.replace("\x00", "\ufffd")[:200].strip()[:20] in answer.content.decode().replace(
            "\x00", "\ufffd"
        )
    assert not Card.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "الحديقة جميلة",
        "Groen 🌱👩🏽‍🌾",
        "a\u202etxt.exe",
        "Z̴̡a̸l̵g̶o̷",
        "{% now 'Y' %}",
        "x" * 280,
        "'; DROP TABLE",
    ],
)
def test_every_script_emoji_and_trick_is_only_text(
    text: str, sessie: Wijkwerksessie, coordinator: User, login: Any
) -> None:
    round = rooms.at(sessie, "kaartjes")
    phone = rooms.phone(sessie)
    assert write(phone, sessie, round.pk, text).status_code == 302
    kept = Card.objects.get().text
    assert "\u202e" not in kept
    wall = (
        login(coordinator)
        .get(f"/p/{sessie.project.slug}/wijkwerksessies/{sessie.pk}/projector/")
        .content.decode()
    )
    for page in (wall, phone.get(door(sessie)).content.decode()):
        assert "<script>alert" not in page
        assert 'dir="auto"' in page


def test_a_phone_sends_at_most_twenty_cards_on_a_question(sessie: Wijkwerksessie) -> None:
    round = rooms.at(sessie, "kaartjes")
    phone = rooms.phone(sessie)
    for number in range(20):
        assert write(phone, sessie, round.pk, f"Kaartje {number}").status_code == 302
    answer = write(phone, sessie, round.pk, "Nummer eenentwintig")
    assert answer.status_code == 422
    assert "al 20 kaartjes" in answer.content.decode()
    assert "Nummer eenentwintig" in answer.content.decode()
    own = Card.objects.first()
    assert own is not None
    assert phone.post(door(sessie, f"kaartje/{own.pk}/weg/")).status_code == 302
    assert write(phone, sessie, round.pk, "Nummer eenentwintig").status_code == 302


def test_a_card_for_a_round_that_is_over_is_not_lost_on_the_phone(sessie: Wijkwerksessie) -> None:
    round = rooms.at(sessie, "kaartjes")
    phone = rooms.phone(sessie)
    rooms.at(sessie, "stemmen")
    answer = write(phone, sessie, round.pk, "Net te laat", headers=HTMX)
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#phone"
    assert "Net te laat" in answer.content.decode()
    assert not Card.objects.exists()


@pytest.mark.parametrize("kind", ["uitleg", "stemmen"])
def test_cards_are_sent_only_in_a_round_that_asks_them(kind: str, sessie: Wijkwerksessie) -> None:
    round = rooms.at(sessie, kind)
    assert write(rooms.phone(sessie), sessie, round.pk, "Hier").status_code in (409, 422)
    assert not Card.objects.exists()


def test_a_card_for_a_round_of_another_session_is_not_found(sessie: Wijkwerksessie) -> None:
    rooms.at(sessie, "kaartjes")
    theirs = rooms.at(rooms.sessie(sessie.project), "kaartjes")
    assert write(rooms.phone(sessie), sessie, theirs.pk, "Hier").status_code == 404


def test_only_an_own_card_can_be_deleted_and_only_once(sessie: Wijkwerksessie) -> None:
    round = rooms.at(sessie, "kaartjes")
    phone, stranger = rooms.phone(sessie), rooms.phone(sessie)
    write(phone, sessie, round.pk, "Van mij")
    weg = door(sessie, f"kaartje/{Card.objects.get().pk}/weg/")
    assert stranger.post(weg).status_code == 404
    assert phone.get(weg).status_code == 405
    answer = phone.post(weg, headers=HTMX)
    assert "Uw kaartje is weg." in answer.content.decode()
    assert phone.post(weg).status_code == 404
    assert not Card.objects.exists()


def test_an_own_card_can_be_taken_back_after_the_end_until_it_is_a_story(
    sessie: Wijkwerksessie, coordinator: User
) -> None:
    round = rooms.at(sessie, "kaartjes")
    phone = rooms.phone(sessie)
    write(phone, sessie, round.pk, "Toch maar niet")
    write(phone, sessie, round.pk, "Dit mag blijven")
    actions.close_sessie(sessie, by=coordinator)
    gone, stays = Card.objects.order_by("number")
    assert "Toch maar niet" in phone.get(door(sessie)).content.decode()
    assert phone.post(door(sessie, f"kaartje/{gone.pk}/weg/")).status_code == 302
    actions.publish_cards(sessie, chosen={stays.pk: "wonen"}, by=coordinator)
    assert phone.post(door(sessie, f"kaartje/{stays.pk}/weg/")).status_code == 409
    assert list(Card.objects.all()) == [stays]


@pytest.mark.parametrize("path", ["kaartje/1/", "kaartje/1/weg/", "stip/"])
def test_without_joining_nothing_is_sent(path: str, sessie: Wijkwerksessie, client: Client) -> None:
    rooms.at(sessie, "kaartjes")
    answer = client.post(door(sessie, path), {"text": "x", "form_token": "t"})
    assert answer.headers["Location"] == door(sessie)
    part = client.post(door(sessie, path), {"text": "x", "form_token": "t"}, headers=HTMX)
    assert part.headers["HX-Redirect"] == door(sessie)
    assert not Card.objects.exists()


@pytest.mark.parametrize("path", ["kaartje/1/", "kaartje/1/weg/", "stip/"])
def test_phones_write_by_post_only(path: str, sessie: Wijkwerksessie) -> None:
    assert rooms.phone(sessie).get(door(sessie, path)).status_code == 405


def test_a_phone_does_not_show_the_cards_of_others_nor_a_menu_of_the_kernteam(sessie: Wijkwerksessie) -> None:
    round = rooms.at(sessie, "kaartjes")
    rooms.card(round, "Van iemand anders")
    page = rooms.phone(sessie).get(door(sessie)).content.decode()
    assert "Van iemand anders" not in page
    assert "Inloggen" not in page


def test_news_costs_one_query_and_no_words_when_there_is_none(
    sessie: Wijkwerksessie, django_assert_num_queries: Any
) -> None:
    rooms.at(sessie, "kaartjes")
    phone = rooms.phone(sessie)
    sessie.refresh_from_db()
    with django_assert_num_queries(1):
        answer = phone.get(door(sessie, "stand/"), {"v": sessie.phone_change}, headers=HTMX)
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_card_of_somebody_else_is_no_news_for_a_phone(sessie: Wijkwerksessie) -> None:
    round = rooms.at(sessie, "kaartjes")
    phone = rooms.phone(sessie)
    sessie.refresh_from_db()
    write(rooms.phone(sessie), sessie, round.pk, "Van een ander")
    assert phone.get(door(sessie, "stand/"), {"v": sessie.phone_change}, headers=HTMX).status_code == 204


def test_while_somebody_types_only_the_clock_is_swapped(sessie: Wijkwerksessie, coordinator: User) -> None:
    round = rooms.at(sessie, "kaartjes")
    phone = rooms.phone(sessie)
    key = phone.get(door(sessie)).context["key"]
    actions.add_minutes(sessie, current=round.pk, added=0, minutes=5, by=coordinator)
    answer = phone.get(door(sessie, "stand/"), {"v": "0", "key": key}, headers=HTMX)
    assert "HX-Retarget" not in answer.headers
    assert "<textarea" not in answer.content.decode()
    rooms.at(sessie, "stemmen")
    moved = phone.get(door(sessie, "stand/"), {"v": "0", "key": key}, headers=HTMX)
    assert moved.headers["HX-Retarget"] == "#phone"
    assert "Wat is voor u het belangrijkst?" in moved.content.decode()


def test_without_javascript_a_page_refreshes_only_where_nothing_is_typed(sessie: Wijkwerksessie) -> None:
    phone = rooms.phone(sessie)
    refresh = 'http-equiv="refresh"'
    assert refresh in phone.get(door(sessie)).content.decode()
    rooms.at(sessie, "uitleg")
    assert refresh in phone.get(door(sessie)).content.decode()
    rooms.card(rooms.at(sessie, "kaartjes"))
    page = phone.get(door(sessie)).content.decode()
    assert refresh not in page
    assert "Ververs" in page
    rooms.at(sessie, "stemmen")
    assert refresh not in phone.get(door(sessie)).content.decode()


@pytest.mark.parametrize("cards", [1, 3])
def test_the_phone_costs_the_same_for_one_and_three_cards(
    cards: int, sessie: Wijkwerksessie, django_assert_num_queries: Any
) -> None:
    round = rooms.at(sessie, "kaartjes")
    phone = rooms.phone(sessie)
    for _card in range(cards):
        write(phone, sessie, round.pk, "Een kaartje")
    with django_assert_num_queries(4):
        phone.get(door(sessie))
    rooms.at(sessie, "stemmen")
    with django_assert_num_queries(6):
        phone.get(door(sessie))


def test_a_demo_says_so_on_the_phone(sessie: Wijkwerksessie) -> None:
    phone = rooms.phone(sessie)
    assert "demo-banner" not in phone.get(door(sessie)).content.decode()
    Project.objects.update(is_demo=True)
    assert "demo-banner" in phone.get(door(sessie)).content.decode()


def test_a_phone_page_is_never_kept_by_a_cache(sessie: Wijkwerksessie) -> None:
    assert "no-store" in rooms.phone(sessie).get(door(sessie)).headers["Cache-Control"]
