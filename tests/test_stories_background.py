"""The questions about the teller: asked last, skipped with one button, kept apart."""

from typing import Any

import pytest
from django.test import Client

from core.errors import DomainError
from core.models import Record
from projects.models import Project
from stories import actions
from stories.models import Story, WaitingAnswers
from stories.models.hearing import QUESTIONS
from tests import builders
from tests.stories_help import answers, form_address, tell, token_in

pytestmark = pytest.mark.django_db

ABOUT_ME = {"age": "65+", "lives": "10+", "tenure": "corporatie", "disability": "nee", "household": "alleen"}


def collect(client: Client, project: Project, **changes: Any) -> Any:
    address = f"/p/{project.slug}/verhalen/invoeren/"
    return client.post(
        address, {**answers(way="helper", language="nl", form_token=token_in(client.get(address))), **changes}
    )


def story(project: Project, **fields: Any) -> Story:
    return actions.submit_story(project, text="Goed zo.", about="wonen", feeling="goed", **fields)[0]


def waiting() -> list[tuple[str, ...]]:
    return list(WaitingAnswers.objects.values_list(*QUESTIONS))


def test_answers_wait_apart_from_the_story(project: Project) -> None:
    told = story(project, answers=ABOUT_ME)
    kept = WaitingAnswers.objects.get()
    assert waiting() == [tuple(ABOUT_ME.values())]
    assert {field.name for field in kept._meta.get_fields()} == {"id", "project", *QUESTIONS}
    assert str(kept.pk) not in str(Story.objects.filter(pk=told.pk).values())


def test_nothing_is_written_when_everything_is_skipped(project: Project) -> None:
    story(project, answers=dict.fromkeys(QUESTIONS, ""))
    story(project, answers={})
    story(project)
    assert waiting() == []


def test_one_answer_is_enough_and_the_rest_stays_empty(project: Project) -> None:
    story(project, answers={"age": "15-24"})
    assert waiting() == [("15-24", "", "", "", "")]


def test_an_answer_that_was_not_offered_is_refused_with_the_whole_story(project: Project) -> None:
    with pytest.raises(DomainError) as refusal:
        story(project, answers={"age": "102"})
    assert refusal.value.field == "age"
    assert not Story.objects.exists()


def test_no_record_tells_which_story_came_with_answers(project: Project) -> None:
    story(project, answers=ABOUT_ME)
    story(project)
    assert list(Record.objects.values_list("verb", "kind")) == [("submit", "stories.story")] * 2


def test_a_form_sent_twice_keeps_its_answers_once(project: Project) -> None:
    for _time in range(2):
        story(project, answers=ABOUT_ME, form_token="zelfde")
    assert len(waiting()) == 1


def test_what_seems_to_come_from_a_machine_is_not_counted(project: Project) -> None:
    story(project, answers=ABOUT_ME, held_note="Misschien van een computer.")
    assert waiting() == []


@pytest.mark.parametrize("role", ["verzamelaar", "kernteamlid"])
def test_who_enters_a_story_may_enter_the_answers_too(project: Project, login: Any, role: str) -> None:
    client = login(builders.member(project, role))
    page = client.get(f"/p/{project.slug}/verhalen/invoeren/").content.decode()
    assert "Deze antwoorden kunnen wij later niet meer terugvinden of wissen." in page
    assert page.index('name="consent"') < page.index('name="age"')
    assert collect(client, project, **ABOUT_ME).status_code == 302
    assert waiting() == [tuple(ABOUT_ME.values())]


def test_one_button_skips_everything_also_what_was_ticked(project: Project, login: Any) -> None:
    client = login(builders.member(project, "verzamelaar"))
    assert collect(client, project, **{**ABOUT_ME, "age": "onzin"}, skip="1").status_code == 302
    assert Story.objects.count() == 1
    assert waiting() == []


def test_a_wrong_answer_is_told_beside_its_question_and_the_story_stays(project: Project, login: Any) -> None:
    client = login(builders.member(project, "verzamelaar"))
    response = collect(client, project, age="102")
    assert response.status_code == 422
    assert "Kies een van de antwoorden, of laat deze vraag leeg." in response.content.decode()
    assert "Het plein is donker na zes uur." in response.content.decode()
    assert waiting() == []


def test_the_public_form_asks_it_last_and_explains(client: Client, project: Project) -> None:
    page = client.get(form_address(project)).content.decode()
    assert "Deze antwoorden kunnen wij later niet meer terugvinden of wissen." in page
    places = [
        page.index(f'name="{name}"')
        for name in ("text", "about", "consent", *sorted(QUESTIONS, key=page.index)[:1])
    ]
    assert places == sorted(places)


def test_the_public_form_keeps_the_answers_apart_and_skips_them_with_one_button(
    client: Client, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.suspicion.QUICKEST", 0)
    assert tell(client, project, **ABOUT_ME).status_code == 302
    assert waiting() == [tuple(ABOUT_ME.values())]
    assert tell(client, project, **ABOUT_ME, skip="1", text="Nog een verhaal.").status_code == 302
    assert len(waiting()) == 1
    assert Story.objects.count() == 2


def test_the_enter_key_skips_nothing(client: Client, project: Project) -> None:
    """Enter presses the first button of the form: that one sends everything."""
    page = client.get(form_address(project)).content.decode()
    form = page[page.index("<form") :]
    first = form[form.index("<button") :].split(">")[0]
    assert "skip" not in first
