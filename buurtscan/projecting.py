"""One screen of the scan for the projector: the questions first, then each chapter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Count, Max

from buurtscan.added_screens import Block, paragraph_screens, partner_screens, timeline_screens
from buurtscan.models import ScanNote, ScanPicture, ScanQuestion
from buurtscan.presented import duiding_of, partners_of, pictures_of, timeline_of
from buurtscan.reading import Reading, readings
from buurtscan.screens import FigureCard, figure_screens, room_for, text_screens
from buurtscan.standing import differing, standouts
from buurtscan.timeline import Span
from buurtscan.words.sentences import sentence_of
from projects.chapters import Chapter
from projects.models import Project

LAST = "laatste"
STARTERS = 2  # figures to talk about where nothing stands out
NOTES_ON_WALL = 60  # the newest; the others are on the page of the chapter
QUESTION_SIZE = 1.2
QUESTIONS_ROOM = 16.5  # em: the first screen also tells which keys there are


@dataclass(frozen=True)
class Place:
    """Where the presentation is: a chapter ("" for the questions) and a screen in it, from 1."""

    chapter: str = ""
    screen: str = "1"

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Place":
        chapter = asked.get("hoofdstuk", "")
        return cls(chapter if chapter in Chapter.values else "", asked.get("scherm", "1"))

    def number(self, total: int) -> int:
        """The nearest screen that exists."""
        if self.screen == LAST:
            return total
        known = self.screen.isascii() and self.screen.isdigit() and len(self.screen) < 6
        return min(max(int(self.screen) if known else 1, 1), total)

    @property
    def query(self) -> str:
        asked = {"hoofdstuk": self.chapter, "scherm": self.screen}
        return "?" + urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True)
class NoteCount:
    """How many notes a chapter has; `version` is another one whenever one came or went."""

    number: int
    version: str


@dataclass(frozen=True)
class Step:
    """One screen of a chapter: figures, what partners know, a map picture, what comes, the duiding, or notes."""

    cards: tuple[FigureCard, ...] = ()
    blocks: tuple[Block, ...] = ()
    picture: ScanPicture | None = None
    spans: tuple[Span, ...] = ()
    years: tuple[int, int] = (0, 0)
    paragraphs: tuple[str, ...] = ()
    columns: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Wall:
    """What is on the projector. Nobody's name, and nothing that only the kernteam may see."""

    chapter: str
    label: str
    screen: int
    total: int
    before: str
    after: str
    notes: NoteCount
    step: Step = field(default_factory=Step)
    questions: tuple[str, ...] = ()
    question_start: int = 1
    striking: bool = True
    differing: bool = False
    earlier: int = 0

    @property
    def here(self) -> str:
        return Place(self.chapter, str(self.screen)).query

    @property
    def chapter_number(self) -> int:
        return Chapter.values.index(self.chapter) + 1 if self.chapter else 0


def note_count(project: Project, chapter: str) -> NoteCount:
    found = ScanNote.objects.of(project, chapter).aggregate(number=Count("pk"), last=Max("pk"))
    return NoteCount(found["number"], f"{found['number']}-{found['last'] or 0}")


def wall_of(project: Project, place: Place) -> Wall:
    return chapter_wall(project, place) if place.chapter else questions_wall(project, place)


def questions_wall(project: Project, place: Place) -> Wall:
    texts = [question.text for question in ScanQuestion.objects.of(project)]
    screens = text_screens(texts, columns=1, size=QUESTION_SIZE, room=QUESTIONS_ROOM) or [[[]]]
    number = place.number(len(screens))
    before, after = beside("", number, len(screens))
    shown = screens[number - 1][0]
    return Wall(
        chapter="",
        label=project.name,
        screen=number,
        total=len(screens),
        before=before,
        after=after,
        notes=NoteCount(0, ""),
        questions=tuple(texts[index] for index in shown),
        question_start=shown[0] + 1 if shown else 1,
    )


def chapter_wall(project: Project, place: Place) -> Wall:
    """First the figures that stand out, then what others know of it, and at the end what people notice."""
    chapter = place.chapter
    found = readings(project, chapter, presented=True)
    striking = standouts(found)
    questions = tuple(one.text for one in ScanQuestion.objects.of(project) if chapter in one.chapters)
    cards = [FigureCard(one, sentence_of(one)) for one in striking or starters(found)]
    figures = figure_screens(cards, room_for(asked=bool(questions), calm=not striking))
    steps = [
        *(Step(cards=screen) for screen in figures),
        *added_steps(project, chapter, room_for(asked=bool(questions), calm=False)),
        *note_steps(project, chapter, room_for(asked=bool(questions), calm=True)),
    ]
    number = place.number(len(steps))
    before, after = beside(chapter, number, len(steps))
    notes = note_count(project, chapter)
    return Wall(
        chapter=chapter,
        label=str(Chapter(chapter).label),
        screen=number,
        total=len(steps),
        before=before,
        after=after,
        notes=notes,
        step=steps[number - 1],
        questions=questions,
        striking=bool(striking),
        differing=not striking and bool(differing(found)),
        earlier=max(0, notes.number - NOTES_ON_WALL) if number == len(steps) else 0,
    )


def added_steps(project: Project, chapter: str, room: float) -> list[Step]:
    """What everybody in the project may see of partners, maps, policy and duiding."""
    timeline = timeline_of(project, chapter)
    return [
        *(Step(blocks=screen) for screen in partner_screens(partners_of(project, chapter), room)),
        *(Step(picture=picture) for picture in pictures_of(project, chapter)),
        *(Step(spans=screen, years=timeline.range) for screen in timeline_screens(timeline.bars, room)),
        *(Step(paragraphs=screen) for screen in paragraph_screens(duiding_of(project, chapter), room)),
    ]


def note_steps(project: Project, chapter: str, room: float) -> list[Step]:
    """At least one: it asks what people notice. The last, so that a new note moves no other screen."""
    texts = [note.text for note in ScanNote.objects.of(project, chapter).newest_first()[:NOTES_ON_WALL]]
    pages = text_screens(texts, columns=2, room=room) or [[[], []]]
    return [Step(columns=tuple(tuple(texts[index] for index in one) for one in page)) for page in pages]


def starters(found: list[Reading]) -> list[Reading]:
    """Something to talk about where no figure stands out: in what the buurten of a set differ most, or else the
    first figures of the area itself."""
    return differing(found, STARTERS) or [one for one in found if one.own or one.apart][:STARTERS]


def beside(chapter: str, number: int, total: int) -> tuple[str, str]:
    """The addresses of the screen before and after; empty at both ends."""
    row = ["", *Chapter.values]
    at = row.index(chapter)
    before = Place(chapter, str(number - 1)) if number > 1 else None
    after = Place(chapter, str(number + 1)) if number < total else None
    if before is None and at > 0:
        before = Place(row[at - 1], LAST)
    if after is None and at + 1 < len(row):
        after = Place(row[at + 1], "1")
    return before.query if before else "", after.query if after else ""


FIRST, FINAL = Place("", "1").query, Place(Chapter.values[-1], LAST).query
