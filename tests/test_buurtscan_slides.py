"""The scan as slides: text that can be changed, native charts, sources in the notes, and no text too much."""

import io
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation
from pptx.util import Inches

from buurtscan.catalogue import CATALOGUE
from buurtscan.reading import readings
from buurtscan.takeaways.deck import Box, Deck
from buurtscan.takeaways.fitting import fits, fitted
from buurtscan.takeaways.slide_charts import bar_chart, beams_of, periods_of, short_value
from buurtscan.takeaways.slides import slides_pptx
from core.lettering import lines
from projects.models import Project, User
from tests import scan_pages_help as pages
from tests import scan_sets_help as sets
from tests import takeaways_help as files

pytestmark = pytest.mark.django_db

DESCR = ".//p:cNvPr"


def opened(project: Project) -> Any:
    return Presentation(io.BytesIO(slides_pptx(files.contents(project))))


def titles(show: Any) -> list[str]:
    return [page.shapes.title.text_frame.text for page in show.slides]


def words_on(page: Any) -> str:
    texts = [shape.text_frame.text for shape in page.shapes if shape.has_text_frame]
    for shape in page.shapes:
        if shape.has_table:
            texts += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(texts).replace("\xa0", " ")


def notes_of(page: Any) -> str:
    return str(page.notes_slide.notes_text_frame.text).replace("\xa0", " ")


def charts_of(show: Any) -> list[Any]:
    return [shape for page in show.slides for shape in page.shapes if shape.has_chart]


def page_called(show: Any, start: str) -> Any:
    return next(page for page in show.slides if page.shapes.title.text_frame.text.startswith(start))


@pytest.fixture
def scanned(project: Project, coordinator: User) -> Project:
    files.a_scan(project)
    files.mark(project, coordinator)
    files.duiding(project, "Er is weinig keus voor wie wil verhuizen.")
    files.question(
        project, answered="Vier van de vijf woningen zijn huur.", unanswered="Of mensen weg willen."
    )
    files.partner_figure(project)
    files.policy_fact(project, where="Aan het plein")
    return project


def test_the_slides_tell_the_scan_from_question_to_source(scanned: Project) -> None:
    show = opened(scanned)
    found = titles(show)
    assert found[0] == f"Buurtscan {scanned.name}"
    assert found[1] == "Wat wil het kernteam weten?"
    assert any(title.startswith("Wonen: ") for title in found)
    assert found[-3:] == ["Cijfers van partners", "Wat komt eraan?", "Bronnen, en hoe u dit leest"]
    assert not any(title.startswith("Gezondheid") for title in found)  # it has no figures
    assert "Zonder cijfers: " in words_on(show.slides[len(found) - 1])
    assert "Vier van de vijf woningen zijn huur." in words_on(show.slides[1])
    seen = words_on(page_called(show, "Wonen: wat ziet het kernteam?"))
    assert "Er is weinig keus voor wie wil verhuizen." in seen
    assert "Zorg: Huurwoningen van corporaties. Er is weinig keus" in seen
    assert "2027-2029" in words_on(page_called(show, "Wat komt eraan?"))
    assert "41 woningen" in words_on(page_called(show, "Cijfers van partners"))


def test_every_title_is_there_once(project: Project, coordinator: User) -> None:
    files.everything(project, coordinator)
    found = titles(opened(project))
    assert len(set(found)) == len(found)
    assert all(found)


def test_the_notes_of_a_chapter_say_source_year_table_and_level(scanned: Project) -> None:
    show = opened(scanned)
    wonen = next(page for page in show.slides if page.shapes.title.text_frame.text.startswith("Wonen: "))
    notes = notes_of(wonen)
    assert "Bron: CBS Kerncijfers wijken en buurten, jaar 2024, tabel 85984NED, indeling van 2024." in notes
    assert "Cijfer van: de buurt." in notes
    assert all(page.has_notes_slide and notes_of(page).strip() for page in show.slides)


def test_the_slides_are_wide_and_in_our_own_letters_and_colours(scanned: Project) -> None:
    show = opened(scanned)
    assert (show.slide_width, show.slide_height) == (Inches(13.333), Inches(7.5))
    theme = show.slide_master.part.part_related_by(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
    ).blob.decode()
    assert "1F5F8B" in theme
    assert "Calibri" not in theme
    for layout in show.slide_layouts:
        for shape in layout.placeholders:
            assert shape.left + shape.width <= show.slide_width
    assert show.core_properties.language == "nl-NL"
    assert show.core_properties.title == f"Buurtscan {scanned.name}"


