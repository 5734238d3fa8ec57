"""The scan on two pages of paper, however much or little there is."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from buurtscan.models import PartnerFigure
from buurtscan.pages import Cell
from buurtscan.reading import Reading
from buurtscan.takeaways.contents import ChapterContents, Contents
from buurtscan.takeaways.said import brief_value, remarks_of, said_of
from buurtscan.takeaways.texts import sentences_within, shortened
from core.formats import dutch_date, dutch_number
from core.pdf import Pdf, render_pdf

PAGES = 2
MOST_SIGNS = 14_000  # more never fits on two pages: not worth the laying out


@dataclass(frozen=True)
class Density:
    """How much goes in: figures per chapter (`first` where none stands out), questions, figures of partners,
    and signs of a text; and the size of the texts in the charts. `roomy` has larger letters."""

    figures: int
    questions: int
    partners: int
    sentence: int
    question: int
    duiding: int
    first: int = 0
    chart: int = 9
    roomy: bool = False


# The first that gives two pages is taken; the last fits whatever there is.
DENSITIES = (
    Density(
        figures=3,
        questions=5,
        partners=3,
        sentence=300,
        question=300,
        duiding=900,
        first=2,
        chart=11,
        roomy=True,
    ),
    Density(figures=3, questions=5, partners=2, sentence=260, question=300, duiding=420, first=2),
    Density(figures=3, questions=5, partners=2, sentence=260, question=300, duiding=420),
    Density(figures=3, questions=4, partners=1, sentence=190, question=180, duiding=220),
    Density(figures=2, questions=3, partners=1, sentence=190, question=160, duiding=180),
    Density(figures=2, questions=2, partners=1, sentence=150, question=120, duiding=110),
    Density(figures=1, questions=2, partners=0, sentence=120, question=100, duiding=0),
)


@dataclass(frozen=True)
class NoteLine:
    """One figure that stands out."""

    reading: Reading
    sentence: str
    remarks: str

    @property
    def value(self) -> str:
        return brief_value(self.reading)

    @property
    def beside(self) -> list[Cell]:
        """What is written where there is no chart, since the place is not known."""
        line = self.reading.line
        if not (self.reading.own or self.reading.apart) or self.reading.indicator.count:
            return []
        return [
            cell for cell in (*line.wijken[:1], *line.gemeenten[:1], *line.land) if cell.value is not None
        ]

    @property
    def source(self) -> str:
        return self.reading.asked.source


@dataclass(frozen=True)
class NoteChapter:
    label: str
    lines: tuple[NoteLine, ...]
    stands_out: bool
    differs: bool
    empty: bool
    marks: str
    duiding: str
    partners: tuple[str, ...]


@dataclass(frozen=True)
class NoteQuestion:
    text: str
    answered: str
    unanswered: str


@dataclass(frozen=True)
class Note:
    """What the template shows: nothing of it is longer than there is room for."""

    contents: Contents
    density: Density
    name: str
    where: str
    questions: tuple[NoteQuestion, ...]
    more_questions: int
    chapters: tuple[NoteChapter, ...]
    sources: str

    @property
    def apart(self) -> bool:
        """There are figures of the buurten of a set in it, each with its own mark on the line."""
        return any(line.reading.apart for chapter in self.chapters for line in chapter.lines)

    @property
    def footer(self) -> str:
        day = dutch_date(self.contents.scanned_on)
        text = f"{_('Buurtscan')} {self.name} · {_('cijfers van')} {day}"
        return f"{_('Voorbeeld')} · {text}" if self.contents.is_demo else text


def note_pdf(contents: Contents) -> bytes:
    return two_pages(contents).data


def two_pages(contents: Contents) -> Pdf:
    """As much as fits on two pages."""
    for density in DENSITIES:
        html = note_html(contents, density)
        if len(" ".join(strip_tags(html).split())) > MOST_SIGNS:
            continue
        pdf = render_pdf(html)
        if pdf.pages <= PAGES:
            return pdf
    raise ValueError("the shortest note does not fit on two pages")


def note_html(contents: Contents, density: Density) -> str:
    return render_to_string("buurtscan/note.html", {"note": note_of(contents, density)})


def note_of(contents: Contents, density: Density) -> Note:
    asked = contents.questions[: density.questions]
    return Note(
        contents=contents,
        density=density,
        name=shortened(contents.name, 90),
        where=shortened(contents.where, 160),
        questions=tuple(
            NoteQuestion(
                shortened(one.text, density.question),
                shortened(one.answered, density.question),
                shortened(one.unanswered, density.question),
            )
            for one in asked
        ),
        more_questions=len(contents.questions) - len(asked),
        chapters=tuple(note_chapter(part, density) for part in contents.chapters),
        sources=sources_in_words(contents),
    )


def note_chapter(part: ChapterContents, density: Density) -> NoteChapter:
    shown = (part.standouts or part.differing)[: density.figures] or part.first[: density.first]
    return NoteChapter(
        label=part.label,
        lines=tuple(note_line(reading, density) for reading in shown),
        stands_out=bool(part.standouts),
        differs=bool(part.differing),
        empty=not part.first,
        marks=part.marks_in_words,
        duiding=shortened(part.duiding, density.duiding) if density.duiding else "",
        partners=tuple(partner_in_words(one) for one in part.partners[: density.partners]),
    )


def note_line(reading: Reading, density: Density) -> NoteLine:
    sentence = sentences_within(said_of(reading), density.sentence)
    return NoteLine(reading, sentence, " ".join(remarks_of(reading)))


def partner_in_words(figure: PartnerFigure) -> str:
    """ "Klachten over vocht: 41 woningen, 2025 (De Brug)"."""
    value = dutch_number(figure.value, 0 if figure.value == int(figure.value) else 1)
    parts = [f"{shortened(figure.label, 70)}: {value} {figure.unit}".strip(), shortened(figure.place, 30)]
    text = ", ".join(part for part in (*parts, figure.period) if part)
    return f"{text} ({shortened(figure.table.partner, 40)})"


def sources_in_words(contents: Contents) -> str:
    """Each source with its years and licence; partners by name."""
    lines = [f"{line.name} ({line.years}, {line.licence})" for line in contents.sources]
    partners = sorted({table.partner for table in contents.tables})
    return shortened("; ".join([*lines, *partners]), 600)
