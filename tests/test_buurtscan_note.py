"""The scan on two pages of paper: for anybody, at any size, and with nothing that is not so."""

import subprocess
import time
from io import BytesIO
from typing import Any

import page as validator
import pikepdf
import pytest

from buurtscan.models import ScanFigure
from buurtscan.takeaways.note import DENSITIES, note_html, note_of, partner_in_words, two_pages
from buurtscan.takeaways.slides import reading_texts
from buurtscan.takeaways.texts import shortened
from core.pdf import Pdf, render_pdf
from projects.models import Project, User
from tests import scan_pages_help as pages
from tests import scan_sets_help as sets
from tests import takeaways_help as files

pytestmark = pytest.mark.django_db


def words_of(pdf: Pdf) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf.data, capture_output=True, check=True)
    return done.stdout.decode().replace("\xa0", " ")


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def scanned(project: Project, coordinator: User) -> Project:
    files.a_scan(project)
    files.mark(project, coordinator)
    files.duiding(project, "Er is weinig keus voor wie wil verhuizen.")
    files.question(
        project, answered="Vier van de vijf woningen zijn huur.", unanswered="Of mensen weg willen."
    )
    files.partner_figure(project)
    return project


def test_the_note_says_what_it_has_to(scanned: Project) -> None:
    found = files.contents(scanned)
    text = flat(words_of(two_pages(found)))
    for words in (
        f"Buurtscan {scanned.name}",
        "Moerwijk-Oost · Den Haag",
        "cijfers opgehaald op",
        "Wonen mensen hier graag?",
        "De cijfers zeggen: Vier van de vijf woningen zijn huur.",
        "Wat de cijfers niet zeggen: Of mensen weg willen.",
        "Het kernteam ziet: 1 zorg",
        "Duiding. Er is weinig keus voor wie wil verhuizen.",
        "Van een partner. Klachten over vocht: 41 woningen, 2025 (Corporatie De Brug)",
        "Cijfers over wie er wonen zijn nooit goed of slecht.",
        "CBS Kerncijfers wijken en buurten (2024, CC BY 4.0)",
        "Voor dit gebied zijn in dit hoofdstuk geen cijfers bekend.",
    ):
        assert words in text
    for part in found.chapters:
        assert part.label in text


def test_what_stands_out_has_its_value_its_source_and_its_place(scanned: Project) -> None:
    found = files.contents(scanned)
    wonen = next(part for part in found.chapters if part.chapter == "wonen")
    shown = wonen.standouts[:3]
    text = flat(words_of(two_pages(found)))
    html = note_html(found, DENSITIES[0])
    assert html.count('class="chart place-chart"') == len(shown)
    for reading in shown:
        assert reading.asked.shown.replace("\xa0", " ").split(" per ")[0] in text
        assert reading.asked.source in text