def test_charts_are_native_and_have_a_text(scanned: Project) -> None:
    found = charts_of(opened(scanned))
    assert found
    for frame in found:
        text = frame._element.xpath(DESCR)[0].get("descr")
        assert len(text) > 20
        assert len(list(frame.chart.plots[0].series)) >= 1
        assert frame.chart.part.chart_workbook.xlsx_part is not None  # the data can be changed
        assert frame.chart._chartSpace.xpath("c:lang/@val") == ["nl-NL"]


def test_bars_stand_for_the_area_and_what_is_around_it(scanned: Project) -> None:
    reading = files.by_indicator(files.contents(scanned))["woz_waarde"]
    beams = beams_of(reading)
    assert [(beam.name, beam.value) for beam in beams[:2]] == [
        (scanned_name(reading), 228_000),
        ("Moerwijk", 205_200),
    ]
    assert beams[0].shown == "€\xa0228.000"
    assert beams[-1].name == "Midden van 10 buurten die erop lijken"


def scanned_name(reading: Any) -> str:
    return str(reading.asked.name)


def test_counts_and_figures_of_a_larger_area_have_no_bars(scanned: Project) -> None:
    found = files.by_indicator(files.contents(scanned))
    assert beams_of(found["woningen"]) == []
    assert beams_of(found["huurwoningen"]) == []
    assert beams_of(found["eengezinswoningen"]) == []


def test_labels_in_charts_are_dutch() -> None:
    assert short_value(CATALOGUE["corporatiewoningen"], 78.0) == "78%"
    assert short_value(CATALOGUE["woz_waarde"], 228.0) == "€\xa0228.000"
    assert short_value(CATALOGUE["misdrijven"], 1092.5) == "1.092,5"


def line_charts(show: Any) -> dict[str, Any]:
    """By the title of the figure."""
    found = {}
    for frame in charts_of(show):
        if frame.chart._chartSpace.xpath(".//c:lineChart"):
            found[frame._element.xpath(DESCR)[0].get("descr").split(".")[0]] = frame.chart
    return found


def test_a_line_is_never_drawn_through_a_change_of_definition(project: Project) -> None:
    course = pages.trend(150, 160, 170, 200, 210, 228, series="aaabbb")
    pages.compared(project, "woz_waarde", 228, 99, trend=course)
    chart = line_charts(opened(project))["Gemiddelde WOZ-waarde"]
    assert list(chart.plots[0].categories) == ["2019", "2020", "2021", "2022", "2023", "2024"]
    own = [
        tuple(one.values) for one in chart.plots[0].series if one.name.startswith(project.areas.get().name)
    ]
    assert own == [
        (150_000, 160_000, 170_000, None, None, None),
        (None, None, None, 200_000, 210_000, 228_000),
    ]


def test_a_year_without_a_figure_has_its_place_on_the_axis(project: Project) -> None:
    course = [{"period": year, "value": 10.0, "series": ""} for year in ("2012", "2016", "2020")]
    pages.figure(project, "corporatiewoningen", 10.0, **pages.place(99), trend=course)
    (reading,) = files.contents(project).readings
    assert periods_of(reading.trend) == [str(year) for year in range(2012, 2021)]


BIG = ("Een buurt met een lange naam en straten eromheen " * 3)[:80].strip()


def test_no_text_is_larger_than_its_box(project: Project, coordinator: User) -> None:
    files.everything(project, coordinator)
    Project.objects.filter(pk=project.pk).update(name=BIG)
    project.refresh_from_db()
    start = time.process_time()
    show = opened(project)
    assert time.process_time() - start < 8
    for page in show.slides:
        for shape in page.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= show.slide_width
            assert shape.top + shape.height <= show.slide_height
            if not shape.has_text_frame or not shape.text_frame.text:
                continue
            size = (
                shape.text_frame.paragraphs[0].runs[0].font.size
                if shape.text_frame.paragraphs[0].runs
                else None
            )
            if size:
                assert fits(shape.text_frame.text, size.pt, shape.width / Inches(1), shape.height / Inches(1))


