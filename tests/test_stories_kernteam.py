"""The bouwsteen Verhalen: reading what is published, quotes, and stories entered by a helper."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from core.errors import Conflict, DomainError
from core.models import Record
from projects.models import Project, User
from stories import actions
from stories.models import Quote, Story
from stories.search import stems_of_text
from tests import builders
from tests.stories_help import answers, code_on, token_in

pytestmark = pytest.mark.django_db
type Login = Callable[[User], Client]


@pytest.fixture
def collector(project: Project) -> User:
    return builders.member(project, "verzamelaar")


def page_of(project: Project) -> str:
    return f"/p/{project.slug}/verhalen/"


def collect_address(project: Project) -> str:
    return f"/p/{project.slug}/verhalen/invoeren/"


def collect(client: Client, project: Project, **changes: Any) -> Any:
    token = token_in(client.get(collect_address(project)))
    data = answers(form_token=token, way="helper", language="nl", **changes)
    return client.post(collect_address(project), {name: v for name, v in data.items() if v is not None})


def test_members_read_what_is_published_and_only_that(
    client: Client, project: Project, login: Login, reader: User, outsider: User, collector: User
) -> None:
    builders.story(project, text="Openbaar gemaakt.")
    for state in ("submitted", "held"):
        builders.story(project, text=f"Geheim {state}.", state=state)
    builders.story(project, text="Geheim rejected.", state="rejected", reason="reclame")
    builders.story(builders.project(), text="Van een andere buurt.")
    page = login(reader).get(page_of(project)).content.decode()
    assert "Openbaar gemaakt." in page
    assert "Geheim" not in page
    assert "andere buurt" not in page
    assert client.get(page_of(project))["Location"].startswith("/account/login/")
    assert login(outsider).get(page_of(project)).status_code == 404
    assert login(collector).get(page_of(project)).status_code == 403


def test_numbers_by_state_are_for_everybody_who_reads(project: Project, login: Login, reader: User) -> None:
    for _ in range(3):
        builders.story(project, state="submitted")
    counts = login(reader).get(page_of(project)).context["counts"]
    assert counts == {**dict.fromkeys(Story.State.values, 0), "submitted": 3}


def test_the_way_to_the_form_stands_there_as_address_and_as_picture(
    project: Project, login: Login, reader: User, settings: Any
) -> None:
    settings.SITE_URL = "https://buurt.voorbeeld.test"
    page = login(reader).get(page_of(project)).content.decode()
    assert f"https://buurt.voorbeeld.test/buurt/{project.slug}/vertel/" in page
    assert "<svg" in page
    assert "QR-code" in page
    assert " style=" not in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"plein", "lift", "feest"}),
        ("q=PLEIN", {"plein"}),
        ("q=wissel", {"feest"}),
        ("about=wonen", {"lift"}),
        ("feeling=goed", {"feest"}),
        ("door=wijkwerksessie", {"plein"}),
        ("about=wonen&feeling=goed", set()),
        ("q=%3Cscript%3E", set()),
        ("q=%25", set()),
    ],
)
def test_stories_are_filtered_and_searched(
    project: Project, login: Login, reader: User, query: str, expected: set[str]
) -> None:
    builders.story(project, text="plein", about="leefomgeving", feeling="slecht", door="wijkwerksessie")
    builders.story(project, text="lift", about="wonen", feeling="slecht")
    builders.story(project, text="feest", about="samenleven", feeling="goed", place="in de Wissel")
    found = login(reader).get(f"{page_of(project)}?{query}").context["page"]
    assert {story.text for story in found} == expected


@pytest.mark.parametrize("query", ["about=politiek", "feeling=x", "door=%00", "q=%00", f"q={'x' * 200}"])
def test_a_broken_search_is_told_so(project: Project, login: Login, reader: User, query: str) -> None:
    assert login(reader).get(f"{page_of(project)}?{query}").status_code == 422
    part = login(reader).get(f"{page_of(project)}?{query}", headers={"HX-Request": "true"})
    assert part.status_code == 422
    assert "<html" not in part.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "%00", "9" * 40])
def test_a_page_that_does_not_exist_gives_the_nearest(
    project: Project, login: Login, reader: User, page: str
) -> None:
    assert login(reader).get(f"{page_of(project)}?page={page}").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    project: Project, login: Login, coordinator: User, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        actions.quote_story(builders.story(project), start=0, end=5, by=coordinator)
    client = login(coordinator)
    with django_assert_num_queries(12):
        client.get(page_of(project))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_story_asks_the_same_number_of_questions(
    project: Project, login: Login, coordinator: User, rows: int, django_assert_num_queries: Any
) -> None:
    story = builders.story(project)
    for start in range(rows):
        actions.quote_story(story, start=start, end=9, by=coordinator)
    client = login(coordinator)
    with django_assert_num_queries(9):
        client.get(f"{page_of(project)}{story.pk}/")


def test_five_thousand_stories_stay_usable(project: Project, login: Login, reader: User) -> None:
    stories = [
        Story(
            project=project,
            text=f"Verhaal {number} over het plein.",
            stems=stems_of_text(f"Verhaal {number} over het plein."),
            about="wonen",
            feeling="goed",
            state="published",
            told_on=date(2026, 1 + number % 12, 1),
        )
        for number in range(5000)
    ]
    Story.objects.bulk_create(stories, batch_size=1000)
    response = login(reader).get(f"{page_of(project)}?q=plein&page=200")
    assert response.context["page"].paginator.count == 5000
    assert len(response.content) < 120_000
    assert "page=199" in response.content.decode()
    assert "q=plein" in response.content.decode()


def test_a_collector_enters_a_story_and_hands_over_the_code(
    project: Project, login: Login, collector: User
) -> None:
    client = login(collector)
    sent = collect(client, project, text="Ik hoorde dit bij de school.")
    assert sent["Location"] == f"{collect_address(project)}klaar/"
    story = Story.objects.get()
    assert (story.door, story.state) == ("helper", "submitted")
    assert Record.objects.get(verb="submit").actor_id == collector.pk
    done = client.get(sent["Location"])
    code = code_on(done)
    assert "Ik hoorde dit" not in done.content.decode()
    assert code not in client.get(sent["Location"]).content.decode()
    actions.withdraw_story(code)
    assert not Story.objects.exists()


def test_a_collector_sees_no_story_and_no_page_of_the_project(
    project: Project, login: Login, collector: User
) -> None:
    story = builders.story(project)
    client = login(collector)
    for path in ("", f"{story.pk}/", "beoordelen/"):
        assert client.get(page_of(project) + path).status_code == 403
    assert client.get(f"/p/{project.slug}/").status_code == 403
    page = client.get(collect_address(project)).content.decode()
    assert story.text not in page
    assert f'href="/p/{project.slug}/"' not in page
    assert f'href="{page_of(project)}"' not in page


def test_the_cast_on_entering_a_story(
    client: Client,
    project: Project,
    login: Login,
    coordinator: User,
    colleague: User,
    reader: User,
    outsider: User,
) -> None:
    address = collect_address(project)
    assert client.get(address)["Location"].startswith("/account/login/")
    assert client.post(address, answers())["Location"].startswith("/account/login/")
    assert login(outsider).post(address, answers()).status_code == 404
    assert login(reader).post(address, answers()).status_code == 403
    assert login(colleague).put(address).status_code == 405
    for user in (coordinator, colleague):
        assert collect(login(user), project).status_code == 302
    assert Story.objects.count() == 2


def test_a_story_without_spoken_consent_is_not_kept(project: Project, login: Login, collector: User) -> None:
    refused = collect(login(collector), project, consent=None, text="Blijft staan.")
    assert refused.status_code == 422
    assert "Vraag eerst of de verteller het goed vindt." in refused.content.decode()
    assert "Blijft staan." in refused.content.decode()
    assert not Story.objects.exists()


def test_entering_twice_is_one_story(project: Project, login: Login, collector: User) -> None:
    client = login(collector)
    token = token_in(client.get(collect_address(project)))
    codes = set()
    for _ in range(2):
        sent = client.post(collect_address(project), answers(form_token=token, way="helper", language="nl"))
        codes.add(code_on(client.get(sent["Location"])))
    assert len(codes) == 1
    assert Story.objects.count() == 1


def test_helpers_go_on_when_the_public_form_is_closed_but_not_when_the_project_is(
    project: Project, login: Login, collector: User
) -> None:
    Project.objects.filter(pk=project.pk).update(stories_open=False)
    client = login(collector)
    assert collect(client, project).status_code == 302
    Project.objects.filter(pk=project.pk).update(state="afgesloten")
    assert "Wij halen nu geen verhalen op" in client.get(collect_address(project)).content.decode()


def test_a_quote_is_made_by_sentence_numbers(project: Project, login: Login, colleague: User) -> None:
    story = builders.story(project, text="Een. Twee is langer. Drie. Vier.")
    address = f"{page_of(project)}{story.pk}/"
    client = login(colleague)
    page = client.get(address).content.decode()
    assert "<li" in page
    assert "Twee is langer." in page
    made = client.post(address, {"first": "2", "last": "3"})
    assert (made.status_code, made["Location"]) == (302, address)
    assert Quote.objects.get().text == "Twee is langer. Drie."
    assert client.post(address, {"first": "2", "last": "3"}).status_code == 302
    assert Quote.objects.count() == 1
    assert Record.objects.filter(verb="quote").count() == 1


@pytest.mark.parametrize(
    "data", [{}, {"first": "3", "last": "2"}, {"first": "0", "last": "1"}, {"first": "x", "last": "\x00"}]
)
def test_a_passage_that_is_none_is_refused(
    project: Project, login: Login, colleague: User, data: dict[str, str]
) -> None:
    story = builders.story(project, text="Een. Twee. Drie.")
    assert login(colleague).post(f"{page_of(project)}{story.pk}/", data).status_code == 422
    assert not Quote.objects.exists()


def test_the_cast_on_quotes(
    client: Client,
    project: Project,
    login: Login,
    coordinator: User,
    reader: User,
    outsider: User,
    collector: User,
) -> None:
    story = builders.story(project)
    address = f"{page_of(project)}{story.pk}/"
    data = {"first": "1", "last": "1"}
    assert client.post(address, data)["Location"].startswith("/account/login/")
    assert login(outsider).post(address, data).status_code == 404
    assert login(reader).get(address).status_code == 200
    for user in (reader, collector):
        assert login(user).post(address, data).status_code == 403
    assert login(coordinator).delete(address).status_code == 405
    assert login(coordinator).post(address, data).status_code == 302
    quote = Quote.objects.get()
    gone = f"{address}citaat/{quote.pk}/weg/"
    assert client.post(gone)["Location"].startswith("/account/login/")
    assert login(outsider).post(gone).status_code == 404
    assert login(reader).post(gone).status_code == 403
    assert login(coordinator).put(gone).status_code == 405
    assert "Misschien rust een inzicht op dit citaat" in login(coordinator).get(gone).content.decode()
    assert Quote.objects.exists()
    assert login(coordinator).post(gone)["Location"] == address
    assert login(coordinator).post(gone).status_code == 404
    assert not Quote.objects.exists()
    assert Record.objects.filter(verb="delete", kind="stories.quote").count() == 1


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (5, 2), (0, 10_000)])
def test_a_quote_lies_within_the_text(project: Project, coordinator: User, start: int, end: int) -> None:
    with pytest.raises(DomainError):
        actions.quote_story(builders.story(project), start=start, end=end, by=coordinator)


@pytest.mark.parametrize("state", ["submitted", "held"])
def test_only_published_stories_are_quoted(project: Project, coordinator: User, state: str) -> None:
    story = builders.story(project, state=state)
    with pytest.raises(Conflict):
        actions.quote_story(story, start=0, end=3, by=coordinator)


def test_a_moderator_takes_a_published_story_back_from_its_page(
    project: Project, login: Login, coordinator: User
) -> None:
    story = builders.story(project)
    client = login(coordinator)
    assert "Haal het verhaal terug" in client.get(f"{page_of(project)}{story.pk}/").content.decode()
    client.post(f"{page_of(project)}{story.pk}/aanhouden/", {"seen": "published"})
    assert Story.objects.get().state == "held"
