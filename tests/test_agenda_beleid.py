"""Bouwsteen 6: policy, ideas, how they fit, and the answer."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agenda.models import Idea, PolicyLine
from core.models import Record
from projects.models import Project, User
from tests import builders

type Login = Callable[[User], Client]


@pytest.fixture
def line(project: Project) -> PolicyLine:
    return PolicyLine.objects.create(project=project, title="Plan openbare verlichting", owner="gemeente")


@pytest.fixture
def idea(project: Project) -> Idea:
    return Idea.objects.create(project=project, title="Meer licht op het plein")


@pytest.fixture(params=["coordinator", "colleague"])
def editor(request: pytest.FixtureRequest) -> User:
    user: User = request.getfixturevalue(request.param)
    return user


def a_line(**fields: Any) -> dict[str, Any]:
    return {"title": "Groenplan", "owner": "gemeente", "summary": "", "url": "", "budget": "", **fields}


def an_idea(**fields: Any) -> dict[str, Any]:
    return {
        "title": "Een bank",
        "text": "",
        "fit": "",
        "policy_line": "",
        "answer": "",
        "answered_by": "",
        **fields,
    }


def at(name: str, project: Project, *args: int) -> str:
    return reverse(name, args=[project.slug, *args])


def test_a_kernteamlid_adds_policy_and_an_idea(login: Login, editor: User, project: Project) -> None:
    client = login(editor)
    sent = a_line(starts=2026, ends=2028, url="https://voorbeeld.test/plan", budget="€ 192.000")
    assert client.post(at("policy_line_add", project), sent).status_code == 302
    line = PolicyLine.objects.get()
    assert line.years == "2026–2028"
    sent = an_idea(
        fit="past_deels", policy_line=line.pk, answer="Deels: er is geld voor twee.", answered_by="gemeente"
    )
    assert client.post(at("idea_add", project), sent).status_code == 302
    text = client.get(at("beleid", project)).text
    for words in (
        "Groenplan",
        "2026–2028",
        "€ 192.000",
        "past deels",
        "Deels: er is geld",
        "Antwoord van gemeente",
    ):
        assert words in text
    assert set(Record.objects.filter(project_id=project.pk).values_list("verb", flat=True)) == {
        "add_policy_line",
        "add_idea",
    }


WRITES = ["policy_line_add", "policy_line_edit", "policy_line_delete", "idea_add", "idea_edit", "idea_delete"]


def writes(project: Project, line: PolicyLine, idea: Idea) -> list[str]:
    pks = {"policy_line": line.pk, "idea": idea.pk}
    return [
        at(name, project) if name.endswith("_add") else at(name, project, pks[name.rpartition("_")[0]])
        for name in WRITES
    ]


def test_outsiders_find_nothing_and_readers_may_only_look(
    login: Login, outsider: User, reader: User, client: Client, project: Project, line: PolicyLine, idea: Idea
) -> None:
    for where in writes(project, line, idea):
        assert login(outsider).post(where, a_line()).status_code == 404
        assert login(reader).post(where, a_line()).status_code == 403
        assert login(reader).get(where).status_code == 403
        assert client.post(where).headers["Location"].startswith("/account/login/")
        assert login(reader).put(where).status_code == 405
    assert login(outsider).get(at("beleid", project)).status_code == 404
    assert login(reader).post(at("beleid", project)).status_code == 405
    assert "Nieuw idee" not in login(reader).get(at("beleid", project)).text


def test_rows_of_another_project_do_not_exist_here(login: Login, coordinator: User, project: Project) -> None:
    other = builders.project()
    line = PolicyLine.objects.create(project=other, title="x", owner="y")
    idea = Idea.objects.create(project=other, title="x")
    client = login(coordinator)
    for name, row in (("policy_line", line), ("idea", idea)):
        assert client.get(at(f"{name}_edit", project, row.pk)).status_code == 404
        assert client.get(at(f"{name}_delete", project, row.pk)).status_code == 404
        client.post(at(f"{name}_delete", project, row.pk))
        assert client.get(at(f"{name}_edit", project, 10**30)).status_code == 404
    assert (PolicyLine.objects.count(), Idea.objects.count()) == (1, 1)
    strange = client.post(at("idea_add", project), an_idea(fit="past", policy_line=line.pk))
    assert strange.status_code == 422


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"fit": "past"}, "Kies bij welk beleid"),
        ({"fit": "past_deels"}, "Kies bij welk beleid"),
        ({"fit": "botst"}, "Kies bij welk beleid"),
        ({"fit": "geen_beleid", "policy_line": "LINE"}, "Laat het beleid dan leeg"),
        ({"answer": "Het kan."}, "wie dit antwoord geeft"),
        ({"answered_by": "gemeente"}, "het antwoord en de reden"),
    ],
)
def test_a_fit_and_an_answer_must_be_whole(
    login: Login, coordinator: User, project: Project, line: PolicyLine, fields: dict[str, str], words: str
) -> None:
    sent = {key: str(line.pk) if value == "LINE" else value for key, value in fields.items()}
    response = login(coordinator).post(at("idea_add", project), an_idea(**sent))
    assert response.status_code == 422
    assert words in response.text
    assert 'value="Een bank"' in response.text
    assert not Idea.objects.exists()


def test_no_policy_yet_is_an_answer_of_its_own(login: Login, coordinator: User, project: Project) -> None:
    assert login(coordinator).post(at("idea_add", project), an_idea(fit="geen_beleid")).status_code == 302


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"title": "a" * 161},
        {"title": "a\x00b"},
        {"owner": ""},
        {"summary": "a" * 1_000_000},
        {"url": "javascript:alert(1)"},
        {"url": "geen adres"},
        {"starts": "2028", "ends": "2026"},
        {"starts": "12"},
        {"starts": "9" * 40},
        {"ends": "x"},
    ],
)
def test_bad_policy_is_refused(
    login: Login, coordinator: User, project: Project, fields: dict[str, str]
) -> None:
    assert login(coordinator).post(at("policy_line_add", project), a_line(**fields)).status_code == 422
    assert not PolicyLine.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [{"title": ""}, {"fit": "x"}, {"policy_line": "x"}, {"policy_line": str(10**30)}, {"answer": "a" * 501}],
)
def test_a_bad_idea_is_refused(
    login: Login, coordinator: User, project: Project, fields: dict[str, str]
) -> None:
    assert login(coordinator).post(at("idea_add", project), an_idea(**fields)).status_code == 422


def test_the_same_policy_twice_is_refused(
    login: Login, coordinator: User, project: Project, line: PolicyLine
) -> None:
    client = login(coordinator)
    response = client.post(at("policy_line_add", project), a_line(title=line.title))
    assert response.status_code == 422
    assert "staat al in de lijst" in response.text
    other = PolicyLine.objects.create(project=project, title="Ander", owner="x")
    sent = a_line(title=line.title, version=1)
    assert client.post(at("policy_line_edit", project, other.pk), sent).status_code == 422


def test_the_second_of_two_editors_keeps_what_was_typed(
    login: Login, coordinator: User, project: Project, line: PolicyLine, idea: Idea
) -> None:
    client = login(coordinator)
    for name, row, sent in (("policy_line", line, a_line), ("idea", idea, an_idea)):
        where = at(f"{name}_edit", project, row.pk)
        assert client.post(where, sent(title="De eerste", version=1)).status_code == 302
        response = client.post(where, sent(title="De tweede", version=1))
        assert response.status_code == 409
        assert 'value="De tweede"' in response.text
        assert 'name="version" value="2"' in response.text
        row.refresh_from_db()
        assert row.title == "De eerste"


def test_deleting_policy_keeps_the_ideas_without_their_fit(
    login: Login, coordinator: User, project: Project, line: PolicyLine, idea: Idea
) -> None:
    Idea.objects.filter(pk=idea.pk).update(policy_line=line, fit="past")
    client = login(coordinator)
    where = at("policy_line_delete", project, line.pk)
    assert "1 idee hoort hierbij" in client.get(where).text
    for _ in range(2):
        assert client.post(where).status_code == 302
    idea.refresh_from_db()
    assert (idea.policy_line, idea.fit, idea.version) == (None, "", 2)


def test_deleting_an_idea_twice_gives_the_same_result(
    login: Login, coordinator: User, project: Project, idea: Idea
) -> None:
    client = login(coordinator)
    for _ in range(2):
        assert client.post(at("idea_delete", project, idea.pk)).status_code == 302
    assert not Idea.objects.exists()


def test_the_page_says_which_idea_has_no_answer(
    login: Login, coordinator: User, project: Project, idea: Idea
) -> None:
    client = login(coordinator)
    assert "is nog geen antwoord" in client.get(at("beleid", project)).text
    Idea.objects.update(answer="Het kan.", answered_by="gemeente")
    assert "is nog geen antwoord" not in client.get(at("beleid", project)).text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    login: Login, reader: User, project: Project, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        line = PolicyLine.objects.create(project=project, title=f"{number}", owner="x")
        Idea.objects.create(project=project, title=f"{number}", policy_line=line, fit="past")
    client = login(reader)
    client.get(at("beleid", project))
    with django_assert_num_queries(10):
        client.get(at("beleid", project))
