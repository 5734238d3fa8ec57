"""The cast at every page of a session: who comes in, who does not, by which method."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from projects.models import Project, User
from tests import builders
from tests import wijkwerksessie_rooms as rooms
from wijkwerksessie.models import Wijkwerksessie

type Login = Callable[[User], Client]

POST_ONLY = ["sessie_start", "sessie_step", "sessie_minutes", "sessie_results", "card_paper", "paper_dots"]
BOTH = ["sessie_edit", "sessie_remove", "round_add", "sessie_close", "sessie_publish"]
OF_ROUND, OF_CARD = ["round_edit", "round_remove", "round_move"], ["card_hide", "card_show"]
WRITES = [*POST_ONLY, *BOTH, *OF_ROUND, *OF_CARD, "sessie_create"]


@pytest.fixture
def sessie(project: Project) -> Wijkwerksessie:
    return rooms.sessie(project)


def address(name: str, sessie: Wijkwerksessie) -> str:
    slug = sessie.project.slug
    if name in ("sessie_create", "sessies"):
        return reverse(name, args=[slug])
    extra: list[Any] = []
    kaartjes = sessie.rounds.get(kind="kaartjes")
    if name in OF_ROUND or name == "verslag_round":
        extra = [kaartjes.pk]
    if name in OF_CARD:
        extra = [rooms.card(kaartjes).pk]
    return reverse(name, args=[slug, sessie.pk, *extra])


@pytest.mark.parametrize("name", WRITES)
def test_a_kernteamlid_may_not_facilitate(name: str, sessie: Any, colleague: User, login: Login) -> None:
    assert login(colleague).post(address(name, sessie)).status_code == 403


@pytest.mark.parametrize(
    "name", [*WRITES, "sessie", "projector", "sessies", "sessie_verslag", "verslag_round"]
)
def test_an_outsider_finds_nothing(name: str, sessie: Any, outsider: User, login: Login) -> None:
    client = login(outsider)
    answer = client.post(address(name, sessie)) if name in WRITES else client.get(address(name, sessie))
    assert answer.status_code == 404


@pytest.mark.parametrize("name", [*WRITES, "sessie", "projector", "sessies", "sessie_verslag"])
def test_without_logging_in_the_login_page_comes(name: str, sessie: Any, client: Client) -> None:
    answer = client.post(address(name, sessie)) if name in WRITES else client.get(address(name, sessie))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login/")


@pytest.mark.parametrize("name", [*POST_ONLY, "round_move", *OF_CARD])
def test_a_write_is_not_done_by_following_a_link(
    name: str, sessie: Any, coordinator: User, login: Login
) -> None:
    assert login(coordinator).get(address(name, sessie)).status_code == 405


@pytest.mark.parametrize("name", [*BOTH, "sessie_create", "sessie", "projector", "sessie_verslag"])
def test_other_methods_are_refused(name: str, sessie: Any, coordinator: User, login: Login) -> None:
    assert login(coordinator).delete(address(name, sessie)).status_code == 405


@pytest.mark.parametrize("role", ["coordinator", "gespreksleider"])
@pytest.mark.parametrize(
    "name", [*BOTH, "sessie_create", "round_edit", "round_remove", "sessie", "projector"]
)
def test_facilitators_open_every_page(name: str, role: str, sessie: Any, login: Login) -> None:
    who = builders.member(sessie.project, role)
    assert login(who).get(address(name, sessie)).status_code == 200


@pytest.mark.parametrize("name", ["sessies", "sessie_verslag", "verslag_round"])
def test_readers_see_the_list_and_the_report(name: str, sessie: Any, reader: User, login: Login) -> None:
    assert login(reader).get(address(name, sessie)).status_code == 200


@pytest.mark.parametrize("name", ["sessie", "projector", "sessie_publish", "sessie_close"])
def test_readers_do_not_see_the_desk_or_the_wall(name: str, sessie: Any, reader: User, login: Login) -> None:
    assert login(reader).get(address(name, sessie)).status_code == 403


def test_a_verzamelaar_does_not_read_the_report(sessie: Any, login: Login) -> None:
    who = builders.member(sessie.project, "verzamelaar")
    assert login(who).get(address("sessie_verslag", sessie)).status_code == 403


@pytest.mark.parametrize(
    "name", [*POST_ONLY, *BOTH, *OF_ROUND, *OF_CARD, "sessie", "projector", "sessie_verslag"]
)
def test_a_session_of_another_project_is_not_found(
    name: str, sessie: Any, coordinator: User, login: Login
) -> None:
    other = rooms.sessie(builders.project())
    theirs = address(name, other).replace(other.project.slug, sessie.project.slug)
    client = login(coordinator)
    assert (
        client.get(theirs) if name in ("sessie", "projector", "sessie_verslag") else client.post(theirs)
    ).status_code == 404


@pytest.mark.parametrize("pk", ["0", "999999999", "9" * 30])
def test_an_unknown_session_is_not_found(pk: str, project: Project, coordinator: User, login: Login) -> None:
    assert login(coordinator).get(f"/p/{project.slug}/wijkwerksessies/{pk}/").status_code == 404


@pytest.mark.parametrize("name", [name for name in WRITES if name not in ("sessie_remove", "round_remove")])
def test_nonsense_never_breaks_a_page(name: str, sessie: Any, coordinator: User, login: Login) -> None:
    nonsense = dict.fromkeys(
        [
            "title",
            "held_on",
            "place",
            "version",
            "kind",
            "text",
            "minutes",
            "about",
            "cards_from",
            "dots",
            "position",
            "earlier",
            "current",
            "direction",
            "added",
            "shown",
            "number",
            "round",
            "form_token",
            "listed",
            "rest",
        ],
        "\x00" + "9" * 40,
    )
    assert login(coordinator).post(address(name, sessie), nonsense).status_code < 500
