"""Quotes as rows of a file: words, themes, and how they were told. No names, no place."""

from collections.abc import Iterable
from dataclasses import dataclass

from projects.models import Project
from stories.models import Language, Quote, QuoteTheme, Story


@dataclass(frozen=True)
class QuoteRow:
    """`story` is the number of the story in the project's lists. `translation` is that of the whole story."""

    story: int
    text: str
    chapter: str
    themes: tuple[str, ...]
    door: str
    feeling: str
    language: str
    translation: str

    @property
    def right_to_left(self) -> bool:
        return self.language == Language.AR.label


def rows_of(
    project: Project, *, theme: int | None = None, chapter: str = ""
) -> tuple[list[QuoteRow], list[Story]]:
    """Quotes of public stories, story after story, and these stories. Two queries."""
    quotes = Quote.objects.of(project).published().select_related("story__photo")
    if theme:
        quotes = quotes.filter(pk__in=QuoteTheme.objects.filter(theme_id=theme).values("quote"))
    if chapter:
        quotes = quotes.about(chapter)
    found = list(quotes.order_by("story_id", "start", "end"))
    names = names_of(project)
    stories = {quote.story_id: quote.story for quote in found}
    return [row(quote, names.get(quote.pk, ())) for quote in found], list(stories.values())


def names_of(project: Project) -> dict[int, tuple[str, ...]]:
    """The themes of each quote once, whoever gave them."""
    given = QuoteTheme.objects.filter(theme__project=project).order_by("theme__name")
    found: dict[int, dict[str, None]] = {}
    for quote, name in given.values_list("quote_id", "theme__name").distinct():
        found.setdefault(quote, {})[name] = None
    return {quote: tuple(names) for quote, names in found.items()}


def row(quote: Quote, themes: Iterable[str]) -> QuoteRow:
    from_story = quote.story
    return QuoteRow(
        story=from_story.pk,
        text=quote.text,
        chapter=quote.get_chapter_display() or from_story.get_about_display(),
        themes=tuple(themes),
        door=from_story.get_door_display(),
        feeling=from_story.get_feeling_display(),
        language=from_story.get_language_display(),
        translation=from_story.translation,
    )
