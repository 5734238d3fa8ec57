"""Published stories on the projector: one story, or one quote, at a time; a long one takes several screens."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from core.formats import MONTHS
from core.lettering import lines
from projects.chapters import Chapter
from projects.models import Project
from stories.files.making import mark_of
from stories.models import Quote, Story, Theme

SIZES = (2.4, 1.9, 1.6, 1.35, 1.15, 1.0)  # em of 40 pixels on a screen of 1920: never under 40
LEADING = 1.35
ROOM = 18.0  # em from head to foot
WIDE, HALF, BESIDE_PHOTO = 43.0, 20.6, 25.0  # em
LAST = "laatste"
STOPS = (".", "!", "?", "…", "؟", "\u06d4")


@dataclass(frozen=True)
class At:
    """What the address asks for: which story (from 1; 0 is the first screen), which part of it, of which set."""

    number: str = "0"
    part: str = "1"
    theme: str = ""
    about: str = ""
    quotes: bool = False
    pause: bool = False

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "At":
        about = asked.get("about", "")
        return cls(
            number=asked.get("nr", "0"),
            part=asked.get("deel", "1"),
            theme=asked.get("theme", "") if whole(asked.get("theme", "")) else "",
            about=about if about in Chapter.values else "",
            quotes=asked.get("wat") == "citaten",
            pause=asked.get("pauze") == "1",
        )

    @property
    def query(self) -> str:
        asked = {
            "nr": self.number,
            "deel": self.part if self.part != "1" else "",
            "theme": self.theme,
            "about": self.about,
            "wat": "citaten" if self.quotes else "",
            "pauze": "1" if self.pause else "",
        }
        return "?" + urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True)
class Words:
    """A piece of text in its language, as much as fits on this screen."""

    text: str
    language: str


@dataclass(frozen=True)
class StoryScreen:
    """What is on the projector: words that are public, and nothing about anybody."""

    at: At
    total: int
    number: int
    parts: int
    part: int
    before: str
    after: str
    story: Story | None = None
    words: Words | None = None
    beside: Words | None = None
    size: float = SIZES[-1]
    mark: str = ""
    theme: Theme | None = None

    @property
    def size_name(self) -> int:
        """From 1, the largest, to 6."""
        return SIZES.index(self.size) + 1

    @property
    def told(self) -> str:
        """The month, since a day can point at a person."""
        if self.story is None:
            return ""
        day = self.story.told_on
        return f"{self.story.get_door_display()}, {MONTHS[day.month - 1]} {day.year}"

    @property
    def about(self) -> str:
        return str(Chapter(self.at.about).label) if self.at.about else ""


def screen_of(project: Project, at: At) -> StoryScreen:
    """Four queries at most, however many stories."""
    theme = Theme.objects.of(project).filter(pk=int(at.theme)).first() if at.theme else None
    at = replace(at, theme=at.theme if theme else "")
    rows = quotes_of(project, theme, at.about) if at.quotes else stories_of(project, theme, at.about)
    total = rows.count()
    number = nearest(at.number, total, lowest=0)
    if number == 0 or at.pause:
        here = replace(at, number=str(number), pause=False)
        after = here.query if at.pause else (replace(here, number="1").query if total else "")
        return StoryScreen(replace(here, pause=at.pause), total, number, 1, 1, "", after, theme=theme)
    row = rows[number - 1 : number].get()
    return shown(replace(at, number=str(number)), row, total, number, theme)


def shown(at: At, row: Any, total: int, number: int, theme: Theme | None) -> StoryScreen:
    story: Story = row.story if at.quotes else row
    texts = [Words(row.text, story.language)]
    if story.translation and not at.quotes:
        texts.append(Words(story.translation, "nl"))
    photo = getattr(story, "photo", None) if not at.quotes else None
    width = room_for(photo=bool(photo and photo.image), texts=len(texts))
    size, pieces = laid_out([one.text for one in texts], width)
    parts = max(len(piece) for piece in pieces)
    part = parts if at.part == LAST else nearest(at.part, parts, lowest=1)
    words = [
        Words(piece[part - 1] if part <= len(piece) else "", one.language)
        for piece, one in zip(pieces, texts, strict=True)
    ]
    before, after = beside(replace(at, part="1"), number, part, parts, total)
    return StoryScreen(
        replace(at, part=str(part)),
        total,
        number,
        parts,
        part,
        before,
        after,
        story=story,
        words=words[0],
        beside=words[1] if len(words) > 1 else None,
        size=size,
        mark=f"{story.pk}-{mark_of(story)}",
        theme=theme,
    )


def stories_of(project: Project, theme: Theme | None, about: str) -> Any:
    found = Story.objects.of(project).published().matching(theme=theme, about=about)
    return found.select_related("photo").order_by("told_on", "pk")


def quotes_of(project: Project, theme: Theme | None, about: str) -> Any:
    found = Quote.objects.of(project).published().select_related("story", "story__photo")
    found = found.filter(themes=theme).distinct() if theme else found
    found = found.about(about) if about else found
    return found.order_by("story__told_on", "story_id", "start")


def room_for(*, photo: bool, texts: int) -> float:
    """The width of a column of text in em."""
    if photo:
        return BESIDE_PHOTO if texts == 1 else BESIDE_PHOTO / 2 - 0.5
    return WIDE if texts == 1 else HALF


def laid_out(texts: list[str], width: float) -> tuple[float, list[list[str]]]:
    """The largest letters with which every text fits on one screen; else the smallest, in pieces."""
    for size in SIZES:
        if all(height(text, width, size) <= ROOM for text in texts):
            return size, [[text] for text in texts]
    return SIZES[-1], [cut(text, width) for text in texts]


def height(text: str, width: float, size: float) -> float:
    return lines(text, width, size) * size * LEADING


def cut(text: str, width: float) -> list[str]:
    """Pieces that each fit on a screen, cut between words."""
    pieces: list[str] = []
    words = text.split(" ")
    while words:
        fits = at_a_stop(words, most_that_fit(words, width))
        pieces.append(" ".join(words[:fits]))
        words = words[fits:]
    return pieces or [""]


def most_that_fit(words: list[str], width: float) -> int:
    """At least one word, found by halving."""
    low, high = 1, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if height(" ".join(words[:middle]), width, SIZES[-1]) <= ROOM:
            low = middle
        else:
            high = middle - 1
    return low


def at_a_stop(words: list[str], most: int) -> int:
    """The end of the last sentence in the second half of these words; else all of them."""
    if most == len(words):
        return most
    stops = (number for number in range(most, most // 2, -1) if words[number - 1].endswith(STOPS))
    return next(stops, most)


def beside(at: At, number: int, part: int, parts: int, total: int) -> tuple[str, str]:
    """The addresses of the screen before and after; empty at the end."""
    if part > 1:
        before = replace(at, number=str(number), part=str(part - 1))
    else:
        before = replace(at, number=str(number - 1), part=LAST if number > 1 else "1")
    if part < parts:
        return before.query, replace(at, number=str(number), part=str(part + 1)).query
    return before.query, replace(at, number=str(number + 1)).query if number < total else ""


def nearest(asked: str, highest: int, *, lowest: int) -> int:
    """The number that was asked for, or the nearest that exists."""
    if asked == LAST:
        return highest
    return min(max(int(asked) if whole(asked) else lowest, lowest), max(highest, lowest))


def whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
