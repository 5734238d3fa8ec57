"""Bouwsteen 7: agendapunten, their order, their state, and the support they have."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from agenda import actions
from agenda.models import Agendapunt, Idea, Inzicht, PolicyLine, Support
from core.errors import Conflict, DomainError
from core.models import Record
from projects.models import Party, Project, User
from stories.models import Story
from tests import builders
from tests.agenda_cast import a_figure, a_party, a_quote, a_story

type Login = Callable[[User], Client]


@pytest.fixture
def party(project: Project) -> Party:
    return a_party(project, "Gemeente, team Openbare Ruimte")


@pytest.fixture
def punt(project: Project, party: Party) -> Agendapunt:
    return whole(project, party)


@pytest.fixture(params=["coordinator", "colleague"])
def editor(request: pytest.FixtureRequest) -> User:
    user: User = request.getfixturevalue(request.param)
    return user


def whole(
    project: Project, party: Party | None, title: str = "Licht op het plein", **fields: Any
) -> Agendapunt:
    texts = {
        "wat": "Zes lantaarns aan de oostkant.",
        "waar": "Muzenplein",
        "wanneer": "Klaar vóór 1 maart 2027",
        **fields,
    }
    return actions.add_agendapunt(project, title=title, trekker=party, by=None, **texts)


def filled(**fields: Any) -> dict[str, Any]:
    return {
        "title": "Licht",
        "wat": "Zes lantaarns.",
        "waar": "",
        "wanneer": "",
        "trekker": "",
        "idea": "",
        **fields,
    }


def at(name: str, punt: Agendapunt) -> str:
    return reverse(name, args=[punt.project.slug, punt.pk])


def page(project: Project) -> str:
    return reverse("agenda", args=[project.slug])


def new(project: Project) -> str:
    return reverse("agendapunt_add", args=[project.slug])


def order(project: Project) -> list[str]:
    return list(Agendapunt.objects.of(project).on_agenda().values_list("title", flat=True))


def state(was: str, to: str) -> dict[str, str]:
    return {"was": was, "state": to}


# --- who may -------------------------------------------------------------------------------


def test_a_kernteamlid_makes_a_point_in_concept(
    login: Login, editor: User, project: Project, party: Party
) -> None:
    helper = a_party(project, "Kookgroep de Wissel")
    sent = filled(trekker=party.pk, helpers=[helper.pk], quick_win="on", waar="Muzenplein")
    assert login(editor).post(new(project), sent).status_code == 302
    made = Agendapunt.objects.get()
    assert (made.state, made.position, made.trekker, made.quick_win) == ("concept", 1, party, True)
    assert list(made.helpers.all()) == [helper]
    assert Record.objects.filter(verb="add_agendapunt", actor_id=editor.pk).count() == 1


def test_outsiders_find_nothing_and_readers_may_only_look(
    login: Login, outsider: User, reader: User, client: Client, project: Project, punt: Agendapunt
) -> None:
    both = [new(project), at("agendapunt_edit", punt), at("agendapunt_delete", punt)]
    posts = [at("agendapunt_state", punt), at("agendapunt_move", punt)]
    for where in both + posts:
        assert login(outsider).post(where).status_code == 404
        assert login(reader).post(where).status_code == 403
        assert client.post(where).headers["Location"].startswith("/account/login/")
    for where in posts:
        assert login(reader).get(where).status_code == 405
    for where in both:
        assert login(reader).put(where).status_code == 405
    assert login(reader).post(page(project)).status_code == 405
    assert login(outsider).get(page(project)).status_code == 404
    text = login(reader).get(page(project)).text
    assert "Licht op het plein" in text
    assert "Laten vervallen" not in text


def test_a_point_of_another_project_does_not_exist_here(
    login: Login, coordinator: User, project: Project
) -> None:
    strange = whole(builders.project(), None)
    client = login(coordinator)
    for name in ("agendapunt_edit", "agendapunt_delete", "agendapunt_state", "agendapunt_move"):
        assert client.post(reverse(name, args=[project.slug, strange.pk])).status_code in (302, 404)
        assert client.post(reverse(name, args=[project.slug, 10**30])).status_code in (302, 404)
    assert Agendapunt.objects.get() == strange


def test_parties_inzichten_and_ideas_of_another_project_are_refused(
    login: Login, coordinator: User, project: Project
) -> None:
    other = builders.project()
    strange = {
        "trekker": a_party(other).pk,
        "helpers": a_party(other, "Ander").pk,
        "inzichten": Inzicht.objects.create(
            project=other, title="x", chapter="wonen", relation="blinde_vlek"
        ).pk,
        "idea": Idea.objects.create(project=other, title="x").pk,
    }
    for name, pk in strange.items():
        assert login(coordinator).post(new(project), filled(**{name: pk})).status_code == 422
    party = a_party(other, "Derde")
    with pytest.raises(DomainError, match="dit project"):
        actions.add_agendapunt(project, title="x", wat="x", trekker=party, by=None)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"title": "a" * 121},
        {"title": "a\x00b"},
        {"wat": ""},
        {"wat": "a" * 1_000_000},
        {"waar": "a" * 201},
        {"trekker": "x"},
        {"trekker": str(10**30)},
        {"helpers": "x"},
        {"helpers": str(10**30)},
        {"inzichten": str(10**30)},
        {"idea": str(10**30)},
    ],
)
def test_bad_input_is_refused(
    login: Login, coordinator: User, project: Project, fields: dict[str, str]
) -> None:
    assert login(coordinator).post(new(project), filled(**fields)).status_code == 422
    assert not Agendapunt.objects.exists()


# --- from inzicht or idea ------------------------------------------------------------------


def test_an_inzicht_and_an_idea_fill_the_form(login: Login, coordinator: User, project: Project) -> None:
    inzicht = Inzicht.objects.create(
        project=project, title="Het plein is donker", chapter="wonen", relation="bevestigt"
    )
    idea = Idea.objects.create(project=project, title="Meer licht", text="Zes lantaarns.")
    client = login(coordinator)
    text = client.get(new(project), {"inzicht": inzicht.pk}).text
    assert 'value="Het plein is donker"' in text
    assert "checked" in text.partition('name="inzichten"')[2][:200]
    text = client.get(new(project), {"idee": idea.pk}).text
    assert 'value="Meer licht"' in text
    assert "Zes lantaarns." in text
    for wrong in ("x", "999", "9" * 40, "²", "\x00"):
        assert client.get(new(project), {"inzicht": wrong, "idee": wrong}).status_code == 200


def test_the_form_offers_parties_and_no_empty_choice_among_the_helpers(
    login: Login, coordinator: User, project: Project, party: Party
) -> None:
    text = login(coordinator).get(new(project)).text
    assert text.count('name="helpers"') == 1
    assert "Select an option" not in text


def test_a_trekker_who_is_ticked_as_helper_too_is_named_once(
    login: Login, reader: User, project: Project, party: Party
) -> None:
    whole(project, party, helpers=[party])
    assert login(reader).get(page(project)).text.count(party.name) == 1


# --- state ---------------------------------------------------------------------------------


def test_a_point_goes_from_concept_to_agreed_to_dropped_and_back(
    login: Login, editor: User, project: Project, punt: Agendapunt
) -> None:
    client = login(editor)
    for was, to in (("concept", "afgesproken"), ("afgesproken", "vervallen"), ("vervallen", "concept")):
        assert client.post(at("agendapunt_state", punt), state(was, to)).status_code == 302
        punt.refresh_from_db()
        assert punt.state == to
    assert Record.objects.filter(verb="change_state").count() == 3


@pytest.mark.parametrize(
    ("missing", "words"), [("waar", "waar"), ("wanneer", "wanneer"), ("trekker", "wie het trekt")]
)
def test_an_agreed_point_says_where_when_and_who(
    login: Login, coordinator: User, project: Project, punt: Agendapunt, missing: str, words: str
) -> None:
    Agendapunt.objects.update(**{missing: None if missing == "trekker" else ""})
    response = login(coordinator).post(at("agendapunt_state", punt), state("concept", "afgesproken"))
    assert response.status_code == 422
    assert f"Nu mist: {words}." in response.text
    assert not Agendapunt.objects.agreed().exists()


def test_the_database_refuses_an_agreed_point_without_a_place(punt: Agendapunt) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Agendapunt.objects.filter(pk=punt.pk).update(state="afgesproken", waar="")


def test_the_second_click_is_told_so(login: Login, coordinator: User, punt: Agendapunt) -> None:
    client = login(coordinator)
    client.post(at("agendapunt_state", punt), state("concept", "afgesproken"))
    again = client.post(at("agendapunt_state", punt), state("concept", "afgesproken"))
    assert again.status_code == 409
    assert "Iemand anders was u voor" in again.text


@pytest.mark.parametrize(
    "sent", [{}, state("concept", "x"), state("x", "concept"), state("concept", "concept")]
)
def test_an_unknown_state_is_refused(
    login: Login, coordinator: User, punt: Agendapunt, sent: dict[str, str]
) -> None:
    assert login(coordinator).post(at("agendapunt_state", punt), sent).status_code == 422


def test_an_agreed_point_is_edited_only_whole(
    login: Login, coordinator: User, project: Project, party: Party, punt: Agendapunt
) -> None:
    actions.change_state(punt, was="concept", state="afgesproken", by=None)
    client = login(coordinator)
    where = at("agendapunt_edit", punt)
    assert "al gemaakt" in client.get(where).text
    sent = filled(waar="Muzenplein", wanneer="2027", trekker="", version=2)
    response = client.post(where, sent)
    assert response.status_code == 422
    assert "Nu mist: wie het trekt." in response.text
    assert client.post(where, {**sent, "trekker": party.pk}).status_code == 302
    punt.refresh_from_db()
    assert (punt.state, punt.version, punt.wanneer) == ("afgesproken", 3, "2027")


def test_the_second_of_two_editors_keeps_what_was_typed(
    login: Login, coordinator: User, punt: Agendapunt
) -> None:
    client = login(coordinator)
    where = at("agendapunt_edit", punt)
    client.post(where, filled(title="De eerste", version=1))
    response = client.post(where, filled(title="De tweede", wat="Tien lantaarns.", version=1))
    assert response.status_code == 409
    assert 'value="De tweede"' in response.text
    assert "Tien lantaarns." in response.text
    assert Agendapunt.objects.get().title == "De eerste"
    assert client.post(where, filled(title="De tweede", version=2)).status_code == 302


def test_agreeing_while_somebody_edits_is_a_conflict(
    login: Login, coordinator: User, punt: Agendapunt
) -> None:
    actions.change_state(punt, was="concept", state="afgesproken", by=None)
    response = login(coordinator).post(
        at("agendapunt_edit", punt), filled(waar="x", wanneer="x", trekker=punt.trekker_id, version=1)
    )
    assert response.status_code == 409


# --- order ---------------------------------------------------------------------------------


def test_a_point_moves_up_and_down(login: Login, editor: User, project: Project) -> None:
    one, _two, three = (whole(project, None, title) for title in ("een", "twee", "drie"))
    client = login(editor)
    assert client.post(at("agendapunt_move", three), {"was": 3, "direction": "omhoog"}).status_code == 302
    assert order(project) == ["een", "drie", "twee"]
    client.post(at("agendapunt_move", one), {"was": 1, "direction": "omlaag"})
    assert order(project) == ["drie", "een", "twee"]


def test_a_second_click_on_a_stale_page_moves_nothing(
    login: Login, coordinator: User, project: Project
) -> None:
    for title in ("een", "twee", "drie"):
        last = whole(project, None, title)
    client = login(coordinator)
    client.post(at("agendapunt_move", last), {"was": 3, "direction": "omhoog"})
    again = client.post(at("agendapunt_move", last), {"was": 3, "direction": "omhoog"})
    assert again.status_code == 409
    assert "De volgorde is intussen veranderd" in again.text
    assert order(project) == ["een", "drie", "twee"]


@pytest.mark.parametrize(
    "sent",
    [
        {"was": 1, "direction": "omhoog"},
        {"was": 1, "direction": "x"},
        {"was": "x", "direction": "omlaag"},
        {"was": 10**30, "direction": "omlaag"},
        {},
    ],
)
def test_a_move_that_cannot_be_is_refused(
    login: Login, coordinator: User, punt: Agendapunt, sent: dict[str, Any]
) -> None:
    assert login(coordinator).post(at("agendapunt_move", punt), sent).status_code == 422


def test_a_dropped_point_is_passed_over_and_comes_back_last(project: Project) -> None:
    one, two, three = (whole(project, None, title) for title in ("een", "twee", "drie"))
    actions.change_state(two, was="concept", state="vervallen", by=None)
    actions.move_agendapunt(three, was=3, direction="omhoog", by=None)
    assert order(project) == ["drie", "een"]
    with pytest.raises(Conflict):
        actions.move_agendapunt(two, was=2, direction="omhoog", by=None)
    actions.change_state(two, was="vervallen", state="concept", by=None)
    assert order(project) == ["drie", "een", "twee"]
    one.refresh_from_db()
    assert one.position == 2


@pytest.mark.django_db(transaction=True)
def test_points_made_at_the_same_time_get_their_own_place() -> None:
    project = builders.project()
    start = threading.Barrier(4)
    problems: list[Exception] = []

    def make(number: int) -> None:
        try:
            start.wait()
            whole(project, None, f"punt {number}")
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=make, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    positions = Agendapunt.objects.of(project).values_list("position", flat=True)
    assert sorted(positions) == [1, 2, 3, 4]


# --- deleting ------------------------------------------------------------------------------


def test_a_point_in_concept_is_deleted_after_asking(
    login: Login, editor: User, project: Project, punt: Agendapunt
) -> None:
    client = login(editor)
    assert "Ja, weghalen" in client.get(at("agendapunt_delete", punt)).text
    for _ in range(2):
        assert client.post(at("agendapunt_delete", punt), {"version": 1}).status_code == 302
    assert not Agendapunt.objects.exists()
    assert client.get(at("agendapunt_delete", punt)).status_code == 404


def test_an_agreed_or_changed_point_is_not_deleted(login: Login, coordinator: User, punt: Agendapunt) -> None:
    client = login(coordinator)
    assert client.post(at("agendapunt_delete", punt), {"version": 9}).status_code == 409
    assert client.post(at("agendapunt_delete", punt)).status_code == 422
    actions.change_state(punt, was="concept", state="afgesproken", by=None)
    response = client.post(at("agendapunt_delete", punt), {"version": 2})
    assert response.status_code == 422
    assert "Deze afspraak is gemaakt" in response.text
    assert Agendapunt.objects.exists()


# --- what the page shows -------------------------------------------------------------------


def test_the_evidence_trail_is_under_the_point(
    login: Login, reader: User, project: Project, party: Party
) -> None:
    story = a_story(project, "Ik loop om als het donker is. Nog iets.")
    inzicht = Inzicht.objects.create(
        project=project, title="Te donker", chapter="veiligheid", relation="spreekt_tegen"
    )
    inzicht.figures.add(a_figure(project))
    inzicht.quotes.add(a_quote(story, "Ik loop om als het donker is."))
    line = PolicyLine.objects.create(project=project, title="Lichtplan", owner="gemeente", starts=2026)
    idea = Idea.objects.create(project=project, title="Licht", policy_line=line, fit="botst")
    punt = whole(project, party, inzichten=[inzicht], idea=idea)
    support = {"occasion": "ronde 3", "held_on": date(2026, 11, 14), "by": None}
    actions.record_support(project, agendapunt=punt, votes=12, **support)  # type: ignore[arg-type]
    actions.record_support(project, story=story, votes=1, **support)  # type: ignore[arg-type]
    text = login(reader).get(page(project)).text.replace("\xa0", " ")
    for words in (
        "Te donker",
        "verhaal spreekt cijfer tegen",
        "92,0 per 1.000 inwoners",
        "Politie, 2024",
        "“Ik loop om als het donker is.”",
        "12 stippen in de wijkwerksessie van 14 november 2026",
        "1 stip in de wijkwerksessie van 14 november 2026",
        "Botst met: Lichtplan, vanaf 2026",
    ):
        assert words in text
    Story.objects.update(state="held")
    assert "Ik loop om" not in login(reader).get(page(project)).text


def test_a_vague_point_gets_hints_for_who_can_change_it(
    login: Login, coordinator: User, reader: User, project: Project
) -> None:
    whole(project, None, wat="Meer aandacht", waar="", wanneer="binnenkort")
    text = login(coordinator).get(page(project)).text
    assert "Vaag: “meer”, “aandacht”. Schrijf erbij hoeveel" in text
    assert "Er staat nog niet waar" in text
    assert "“binnenkort” is geen datum" in text
    assert "Er is nog geen trekker" in text
    assert 'class="hints"' not in login(reader).get(page(project)).text


def test_htmx_gets_the_list_and_a_word_for_the_live_region(
    login: Login, coordinator: User, punt: Agendapunt
) -> None:
    htmx = {"HX-Request": "true"}
    response = login(coordinator).post(
        at("agendapunt_state", punt), state("concept", "afgesproken"), headers=htmx
    )
    assert response.status_code == 200
    assert response.text.strip().startswith('<div id="punten">')
    assert 'id="messages" hx-swap-oob' in response.text
    assert "Licht op het plein: afgesproken." in response.text
    refused = login(coordinator).post(
        at("agendapunt_state", punt), state("concept", "afgesproken"), headers=htmx
    )
    assert refused.status_code == 409
    assert refused.text.strip().startswith('<div id="punten">')


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    login: Login, reader: User, project: Project, party: Party, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        inzicht = Inzicht.objects.create(project=project, title="x", chapter="wonen", relation="bevestigt")
        inzicht.figures.add(a_figure(project, code=f"BU0000000{number}"))
        inzicht.quotes.add(a_quote(a_story(project, f"Verhaal {number}."), "Verhaal"))
        punt = whole(project, party, inzichten=[inzicht], helpers=[a_party(project, f"Partij {number}")])
        actions.record_support(
            project, agendapunt=punt, votes=2, occasion="x", held_on=date(2026, 11, 14), by=None
        )
    client = login(reader)
    client.get(page(project))
    with django_assert_num_queries(16):
        client.get(page(project))


def test_a_long_agenda_comes_in_pages(login: Login, coordinator: User, project: Project) -> None:
    points = [Agendapunt(project=project, title=f"punt {n}", wat="x", position=n) for n in range(1, 61)]
    Agendapunt.objects.bulk_create(points)
    client = login(coordinator)
    text = client.get(page(project), {"page": 2}).text
    assert "punt 26" in text
    assert "Bladzijde 2 van 3" in text
    assert client.get(page(project), {"page": "x"}).status_code == 200


# --- support -------------------------------------------------------------------------------


def test_support_is_kept_once_per_thing_and_occasion(project: Project, punt: Agendapunt) -> None:
    day = date(2026, 11, 14)
    first = actions.record_support(
        project, agendapunt=punt, votes=12, occasion="ronde 3", held_on=day, by=None
    )
    again = actions.record_support(
        project, agendapunt=punt, votes=13, occasion="ronde 3", held_on=day, by=None
    )
    other = actions.record_support(
        project, agendapunt=punt, votes=2, occasion="ronde 5", held_on=day, by=None
    )
    assert (first.pk, Support.objects.count()) == (again.pk, 2)
    assert [one.votes for one in (again, other)] == [13, 2]


def test_support_belongs_to_one_thing_of_the_project(project: Project, punt: Agendapunt) -> None:
    story = a_story(project)
    rest: dict[str, Any] = {"occasion": "x", "held_on": date(2026, 11, 14), "by": None}
    with pytest.raises(DomainError):
        actions.record_support(project, votes=1, **rest)
    with pytest.raises(DomainError):
        actions.record_support(project, story=story, agendapunt=punt, votes=1, **rest)
    with pytest.raises(DomainError):
        actions.record_support(project, story=a_story(builders.project()), votes=1, **rest)
    with pytest.raises(DomainError):
        actions.record_support(project, story=story, votes=-1, **rest)
    assert not Support.objects.exists()
