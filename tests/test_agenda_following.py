"""Back to the teller: what became of a story, behind its code and on the public page."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agenda import actions as agenda_actions
from agenda.models import Agendapunt, Idea, Inzicht
from projects.models import Party, Project, User
from stories import actions
from stories.codes import code_hash
from stories.models import Story, Theme
from tests import builders
from tests.agenda_cast import a_party

pytestmark = pytest.mark.django_db

type Login = Callable[[User], Client]
CODE = "ABCD-EFGH-JKMN-PQRS"


@pytest.fixture
def story(project: Project) -> Story:
    return builders.story(project, text="Het plein is donker na zes uur.", withdraw_hash=code_hash(CODE))


def page(project: Project) -> str:
    return reverse("story_followed", args=[project.slug])


def shown(client: Client, project: Project, code: str = CODE) -> str:
    response = client.post(page(project), {"code": code})
    assert response.status_code == 200
    return " ".join(response.text.split())


def quoted(story: Story, theme: str = "") -> Any:
    quote = actions.quote_story(story, start=0, end=20, by=None)
    if theme:
        named, _made = Theme.objects.get_or_create(project=story.project, name=theme)
        quote.codings.create(theme=named)
    return quote


def inzicht(story: Story, title: str = "Het donkere plein") -> Inzicht:
    made = Inzicht.objects.create(
        project=story.project, title=title, chapter="leefomgeving", relation="blinde_vlek"
    )
    made.quotes.add(quoted(story))
    return made


def punt(inzicht: Inzicht, state: str = "afgesproken", **fields: Any) -> Agendapunt:
    defaults = {
        "title": "Licht op het plein",
        "wat": "Vier lantaarns",
        "waar": "Muzenplein",
        "wanneer": "maart 2027",
        "trekker": Party.objects.get_or_create(
            project=inzicht.project, name="Team Openbare Ruimte", kind="gemeente", gives="trekken"
        )[0],
    }
    made = Agendapunt.objects.create(project=inzicht.project, state=state, **{**defaults, **fields})
    made.inzichten.add(inzicht)
    return made


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("submitted", "Nog niet gelezen"),
        ("spoken", "Nog niet uitgetypt"),
        ("held", "Nog niet openbaar"),
        ("second", "Gelezen, nog niet openbaar"),
        ("care", "Gelezen, niet openbaar"),
        ("published", "Openbaar"),
    ],
)
def test_the_teller_reads_where_the_story_stands(
    client: Client, project: Project, story: Story, state: str, said: str
) -> None:
    Story.objects.filter(pk=story.pk).update(state=state)
    assert f"<strong>{said}.</strong>" in shown(client, project)


def test_a_rejection_has_its_fixed_reason_and_never_the_note_of_the_moderator(
    client: Client, project: Project, story: Story
) -> None:
    Story.objects.filter(pk=story.pk).update(
        state="rejected", reason="andere_buurt", reason_note="Wat een gezeur"
    )
    text = shown(client, project)
    assert "Niet geplaatst" in text
    assert "De reden: gaat niet over deze buurt." in text
    assert "gezeur" not in text


def test_the_way_is_shown_from_theme_to_inzicht_to_point(
    client: Client, project: Project, story: Story
) -> None:
    quoted(story, "Licht")
    idea = Idea.objects.create(
        project=project, title="Lantaarns", answer="Kan in de eerste ronde.", answered_by="Gemeente, Licht"
    )
    punt(inzicht(story), idea=idea)
    agenda_actions.record_support(
        project, story=story, votes=12, occasion="Avond", held_on=date(2026, 11, 14), by=None
    )
    actions.note_appearances([story.pk], where="verhalenboekje (PDF) “Onze buurt”", on=date(2026, 12, 3))
    text = shown(client, project)
    for said in (
        "Licht</bdi>",
        "Het donkere plein",
        "Licht op het plein",
        "Vier lantaarns",
        "maart 2027",
        "Team Openbare Ruimte",
        "Kan in de eerste ronde.",
        "Gemeente, Licht",
        "12 stippen",
        "“Onze buurt”, 3\u00a0december 2026".replace("\u00a0", " "),
    ):
        assert said in text, said


def test_a_point_that_was_dropped_says_why_and_one_in_concept_is_not_told_yet(
    client: Client, project: Project, story: Story
) -> None:
    made = inzicht(story)
    idea = Idea.objects.create(project=project, title="x", answer="Te duur.", answered_by="Gemeente")
    punt(made, "vervallen", title="Een zwembad", wat="Geheim plan", idea=idea)
    punt(made, "concept", title="Nog geheim punt", trekker=None)
    text = shown(client, project)
    assert "Dit gaat niet door: <strong" in text
    assert "Een zwembad" in text
    assert "Te duur." in text
    assert "Geheim plan" not in text
    assert "Nog geheim punt" not in text
    assert "werken aan een afspraak hierover" in text


def test_a_story_that_is_taken_back_by_a_moderator_counts_nowhere(
    client: Client, project: Project, story: Story
) -> None:
    punt(inzicht(story))
    Story.objects.filter(pk=story.pk).update(state="held")
    text = shown(client, project)
    assert "Het donkere plein" not in text
    assert "Licht op het plein" not in text


def test_a_teller_sees_no_other_story_and_nobody(
    client: Client, project: Project, story: Story, coordinator: User
) -> None:
    other = builders.story(project, text="Een ander verhaal.")
    made = inzicht(story)
    made.quotes.add(actions.quote_story(other, start=0, end=10, by=coordinator))
    text = shown(client, project)
    assert "Een ander" not in text
    assert coordinator.name not in text


def test_a_wrong_code_is_told_kept_and_counted(client: Client, project: Project, story: Story) -> None:
    for _time in range(10):
        response = client.post(page(project), {"code": "fout"})
        assert response.status_code == 422
        assert 'value="fout"' in response.text
    assert client.post(page(project), {"code": CODE}).status_code == 429
    assert client.post(reverse("story_withdraw", args=[project.slug]), {"code": CODE}).status_code == 429


def test_the_page_needs_no_account_keeps_no_trace_and_is_in_no_cache(
    client: Client, project: Project, story: Story
) -> None:
    empty = client.get(page(project))
    assert empty.status_code == 200
    response = client.post(page(project), {"code": CODE})
    assert set(response.cookies) <= {"csrftoken"}
    assert "no-store" in response.headers["Cache-Control"]
    assert CODE not in response.headers.get("Location", "")
    assert client.put(page(project)).status_code == 405
    assert client.get("/buurt/bestaat-niet/mijn-verhaal/").status_code == 404


def test_from_here_the_story_is_taken_back(client: Client, project: Project, story: Story) -> None:
    assert reverse("story_withdraw", args=[project.slug]) in shown(client, project)
    client.post(reverse("story_withdraw_sure", args=[project.slug]), {"code": CODE})
    gone = client.post(page(project), {"code": CODE})
    assert gone.status_code == 422
    assert "donker" not in gone.text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_number_of_questions(
    client: Client, project: Project, story: Story, rows: int, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    for number in range(rows):
        punt(inzicht(story, f"Inzicht {number}"), trekker=a_party(project, name=f"Partij {number}"))
    with django_assert_num_queries(8):
        client.post(page(project), {"code": CODE})


# --- everybody ----------------------------------------------------------------------------
def test_the_public_page_counts_and_never_shows_a_theme_of_few(
    client: Client, project: Project, story: Story
) -> None:
    for number in range(5):
        quoted(builders.story(project, text=f"Verhaal nummer {number} over licht."), "Licht")
    for number in range(4):
        quoted(builders.story(project, text=f"Verhaal nummer {number} over afval."), "Afval")
    hidden = builders.story(project, text="Verhaal dat apart ligt over afval.")
    quoted(hidden, "Afval")
    Story.objects.filter(pk=hidden.pk).update(state="held")
    builders.story(project, state="submitted")
    punt(inzicht(story))
    concept = inzicht(story, "Nog een")
    punt(concept, "concept", title="Nog geheim punt", trekker=None)
    text = " ".join(client.get(f"/buurt/{project.slug}/").text.split())
    assert "Bewoners vertelden 12 verhalen." in text
    assert "Daarvan zijn er 11 gelezen en 10 openbaar gemaakt." in text
    assert "Licht <span" in text
    assert "(5 verhalen)" in text
    assert "Afval" not in text
    assert "gaven ze 2 inzichten" in text
    assert "Daaruit kwam 1 afspraak." in text
    assert "Nog geheim punt" not in text


def test_without_stories_the_public_page_says_so(client: Client, project: Project) -> None:
    assert "Er is nog geen verhaal verteld." in client.get(f"/buurt/{project.slug}/").text