def test_the_note_conforms_to_pdf_ua(scanned: Project) -> None:
    pdf = two_pages(files.contents(scanned))
    report = validator.validate_pdf_bytes(pdf.data, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    with pikepdf.open(BytesIO(pdf.data)) as opened:
        assert opened.Root.Lang == "nl"
        assert opened.Root.MarkInfo.Marked
        assert opened.docinfo["/Title"] == f"Buurtscan {scanned.name} op twee bladzijden"
        assert all(
            [float(side) for side in one.mediabox][2:] == pytest.approx([595.28, 841.89], abs=1)
            for one in opened.pages
        )


def figures_of(element: pikepdf.Object) -> list[pikepdf.Object]:
    """All tagged pictures of a document."""
    found = [element] if element.get("/S") == "/Figure" else []
    children: Any = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            found += figures_of(child)
    return found


def test_every_chart_has_a_text(scanned: Project) -> None:
    found = files.contents(scanned)
    shown = sum(len(part.standouts) for part in found.chapters)
    with pikepdf.open(BytesIO(two_pages(found).data)) as opened:
        texts = [str(figure.get("/Alt", "")) for figure in figures_of(opened.Root.StructTreeRoot)]
    assert len(texts) == shown
    assert all(len(text) > 20 for text in texts)


def test_every_page_has_its_number_and_says_of_when_it_is(scanned: Project, coordinator: User) -> None:
    files.everything_else(scanned, coordinator)
    texts = words_of(two_pages(files.contents(scanned))).rstrip("\f").split("\f")
    assert len(texts) == 2
    for number, text in enumerate(texts, start=1):
        assert f"bladzijde {number} van 2" in text
        assert f"Buurtscan {scanned.name} · cijfers van" in text


def test_an_example_says_so_on_every_page(scanned: Project) -> None:
    Project.objects.update(is_demo=True)
    scanned.refresh_from_db()
    text = words_of(two_pages(files.contents(scanned)))
    assert "Voorbeeld: de cijfers zijn echt, de rest is verzonnen." in text
    assert text.count("Voorbeeld · Buurtscan") == len(text.rstrip("\f").split("\f"))


def test_with_next_to_nothing_it_is_still_a_note(project: Project) -> None:
    pages.figure(project, "woningen", 3_200)
    pdf = two_pages(files.contents(project))
    assert pdf.pages <= 2
    assert "Hier springt geen cijfer eruit." in flat(words_of(pdf))
    assert validator.validate_pdf_bytes(pdf.data, profile="ua1").failures == []


def test_with_everything_there_can_be_it_is_two_pages(project: Project, coordinator: User) -> None:
    files.everything(project, coordinator)
    Project.objects.filter(pk=project.pk).update(name=("Een buurt met een lange naam " * 5)[:80].strip())
    project.refresh_from_db()
    start = time.process_time()
    pdf = two_pages(files.contents(project))
    assert time.process_time() - start < 8
    assert pdf.pages == 2
    assert validator.validate_pdf_bytes(pdf.data, profile="ua1").failures == []
    text = flat(words_of(pdf))
    assert "Hoe leest u dit?" in text
    assert "vragen staan in de buurtscan." in text


def test_the_shortest_note_fits_with_words_that_cannot_be_broken(project: Project, coordinator: User) -> None:
    files.everything(project, coordinator)
    for question in project.scan_questions.all():
        question.text = question.answered = question.unanswered = "W" * 300
        question.save()
    project.duidingen.update(text="W" * 4000)
    Project.objects.filter(pk=project.pk).update(name="W" * 80)
    project.refresh_from_db()
    assert render_pdf(note_html(files.contents(project), DENSITIES[-1])).pages <= 2


def test_a_figure_of_a_larger_area_says_so(project: Project) -> None:
    pages.compared(project, "corporatiewoningen", 78, 97, status="fallback", level_used="gemeente")
    part = note_of(files.contents(project), DENSITIES[0]).chapters[1]
    assert part.lines
    for line in part.lines:
        assert "dit is het cijfer van" in f"{line.sentence} {line.remarks}".lower()


def test_a_note_never_says_more_of_a_figure_than_there_is(project: Project) -> None:
    pages.figure(project, "corporatiewoningen", None)
    pages.figure(project, "corporatiewoningen", 30, "gemeente")
    assert ScanFigure.objects.of_area_asked().get().value is None
    assert all(not part.lines for part in note_of(files.contents(project), DENSITIES[0]).chapters)


def test_strange_texts_stay_texts(scanned: Project) -> None:
    files.question(scanned, '<img src="https://voorbeeld.test/x.png"> \x0b & "zo"')
    assert '<img src="https://voorbeeld.test/x.png"> & "zo"' in flat(
        words_of(two_pages(files.contents(scanned)))
    )


def test_a_long_text_is_cut_at_a_word() -> None:
    assert shortened("een twee drie", 13) == "een twee drie"
    assert shortened("een twee drie", 12) == "een twee…"
    assert shortened("x" * 20, 10) == "x" * 9 + "…"


def test_the_number_of_a_partner_is_never_cut_off(project: Project) -> None:
    figure = files.partner_figure(project, "lang " * 30, value=12.5, unit="meldingen", place="ver " * 25)
    assert ": 12,5 meldingen" in partner_in_words(figure)


def test_buurten_that_may_not_be_added_up_are_not_said_to_have_no_figures(project: Project) -> None:
    sets.apart(project, "woz_waarde", [409, 517], gemeente=369)
    html = note_html(files.contents(project), DENSITIES[0])
    assert "Een woning is in Buurt 1 gemiddeld € 409.000 waard. In Buurt 2 is dat € 517.000." in flat(html)
    assert html.count("mogen cijfers van buurten niet bij elkaar worden opgeteld".capitalize()) == 1
    assert html.count("geen cijfers bekend") == 7
    slides = " ".join(reading_texts(files.contents(project)))
    assert "niet bij elkaar worden opgeteld" in slides
    assert "Zonder cijfers: Algemene gegevens, Werk" in slides


def test_a_caution_that_the_sentence_gives_is_not_given_twice(project: Project) -> None:
    pages.compared(project, "misdrijven", 7.6, 3, flags=["few_cases"])
    line = note_of(files.contents(project), DENSITIES[0]).chapters[4].lines[0]
    assert f"{line.sentence} {line.remarks}".count("toeval") == 1
