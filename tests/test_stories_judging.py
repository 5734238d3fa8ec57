"""Two moderators at one queue: who has which story, the second reader, zorgsignalen, photos, several at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from core.errors import Conflict, DomainError
from core.models import Job, Record
from core.private import files_in, keep_file
from projects.models import Project, User
from stories import actions
from stories.actions.claiming import CLAIM
from stories.models import CareSignal, Story, StoryFile, StoryPhoto
from tests import builders
from tests.test_stories_moderation import queue, step

pytestmark = pytest.mark.django_db
type Login = Callable[[User], Client]


@pytest.fixture
def other(project: Project) -> User:
    return builders.member(project, "kernteamlid", moderator=True, name="Noor Tweede")


@pytest.fixture
def waiting(project: Project) -> Story:
    return builders.story(project, state="submitted", text="Een zeldzaam woord: kwiebus.")


def with_photo(project: Project, **fields: Any) -> Story:
    story = builders.story(project, state=fields.pop("state", "submitted"))
    StoryPhoto.objects.create(
        story=story, job=Job.objects.create(task="klaar", state="done"), image="photos/x.jpg", **fields
    )
    keep_file("photos/x.jpg", b"groot")
    keep_file("photos/x.klein.jpg", b"klein")
    return story


def page_of(response: Any) -> str:
    return str(response.content.decode())


# --- one queue for two --------------------------------------------------------------------
def test_two_moderators_get_two_stories_oldest_first(
    project: Project, coordinator: User, other: User
) -> None:
    first, second, third = [builders.story(project, state="submitted") for _ in range(3)]
    assert actions.next_story(project, by=coordinator) == first
    assert actions.next_story(project, by=other) == second
    assert actions.next_story(project, by=coordinator) == first
    assert actions.next_story(project, by=coordinator, after=first) == third
    assert actions.next_story(project, by=other, after=second) == first


def test_a_story_is_free_again_after_ten_minutes(
    project: Project, coordinator: User, other: User, waiting: Story
) -> None:
    actions.next_story(project, by=coordinator)
    assert actions.next_story(project, by=other) is None
    Story.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert actions.next_story(project, by=other) == waiting
    waiting.refresh_from_db()
    assert waiting.claimed_until
    assert timedelta(0) < waiting.claimed_until - timezone.now() <= CLAIM


def test_what_a_colleague_has_cannot_be_judged_meanwhile(
    project: Project, login: Login, coordinator: User, other: User, waiting: Story
) -> None:
    actions.next_story(project, by=coordinator)
    late = step(login(other), waiting, "publiceren")
    assert late.status_code == 409
    assert f"{coordinator} heeft dit verhaal nu voor zich" in page_of(late)
    assert "kwiebus" not in page_of(late)
    assert step(login(coordinator), waiting, "publiceren").status_code == 302
    waiting.refresh_from_db()
    assert (waiting.state, waiting.claimed_by) == ("published", None)


def test_the_list_shows_what_a_colleague_has_but_not_its_text(
    project: Project, login: Login, coordinator: User, other: User, waiting: Story
) -> None:
    actions.next_story(project, by=coordinator)
    Record.objects.all().delete()
    page = page_of(login(other).get(queue(project)))
    assert f"{coordinator} heeft dit verhaal nu voor zich" in page
    assert "kwiebus" not in page
    assert not Record.objects.filter(verb="read").exists()
    assert "kwiebus" in page_of(login(coordinator).get(queue(project)))


def test_the_next_story_comes_by_a_button_and_can_be_laid_back(
    client: Client,
    project: Project,
    login: Login,
    coordinator: User,
    colleague: User,
    outsider: User,
    waiting: Story,
) -> None:
    address = f"{queue(project)}volgende/"
    assert client.post(address)["Location"].startswith("/account/login/")
    assert login(outsider).post(address).status_code == 404
    assert login(colleague).post(address).status_code == 403
    mine = login(coordinator)
    assert mine.get(address).status_code == 405
    assert mine.post(address)["Location"] == f"/p/{project.slug}/verhalen/{waiting.pk}/beoordelen/"
    assert "alleen van u" in page_of(mine.get(f"/p/{project.slug}/verhalen/{waiting.pk}/beoordelen/"))
    assert mine.post(f"/p/{project.slug}/verhalen/{waiting.pk}/loslaten/").status_code == 302
    waiting.refresh_from_db()
    assert waiting.claimed_by is None
    Story.objects.update(state="held")
    empty = mine.post(address, {"after": "geen getal"}, follow=True)
    assert "Er is nu geen verhaal voor u" in page_of(empty)


@pytest.mark.django_db(transaction=True)
def test_two_who_work_at_once_never_get_the_same_story(project: Project) -> None:
    people = [builders.member(project, "kernteamlid", moderator=True) for _ in range(2)]
    for _ in range(30):
        builders.story(project, state="submitted")
    given: list[list[int]] = [[], []]
    failures: list[BaseException] = []
    start = threading.Barrier(2)

    def work(place: int) -> None:
        try:
            start.wait()
            while story := actions.next_story(project, by=people[place]):
                given[place].append(story.pk)
                actions.publish_story(story, by=people[place])
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(place,)) for place in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert failures == []
    assert sorted(given[0] + given[1]) == sorted(Story.objects.values_list("pk", flat=True))
    assert len(given[0] + given[1]) == 30
    assert Record.objects.filter(verb="publish").count() == 30


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told_so(project: Project) -> None:
    people = [builders.member(project, "kernteamlid", moderator=True) for _ in range(2)]
    stories = [builders.story(project, state="submitted") for _ in range(10)]
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def work(place: int) -> None:
        start.wait()
        for story in stories:
            action = actions.publish_story if place else actions.hold_story
            try:
                action(story, by=people[place], seen="submitted")
                outcomes.append("done")
            except Conflict:
                outcomes.append("conflict")
        connection.close()

    threads = [threading.Thread(target=work, args=(place,)) for place in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert (outcomes.count("done"), outcomes.count("conflict")) == (10, 10)


# --- the second pair of eyes --------------------------------------------------------------
def test_a_sensitive_story_needs_two_moderators(
    project: Project, login: Login, coordinator: User, other: User, waiting: Story
) -> None:
    mine, theirs = login(coordinator), login(other)
    assert step(mine, waiting, "gevoelig").status_code == 302
    told = step(mine, waiting, "publiceren", htmx=True)
    assert "Een andere moderator moet het ook nog lezen" in page_of(told)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.first_reader) == ("second", coordinator)
    refused = step(mine, waiting, "publiceren")
    assert refused.status_code == 422
    assert "U las dit verhaal als eerste" in page_of(refused)
    assert step(theirs, waiting, "publiceren").status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == "published"
    verbs = list(Record.objects.exclude(verb="read").order_by("pk").values_list("verb", "actor_id"))
    assert verbs == [
        ("mark_sensitive", coordinator.pk),
        ("first_reading", coordinator.pk),
        ("publish", other.pk),
    ]


def test_who_read_first_does_not_get_it_as_next(
    project: Project, coordinator: User, other: User, waiting: Story
) -> None:
    Story.objects.update(sensitive=True)
    waiting.refresh_from_db()
    actions.publish_story(waiting, by=coordinator)
    assert actions.next_story(project, by=coordinator) is None
    assert actions.next_story(project, by=other) == waiting


def test_only_another_moderator_says_that_it_is_not_sensitive(
    project: Project, login: Login, coordinator: User, other: User, waiting: Story
) -> None:
    step(login(coordinator), waiting, "gevoelig")
    refused = step(login(coordinator), waiting, "niet-gevoelig")
    assert refused.status_code == 422
    assert "Alleen een andere moderator" in page_of(refused)
    assert step(login(other), waiting, "niet-gevoelig").status_code == 302
    waiting.refresh_from_db()
    assert not waiting.sensitive


def test_a_story_marked_sensitive_meanwhile_is_not_published_by_one(
    coordinator: User, waiting: Story
) -> None:
    Story.objects.update(sensitive=True)
    with pytest.raises(Conflict):
        actions.publish_story(waiting, by=coordinator)  # still thinks it is not sensitive


def test_a_story_taken_back_needs_two_again(coordinator: User, other: User, waiting: Story) -> None:
    Story.objects.update(sensitive=True)
    waiting.refresh_from_db()
    actions.publish_story(waiting, by=coordinator)
    actions.publish_story(waiting, by=other)
    actions.hold_story(waiting, by=coordinator)
    assert waiting.first_reader is None
    assert actions.publish_story(waiting, by=other).state == "second"


def test_when_the_first_reader_left_the_next_one_is_the_first(
    coordinator: User, other: User, waiting: Story
) -> None:
    Story.objects.update(state="second", sensitive=True)
    waiting.refresh_from_db()
    actions.publish_story(waiting, by=other)
    assert (waiting.state, waiting.first_reader) == ("second", other)


def test_a_moderator_alone_is_told_so(
    project: Project, login: Login, coordinator: User, waiting: Story
) -> None:
    assert "U bent de enige moderator" in page_of(login(coordinator).get(queue(project)))
    builders.member(project, "lezer", moderator=True)
    assert "U bent de enige moderator" not in page_of(login(coordinator).get(queue(project)))


def test_a_proposal_says_which_words_caused_it(project: Project, login: Login, coordinator: User) -> None:
    builders.story(project, state="submitted", text="Mijn buurvrouw is depressief.")
    page = page_of(login(coordinator).get(queue(project)))
    assert "Misschien gevoelig" in page
    assert "depressief" in page
    assert not Story.objects.get().sensitive


# --- zorgsignaal --------------------------------------------------------------------------
CARE_STEPS = [
    ("zorgsignaal", "submitted", {"why": "Een kind"}),
    ("zorgsignaal/sluiten", "care", {"handed_to": "Veilig Thuis"}),
    ("zorgsignaal/terug", "care", {}),
]


def care_story(project: Project, *, closed: bool = False) -> Story:
    story = builders.story(project, state="care", text="Een zeldzaam woord: kwiebus.")
    closing = {"handed_to": "Veilig Thuis", "closed_at": timezone.now()} if closed else {}
    CareSignal.objects.create(story=story, why="zorg", **closing)
    return story


@pytest.mark.parametrize(("verb", "state", "data"), CARE_STEPS)
def test_the_cast_on_every_step_of_care(
    client: Client,
    project: Project,
    login: Login,
    outsider: User,
    colleague: User,
    coordinator: User,
    verb: str,
    state: str,
    data: dict[str, Any],
) -> None:
    story = (
        care_story(project, closed=verb.endswith("terug"))
        if state == "care"
        else builders.story(project, state=state)
    )
    assert step(client, story, verb, **data)["Location"].startswith("/account/login/")
    assert step(login(outsider), story, verb, **data).status_code == 404
    assert step(login(colleague), story, verb, **data).status_code == 403
    assert login(coordinator).get(f"/p/{project.slug}/verhalen/{story.pk}/{verb}/").status_code == 405
    assert step(login(coordinator), story, verb, **data).status_code == 302
    second = step(login(coordinator), story, verb, **data)
    assert second.status_code == 409


def test_a_zorgsignaal_goes_its_whole_way(
    project: Project, login: Login, coordinator: User, other: User, waiting: Story
) -> None:
    mine = login(coordinator)
    empty = step(mine, waiting, "zorgsignaal", why=" ")
    assert empty.status_code == 422
    step(mine, waiting, "zorgsignaal", why="Een kind is in gevaar")
    page = page_of(login(other).get(f"/p/{project.slug}/verhalen/zorgsignalen/"))
    for words in ("Een kind is in gevaar", "0800 2000", "tel:112", "wijkteam", "kwiebus", str(coordinator)):
        assert words in page
    assert "kwiebus" not in page_of(mine.get(queue(project)))
    waiting.refresh_from_db()
    early = step(mine, waiting, "zorgsignaal/terug")
    assert early.status_code == 409
    wrong = step(mine, waiting, "zorgsignaal/sluiten", handed_to="")
    assert wrong.status_code == 422
    assert "Schrijf aan wie" in page_of(wrong)
    assert step(mine, waiting, "zorgsignaal/sluiten", handed_to="Veilig Thuis").status_code == 302
    signal = CareSignal.objects.get()
    assert (signal.handed_to, signal.closed_by) == ("Veilig Thuis", coordinator)
    step(mine, waiting, "zorgsignaal/terug")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.sensitive) == ("submitted", True)
    step(mine, waiting, "zorgsignaal", why="Toch weer")
    signal.refresh_from_db()
    assert (signal.why, signal.closed_at, signal.handed_to) == ("Toch weer", None, "")


def test_zorgsignalen_are_for_moderators_and_in_no_outlet(
    client: Client, project: Project, login: Login, coordinator: User, colleague: User, outsider: User
) -> None:
    story = care_story(project)
    address = f"/p/{project.slug}/verhalen/zorgsignalen/"
    assert client.get(address)["Location"].startswith("/account/login/")
    assert login(outsider).get(address).status_code == 404
    assert login(colleague).get(address).status_code == 403
    assert "kwiebus" in page_of(login(coordinator).get(address))
    assert Record.objects.filter(verb="read", object_id=str(story.pk), actor_id=coordinator.pk).count() == 1
    member = login(colleague)
    for page in (
        f"/p/{project.slug}/",
        f"/p/{project.slug}/verhalen/",
        f"/p/{project.slug}/verhalen/foto/",
        f"/buurt/{project.slug}/",
    ):
        assert "kwiebus" not in page_of(member.get(page))
    assert member.get(f"/p/{project.slug}/verhalen/{story.pk}/").status_code == 404
    for tab in ("", "?staat=aangehouden", "?staat=tweede", "?staat=afgewezen", "?staat=gepubliceerd"):
        assert "kwiebus" not in page_of(login(coordinator).get(queue(project) + tab))
    assert actions.next_story(project, by=coordinator) is None


def test_a_published_story_that_becomes_a_zorgsignaal_leaves_every_file(
    project: Project, coordinator: User
) -> None:
    story = builders.story(project)
    StoryFile.objects.create(
        project=project,
        job=Job.objects.create(task="x", state="done"),
        kind="boekje",
        file="verhalenbestanden/1-1.pdf",
        holds=[[story.pk, "x"]],
    )
    actions.raise_care(story, why="zorg", by=coordinator)
    assert not StoryFile.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_care_asks_the_same_number_of_questions(
    project: Project, login: Login, coordinator: User, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        care_story(project)
    client = login(coordinator)
    with django_assert_num_queries(8):
        client.get(f"/p/{project.slug}/verhalen/zorgsignalen/")


# --- faces --------------------------------------------------------------------------------
def test_a_photo_must_be_looked_at_before_it_is_public(
    project: Project, login: Login, coordinator: User
) -> None:
    story = with_photo(project)
    mine = login(coordinator)
    refused = step(mine, story, "publiceren")
    assert refused.status_code == 422
    assert "Zeg eerst of er herkenbare mensen" in page_of(refused)
    assert step(mine, story, "gezichten", answer="").status_code == 422
    assert step(mine, story, "gezichten", answer="x").status_code == 422
    assert step(mine, story, "gezichten", answer="mag").status_code == 302
    assert StoryPhoto.objects.get().faces == "mag"
    assert Record.objects.filter(verb="photo_mag", actor_id=coordinator.pk, object_id=str(story.pk)).exists()
    assert "een foto met herkenbare mensen" in page_of(mine.get(queue(project)))
    assert step(mine, story, "publiceren").status_code == 302


def test_a_photo_with_people_can_be_taken_away_also_later(
    project: Project, login: Login, coordinator: User, django_capture_on_commit_callbacks: Any
) -> None:
    story = with_photo(project, faces="mag", state="published")
    with django_capture_on_commit_callbacks(execute=True):
        assert step(login(coordinator), story, "gezichten", answer="weg").status_code == 302
    assert not StoryPhoto.objects.exists()
    assert "photos/x.jpg" not in files_in("photos")
    assert "photos/x.klein.jpg" not in files_in("photos")
    again = step(login(coordinator), story, "gezichten", answer="weg")
    assert again.status_code == 409
    assert Story.objects.get().state == "published"


def test_a_photo_that_is_not_ready_holds_publishing_up(project: Project, coordinator: User) -> None:
    story = builders.story(project, state="submitted")
    StoryPhoto.objects.create(story=story, job=Job.objects.create(task="x"), original="originals/x")
    with pytest.raises(DomainError, match="nog klaargemaakt"):
        actions.publish_story(story, by=coordinator)
    StoryPhoto.objects.update(original="")
    assert actions.publish_story(story, by=coordinator).state == "published"


@pytest.mark.parametrize("verb", ["gevoelig", "niet-gevoelig", "gezichten", "terugzetten", "loslaten"])
def test_the_cast_on_the_other_steps(
    client: Client,
    project: Project,
    login: Login,
    outsider: User,
    colleague: User,
    coordinator: User,
    verb: str,
) -> None:
    story = with_photo(project)
    data: dict[str, Any] = {"answer": "geen"}
    assert step(client, story, verb, **data)["Location"].startswith("/account/login/")
    assert step(login(outsider), story, verb, **data).status_code == 404
    assert step(login(colleague), story, verb, **data).status_code == 403
    assert login(coordinator).get(f"/p/{project.slug}/verhalen/{story.pk}/{verb}/").status_code == 405


# --- several at once ----------------------------------------------------------------------
def together(client: Client, project: Project, stories: list[Story], verb: str, **data: Any) -> Any:
    boxes = [f"{story.pk}:{story.state}" for story in stories]
    return client.post(f"{queue(project)}samen/", {"chosen": boxes, "verb": verb, **data}, follow=True)


def test_several_go_at_once_and_it_says_which_a_colleague_did_already(
    project: Project, login: Login, coordinator: User, other: User
) -> None:
    stories = [builders.story(project, state="submitted") for _ in range(4)]
    Story.objects.filter(pk=stories[2].pk).update(sensitive=True)
    actions.hold_story(Story.objects.get(pk=stories[1].pk), by=other)
    page = page_of(together(login(coordinator), project, stories, "publiceren"))
    assert "2 verhalen: gepubliceerd." in page
    assert "1 verhaal: wacht op een tweede moderator." in page
    assert f"Verhaal {stories[1].pk} niet: Iemand anders was u voor." in page
    states = list(Story.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["published", "held", "second", "published"]


def test_several_are_rejected_with_one_reason(project: Project, login: Login, coordinator: User) -> None:
    stories = [builders.story(project, state="submitted") for _ in range(2)]
    missing = together(login(coordinator), project, stories, "afwijzen")
    assert missing.status_code == 422
    assert "Kies waarom u deze verhalen afwijst." in page_of(missing)
    assert page_of(missing).count(" checked") >= 2
    together(login(coordinator), project, stories, "afwijzen", reason="reclame")
    assert set(Story.objects.values_list("state", "reason")) == {("rejected", "reclame")}


@pytest.mark.parametrize(
    "boxes", [[], ["x"], ["1"], ["99999999999999999999:submitted"], ["1:weg"], ["\x00:submitted"]]
)
def test_broken_boxes_are_refused(
    project: Project, login: Login, coordinator: User, waiting: Story, boxes: list[str]
) -> None:
    answer = login(coordinator).post(f"{queue(project)}samen/", {"chosen": boxes, "verb": "publiceren"})
    assert answer.status_code == 422
    assert "Zet eerst een vinkje" in page_of(answer)


def test_stories_of_another_project_cannot_be_chosen(
    project: Project, login: Login, coordinator: User, colleague: User, outsider: User
) -> None:
    foreign = builders.story(builders.project(), state="submitted")
    assert "Dit verhaal is er niet meer" in page_of(
        together(login(coordinator), project, [foreign], "publiceren")
    )
    assert Story.objects.get().state == "submitted"
    assert together(login(colleague), project, [foreign], "publiceren").status_code == 403
    assert together(login(outsider), project, [foreign], "publiceren").status_code == 404


# --- the log ------------------------------------------------------------------------------
def test_the_log_tells_who_did_what_and_nothing_of_the_story(
    client: Client,
    project: Project,
    login: Login,
    coordinator: User,
    other: User,
    colleague: User,
    outsider: User,
    waiting: Story,
) -> None:
    step(login(coordinator), waiting, "gevoelig")
    actions.mask_story(Story.objects.get(), words=["kwiebus"], by=other)
    address = f"/p/{project.slug}/verhalen/{waiting.pk}/logboek/"
    assert client.get(address)["Location"].startswith("/account/login/")
    assert login(outsider).get(address).status_code == 404
    assert login(colleague).get(address).status_code == 403
    other_name = other.name
    page = page_of(login(coordinator).get(address))
    assert "noemde het verhaal gevoelig" in page
    assert "liet woorden weg" in page
    assert other_name in page
    assert "kwiebus" not in page
    other.delete()
    assert "iemand die er niet meer bij is" in page_of(login(coordinator).get(address))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_log_asks_the_same_number_of_questions(
    project: Project,
    login: Login,
    coordinator: User,
    waiting: Story,
    rows: int,
    django_assert_num_queries: Any,
) -> None:
    for _ in range(rows):
        actions.read_stories([waiting], by=coordinator)
    client = login(coordinator)
    with django_assert_num_queries(8):
        client.get(f"/p/{project.slug}/verhalen/{waiting.pk}/logboek/")
