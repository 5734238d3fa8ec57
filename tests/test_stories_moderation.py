"""Moderators, and only they, read what is not public; each step is told to the second of two."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from core.errors import Conflict, DomainError
from core.models import Job, Record
from projects.models import Project, User
from stories import actions
from stories.models import Quote, Story, StoryPhoto
from stories.personal import OMITTED
from tests import builders

pytestmark = pytest.mark.django_db
type Login = Callable[[User], Client]

STEPS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "publiceren": ("submitted", "published", {}),
    "aanhouden": ("submitted", "held", {}),
    "afwijzen": ("submitted", "rejected", {"reason": "reclame"}),
    "terugleggen": ("rejected", "submitted", {}),
    "weglaten": ("submitted", "submitted", {"words": "plein"}),
}


@pytest.fixture
def waiting(project: Project) -> Story:
    return builders.story(project, state="submitted")


def queue(project: Project) -> str:
    return f"/p/{project.slug}/verhalen/beoordelen/"


def story_in(project: Project, state: str) -> Story:
    return builders.story(project, state=state, reason="reclame" if state == "rejected" else "")


def step(client: Client, story: Story, verb: str, *, htmx: bool = False, **data: Any) -> Any:
    headers = {"HX-Request": "true"} if htmx else {}
    data = {"seen": story.state, **data}
    return client.post(f"/p/{story.project.slug}/verhalen/{story.pk}/{verb}/", data, headers=headers)


def test_the_queue_is_for_moderators(
    client: Client, project: Project, waiting: Story, login: Login, outsider: User, coordinator: User
) -> None:
    assert client.get(queue(project))["Location"].startswith("/account/login/")
    assert login(outsider).get(queue(project)).status_code == 404
    assert login(coordinator).get(queue(project)).status_code == 200
    for role in ("coordinator", "kernteamlid", "gespreksleider", "verzamelaar", "begeleider", "lezer"):
        refused = login(builders.member(project, role)).get(queue(project))
        assert refused.status_code == 403
        assert "Alleen moderatoren" in refused.content.decode()
        assert waiting.text not in refused.content.decode()
    beheerder = builders.user(is_superuser=True)
    assert login(beheerder).get(queue(project)).status_code == 403


def test_a_moderator_with_a_small_role_may_read_the_queue(project: Project, login: Login) -> None:
    assert (
        login(builders.member(project, "kernteamlid", moderator=True)).get(queue(project)).status_code == 200
    )


@pytest.mark.parametrize("verb", STEPS)
def test_the_cast_on_every_step(
    client: Client,
    project: Project,
    login: Login,
    outsider: User,
    colleague: User,
    coordinator: User,
    verb: str,
) -> None:
    before, after, data = STEPS[verb]
    story = story_in(project, before)
    assert step(client, story, verb, **data)["Location"].startswith("/account/login/")
    assert step(login(outsider), story, verb, **data).status_code == 404
    assert step(login(colleague), story, verb, **data).status_code == 403
    address = f"/p/{project.slug}/verhalen/{story.pk}/{verb}/"
    assert login(coordinator).get(address).status_code == 405
    story.refresh_from_db()
    assert story.state == before
    done = step(login(coordinator), story, verb, **data)
    assert (done.status_code, done["Location"]) == (302, queue(project))
    story.refresh_from_db()
    assert story.state == after
    assert (
        Record.objects.filter(actor_id=coordinator.pk, object_id=str(story.pk)).exclude(verb="read").exists()
    )


@pytest.mark.parametrize("verb", [verb for verb in STEPS if verb != "weglaten"])
@pytest.mark.parametrize("htmx", [False, True])
def test_a_second_click_is_told_so(
    project: Project, login: Login, coordinator: User, verb: str, htmx: bool
) -> None:
    before, after, data = STEPS[verb]
    story = story_in(project, before)
    client = login(coordinator)
    step(client, story, verb, htmx=htmx, **data)
    second = step(client, story, verb, htmx=htmx, **data)
    assert second.status_code == 409
    assert "Iemand anders was u voor" in second.content.decode()
    story.refresh_from_db()
    assert story.state == after


def test_a_second_moderator_is_told_what_the_first_did(
    project: Project, login: Login, coordinator: User, waiting: Story
) -> None:
    other = builders.member(project, "kernteamlid", moderator=True)
    step(login(coordinator), waiting, "aanhouden")
    late = step(login(other), waiting, "publiceren")
    assert late.status_code == 409
    assert "aangehouden" in late.content.decode()
    waiting.refresh_from_db()
    assert waiting.state == "held"


def test_what_a_state_does_not_allow_is_refused(project: Project, login: Login, coordinator: User) -> None:
    for verb, state in [("publiceren", "rejected"), ("terugleggen", "held"), ("weglaten", "published")]:
        story = story_in(project, state)
        assert step(login(coordinator), story, verb, words="plein").status_code == 409
        assert Story.objects.get(pk=story.pk).state == state


def test_every_decision_can_be_taken_back(project: Project, coordinator: User, waiting: Story) -> None:
    actions.publish_story(waiting, by=coordinator)
    actions.hold_story(waiting, by=coordinator)
    actions.reject_story(waiting, reason="kwetsend", note="lees nog eens", by=coordinator)
    assert (waiting.reason, waiting.reason_note) == ("kwetsend", "lees nog eens")
    actions.requeue_story(waiting, by=coordinator)
    actions.publish_story(waiting, by=coordinator)
    assert (waiting.state, waiting.reason, waiting.reason_note) == ("published", "", "")
    verbs = list(Record.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["publish", "hold", "reject", "requeue", "publish"]


def test_a_rejection_needs_a_fixed_reason(
    project: Project, login: Login, coordinator: User, waiting: Story
) -> None:
    for reason in ("", "zomaar"):
        refused = step(login(coordinator), waiting, "afwijzen", reason=reason, note="Mijn toelichting")
        assert refused.status_code == 422
        assert "Mijn toelichting" in refused.content.decode()
    with pytest.raises(DomainError):
        actions.reject_story(waiting, reason="", note="", by=coordinator)
    assert Story.objects.get().state == "submitted"


@pytest.mark.parametrize("data", [{"seen": "weg"}, {"seen": ""}, {"seen": "sub\x00mitted"}])
def test_a_broken_request_is_refused(
    project: Project, login: Login, coordinator: User, waiting: Story, data: dict[str, Any]
) -> None:
    assert step(login(coordinator), waiting, "publiceren", **data).status_code == 422
    assert Story.objects.get().state == "submitted"


def test_a_story_of_another_project_is_not_found(project: Project, login: Login, coordinator: User) -> None:
    foreign = builders.story(builders.project(), state="submitted")
    address = f"/p/{project.slug}/verhalen/{foreign.pk}/publiceren/"
    assert login(coordinator).post(address, {"seen": "submitted"}).status_code == 404
    assert login(coordinator).post(f"/p/{project.slug}/verhalen/{10**30}/publiceren/").status_code == 404


def test_each_reading_of_what_is_not_public_is_recorded(
    project: Project, login: Login, coordinator: User
) -> None:
    stories = [story_in(project, state) for state in ("submitted", "held", "rejected", "published")]
    client = login(coordinator)
    client.get(queue(project))
    read = Record.objects.filter(verb="read", actor_id=coordinator.pk, project_id=project.pk)
    assert set(read.values_list("object_id", flat=True)) == {str(stories[0].pk), str(stories[1].pk)}
    client.get(queue(project) + "?staat=afgewezen")
    assert read.filter(object_id=str(stories[2].pk)).count() == 1
    client.get(queue(project) + "?staat=gepubliceerd")
    assert read.count() == 3
    client.get(queue(project))
    assert read.count() == 5


def test_reading_is_recorded_without_text(
    project: Project, login: Login, coordinator: User, waiting: Story
) -> None:
    login(coordinator).get(queue(project))
    assert waiting.text not in str(list(Record.objects.values()))


def test_the_queue_is_oldest_first_in_pages(project: Project, login: Login, coordinator: User) -> None:
    stories = [builders.story(project, state="submitted", text=f"Nummer {number}.") for number in range(12)]
    page = login(coordinator).get(queue(project))
    shown = [item.story for item in page.context["items"]]
    assert shown == stories[:8]
    second = login(coordinator).get(queue(project) + "?page=2")
    assert [item.story for item in second.context["items"]] == stories[8:]
    assert login(coordinator).get(queue(project) + "?page=bestaat-niet&staat=%00").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_asks_the_same_number_of_questions(
    project: Project, login: Login, coordinator: User, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        builders.story(project, state="submitted")
    client = login(coordinator)
    with django_assert_num_queries(10):
        client.get(queue(project))


def test_htmx_gets_the_story_alone_with_what_was_done(
    project: Project, login: Login, coordinator: User, waiting: Story
) -> None:
    part = step(login(coordinator), waiting, "publiceren", htmx=True)
    page = part.content.decode()
    assert part.status_code == 200
    assert f'id="story-{waiting.pk}"' in page
    assert "Het verhaal is gepubliceerd." in page
    assert "<html" not in page
    assert "HX-Request" in part["Vary"]


def test_an_expired_session_gives_no_login_form_in_a_story(client: Client, waiting: Story) -> None:
    part = step(client, waiting, "publiceren", htmx=True)
    assert part.status_code == 204
    assert "HX-Redirect" in part


def test_possible_personal_data_is_marked(project: Project, login: Login, coordinator: User) -> None:
    builders.story(project, state="submitted", text="Bel mevrouw Jansen op 06-12345678, <b>nu</b>.")
    page = login(coordinator).get(queue(project)).content.decode()
    assert '<mark title="telefoonnummer">06-12345678</mark>' in page
    assert '<mark title="naam">mevrouw Jansen</mark>' in page
    assert "&lt;b&gt;nu&lt;/b&gt;" in page


def test_words_are_left_out_of_story_place_and_caption_for_good(
    project: Project, login: Login, coordinator: User
) -> None:
    story = builders.story(
        project, state="submitted", text="Bel Jan op 06-12345678. Jan weet het.", place="bij Jan"
    )
    StoryPhoto.objects.create(story=story, job=Job.objects.create(task="klaar"), caption="Dit is Jan")
    done = step(login(coordinator), story, "weglaten", found=["06-12345678"], words="jan\n\n")
    assert done.status_code == 302
    story.refresh_from_db()
    assert story.text == f"Bel {OMITTED} op {OMITTED}. {OMITTED} weet het."
    assert story.place == f"bij {OMITTED}"
    assert story.photo.caption == f"Dit is {OMITTED}"


@pytest.mark.parametrize("words", ["", "   ", "Piet", "Het\nPiet"])
def test_words_that_are_not_there_are_told_so(
    project: Project, login: Login, coordinator: User, waiting: Story, words: str
) -> None:
    refused = step(login(coordinator), waiting, "weglaten", words=words)
    assert refused.status_code == 422
    assert OMITTED not in Story.objects.get().text


def test_quotes_keep_their_passage_when_words_are_left_out(project: Project, coordinator: User) -> None:
    story = builders.story(project, text="Jan loopt om. Het plein is donker. Jan is bang.")
    first = actions.quote_story(story, start=0, end=13, by=coordinator)
    second = actions.quote_story(story, start=14, end=34, by=coordinator)
    only_name = actions.quote_story(story, start=0, end=3, by=coordinator)
    inside = actions.quote_story(story, start=1, end=3, by=coordinator)
    actions.hold_story(story, by=coordinator)
    actions.mask_story(story, words=["Jan"], by=coordinator)
    texts = {quote.pk: quote.text for quote in Quote.objects.select_related("story")}
    assert texts[first.pk] == f"{OMITTED} loopt om."
    assert texts[second.pk] == "Het plein is donker."
    assert texts[only_name.pk] == OMITTED
    assert inside.pk not in texts


def test_leaving_words_out_of_a_text_that_changed_meanwhile_is_refused(
    project: Project, coordinator: User, waiting: Story
) -> None:
    Story.objects.filter(pk=waiting.pk).update(text="Het plein is nu anders.")
    with pytest.raises(Conflict):
        actions.mask_story(waiting, words=["plein"], by=coordinator)


def test_a_story_that_is_taken_back_is_public_nowhere(
    project: Project, login: Login, coordinator: User, colleague: User
) -> None:
    story = builders.story(project, text="Een zeldzaam woord: kwiebus.")
    quote = actions.quote_story(story, start=0, end=10, by=coordinator)
    actions.hold_story(story, by=coordinator)
    client = login(colleague)
    assert "kwiebus" not in client.get(f"/p/{project.slug}/verhalen/").content.decode()
    assert client.get(f"/p/{project.slug}/verhalen/{story.pk}/").status_code == 404
    assert client.get(f"/p/{project.slug}/verhalen/{story.pk}/citaat/{quote.pk}/weg/").status_code == 404
    assert not Quote.objects.of(project).published().exists()
