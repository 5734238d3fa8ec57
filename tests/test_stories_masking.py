"""Leaving words out with one click, in every text of a story; and putting them back as long as they are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from core.errors import Conflict
from core.models import Job, Record
from projects.models import Project, User
from stories import actions
from stories.models import MaskedOriginal, Quote, Story, StoryPhoto
from stories.personal import OMITTED
from tests import builders
from tests.test_stories_moderation import queue, step

pytestmark = pytest.mark.django_db
type Login = Callable[[User], Client]


@pytest.fixture
def story(project: Project) -> Story:
    made = builders.story(
        project,
        state="submitted",
        text="Bel mevrouw Jansen op 06-12345678. Jansen weet het.",
        place="bij mevrouw Jansen",
        change="Laat mevrouw Jansen met rust.",
        language="pl",
        translation="Mevrouw Jansen weet het.",
        translated_by="Samira",
        stems=" bel mevrouw jansen",
    )
    StoryPhoto.objects.create(
        story=made, job=Job.objects.create(task="x"), caption="Dit is mevrouw Jansen", faces="geen"
    )
    return made


def words_of(story: Story) -> list[str]:
    fresh = Story.objects.select_related("photo").get(pk=story.pk)
    return [fresh.text, fresh.place, fresh.change, fresh.translation, fresh.photo.caption]


def test_one_click_leaves_a_finding_out_of_every_text(
    project: Project, login: Login, coordinator: User, story: Story
) -> None:
    page = login(coordinator).get(queue(project)).content.decode()
    assert '<button name="found" value="mevrouw Jansen"' in page
    assert '<button name="found" value="06-12345678"' in page
    assert "Laat alle 3 weg" in page
    assert step(login(coordinator), story, "weglaten", found="mevrouw Jansen").status_code == 302
    assert words_of(story) == [
        f"Bel {OMITTED} op 06-12345678. Jansen weet het.",
        f"bij {OMITTED}",
        f"Laat {OMITTED} met rust.",
        f"{OMITTED} weet het.",
        f"Dit is {OMITTED}",
    ]


def test_one_click_leaves_all_findings_out(
    project: Project, login: Login, coordinator: User, story: Story
) -> None:
    assert step(login(coordinator), story, "weglaten", everything="on").status_code == 302
    assert words_of(story)[0] == f"Bel {OMITTED} op {OMITTED}. Jansen weet het."


def test_a_finding_that_was_never_there_is_refused(
    project: Project, login: Login, coordinator: User, story: Story
) -> None:
    assert step(login(coordinator), story, "weglaten", found="meneer Pieters").status_code == 422
    assert not MaskedOriginal.objects.exists()


def test_the_search_no_longer_finds_what_was_left_out(coordinator: User, story: Story) -> None:
    actions.mask_story(story, words=["Jansen"], by=coordinator)
    assert "jansen" not in Story.objects.get().stems


def test_what_was_left_out_is_kept_for_moderators_and_can_come_back(
    project: Project, login: Login, coordinator: User, story: Story
) -> None:
    before = words_of(story)
    client = login(coordinator)
    step(client, story, "weglaten", everything="on")
    step(client, story, "weglaten", words="Jansen")
    assert MaskedOriginal.objects.count() == 2
    assert MaskedOriginal.objects.latest("pk").masked_by == coordinator
    assert step(client, story, "terugzetten").status_code == 302
    assert words_of(story)[0] == f"Bel {OMITTED} op {OMITTED}. Jansen weet het."
    assert "Zet terug wat het laatst is weggelaten" in client.get(queue(project)).content.decode()
    step(client, story, "terugzetten")
    assert words_of(story) == before
    assert "jansen" in Story.objects.get().stems
    assert step(client, story, "terugzetten").status_code == 409
    assert "Zet terug wat het laatst is weggelaten" not in client.get(queue(project)).content.decode()
    assert Record.objects.filter(verb="restore", actor_id=coordinator.pk).count() == 2


def test_the_record_never_holds_the_words(coordinator: User, story: Story) -> None:
    actions.mask_story(story, words=["Jansen"], by=coordinator)
    actions.restore_story(story, by=coordinator)
    assert "Jansen" not in str(list(Record.objects.values()))


@pytest.mark.parametrize("state", ["published", "second", "rejected", "care"])
def test_words_come_back_only_before_a_story_is_public(coordinator: User, story: Story, state: str) -> None:
    actions.mask_story(story, words=["Jansen"], by=coordinator)
    Story.objects.update(state=state, reason="reclame" if state == "rejected" else "")
    with pytest.raises(Conflict):
        actions.restore_story(Story.objects.get(), by=coordinator)
    assert "Jansen" not in words_of(story)[0]


def test_a_text_that_changed_meanwhile_stays_and_the_others_come_back(
    coordinator: User, story: Story
) -> None:
    actions.mask_story(story, words=["Jansen"], by=coordinator)
    Story.objects.update(translation="Een betere vertaling.")
    actions.restore_story(Story.objects.get(), by=coordinator)
    text, _place, change, translation, _caption = words_of(story)
    assert "Jansen" in text
    assert "Jansen" in change
    assert translation == "Een betere vertaling."


def test_when_every_text_changed_nothing_comes_back(coordinator: User, story: Story) -> None:
    actions.mask_story(story, words=["06-12345678"], by=coordinator)
    Story.objects.update(text="Iets heel anders.")
    with pytest.raises(Conflict, match="daarna veranderd"):
        actions.restore_story(Story.objects.get(), by=coordinator)


def test_quotes_go_along_both_ways(project: Project, coordinator: User) -> None:
    text = "Jan loopt om. Het plein is donker. Jan is bang."
    story = builders.story(project, text=text)
    passages = [(0, 13), (14, 34), (35, 47), (4, 9)]
    quotes = [actions.quote_story(story, start=start, end=end, by=coordinator) for start, end in passages]
    actions.hold_story(story, by=coordinator)
    actions.mask_story(story, words=["Jan"], by=coordinator)
    actions.restore_story(story, by=coordinator)
    kept = {quote.pk: (quote.start, quote.end) for quote in Quote.objects.all()}
    assert [kept[quote.pk] for quote in quotes] == passages
    assert Story.objects.get().text == text


def test_what_was_left_out_is_on_no_page(
    project: Project, login: Login, coordinator: User, colleague: User, story: Story
) -> None:
    actions.mask_story(story, words=["Jansen", "06-12345678"], by=coordinator)
    actions.publish_story(story, by=coordinator)
    slug = project.slug
    for who in (coordinator, colleague):
        for path in (f"/p/{slug}/verhalen/", f"/p/{slug}/verhalen/{story.pk}/", f"/buurt/{slug}/"):
            assert "Jansen" not in login(who).get(path).content.decode()
    moderators = [queue(project) + "?staat=gepubliceerd", f"/p/{slug}/verhalen/{story.pk}/logboek/"]
    assert all("Jansen" not in login(coordinator).get(path).content.decode() for path in moderators)


def test_withdrawing_takes_what_was_left_out_along(project: Project, coordinator: User) -> None:
    fields: dict[str, Any] = {"text": "Bel Jansen.", "about": "wonen", "feeling": "goed"}
    story, code = actions.submit_story(project, **fields)
    actions.mask_story(story, words=["Jansen"], by=coordinator)
    actions.withdraw_story(code)
    assert not MaskedOriginal.objects.exists()
