"""5,000 figures, stories and inzichten: the pages stay short and quick."""

import time
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from agenda.models import Inzicht
from buurtscan.models import ScanFigure
from projects.models import Project, User
from stories.models import Quote, Story
from tests.agenda_cast import a_figure

type Login = Callable[[User], Client]
MANY = 5000


@pytest.fixture
def large(project: Project) -> Project:
    first = a_figure(project, "cijfer_0")
    same = {"scan": first.scan, "chapter": "wonen", "role": "asked", "level": "buurt", "source": "kwb"}
    ScanFigure.objects.bulk_create(
        ScanFigure(project=project, indicator=f"cijfer_{n}", code="BU05183620", value=n, status="ok", **same)
        for n in range(1, MANY)
    )
    stories = Story.objects.bulk_create(
        Story(project=project, text=f"Verhaal {n}. Het was laat.", about="wonen", state="published")
        for n in range(MANY)
    )
    Quote.objects.bulk_create(Quote(story=story, start=0, end=9) for story in stories)
    Inzicht.objects.bulk_create(
        Inzicht(project=project, title=f"Inzicht {n}", chapter="wonen", relation="bevestigt")
        for n in range(MANY)
    )
    return project


def test_pages_stay_short_and_search_finds_the_one(login: Login, coordinator: User, large: Project) -> None:
    client = login(coordinator)
    start = time.monotonic()
    overview = client.get(reverse("tellen_vertellen", args=[large.slug]))
    form = client.get(reverse("inzicht_add", args=[large.slug]))
    find = {"find": "figures", "figure_q": "cijfer_4321", "story_q": "Verhaal 4321"}
    found = client.post(reverse("inzicht_add", args=[large.slug]), find)
    point = client.get(reverse("agendapunt_add", args=[large.slug]))
    taken = time.monotonic() - start
    assert "5000 inzichten" in overview.text
    assert "Nog 4970 cijfers passen" in form.text
    assert "Nog 4990 verhalen passen" in form.text
    assert "Cijfer 4321" in found.text
    assert "Verhaal 4321" in found.text
    assert max(len(page.content) for page in (overview, form, found)) < 150_000
    assert len(point.content) < 60_000
    assert taken < 10
