"""After the end: cards become stories once, dots become support, and the report names nobody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from agenda.models import Support
from core.errors import DomainError
from projects.models import Project, User
from stories.models import Story
from tests import wijkwerksessie_rooms as rooms
from wijkwerksessie import actions
from wijkwerksessie.models import Card, PaperDots, Vote, Wijkwerksessie

type Login = Callable[[User], Client]


@pytest.fixture
def sessie(project: Project) -> Wijkwerksessie:
    """Closed, with three cards of which one is hidden; the first has two dots and three on paper."""
    cache.clear()
    sessie = rooms.sessie(project)
    round = rooms.at(sessie, "kaartjes")
    first = rooms.card(round, "Het pleintje is donker.")
    rooms.card(round, "Bel mij op 06 12345678.")
    rooms.card(round, "Dit mocht niet op het scherm.", state="hidden")
    stemmen = rooms.at(sessie, "stemmen")
    for _vote in range(2):
        Vote.objects.create(round=stemmen, participant=rooms.participant(sessie), card=first)
    PaperDots.objects.create(round=stemmen, card=first, dots=3)
    actions.close_sessie(sessie, by=None)  # type: ignore[arg-type]
    return sessie


@pytest.fixture
def desk(coordinator: User, login: Login) -> Client:
    return login(coordinator)


def url(name: str, sessie: Wijkwerksessie, *more: int) -> str:
    return reverse(name, args=[sessie.project.slug, sessie.pk, *more])


def filled(cards: list[Card], rest: str = "wonen", **extra: str) -> dict[str, Any]:
    return {
        "listed": [card.pk for card in cards],
        "rest": rest,
        **{f"card_{card.pk}": "on" for card in cards},
        **extra,
    }


def shown(sessie: Wijkwerksessie) -> list[Card]:
    return list(Card.objects.of(sessie).shown().order_by("number"))


def test_chosen_cards_become_published_stories_with_their_support(
    sessie: Wijkwerksessie, desk: Client
) -> None:
    dark, phone = shown(sessie)
    fields = filled([dark, phone], **{f"about_{phone.pk}": "veiligheid"})
    answer = desk.post(url("sessie_publish", sessie), fields, follow=True)
    assert "2 kaartjes zijn nu een verhaal" in answer.content.decode()
    stories = {story.text: story for story in Story.objects.published()}
    assert stories["Het pleintje is donker."].about == "wonen"
    assert stories["Bel mij op 06 12345678."].about == "veiligheid"
    assert {story.door for story in stories.values()} == {"wijkwerksessie"}
    support = Support.objects.get()
    assert (support.story, support.votes) == (stories["Het pleintje is donker."], 5)
    assert support.occasion == "wijkwerksessie van 12\N{NO-BREAK SPACE}september 2026: Avond in de Wissel"
    assert support.held_on == sessie.held_on


def test_the_second_click_makes_no_double_stories(sessie: Wijkwerksessie, desk: Client) -> None:
    fields = filled(shown(sessie))
    assert desk.post(url("sessie_publish", sessie), fields).status_code == 302
    again = desk.post(url("sessie_publish", sessie), fields, follow=True)
    assert "0 kaartjes" in again.content.decode()
    assert Story.objects.count() == 2
    assert Support.objects.count() == 1


def test_a_card_that_is_unticked_stays_where_it_is(sessie: Wijkwerksessie, desk: Client) -> None:
    dark, phone = shown(sessie)
    fields = filled([dark, phone])
    del fields[f"card_{phone.pk}"]
    desk.post(url("sessie_publish", sessie), fields)
    assert [story.text for story in Story.objects.all()] == [dark.text]
    assert shown(sessie) == [phone]


def test_a_hidden_card_never_becomes_a_story(sessie: Wijkwerksessie, desk: Client, coordinator: User) -> None:
    hidden = Card.objects.get(state="hidden")
    assert hidden.text not in desk.get(url("sessie_publish", sessie)).content.decode()
    desk.post(url("sessie_publish", sessie), filled([hidden]))
    actions.publish_cards(sessie, chosen={hidden.pk: "wonen"}, by=coordinator)
    assert not Story.objects.exists()


def test_a_card_of_another_session_is_passed_over(sessie: Wijkwerksessie, coordinator: User) -> None:
    theirs = rooms.card(rooms.at(rooms.sessie(sessie.project), "kaartjes"))
    assert actions.publish_cards(sessie, chosen={theirs.pk: "wonen"}, by=coordinator) == []
    assert not Story.objects.exists()


def test_a_chapter_must_be_chosen_and_the_ticks_are_kept(sessie: Wijkwerksessie, desk: Client) -> None:
    dark, phone = shown(sessie)
    fields = filled([dark, phone], rest="")
    del fields[f"card_{phone.pk}"]
    answer = desk.post(url("sessie_publish", sessie), fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Kies een hoofdstuk" in page
    assert page.count(" checked") == 1
    assert not Story.objects.exists()


@pytest.mark.parametrize("wrong", [{"rest": "voetbal"}, {"listed": ["x", "9" * 40]}, {"listed": []}])
def test_nonsense_is_refused(wrong: dict[str, Any], sessie: Wijkwerksessie, desk: Client) -> None:
    answer = desk.post(url("sessie_publish", sessie), {**filled(shown(sessie)), **wrong})
    assert answer.status_code == 422
    assert not Story.objects.exists()


def test_nothing_is_published_while_the_session_runs(
    sessie: Wijkwerksessie, desk: Client, coordinator: User
) -> None:
    other = rooms.sessie(sessie.project)
    card = rooms.card(rooms.at(other, "kaartjes"))
    assert "loopt nog" in desk.get(url("sessie_publish", other)).content.decode()
    assert desk.post(url("sessie_publish", other), filled([card])).status_code == 422
    with pytest.raises(DomainError):
        actions.publish_cards(other, chosen={card.pk: "wonen"}, by=coordinator)


def test_personal_data_is_pointed_out_before_publishing(sessie: Wijkwerksessie, desk: Client) -> None:
    page = desk.get(url("sessie_publish", sessie)).content.decode()
    assert page.count("misschien persoonlijk") == 1
    assert "telefoonnummer" in page


def test_a_published_card_stays_as_it_is(sessie: Wijkwerksessie, desk: Client) -> None:
    desk.post(url("sessie_publish", sessie), filled(shown(sessie)))
    card = Card.objects.filter(state="published").first()
    assert card is not None
    assert desk.post(url("card_hide", sessie, card.pk)).status_code == 409


def test_a_story_that_is_deleted_takes_its_card_along(sessie: Wijkwerksessie, coordinator: User) -> None:
    card = shown(sessie)[0]
    actions.publish_cards(sessie, chosen={card.pk: "wonen"}, by=coordinator)
    Story.objects.all().delete()
    assert not Card.objects.filter(pk=card.pk).exists()


def test_the_report_tells_rounds_cards_and_numbers(sessie: Wijkwerksessie, desk: Client) -> None:
    page = desk.get(url("sessie_verslag", sessie)).content.decode()
    assert "2 telefoons deden mee" in page
    assert "Wat is een buurtagenda?" in page
    assert "Het pleintje is donker." in page
    assert "5 stippen gegeven" in page
    assert "2 telefoons stemden" in page


def test_the_report_shows_no_hidden_card_and_no_story_that_was_taken_down(
    sessie: Wijkwerksessie, desk: Client, coordinator: User
) -> None:
    card = shown(sessie)[0]
    actions.publish_cards(sessie, chosen={card.pk: "wonen"}, by=coordinator)
    assert card.text in desk.get(url("sessie_verslag", sessie)).content.decode()
    Story.objects.update(state="rejected", reason="anders")
    for address in (url("sessie_verslag", sessie), url("verslag_round", sessie, card.round_id)):
        page = desk.get(address).content.decode()
        assert card.text not in page
        assert "Dit mocht niet op het scherm." not in page


def test_the_report_names_nobody(sessie: Wijkwerksessie, desk: Client, coordinator: User) -> None:
    facilitator = sessie.created_by
    assert facilitator is not None
    assert facilitator.name not in desk.get(url("sessie_verslag", sessie)).content.decode()


@pytest.mark.parametrize("cards", [1, 3])
def test_the_report_and_publishing_cost_the_same_for_one_and_three_cards(
    cards: int, project: Project, desk: Client, coordinator: User, django_assert_num_queries: Any
) -> None:
    sessie = rooms.sessie(project)
    round = rooms.at(sessie, "kaartjes")
    made = [rooms.card(round) for _card in range(cards)]
    stemmen = rooms.at(sessie, "stemmen")
    for card in made:
        Vote.objects.create(round=stemmen, participant=rooms.participant(sessie), card=card)
    actions.close_sessie(sessie, by=coordinator)
    desk.get(url("sessie_verslag", sessie))
    with django_assert_num_queries(13):
        desk.get(url("sessie_verslag", sessie))
    with django_assert_num_queries(7):
        desk.get(url("sessie_publish", sessie))


def test_five_thousand_cards_stay_usable(sessie: Wijkwerksessie, desk: Client) -> None:
    round = sessie.rounds.get(kind="kaartjes")
    rows = [
        Card(round=round, number=number, text=f"Kaartje {number}", form_token=f"m{number}")
        for number in range(10, 5010)
    ]
    Card.objects.bulk_create(rows)
    page = desk.get(url("sessie_publish", sessie)).content.decode()
    assert "de eerste 100 van 5.002" in page
    waiting = Card.objects.of(sessie).shown().with_dots().most_chosen_first()[:100]
    assert desk.post(url("sessie_publish", sessie), filled(list(waiting))).status_code == 302
    assert Story.objects.count() == 100
    report = desk.get(url("sessie_verslag", sessie)).content.decode()
    assert "nog 4.942" in report
    assert (
        "Bladzijde 101 van 101"
        in desk.get(url("verslag_round", sessie, round.pk), {"bladzijde": "101"}).content.decode()
    )
