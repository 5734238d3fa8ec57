"""Bouwsteen 1: zorgen en kansen, and whether the time is ripe."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.models import Record
from projects.coalition import shared
from projects.models import Project, RipenessCheck, UrgencyStatement, User

type Login = Callable[[User], Client]


def fields(**changes: Any) -> dict[str, Any]:
    return {
        "text": "Auto's rijden te hard door de Melis Stokelaan.",
        "tone": "negatief",
        "felt_by_kind": "bewoners",
        "felt_by": "ouders",
        "since": "sinds mei",
        **changes,
    }


def statement(project: Project, **changes: Any) -> UrgencyStatement:
    return UrgencyStatement.objects.create(project=project, **fields(**changes))


def page(project: Project) -> str:
    return reverse("urgentie", args=[project.slug])


def add(client: Client, project: Project, **changes: Any) -> Any:
    return client.post(reverse("urgency_add", args=[project.slug]), fields(**changes))


def test_a_statement_is_added_and_recorded(login: Login, colleague: User, project: Project) -> None:
    client = login(colleague)
    assert add(client, project).status_code == 302
    assert "Melis Stokelaan" in client.get(page(project)).text
    assert Record.objects.filter(verb="add_urgency", actor_id=colleague.pk).count() == 1


def test_a_second_click_adds_nothing(login: Login, colleague: User, project: Project) -> None:
    client = login(colleague)
    add(client, project)
    assert add(client, project).status_code == 302
    assert UrgencyStatement.objects.count() == 1
    assert add(client, project, felt_by="de wijkagent", felt_by_kind="politie").status_code == 302
    assert UrgencyStatement.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "a" * 1001),
        ("text", "a\x00b"),
        ("text", "x" * 1_000_000),
        ("tone", "boos"),
        ("felt_by_kind", ""),
        ("felt_by", "a" * 121),
        ("since", ""),
    ],
)
def test_bad_input_is_refused_beside_its_field(
    login: Login, colleague: User, project: Project, field: str, value: str
) -> None:
    response = add(login(colleague), project, **{field: value})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not UrgencyStatement.objects.exists()


def test_two_people_edit_and_the_second_is_told_so(login: Login, colleague: User, project: Project) -> None:
    row = statement(project)
    client, address = login(colleague), reverse("urgency_edit", args=[project.slug, row.pk])
    assert client.post(address, fields(text="Eerste", version=1)).status_code == 302
    response = client.post(address, fields(text="Tweede", version=1))
    assert response.status_code == 409
    assert "Tweede" in response.text
    row.refresh_from_db()
    assert row.text == "Eerste"


def test_deleting_asks_first_and_twice_is_the_same_as_once(
    login: Login, colleague: User, project: Project
) -> None:
    row = statement(project)
    client, address = login(colleague), reverse("urgency_delete", args=[project.slug, row.pk])
    assert "Melis Stokelaan" in client.get(address).text
    assert UrgencyStatement.objects.exists()
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 302
    assert not UrgencyStatement.objects.exists()
    assert Record.objects.filter(verb="delete_urgency", object_id=str(row.pk)).count() == 1


def test_an_urgency_is_shared_by_two_kinds_of_party_or_more() -> None:
    assert not shared([])
    assert not shared(["bewoners", "bewoners"])
    assert shared(["bewoners", "politie"])


def test_the_page_says_whether_it_is_shared(login: Login, reader: User, project: Project) -> None:
    client = login(reader)
    assert "gedeeld" not in client.get(page(project)).text
    statement(project)
    assert "wordt nog niet gedeeld" in client.get(page(project)).text
    statement(project, felt_by_kind="politie")
    assert "De urgentie wordt gedeeld." in client.get(page(project)).text


def judge(client: Client, project: Project, answer: str, newest: int = 0, reason: str = "Daarom.") -> Any:
    data = {"answer": answer, "newest": newest, "reason": reason}
    return client.post(reverse("ripeness", args=[project.slug]), data)


def test_the_newest_answer_counts_and_earlier_ones_stay(
    login: Login, colleague: User, project: Project
) -> None:
    client = login(colleague)
    assert judge(client, project, "nog_niet", reason="De school twijfelt.").status_code == 302
    judge(client, project, "ja", RipenessCheck.objects.get().pk, reason="De school doet mee.")
    response = client.get(page(project))
    assert response.context["latest"].answer == "ja"
    assert [check.answer for check in response.context["earlier"]] == ["nog_niet"]
    assert "De school twijfelt." in response.text
    assert Record.objects.filter(verb="judge_ripeness").count() == 2


def test_a_second_click_gives_no_second_answer(login: Login, colleague: User, project: Project) -> None:
    client = login(colleague)
    judge(client, project, "ja")
    response = judge(client, project, "ja")
    assert response.status_code == 409
    assert "net een antwoord" in response.text
    assert RipenessCheck.objects.count() == 1


@pytest.mark.parametrize(
    "fields", [{"reason": ""}, {"answer": "misschien"}, {"reason": "\x00"}, {"newest": 10**30}]
)
def test_an_answer_without_reason_or_sense_is_refused(
    login: Login, colleague: User, project: Project, fields: dict[str, Any]
) -> None:
    response = judge(login(colleague), project, **{"answer": "ja", **fields})
    assert response.status_code == 422
    assert not RipenessCheck.objects.exists()


def test_no_offers_the_coordinator_to_stop_and_tells_others_who_can(
    login: Login, coordinator: User, colleague: User, project: Project
) -> None:
    client = login(coordinator)
    judge(client, project, "nee")
    stop = reverse("project_state", args=[project.slug]) + "?naar=gestopt"
    assert stop in client.get(page(project)).text
    text = login(colleague).get(page(project)).text
    assert stop not in text
    assert "De coördinator kan het project stoppen." in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(
    login: Login,
    reader: User,
    project: Project,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        statement(project, text=f"Zorg {number}")
        RipenessCheck.objects.create(project=project, answer="ja", reason="x", created_by=reader)
    client = login(reader)
    with django_assert_num_queries(8):
        client.get(page(project))


def test_five_thousand_statements_are_shown_a_page_at_a_time(
    login: Login, reader: User, project: Project
) -> None:
    UrgencyStatement.objects.bulk_create(
        UrgencyStatement(project=project, **fields(text=f"Zorg {number}")) for number in range(5000)
    )
    response = login(reader).get(page(project), {"page": "200"})
    assert "Bladzijde 200 van 200" in response.text
    assert len(response.context["page"]) == 25
