import json
import re
from collections.abc import Callable
from datetime import date
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agenda.document import build_agenda
from agenda.models import Agendapunt, Idea, Inzicht, PolicyLine
from buurtagenda.demo.loading import load_demo
from buurtagenda.demo.reference import BASIS, load_distributions, packed, unpacked
from buurtagenda.demo_login import demo_login
from buurtscan.models import (
    Distribution,
    Duiding,
    FigureMark,
    PartnerFigure,
    PartnerTable,
    PolicyFact,
    ScanFigure,
    ScanQuestion,
)
from buurtscan.reading import look_alike_names, readings
from projects.chapters import Chapter
from projects.models import BouwsteenStatus, Project, User
from stories.models import (
    AvondTaak,
    Buurtwandeling,
    Offer,
    OutreachTask,
    Place,
    Steun,
    Story,
    StoryAudio,
    TellerAnswers,
    TellerCount,
    Verhalenavond,
    WaitingAnswers,
)
from stories.models.hearing import QUESTIONS
from stories.personal import findings
from stories.sounds import media_type
from tests import builders
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
    "scan_map",
    "scan_presentation",
    "partner_tables",
    "policy_facts",
    "takeaways",
    "verhalen",
    "moderation",
    "story_collect",
    "evenings",
    "walks",
    "spots",
    "collectors",
    "spoken_stories",
    "themes",
    "heard",
    "offers",
    "story_pictures",
    "story_map",
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


def test_the_buurtscan_of_the_demo_shows_what_each_page_is_for(
    demo: Project, login: Callable[[User], Client]
) -> None:
    questions = list(ScanQuestion.objects.of(demo))
    assert len(questions) >= 3
    assert {bool(question.answered) for question in questions} == {True, False}
    marks = FigureMark.objects.of(demo)
    assert {mark.kind for mark in marks} == {"zorg", "kans"}
    assert marks.count() >= 6
    assert Duiding.objects.of(demo).history("wonen").count() == 2
    tables = PartnerTable.objects.filter(project=demo)
    assert sorted(table.visibility for table in tables) == ["kernteam", "project"]
    facts = PolicyFact.objects.filter(project=demo)
    assert {fact.starts < TODAY.year for fact in facts} == {True, False}
    client = login(User.objects.get(email="samira@voorbeeld.example"))
    page = client.get(reverse("scan_chapter", args=[demo.slug, "wonen"])).content.decode()
    for words in (
        "Kunnen mensen na de renovatie hier blijven wonen?",
        "1 × zorg",
        "Eerdere teksten",
        "Wat komt eraan?",
    ):
        assert words in page


def test_every_figure_of_a_partner_in_the_demo_says_that_it_is_an_example(demo: Project) -> None:
    """Only figures of open data are real here."""
    figures = PartnerFigure.objects.of(demo).select_related("table")
    assert figures.count() >= 6
    for figure in figures:
        assert figure.label.startswith("Voorbeeld: ")
        assert figure.table.title.startswith("Voorbeeld: ")
        assert "Verzonnen" in figure.table.source_note


def test_what_is_for_the_kernteam_alone_in_the_demo_is_on_no_page_of_a_reader(
    demo: Project, login: Callable[[User], Client]
) -> None:
    own = login(User.objects.get(email="samira@voorbeeld.example"))
    reader = login(builders.member(demo, "lezer"))
    for name, chapter, secret in (
        ("scan_chapter", ["werk"], "twee maanden achterstand"),
        ("scan_chapter", ["wonen"], "Plan voor veertig woningen"),
        ("policy_facts", [], "Plan voor veertig woningen"),
    ):
        address = reverse(name, args=[demo.slug, *chapter])
        assert secret in own.get(address).content.decode()
        assert secret not in reader.get(address).content.decode()


def test_every_percentage_that_the_kernteam_of_the_demo_names_is_a_figure_of_its_scan(demo: Project) -> None:
    shown = {
        cell.shown
        for reading in readings(demo)
        for cell in (reading.asked, *reading.line.gemeenten, *reading.line.land)
    }
    texts = [one.text for one in Duiding.objects.of(demo)]
    texts += [one.answered for one in ScanQuestion.objects.of(demo)]
    named = {number for text in texts for number in re.findall(r"\d+(?:,\d+)?%", text)}
    assert len(named) >= 5
    assert named <= shown


def test_the_stories_of_the_demo_came_in_by_the_doors_of_the_method(demo: Project) -> None:
    told = Story.objects.of(demo)
    doors = {"formulier", "helper", "verhalenavond", "buurtwandeling", "gesproken", "wijkwerksessie"}
    assert set(told.values_list("door", flat=True)) == doors
    evening = Verhalenavond.objects.get(project=demo)
    assert evening.stories.published().count() == 3
    tasks = AvondTaak.objects.filter(evening=evening)
    assert (tasks.count(), tasks.filter(done=True).count()) == (6, 4)
    walk = Buurtwandeling.objects.get(project=demo)
    assert list(walk.stories.order_by("walk_stop").values_list("walk_stop", flat=True)) == [1, 2, 3, 4]
    assert walk.stories.filter(spot=None, lat__isnull=False).count() == 2
    assert Steun.objects.get(project=demo).supporter.email == "samira@voorbeeld.example"
    recording = StoryAudio.objects.get(story__project=demo)
    with storages["private"].open(recording.file) as file:
        assert media_type(file.read(12)) == recording.media_type == "audio/wav"


def test_stories_of_the_demo_in_another_language_have_a_translation_with_a_name(demo: Project) -> None:
    others = Story.objects.of(demo).published().exclude(language="nl")
    assert set(others.values_list("language", flat=True)) == {"tr", "ar", "pl"}
    assert all(story.translation and story.translated_by for story in others)
    assert Story.objects.of(demo).to_judge().filter(language="tr", translation="").exists()


def test_something_personal_waits_for_the_moderator_of_the_demo(demo: Project) -> None:
    waiting = Story.objects.of(demo).to_judge()
    assert any(findings(story.text) for story in waiting)
    assert not any(story.text for story in Story.objects.of(demo).spoken())


def inside(ring: list[list[float]], lon: Any, lat: Any) -> bool:
    """Whether a ray to the east crosses the ring an odd number of times."""
    crossings = 0
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) * (x2 - x1) / (y2 - y1):
            crossings += 1
    return crossings % 2 == 1


def test_every_place_of_the_demo_lies_in_its_buurt(demo: Project) -> None:
    shape: Any = demo.areas.get().geometry
    places = Place.objects.of(demo)
    assert places.count() >= 7
    stories = Story.objects.of(demo).filter(lat__isnull=False)
    points = [*places.values_list("lon", "lat"), *stories.values_list("lon", "lat")]
    assert all(inside(shape["coordinates"][0], *point) for point in points)


def test_tellers_of_the_demo_are_counts_of_five_and_more_and_nothing_waits(demo: Project) -> None:
    assert TellerAnswers.objects.filter(project=demo).count() >= 20
    assert not WaitingAnswers.objects.filter(project=demo).exists()
    counts = TellerCount.objects.filter(project=demo)
    assert {count.question for count in counts} >= {*QUESTIONS, "everybody", "stories"}
    assert all(count.number == 0 or count.number >= 5 for count in counts)
    told = counts.get(question="stories").number
    assert counts.get(question="everybody").number <= told
    done = OutreachTask.objects.filter(project=demo).values_list("done_on", flat=True)
    assert {day is None for day in done} == {True, False}
    assert Offer.objects.filter(project=demo).count() == 2


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
