"""A PowerPoint in our own letters and colours: 16:9, Arial, text that can be changed, and room for it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.util import Inches, Pt

from buurtscan.takeaways.fitting import BETWEEN, fitted
from buurtscan.takeaways.texts import clean

WIDTH, HEIGHT, EDGE = 13.333, 7.5, 0.6
INNER = WIDTH - 2 * EDGE
TOP = 1.35  # under the title
FONT = "Arial"  # every program that opens slides has it, or one as wide
INK, INK_2, LINE, PAPER = "1D2733", "4C5866", "8B8375", "FBF8F2"
TELLEN, SAMEN, GREY, WHITE = "1F5F8B", "5B3A72", "8B8375", "FFFFFF"
THEME = {
    "dk1": INK,
    "lt1": WHITE,
    "dk2": INK_2,
    "lt2": PAPER,
    "accent1": TELLEN,
    "accent2": SAMEN,
    "accent3": GREY,
    "accent4": "2C6E49",
    "accent5": "8A5C00",
    "accent6": "A1261D",
    "hlink": "1D3F6E",
    "folHlink": SAMEN,
}
SPACE = "http://schemas.openxmlformats.org/drawingml/2006/main"
DRAWING = f"{{{SPACE}}}"
SHOW = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
NUMBER = f'<a:fld xmlns:a="{SPACE}" type="slidenum" id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}"/>'
TITLE_LAYOUT, TITLE_ONLY = 0, 5
TITLE_SIZES = (30, 26, 22, 18)


@dataclass(frozen=True)
class Box:
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[int, int, int, int]:
        return (Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height))


class Deck:
    """Slides with a title, texts, and a line below that says what they are of."""

    def __init__(self, title: str, footer: str) -> None:
        self.show: Any = Presentation()
        self.footer = footer
        self.pages = 0
        dress(self.show)
        properties = self.show.core_properties
        properties.title, properties.author = clean(title), "Buurtagenda"
        properties.language = "nl-NL"
        properties.created = properties.modified = datetime.now(UTC)

    def first(self, title: str, under: str) -> Any:
        page = self.show.slides.add_slide(self.show.slide_layouts[TITLE_LAYOUT])
        self.pages += 1
        bar(page, Box(0, 0, WIDTH, 1.1), INK)
        box = Box(EDGE, 2.0, INNER, 1.8)
        fill(page.shapes.title, box, title, sizes=(44, 38, 32, 26), bold=True, anchor=MSO_ANCHOR.BOTTOM)
        fill(page.placeholders[1], Box(EDGE, 4.0, INNER, 1.9), under, sizes=(22, 20, 18, 16))
        return page

    def page(self, title: str) -> Any:
        """A slide with only a title yet."""
        page = self.show.slides.add_slide(self.show.slide_layouts[TITLE_ONLY])
        self.pages += 1
        box = Box(EDGE, 0.35, INNER, 0.85)
        fill(page.shapes.title, box, title, sizes=TITLE_SIZES, bold=True, anchor=MSO_ANCHOR.MIDDLE)
        foot = text(page, Box(EDGE, 7.02, 10.5, 0.32), self.footer, sizes=(11, 10), colour=INK_2)
        foot.name = "Voettekst"
        self.number(page)
        return page

    def number(self, page: Any) -> None:
        """The number of the slide as a field: it stays right when somebody moves slides."""
        shape = text(
            page, Box(WIDTH - EDGE - 1.2, 7.02, 1.2, 0.32), str(self.pages), sizes=(11,), colour=INK_2
        )
        shape.name = "Dianummer"
        paragraph = shape.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT
        run = paragraph.runs[0]._r
        field = parse_xml(NUMBER)
        for part in list(run):
            field.append(part)
        paragraph._p.replace(run, field)

    def notes(self, page: Any, lines: Sequence[str]) -> None:
        page.notes_slide.notes_text_frame.text = clean("\n".join(lines))

    def data(self) -> bytes:
        out = io.BytesIO()
        self.show.save(out)
        return out.getvalue()


def text(
    page: Any,
    box: Box,
    words: str,
    *,
    sizes: Sequence[int] = (18, 16, 14),
    colour: str = INK,
    bold: bool = False,
    anchor: Any = MSO_ANCHOR.TOP,
) -> Any:
    """A text box: in the largest size that fits."""
    shape = page.shapes.add_textbox(*box.emu)
    fill(shape, box, words, sizes=sizes, colour=colour, bold=bold, anchor=anchor)
    return shape


def fill(
    shape: Any,
    box: Box,
    words: str,
    *,
    sizes: Sequence[int],
    colour: str = INK,
    bold: bool = False,
    anchor: Any = MSO_ANCHOR.TOP,
) -> None:
    shape.left, shape.top, shape.width, shape.height = box.emu
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    fit = fitted(clean(words), sizes, box.width * (0.94 if bold else 1), box.height)
    for number, line in enumerate(fit.text.split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(round(fit.size * BETWEEN))
        write(paragraph, line, size=fit.size, colour=colour, bold=bold)


def write(paragraph: Any, words: str, *, size: int, colour: str = INK, bold: bool = False) -> Any:
    run = paragraph.add_run()
    run.text = words
    font = run.font
    font.size, font.bold, font.name = Pt(size), bold, FONT
    font.color.rgb = rgb(colour)
    run._r.get_or_add_rPr().set("lang", "nl-NL")
    return run


def rgb(colour: str) -> Any:
    return RGBColor.from_string(colour)  # type: ignore[no-untyped-call]


def bar(page: Any, box: Box, colour: str) -> None:
    """A line beside a text: decoration, so without a text of its own."""
    shape = page.shapes.add_shape(1, *box.emu)
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(colour)
    shape.line.fill.background()
    shape._element.remove(shape._element.find(f"{SHOW}style"))  # the theme would add a shadow
    describe(shape, "")


def table(page: Any, box: Box, widths: Sequence[float], rows: Sequence[Sequence[str]], name: str) -> Any:
    """A table with a heading row; each text is cut to what fits in its cell."""
    frame = page.shapes.add_table(len(rows), len(widths), *box.emu)
    describe(frame, name)
    made, height = frame.table, box.height / len(rows)
    for number, width in enumerate(widths):
        made.columns[number].width = Inches(width)
    for row, cells in enumerate(rows):
        made.rows[row].height = Inches(height)
        for column, words in enumerate(cells):
            cell = made.cell(row, column)
            cell.margin_top = cell.margin_bottom = Inches(0.03)
            cell.margin_left = cell.margin_right = Inches(0.08)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.fill.solid()
            cell.fill.fore_color.rgb = rgb(INK if row == 0 else (WHITE, PAPER)[row % 2])
            fit = fitted(clean(words), (14, 13, 12), widths[column] - 0.16, height - 0.06)
            colour = WHITE if row == 0 else INK
            write(cell.text_frame.paragraphs[0], fit.text, size=fit.size, colour=colour, bold=row == 0)
    return frame


def describe(shape: Any, words: str, name: str = "") -> None:
    """What somebody hears who does not see it; empty words say that there is nothing to see."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("descr", clean(words))
    if name:
        properties.set("name", clean(name))


def dress(show: Any) -> None:
    """Make of the standard (4:3, Calibri, Office colours) ours, also for slides that are added later."""
    factor = WIDTH / (show.slide_width / Inches(1))
    show.slide_width, show.slide_height = Inches(WIDTH), Inches(HEIGHT)
    master = show.slide_master
    for sheet in (master, *master.slide_layouts):
        for shape in sheet.placeholders:
            if shape._element.spPr.find(f"{DRAWING}xfrm") is not None:
                shape.left, shape.width = round(shape.left * factor), round(shape.width * factor)
    master.background.fill.solid()
    master.background.fill.fore_color.rgb = rgb(PAPER)
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = themed(theme.blob)


def themed(blob: bytes) -> bytes:
    tree = parse_xml(blob)
    for name, colour in THEME.items():
        for slot in tree.iter(f"{DRAWING}{name}"):
            for child in list(slot):
                slot.remove(child)
            slot.append(parse_xml(f'<a:srgbClr xmlns:a="{SPACE}" val="{colour}"/>'))
    for font in tree.iter(f"{DRAWING}latin"):
        if not font.get("typeface", "").startswith("+"):
            font.set("typeface", FONT)
    return serialize_part_xml(tree)