def test_too_many_facts_are_told_and_not_shown(project: Project) -> None:
    files.a_scan(project)
    for number in range(40):
        files.policy_fact(project, f"Plan {number}")
    show = opened(project)
    assert [title for title in titles(show) if title.startswith("Wat komt eraan?")] == [
        f"Wat komt eraan? ({number} van 4)" for number in range(1, 5)
    ]
    assert "Nog 8 staan in het werkblad." in words_on(page_called(show, "Wat komt eraan? (4 van 4)"))


def test_strange_texts_stay_texts(scanned: Project) -> None:
    files.question(scanned, "Een \x0b & <b> vraag")
    assert "Een & <b> vraag" in " ".join(words_on(opened(scanned).slides[1]).split())


def test_with_next_to_nothing_there_are_still_slides(project: Project) -> None:
    pages.figure(project, "woningen", 3_200)
    found = titles(opened(project))
    assert found == [
        f"Buurtscan {project.name}",
        "Algemene gegevens: de eerste cijfers",
        "Bronnen, en hoe u dit leest",
    ] or found[1].startswith("Wonen: ")


@given(st.text(max_size=400), st.floats(0.5, 12), st.floats(0.2, 5))
def test_what_is_fitted_fits_or_is_next_to_nothing(text: str, width: float, height: float) -> None:
    found = fitted(text, (30, 18, 12), width, height)
    assert found.size in (30, 18, 12)
    assert found.text == text or found.text.endswith("…")
    if fits("…", 12, width, height):
        assert fits(found.text, found.size, width, height)


@pytest.mark.skipif(
    shutil.which("libreoffice") is None and os.environ.get("CI") != "true",
    reason="a laptop may lack LibreOffice; where everything is checked it may not",
)
def test_libreoffice_opens_every_slide(scanned: Project, tmp_path: Path) -> None:
    made = slides_pptx(files.contents(scanned))
    (tmp_path / "scan.pptx").write_bytes(made)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["libreoffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "scan.pptx")], check=True, capture_output=True, timeout=180)
    info = subprocess.run(
        ["pdfinfo", tmp_path / "scan.pdf"], check=True, capture_output=True, text=True
    ).stdout
    assert f"Pages:           {len(Presentation(io.BytesIO(made)).slides)}\n" in info


@pytest.mark.parametrize(("series", "there"), [("ab", False), ("aa", True), ("aab", True)])
def test_loose_years_get_no_slide_of_their_course(project: Project, series: str, there: bool) -> None:
    course = pages.trend(*[60.0, 70.0, 80.0][: len(series)], series=series)
    for name in ("corporatiewoningen", "woz_waarde"):
        pages.figure(project, name, 80.0, **pages.place(99), trend=course)
        pages.figure(project, name, 30.0, "gemeente", code="GM0518")
    assert ("Wonen: hoe ging het door de jaren?" in titles(opened(project))) == there


def test_there_is_room_for_letters_wider_than_arial() -> None:
    """Noto Sans, which other programs put in its place, is a tenth wider: a line of it has to fit too."""
    said = "In Verspreide huizen Klazienaveen zorgt naar schatting 15,9% van de volwassenen voor een naaste."
    narrow = next(width / 10 for width in range(10, 200) if fits(said, 12, width / 10, 12 * 1.3 / 72))
    assert lines(said, narrow * 72 / (12 * 1.15)) == 1


def test_the_names_beside_many_bars_are_smaller(project: Project) -> None:
    sets.apart(project, "koopwoningen", [61.0, 44.0, 90.0, 62.0], gemeente=63, shares=[30, 16, 83, 31])
    found = next(one for one in readings(project) if one.indicator.id == "koopwoningen")
    page, beams = Deck("x", "y").page("z"), beams_of(found)
    charts = [bar_chart(page, Box(1, 1, 4, 2), found, some).chart for some in (beams, beams[:4])]
    assert len(beams) == 5
    assert [chart.category_axis.tick_labels.font.size.pt for chart in charts] == [10, 12]
    labels = [chart.plots[0].series[0].points[0].data_label.text_frame for chart in charts]
    assert [label.word_wrap for label in labels] == [False, False]
