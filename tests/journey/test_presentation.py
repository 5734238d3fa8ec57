"""The scan on a projector of 1920 by 1080: nothing scrolls, nothing sticks out, nothing is small."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from buurtscan.actions import pictures as actions
from buurtscan.models import PartnerFigure, PartnerTable, PolicyFact, ScanPicture
from core import pictures
from core.models import Job
from projects.models import Project, User
from tests.journey.people import BEAMER, PHONE
from tests.journey.test_scan_pages import visitor
from tests.scan_pages_help import chapter_of_figures
from tests.stories_help import jpeg
from tests.talking_help import duiding, note, question

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TOO_LARGE = """[...document.querySelectorAll('.stage, .stage__figures, .stage__figures > li, .stage__body, .stage__columns')]
    .filter(one => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
    .map(one => `${one.className} ${one.scrollHeight} in ${one.clientHeight}, ${one.scrollWidth} in ${one.clientWidth}`)"""
BROKEN = """[...document.images].filter(one => !one.naturalWidth).map(one => one.src)"""
TOO_SMALL = """[...document.querySelectorAll('.stage *, .demo-banner')]
    .filter(one => !one.closest('.sr-only') && getComputedStyle(one).left !== '-9999px')
    .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
    .filter(one => parseFloat(getComputedStyle(one).fontSize) < 24)
    .map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def full(project: Project, settings: Any, tmp_path: Path) -> Project:
    """Wonen, with more of everything than one screen holds."""
    private = {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "private": private}
    chapter_of_figures(project)
    question(project, "Vinden jongeren die hier zijn opgegroeid in deze buurt nog een eigen woning?")
    duiding(project, text="Wij zien dat er weinig doorstroming is, en dat mensen daarop wachten. " * 40)
    for number in range(2):
        table = PartnerTable.objects.create(
            project=project,
            partner="Woningcorporatie van het voorbeeld",
            title=f"Toewijzing van woningen {number}",
            source_note="Eigen telling van de corporatie, zonder nieuwbouw",
            state="published",
            visibility="project",
        )
        PartnerFigure.objects.bulk_create(
            PartnerFigure(
                table=table,
                row=row,
                chapter="wonen",
                label=f"Woningen die in dit jaar aan jongeren uit de wijk zijn toegewezen {row}",
                value=1_234_567.5,
                unit="woningen",
                period="2023/2024",
                place="portiekflats aan de oostkant",
                note="Zonder woningen die tijdelijk worden verhuurd." if row % 2 else "",
            )
            for row in range(1, 9)
        )
    PolicyFact.objects.bulk_create(
        PolicyFact(
            project=project,
            chapter="wonen",
            kind="renovatie",
            what=f"Renovatie van de portiekflats aan de oostkant, fase {number}",
            where="de hele oostkant van de buurt",
            who="Woningcorporatie van het voorbeeld",
            starts=2026 + number,
            ends=2027 + number,
        )
        for number in range(14)
    )
    for number, size in enumerate([(2000, 500), (400, 1600)]):
        name = f"scan_pictures/{number}.jpg"
        pictures.write(name, jpeg(size))
        ScanPicture.objects.create(
            project=project,
            chapter="wonen",
            title="Veerkracht in de buurt, zoals de corporaties die meten",
            alt="Rechts is donkerder.",
            source_note="Veerkrachtkaart, 2026",
            visibility="project",
            job=Job.objects.create(task=actions.TASK, state=Job.State.DONE),
            file=name,
        )
    for number in range(12):
        note(
            project, f"Notitie {number}: wat een hoop flats, en wat is er weinig te doen voor jongeren hier."
        )
    return project


def test_no_screen_of_a_chapter_scrolls_or_has_small_words(
    browser: Browser, live_server: Any, full: Project, coordinator: User
) -> None:
    samira = visitor(browser, live_server, coordinator, BEAMER)
    page = samira.page
    samira.goes_to(reverse("scan_presentation", args=[full.slug]) + "?hoofdstuk=wonen")
    seen = []
    while "hoofdstuk 2 van 8" in page.locator(".stage__label").inner_text():
        label = page.locator(".stage__label").inner_text()
        seen.append(page.locator("h1").inner_text())
        for picture in page.locator(".stage__picture img").all():
            expect(picture).to_have_js_property("complete", True)
        assert page.evaluate(BROKEN) == [], label
        assert page.evaluate(TOO_LARGE) == [], label
        assert page.evaluate(TOO_SMALL) == [], label
        samira.finds_it_accessible()
        page.keyboard.press("ArrowRight")
        expect(page.locator(".stage__label")).not_to_have_text(label)
    assert list(dict.fromkeys(seen)) == [
        "Wonen: wat valt u op?",
        "Wonen: van onze partners",
        "Wonen: wat komt eraan?",
        "Wonen: wat zien wij hierin?",
    ]
    assert len(seen) > 8
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".stage__columns")).to_be_visible()


def test_on_a_phone_a_screen_is_read_from_top_to_bottom(
    browser: Browser, live_server: Any, full: Project, coordinator: User
) -> None:
    samira = visitor(browser, live_server, coordinator, PHONE)
    samira.goes_to(reverse("scan_presentation", args=[full.slug]) + "?hoofdstuk=wonen")
    total = samira.page.locator(".stage__label").inner_text().split()[-1]
    for screen in range(1, int(total) + 1):
        samira.goes_to(reverse("scan_presentation", args=[full.slug]) + f"?hoofdstuk=wonen&scherm={screen}")
        samira.finds_it_accessible()
