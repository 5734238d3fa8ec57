"""A booklet of published stories, A5."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.formats import MONTHS, dutch_date
from core.pdf import render_pdf
from projects.models import Project
from stories import photos
from stories.files.making import Made, Progress
from stories.forms.finding import FilterForm
from stories.models import Language, Story, StoryFile

MOST = 400  # stories: about 200 pages
LARGE_PICTURES = 40  # with more of them the small ones are taken
BESIDE = 700  # signs: a longer text has its translation under it


@dataclass(frozen=True)
class BookStory:
    """A story with its number in the booklet; `picture` is the name its photo was handed under."""

    number: int
    story: Story
    picture: str

    @property
    def direction(self) -> str:
        return Language(self.story.language).direction

    @property
    def told(self) -> str:
        """The month, since a day can point at a person."""
        day = self.story.told_on
        return f"{self.story.get_door_display()}, {MONTHS[day.month - 1]} {day.year}"

    @property
    def beside(self) -> bool:
        return max(len(self.story.text), len(self.story.translation)) <= BESIDE


@dataclass(frozen=True)
class Part:
    """Stories under one heading of the table of contents."""

    key: int
    title: str
    stories: Sequence[BookStory]


@dataclass(frozen=True)
class Booklet:
    project: Project
    title: str
    made_on: str
    parts: Sequence[Part]
    pictures: dict[str, Path]

    @property
    def count(self) -> int:
        return sum(len(part.stories) for part in self.parts)


def chosen_stories(project: Project, options: dict[str, str]) -> list[Story]:
    """As the form asked. Raises DomainError when there are none, or more than fit."""
    form = FilterForm(options, project=project)
    found = form.narrow(Story.objects.of(project).published()) if form.is_valid() else Story.objects.none()
    stories = list(found.select_related("photo")[: MOST + 1])
    if not stories:
        raise DomainError(_("Geen openbaar verhaal past bij wat u koos."))
    if len(stories) > MOST:
        text = _("Er passen %(most)s verhalen in een boekje. Kies minder, bijvoorbeeld één hoofdstuk.")
        raise DomainError(text % {"most": MOST})
    return stories


def heading(order: str) -> Callable[[Story], str]:
    """What stories are put under, in the order they are in."""
    if order == "hoofdstuk":
        return lambda story: str(story.get_about_display())
    if order == "plek":
        return lambda story: story.place or _("Zonder plek")
    return lambda story: f"{MONTHS[story.told_on.month - 1]} {story.told_on.year}".capitalize()


def parts_of(stories: Iterable[BookStory], order: str) -> list[Part]:
    name = heading(order)
    groups = groupby(stories, key=lambda one: name(one.story))
    return [Part(number, title, list(group)) for number, (title, group) in enumerate(groups, 1)]


def booklet_of(file: StoryFile, stories: Sequence[Story]) -> Booklet:
    pictured = [story for story in stories if hasattr(story, "photo") and story.photo.image]
    small = len(pictured) > LARGE_PICTURES
    pictures = {f"foto-{story.pk}.jpg": picture_path(story, small=small) for story in pictured}
    kept = {name: path for name, path in pictures.items() if path.is_file()}
    rows = [
        BookStory(number, story, name if (name := f"foto-{story.pk}.jpg") in kept else "")
        for number, story in enumerate(stories, 1)
    ]
    return Booklet(
        project=file.project,
        title=str(file.options.get("title", "")) or file.project.name,
        made_on=dutch_date(timezone.localdate(file.created_at)),
        parts=parts_of(rows, str(file.options.get("order", ""))),
        pictures=kept,
    )


def picture_path(story: Story, *, small: bool) -> Path:
    name = story.photo.image
    return Path(photos.private().path(photos.small_name(name) if small else name))


def booklet_pdf(file: StoryFile, progress: Progress) -> Made:
    stories = chosen_stories(file.project, file.options)
    booklet = booklet_of(file, stories)
    progress(10, 100, _("%(number)s verhalen op bladzijden zetten") % {"number": len(stories)})
    html = render_to_string("stories/files/booklet.html", {"booklet": booklet})
    return Made(render_pdf(html, booklet.pictures).data, stories)
