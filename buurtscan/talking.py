"""What the kernteam says about the figures, as the pages of the scan need it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from buurtscan.actions.questions import MOST
from buurtscan.answering import Reach, reach_of
from buurtscan.catalogue import CATALOGUE, of_chapter
from buurtscan.differences import Piece, differences
from buurtscan.models import Duiding, FigureMark, ScanFigure, ScanNote, ScanQuestion
from buurtscan.models.talking import DuidingQuerySet
from buurtscan.pages import Cell
from buurtscan.reading import Reading, readings_of
from buurtscan.words.member_values import values_in_short
from projects.access import Access
from projects.chapters import Chapter
from projects.models import Project, User

NOTES_SHOWN = 5
NO_REACH = Reach()


@dataclass(frozen=True)
class AskedCell(Cell):
    """The figure of the area itself; of a set without one the values of its buurten: "83 en 81%"."""

    apart: str = ""

    @property
    def shown(self) -> str:
        return self.apart or super().shown


@dataclass(frozen=True)
class AskedQuestion:
    """A question with its chosen figures, as the page of one chapter or the overview shows it."""

    question: ScanQuestion
    cells: tuple[Cell, ...] = ()
    reach: Reach = NO_REACH
    first: bool = False
    last: bool = False


@dataclass(frozen=True)
class Marks:
    """What the members say of one figure. `mine` is that of who is looking."""

    all: tuple[FigureMark, ...] = ()
    mine: FigureMark | None = None

    @property
    def zorgen(self) -> int:
        return sum(mark.kind == FigureMark.Kind.ZORG for mark in self.all)

    @property
    def kansen(self) -> int:
        return sum(mark.kind == FigureMark.Kind.KANS for mark in self.all)

    @property
    def divided(self) -> bool:
        return bool(self.zorgen and self.kansen)


def chapter_context(access: Access, chapter: str) -> dict[str, Any]:
    """For the page of one chapter: what parts/questions, marks and duiding read. Six queries at most."""
    notes = ScanNote.objects.of(access.project, chapter)
    return {
        "questions": questions_about(access.project, chapter),
        "marks_by_indicator": marks_by_indicator(
            access.project, [indicator.id for indicator in of_chapter(chapter)], access.user
        ),
        "duiding": Duiding.objects.of(access.project).history(chapter).first(),
        "notes": notes.newest_first()[:NOTES_SHOWN],
        "note_count": notes.count(),
    }


def overview_context(access: Access) -> dict[str, Any]:
    """For the overview of the scan: what parts/questions reads. One query."""
    questions = list(ScanQuestion.objects.of(access.project))
    last = len(questions) - 1
    return {
        "questions": [
            AskedQuestion(question, first=place == 0, last=place == last)
            for place, question in enumerate(questions)
        ],
        "more_questions": len(questions) < MOST,
    }


def questions_about(project: Project, chapter: str) -> list[AskedQuestion]:
    """Those tied to the chapter, each with the chosen figures of the chapter, in the order of the catalogue.

    The reach is about all figures chosen for the question, those of other chapters too.
    """
    questions = [one for one in ScanQuestion.objects.of(project) if chapter in one.chapters]
    cells = cells_of(project, {name for question in questions for name in question.indicators})
    return [asked(question, cells, chapter) for question in questions]


def asked(question: ScanQuestion, cells: dict[str, Cell], chapter: str = "") -> AskedQuestion:
    names = [name for name in CATALOGUE if name in question.indicators]
    found = [cells[name] for name in names if name in cells]
    year = timezone.localdate().year
    return AskedQuestion(
        question,
        tuple(cell for cell in found if not chapter or cell.figure.chapter == chapter),
        reach_of((cell.figure for cell in found), year, gone=len(names) - len(found)),
    )


def cells_of(project: Project, indicators: Iterable[str]) -> dict[str, Cell]:
    """The figures of the area itself, by indicator."""
    wanted = set(indicators)
    return asked_cells(project, indicator__in=wanted) if wanted else {}


def asked_cells(project: Project, **which: Any) -> dict[str, Cell]:
    """One query: the figures of the area with those of the buurten in it."""
    places = (ScanFigure.Place.ASKED, ScanFigure.Place.MEMBER)
    rows = ScanFigure.objects.of(project).filter(role__in=places, **which)
    return {found.indicator.id: asked_cell(found, project.name) for found in readings_of(rows, {})}


def asked_cell(found: Reading, name: str) -> Cell:
    return AskedCell(found.figure, name, values_in_short(found) if found.apart else "")


def marks_by_indicator(project: Project, indicators: Iterable[str], user: User) -> dict[str, Marks]:
    """Of the figures that anybody marked."""
    found: defaultdict[str, list[FigureMark]] = defaultdict(list)
    for mark in FigureMark.objects.of(project).for_page(indicators):
        found[mark.indicator].append(mark)
    return {name: marks_of(marks, user) for name, marks in found.items()}


def marks_of(marks: Iterable[FigureMark], user: User) -> Marks:
    every = tuple(marks)
    return Marks(every, next((mark for mark in every if mark.author_id == user.pk), None))


def figure_choices(project: Project, question: ScanQuestion) -> list[tuple[str, list[tuple[str, str]]]]:
    """The figures to choose from, by chapter. Also those chosen that are gone."""
    cells = asked_cells(project, chapter__in=question.chapters)
    groups = []
    for chapter in [name for name in Chapter.values if name in question.chapters]:
        choices = [
            (one.id, choice_in_words(one.title, cells.get(one.id)))
            for one in of_chapter(chapter)
            if one.id in cells or one.id in question.indicators
        ]
        groups.append((str(Chapter(chapter).label), choices))
    return [group for group in groups if group[1]]


def choice_in_words(title: str, cell: Cell | None) -> str:
    """ "Koopwoningen: 16% (CBS, 2024, cijfer van de wijk)": what it is worth is seen before it is chosen."""
    if cell is None:
        return title
    where = _("cijfer van %(level)s") % {"level": cell.instead} if cell.instead else ""
    origin = ", ".join(part for part in (cell.source if cell.value is not None else "", where) if part)
    return f"{title}: {cell.shown}" + (f" ({origin})" if origin else "")


@dataclass(frozen=True)
class Version:
    """An older or the newest duiding, with what changed since the one before."""

    duiding: Duiding
    pieces: list[Piece]


def told_apart(shown: Iterable[Duiding], rows: DuidingQuerySet) -> list[Version]:
    """The rows of a page, each beside the one before it, which may be on the next page. One query."""
    page = list(shown)
    before = rows.filter(number=page[-1].number - 1).first() if page else None
    older = [*page[1:], before] if page else []
    return [
        Version(one, differences(previous.text if previous else "", one.text))
        for one, previous in zip(page, older, strict=True)
    ]
