"""What can be chosen as evidence for an inzicht: a short list that search makes shorter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from agenda.evidence import flat, told
from agenda.figures import FigureLine, figure_line, title_of
from buurtscan.catalogue import CATALOGUE
from buurtscan.models import ScanFigure
from projects.models import Project
from stories.models import Quote, Story
from stories.sentences import sentences

FIGURES = 30
STORIES = 10


@dataclass(frozen=True)
class Choice:
    value: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class FigureChoice:
    pk: int
    line: FigureLine
    chosen: bool


@dataclass(frozen=True)
class FigureChoices:
    """The chosen figures first, then those that fit the search; `more` fit as well."""

    shown: tuple[FigureChoice, ...]
    more: int


@dataclass(frozen=True)
class StoryChoice:
    pk: int
    told: str
    chapter: str
    quotes: tuple[Choice, ...]
    sentences: tuple[Choice, ...]

    @property
    def open(self) -> bool:
        return any(sentence.chosen for sentence in self.sentences)


@dataclass(frozen=True)
class StoryChoices:
    shown: tuple[StoryChoice, ...]
    more: int


def figure_choices(project: Project, chosen: Iterable[str], *, q: str, chapter: str) -> FigureChoices:
    figures = ScanFigure.objects.of(project)
    kept = list(figures.filter(pk__in=numbers(chosen)))
    found = figures.of_area_asked().filter(value__isnull=False).exclude(pk__in=[row.pk for row in kept])
    if chapter:
        found = found.filter(chapter=chapter)
    for word in q.split():
        found = found.filter(Q(indicator__in=titled(word)) | Q(indicator__icontains=word))
    rows, more = first(found.order_by("chapter", "indicator", "pk"), FIGURES)
    lines = [FigureChoice(row.pk, figure_line(row, {}), True) for row in kept]
    lines += [FigureChoice(row.pk, figure_line(row, {}), False) for row in rows]
    return FigureChoices(tuple(lines), more)


def titled(word: str) -> list[str]:
    """Indicators whose title or explanation has the word."""
    word = word.lower()
    return [key for key, one in CATALOGUE.items() if word in f"{title_of(key)} {one.meaning}".lower()]


def story_choices(
    project: Project, quotes: Iterable[str], passages: Sequence[str], *, q: str, chapter: str, theme: str = ""
) -> StoryChoices:
    """Published stories only. `passages` are "<story>-<sentence>", as the form sends them; with `theme`
    (an id) those with a quote of that theme."""
    quote_ids = set(numbers(quotes))
    stories = Story.objects.of(project).published()
    of_quotes = (
        Quote.objects.of(project).published().filter(pk__in=quote_ids).values_list("story_id", flat=True)
    )
    of_passages = numbers(value.partition("-")[0] for value in passages)
    kept = list(stories.filter(pk__in={*of_quotes, *of_passages}).prefetch_related("quotes"))
    fitting = stories.matching(q=q, about=chapter)
    if theme:
        fitting = fitting.filter(pk__in=Quote.objects.filter(codings__theme=int(theme)).values("story"))
    found = fitting.exclude(pk__in=[story.pk for story in kept])
    rows, more = first(found.prefetch_related("quotes"), STORIES)
    chosen = set(passages)
    return StoryChoices(tuple(story_choice(story, quote_ids, chosen) for story in [*kept, *rows]), more)


def story_choice(story: Story, quote_ids: set[int], passages: set[str]) -> StoryChoice:
    quotes = list(story.quotes.all())
    quoted = {(quote.start, quote.end) for quote in quotes}
    texts = [(f"{story.pk}-{number}", part) for number, part in enumerate(sentences(story.text))]
    return StoryChoice(
        pk=story.pk,
        told=told(story),
        chapter=story.get_about_display(),
        quotes=tuple(Choice(str(q.pk), flat(story.text[q.start : q.end]), q.pk in quote_ids) for q in quotes),
        sentences=tuple(
            Choice(value, flat(part.text), value in passages)
            for value, part in texts
            if (part.start, part.end) not in quoted
        ),
    )


def first[M](rows: QuerySet[M], most: int) -> tuple[list[M], int]:  # type: ignore[type-var]
    """The first rows, and how many more there are."""
    return list(rows[:most]), max(0, rows.count() - most)


def numbers(values: Iterable[str]) -> list[int]:
    """Those values that can be an id; anything else is left to the form to refuse."""
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 19]
