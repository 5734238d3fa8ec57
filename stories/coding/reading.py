"""What the pages of coding read of the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Prefetch
from django.utils import timezone

from projects.models import Project, User
from stories.coding.highlights import Marked, Stretch, stretches
from stories.models import CodingStep, Quote, Story, StoryQuerySet, Theme

RECENT = timedelta(minutes=10)


@dataclass(frozen=True)
class Numbered:
    """A quote with its number on the page of its story."""

    number: int
    quote: Quote


@dataclass(frozen=True)
class StoryText:
    stretches: Sequence[Stretch]
    quotes: Sequence[Numbered]


def stories_to_code(project: Project) -> StoryQuerySet:
    """Public stories with photo, quotes, and who gave which themes."""
    quotes = Prefetch("quotes", Quote.objects.with_codings())
    return Story.objects.of(project).published().select_related("photo").prefetch_related(quotes)


def story_text(story: Story) -> StoryText:
    """Of a story from `stories_to_code`."""
    numbered = [Numbered(number, quote) for number, quote in enumerate(story.quotes.all(), 1)]
    for one in numbered:
        one.quote.story = story
    marks = [Marked(one.number, one.quote.start, one.quote.end) for one in numbered]
    return StoryText(stretches(story.text, marks), numbered)


def themes_of(project: Project) -> list[Theme]:
    return list(Theme.objects.of(project).order_by("name", "pk"))


def last_step(project: Project, by: User) -> CodingStep | None:
    """The newest step of this person, when it is fresh and can still be taken back."""
    step = CodingStep.objects.filter(
        project=project, by=by, at__gt=timezone.now() - RECENT, undone=False
    ).first()
    return step if step is not None and step.can_go_back else None
