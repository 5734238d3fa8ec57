import json
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agenda.document import build_agenda
from agenda.models import Agendapunt, Idea, Inzicht, PolicyLine
from buurtagenda.demo.loading import load_demo
from buurtagenda.demo.reference import BASIS, load_distributions, packed, unpacked
from buurtagenda.demo_login import demo_login
from buurtscan.models import Distribution, ScanFigure
from buurtscan.reading import look_alike_names
from projects.chapters import Chapter
from projects.models import BouwsteenStatus, Project, User
from stories.models import Story
from wijkwerksessie.models import Wijkwerksessie

TODAY = date(2026, 11, 22)
BANNER = "Voorbeeld: de cijfers zijn echt, de rest is verzonnen"
PAGES = [
    "project",
    "project_edit",
    "project_state",
    "kernteam",
    "invite",
    "urgentie",
    "urgency_add",
    "partijen",
    "party_add",
    "buurtscan",
    "verhalen",
    "moderation",
    "story_collect",
    "tellen_vertellen",
    "inzicht_add",
    "beleid",
    "idea_add",
    "policy_line_add",
    "agenda",
    "agendapunt_add",
    "agenda_print",
    "sessies",
    "public_project",
    "story_form",
    "story_withdraw",
]


@pytest.fixture
def demo(db: None) -> Project:
    return load_demo(TODAY, password="samen-voor-de-buurt")


def test_the_demo_is_complete_in_all_seven_bouwstenen(demo: Project) -> None:
    assert demo.urgencies.count() >= 4
    assert demo.parties.count() >= 8
    assert ScanFigure.objects.of(demo).of_area_asked().filter(status="ok").count() >= 45
    assert Story.objects.of(demo).published().count() >= 18
    for model in (Inzicht, Idea, PolicyLine):
        assert model.objects.filter(project=demo).count() >= 4
    assert Agendapunt.objects.filter(project=demo, state="afgesproken").count() >= 4
    assert BouwsteenStatus.objects.filter(project=demo).count() == 7
    sessie = Wijkwerksessie.objects.get(project=demo)
    assert (sessie.state, sessie.held_on) == ("closed", date(2026, 11, 8))


def test_every_chapter_of_the_demo_has_figures(demo: Project) -> None:
    filled = ScanFigure.objects.of(demo).of_area_asked().filter(value__isnull=False)
    assert set(filled.values_list("chapter", flat=True)) == set(Chapter.values)


def test_the_figures_of_the_demo_are_the_published_ones(demo: Project) -> None:
    published = {
        "inwoners": (3360, "2024"),
        "woz_waarde": (228, "2024"),
        "koopwoningen": (16, "2024"),
        "misdrijven": (92.0, "2024"),
        "goede_gezondheid": (57.7, "2024"),
        "eenzaam": (68.4, "2020"),
    }
    figures = ScanFigure.objects.of(demo).of_area_asked().filter(indicator__in=published)
    assert {figure.indicator: (figure.value, figure.period) for figure in figures} == published


def test_every_point_of_the_agenda_but_the_idea_in_concept_rests_on_evidence(demo: Project) -> None:
    agenda = build_agenda(demo, with_concept=False, made_on=TODAY)
    assert len(agenda.points) == 5
    assert all(point.inzichten for point in agenda.points)


def test_every_page_of_the_demo_carries_the_banner(demo: Project, login: Callable[[User], Client]) -> None:
    client = login(User.objects.get(email="samira@voorbeeld.example"))
    pages = [reverse(page, args=[demo.slug]) for page in PAGES]
    pages += [reverse("scan_chapter", args=[demo.slug, chapter]) for chapter in Chapter.values]
    for page in pages:
        answer = client.get(page)
        assert (answer.status_code, page) == (200, page)
        text = answer.content.decode()
        assert BANNER in text, page
        assert "Select an option" not in text, page


def test_what_waits_for_a_moderator_is_on_no_other_page_of_the_demo(
    demo: Project, login: Callable[[User], Client]
) -> None:
    client = login(User.objects.get(email="joris@voorbeeld.example"))
    waiting = list(Story.objects.of(demo).to_judge())
    assert waiting
    for page in ("project", "verhalen", "tellen_vertellen", "agenda", "inzicht_add", "public_project"):
        text = client.get(reverse(page, args=[demo.slug])).content.decode()
        assert not any(story.text in text for story in waiting)


def test_the_coordinator_of_the_demo_can_log_in_with_the_password_that_is_printed(demo: Project) -> None:
    assert demo_login() == ("samira@voorbeeld.example", "samen-voor-de-buurt")


def test_in_production_nobody_can_log_in_to_the_demo_and_nothing_is_printed(db: None, settings: Any) -> None:
    settings.PRODUCTION = True
    call_command("demo", stdout=StringIO())
    assert not User.objects.get(email="samira@voorbeeld.example").has_usable_password()
    assert demo_login() is None


def test_the_demo_is_loaded_once(demo: Project) -> None:
    with pytest.raises(CommandError):
        call_command("demo", stdout=StringIO())


def test_the_demo_can_be_exported(demo: Project, tmp_path: Path) -> None:
    file = tmp_path / "agenda.json"
    call_command("export_agenda", demo.slug, format="json", output=str(file))
    assert json.loads(file.read_text())["points"][0]["title"] == "Licht op het plein"


def test_the_figures_of_the_demo_have_a_place_and_look_alikes(demo: Project) -> None:
    """Real ones: 675 of the 12.781 buurten have a lower WOZ-waarde, 18 the same."""
    woz = demo.figures.get(indicator="woz_waarde", role="asked")
    assert (woz.below, woz.equal, woz.ranked, woz.median) == (675, 18, 12_781, 402.0)
    assert len(woz.alike) == 10
    assert woz.alike[0] == {"code": "BU03440341", "value": 278.0}
    assert [point["period"] for point in woz.trend] == ["2017", "2019", "2024"]
    names = look_alike_names(demo)
    assert len(names) == 10
    assert names["BU03440341"] == "Zambesidreef en omgeving (Utrecht)"


def test_a_distribution_of_the_demo_is_packed_and_unpacked_without_loss() -> None:
    for numbers in ([], [5], [1, 1, 1], [0, 3, 3, 7, 7, 7]):
        assert list(unpacked(packed(numbers))) == numbers


def test_the_demo_leaves_distributions_of_the_whole_country_alone(db: None) -> None:
    Distribution.objects.create(
        indicator="woz_waarde",
        period="2024",
        level="buurt",
        number=0,
        median=0,
        values=[],
        counts=[],
        basis="x",
    )
    load_distributions(timezone.now())
    assert Distribution.objects.get(indicator="woz_waarde", period="2024").basis == "x"
    assert Distribution.objects.filter(basis=BASIS).exists()
