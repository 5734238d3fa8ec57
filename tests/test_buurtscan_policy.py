"""What is known to come: on the timeline of its chapter, for whom may see it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from buurtscan.models import PolicyFact
from buurtscan.timeline import Timeline
from core.models import Record
from projects.models import Project, User
from tests import builders

type Login = Callable[[User], Client]


def at(name: str, project: Project, *args: int) -> str:
    return reverse(name, args=[project.slug, *args])


def chapter_page(project: Project, chapter: str = "wonen") -> str:
    return reverse("scan_chapter", args=[project.slug, chapter])


def a_fact(**changes: Any) -> dict[str, Any]:
    known = {"what": "Sloop van flats", "kind": "sloop", "chapter": "wonen", "starts": "2090", "ends": ""}
    return {**known, "where": "", "who": "gemeente", "source_note": "", "visibility": "project", **changes}


def fact(project: Project, **fields: Any) -> PolicyFact:
    known = {"what": "Nieuwe school", "kind": "school", "chapter": "wonen", "starts": 2090, "who": "bestuur"}
    return PolicyFact.objects.create(project=project, **{**known, **fields})


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["coordinator", "colleague"])
def test_the_kernteam_puts_something_on_the_timeline(
    login: Login, request: Any, project: Project, who: str
) -> None:
    client = login(request.getfixturevalue(who))
    form = client.get(at("policy_fact_add", project), {"hoofdstuk": "wonen"})
    assert '<option value="wonen" selected>' in form.text
    sent = a_fact(ends="2092", where="Twickelstraat", source_note="raadsbesluit")
    page = client.post(at("policy_fact_add", project), sent, follow=True)
    assert page.redirect_chain[-1][0] == chapter_page(project)
    for words in (
        "Sloop van flats",
        "2090–2092",
        "Twickelstraat",
        "gemeente",
        "Hoe wij dit weten: raadsbesluit",
    ):
        assert words in page.text
    assert Record.objects.get(project_id=project.pk).verb == "add_policy_fact"
    other = client.get(chapter_page(project, "gezondheid"))
    assert "Sloop van flats" not in other.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"what": ""},
        {"what": "a\x00b"},
        {"what": "a" * 201},
        {"kind": "x"},
        {"chapter": ""},
        {"chapter": "sport"},
        {"starts": ""},
        {"starts": "1989"},
        {"starts": "9" * 40},
        {"starts": "2028", "ends": "2027"},
        {"ends": "2101"},
        {"who": ""},
        {"visibility": "iedereen"},
    ],
)
def test_a_wrong_fact_is_refused_and_what_was_typed_stays(
    login: Login, colleague: User, project: Project, changes: dict[str, str]
) -> None:
    response = login(colleague).post(
        at("policy_fact_add", project), a_fact(source_note="Mijn bron", **changes)
    )
    assert response.status_code == 422
    assert 'value="Mijn bron"' in response.text
    assert not PolicyFact.objects.exists()


@pytest.mark.django_db
def test_the_second_of_two_editors_is_told(login: Login, colleague: User, project: Project) -> None:
    client, row = login(colleague), fact(project)
    where = at("policy_fact_edit", project, row.pk)
    assert client.post(where, a_fact(what="De eerste", version=1)).status_code == 302
    late = client.post(where, a_fact(what="De tweede", version=1))
    assert late.status_code == 409
    assert 'value="De tweede"' in late.text
    assert 'name="version" value="2"' in late.text
    row.refresh_from_db()
    assert row.what == "De eerste"


@pytest.mark.django_db
def test_deleting_asks_first_and_twice_is_the_same(login: Login, colleague: User, project: Project) -> None:
    client, row = login(colleague), fact(project)
    where = at("policy_fact_delete", project, row.pk)
    assert "Nieuwe school" in client.get(where).text
    assert PolicyFact.objects.exists()
    for _ in range(2):
        assert client.post(where).status_code == 302
    assert not PolicyFact.objects.exists()


@pytest.mark.django_db
def test_outsiders_find_nothing_and_readers_may_only_look(
    login: Login, outsider: User, reader: User, coordinator: User, client: Client, project: Project
) -> None:
    row = fact(project)
    writes = [
        at("policy_fact_add", project),
        at("policy_fact_edit", project, row.pk),
        at("policy_fact_delete", project, row.pk),
    ]
    for where in writes:
        assert login(outsider).post(where, a_fact()).status_code == 404
        assert login(reader).post(where, a_fact()).status_code == 403
        assert login(reader).get(where).status_code == 403
        assert login(coordinator).put(where).status_code == 405
        assert client.post(where).headers["Location"].startswith("/account/login/")
    assert login(outsider).get(at("policy_facts", project)).status_code == 404
    assert login(coordinator).post(at("policy_facts", project)).status_code == 405
    page = login(reader).get(at("policy_facts", project))
    assert "Nieuwe school" in page.text
    assert "Veranderen" not in page.text


@pytest.mark.django_db
def test_a_fact_of_another_project_does_not_exist_here(
    login: Login, coordinator: User, project: Project
) -> None:
    row = fact(builders.project())
    client = login(coordinator)
    assert client.get(at("policy_fact_edit", project, row.pk)).status_code == 404
    client.post(at("policy_fact_delete", project, row.pk))
    assert PolicyFact.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["lezer", "begeleider", "gespreksleider"])
def test_what_only_the_kernteam_may_know_reaches_nobody_else(
    login: Login, project: Project, role: str
) -> None:
    fact(project, what="Geheim plan", visibility="kernteam")
    client = login(builders.member(project, role))
    for where in (
        chapter_page(project),
        at("policy_facts", project),
        at("policy_facts", project) + "?q=geheim",
    ):
        assert "Geheim plan" not in client.get(where).text


@pytest.mark.django_db
def test_the_kernteam_sees_in_words_that_it_is_for_them_only(
    login: Login, colleague: User, project: Project
) -> None:
    fact(project, what="Geheim plan", visibility="kernteam")
    for where in (chapter_page(project), at("policy_facts", project)):
        page = login(colleague).get(where).text
        assert "Geheim plan" in page
        assert "alleen kernteam" in page


@pytest.mark.django_db
def test_the_page_with_all_of_them_is_searched_and_paged(
    login: Login, reader: User, project: Project
) -> None:
    PolicyFact.objects.bulk_create(
        PolicyFact(project=project, what=f"Feit {n}", kind="anders", chapter="wonen", starts=2090, who="x")
        for n in range(5_000)
    )
    fact(project, where="Heeswijkplein")
    client, where = login(reader), at("policy_facts", project)
    assert "Bladzijde 2 van 101" in client.get(where, {"page": 2}).text
    assert "Nieuwe school" in client.get(where, {"q": "heeswijk"}).text
    assert "Niets gevonden" in client.get(where, {"q": "zzz"}).text
    assert client.get(chapter_page(project)).text.count("policy-fact") < 100


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    login: Login, reader: User, project: Project, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        fact(project)
    client = login(reader)
    client.get(at("policy_facts", project))
    with django_assert_num_queries(6):
        client.get(at("policy_facts", project))


# --- the timeline by itself ---------------------------------------------------------------
@dataclass(frozen=True)
class Dated:
    starts: int
    ends: int | None = None
    what: str = "iets"


def test_what_comes_is_grouped_by_year_and_what_is_over_stands_apart() -> None:
    facts = [Dated(2028), Dated(2020, 2021), Dated(2025, 2027), Dated(2028, 2029), Dated(2026)]
    timeline = Timeline.of(facts, 2026)
    assert [(year.year, [span.years for span in year.spans]) for year in timeline.coming] == [
        (2025, ["2025–2027"]),
        (2026, ["2026"]),
        (2028, ["2028", "2028–2029"]),
    ]
    assert [span.now for span in timeline.bars] == [True, True, False, False]
    assert [span.years for span in timeline.past] == ["2020–2021"]


years = st.integers(1990, 2100)


@given(st.lists(st.tuples(years, st.one_of(st.none(), st.integers(0, 20)))), years)
def test_everything_is_on_the_timeline_once(pairs: list[tuple[int, int | None]], now: int) -> None:
    facts = [Dated(first, None if more is None else first + more) for first, more in pairs]
    timeline = Timeline.of(facts, now)
    shown = [span.fact for span in [*timeline.bars, *timeline.past]]
    assert sorted(map(repr, shown)) == sorted(map(repr, facts))
    assert all(span.last < now for span in timeline.past)
    first, last = timeline.range
    assert all(first <= span.first <= span.last <= last for span in timeline.bars)


@pytest.mark.django_db
def test_the_drawing_has_a_bar_for_each_and_a_text_for_who_cannot_see_it(
    login: Login, reader: User, project: Project
) -> None:
    fact(project, starts=2090, ends=2093)
    fact(project, starts=2092, what="<b>Plein</b>")
    page = login(reader).get(chapter_page(project)).text
    assert len(re.findall(r'<rect class="timeline-bar', page)) == 2
    assert "De lijst hieronder zegt hetzelfde" in page
    assert "<b>Plein" not in page
