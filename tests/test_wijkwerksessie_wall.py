"""The projector: everything the room needs, nothing that is private, and cheap to ask again."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from projects.models import Project, User
from tests import wijkwerksessie_rooms as rooms
from wijkwerksessie import actions
from wijkwerksessie.models import Card, Vote, Wijkwerksessie

type Login = Callable[[User], Client]

HTMX = {"HX-Request": "true"}


@pytest.fixture
def sessie(project: Project) -> Wijkwerksessie:
    cache.clear()
    return rooms.sessie(project)


@pytest.fixture
def desk(coordinator: User, login: Login) -> Client:
    return login(coordinator)


def wall(desk: Client, sessie: Wijkwerksessie, query: dict[str, Any] | None = None, **extra: Any) -> Any:
    return desk.get(reverse("projector", args=[sessie.project.slug, sessie.pk]), query, **extra)


def text(desk: Client, sessie: Wijkwerksessie, **query: Any) -> str:
    page: str = wall(desk, sessie, query).content.decode()
    return page


def change(sessie: Wijkwerksessie) -> int:
    return Wijkwerksessie.objects.get(pk=sessie.pk).change


def test_address_code_and_qr_are_always_there(
    sessie: Wijkwerksessie, desk: Client, coordinator: User
) -> None:
    def there() -> bool:
        page = text(desk, sessie)
        return sessie.spaced_code in page and "testserver/doe<" in page and "<svg" in page

    assert there()
    for kind in ("uitleg", "kaartjes", "stemmen"):
        rooms.at(sessie, kind)
        assert there()
    actions.close_sessie(sessie, by=coordinator)
    closed = text(desk, sessie)
    assert sessie.spaced_code not in closed
    assert f"testserver/buurt/{sessie.project.slug}<" in closed


def test_the_configured_address_wins(sessie: Wijkwerksessie, desk: Client, settings: Any) -> None:
    settings.SITE_URL = "https://buurt.voorbeeld.test"
    assert "buurt.voorbeeld.test/doe<" in text(desk, sessie)


def test_the_wall_has_no_names_and_no_controls(
    sessie: Wijkwerksessie, desk: Client, coordinator: User
) -> None:
    rooms.card(rooms.at(sessie, "kaartjes"))
    page = text(desk, sessie)
    body = page[page.index("<body") :]
    assert "<form" not in body
    assert "<button" not in body
    assert coordinator.name not in body
    assert "style=" not in page


def test_question_explanation_clock_and_cards_stand_on_the_wall(sessie: Wijkwerksessie, desk: Client) -> None:
    rooms.at(sessie, "uitleg")
    assert "kort plan voor deze buurt" in text(desk, sessie)
    rooms.card(rooms.at(sessie, "kaartjes"), "Meer bankjes graag")
    page = text(desk, sessie)
    assert "Wat maakt wonen hier fijn? Wat moet anders?" in page
    assert "Meer bankjes graag" in page
    assert 'role="timer"' in page
    assert 'http-equiv="refresh" content="5"' in page


def test_a_new_card_is_news_within_one_asking(sessie: Wijkwerksessie, desk: Client) -> None:
    round = rooms.at(sessie, "kaartjes")
    before = change(sessie)
    assert wall(desk, sessie, {"v": before}, headers=HTMX).status_code == 204
    phone = rooms.phone(sessie)
    phone.post(
        f"/doe/{sessie.join_code}/kaartje/{round.pk}/", {"text": "Een nieuw kaartje", "form_token": "t"}
    )
    news = wall(desk, sessie, {"v": before}, headers=HTMX)
    assert news.status_code == 200
    assert "Een nieuw kaartje" in news.content.decode()
    assert "<html" not in news.content.decode()
    assert 'hx-swap-oob="innerHTML"' in news.content.decode()


@pytest.mark.parametrize("event", ["join", "hide", "step", "minutes", "dot", "close", "paper"])
def test_everything_that_happens_is_news(event: str, sessie: Wijkwerksessie, coordinator: User) -> None:
    card = rooms.card(rooms.at(sessie, "kaartjes"))
    who = rooms.participant(sessie)
    stemmen = rooms.at(sessie, "stemmen")
    before = change(sessie)
    happen: dict[str, Callable[[], Any]] = {
        "join": lambda: rooms.participant(sessie),
        "hide": lambda: actions.hide_card(card, by=coordinator),
        "step": lambda: actions.step_round(sessie, current=stemmen.pk, direction="previous", by=coordinator),
        "minutes": lambda: actions.add_minutes(
            sessie, current=stemmen.pk, added=0, minutes=1, by=coordinator
        ),
        "dot": lambda: actions.give_dot(who, round=stemmen, card=card),
        "close": lambda: actions.close_sessie(sessie, by=coordinator),
        "paper": lambda: actions.count_paper_dots(sessie, round=stemmen, number=1, dots=2, by=coordinator),
    }
    happen[event]()
    assert change(sessie) > before


def test_a_hidden_card_is_on_no_screen(sessie: Wijkwerksessie, desk: Client, coordinator: User) -> None:
    card = rooms.card(rooms.at(sessie, "kaartjes"), "Dit is over de buurvrouw")
    phone = rooms.phone(sessie)
    actions.hide_card(card, by=coordinator)
    assert card.text not in text(desk, sessie)
    rooms.at(sessie, "stemmen")
    assert card.text not in text(desk, sessie)
    assert card.text not in phone.get(f"/doe/{sessie.join_code}/").content.decode()
    desk_page = desk.get(reverse("sessie", args=[sessie.project.slug, sessie.pk])).content.decode()
    assert card.text in desk_page


def test_newest_cards_come_first_and_the_rest_by_page(sessie: Wijkwerksessie, desk: Client) -> None:
    round = rooms.at(sessie, "kaartjes")
    for number in range(1, 61):
        rooms.card(round, f"Kaartje met nummer {number}.")
    page = text(desk, sessie)
    assert "nummer 60." in page
    assert "nummer 1." not in page
    shown = page.count('class="note-card')
    assert f"nog {60 - shown} kaartjes" in page
    second = text(desk, sessie, ronde=round.pk, bladzijde=2)
    assert "nummer 60." not in second
    assert f"nummer {60 - shown}." in second
    assert 'data-turn="previous"' in second
    assert "nummer 1." in text(desk, sessie, ronde=round.pk, bladzijde=99)


def test_a_new_round_starts_at_its_first_page(sessie: Wijkwerksessie, desk: Client) -> None:
    round = rooms.at(sessie, "kaartjes")
    for number in range(60):
        rooms.card(round, f"Kaartje {number}")
    rooms.at(sessie, "stemmen")
    assert 'data-turn="previous"' not in text(desk, sessie, ronde=round.pk, bladzijde=2)


@pytest.mark.parametrize("page", ["0", "-1", "x", "\x00", "9" * 40, "²"])
def test_a_strange_page_is_the_first_or_last(page: str, sessie: Wijkwerksessie, desk: Client) -> None:
    round = rooms.at(sessie, "kaartjes")
    rooms.card(round)
    assert wall(desk, sessie, {"ronde": round.pk, "bladzijde": page}).status_code == 200


def test_votes_are_bars_and_the_results_put_the_most_chosen_first(
    sessie: Wijkwerksessie, desk: Client, coordinator: User
) -> None:
    source = rooms.at(sessie, "kaartjes")
    cards = [rooms.card(source, f"Keuze {name}") for name in ("A", "B")]
    stemmen = rooms.at(sessie, "stemmen")
    for card in (cards[1], cards[1], cards[0]):
        Vote.objects.create(round=stemmen, participant=rooms.participant(sessie), card=card)
    page = text(desk, sessie)
    assert page.index("Keuze A") < page.index("Keuze B")
    assert 'class="option__bar" width="100"' in page
    assert 'class="option__bar" width="50"' in page
    actions.show_results(sessie, current=stemmen.pk, shown=True, by=coordinator)
    page = text(desk, sessie)
    assert page.index("Keuze B") < page.index("Keuze A")


def test_a_demo_says_so_on_the_wall(sessie: Wijkwerksessie, desk: Client) -> None:
    Project.objects.update(is_demo=True)
    assert "demo-banner" in text(desk, sessie)


@pytest.mark.parametrize("cards", [1, 3])
def test_the_screens_cost_the_same_for_one_and_three_cards(
    cards: int, sessie: Wijkwerksessie, desk: Client, django_assert_num_queries: Any
) -> None:
    round = rooms.at(sessie, "kaartjes")
    for number in range(cards):
        rooms.card(round, f"Kaartje {number}")
    wall(desk, sessie)
    with django_assert_num_queries(8):
        wall(desk, sessie)
    with django_assert_num_queries(4):
        assert wall(desk, sessie, {"v": change_known(sessie)}, headers=HTMX).status_code == 204
    rooms.at(sessie, "stemmen")
    with django_assert_num_queries(8):
        wall(desk, sessie)
    with django_assert_num_queries(12):
        desk.get(reverse("sessie", args=[sessie.project.slug, sessie.pk]))


def change_known(sessie: Wijkwerksessie) -> int:
    """Without a query: the row in hand is as new as the table."""
    return sessie.change


def test_five_thousand_cards_are_no_burden(sessie: Wijkwerksessie, desk: Client) -> None:
    round = rooms.at(sessie, "kaartjes")
    rows = [
        Card(round=round, number=number, text=f"Kaartje {number}. " * 9, form_token=f"m{number}")
        for number in range(1, 5001)
    ]
    Card.objects.bulk_create(rows)
    started = time.monotonic()
    assert "Kaartje 5000." in text(desk, sessie)
    assert (
        "Bladzijde 1 van 167"
        in desk.get(reverse("sessie", args=[sessie.project.slug, sessie.pk])).content.decode()
    )
    rooms.at(sessie, "stemmen")
    assert "Kaartje 1." in text(desk, sessie)
    assert "Bladzijde 1 van 167" in rooms.phone(sessie).get(f"/doe/{sessie.join_code}/").content.decode()
    assert time.monotonic() - started < 15
