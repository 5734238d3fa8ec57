"""The pages of stories with 5,000 stories, 20,000 quotes and 60 themes: time of the server and number of queries.

All texts are invented: sentences put together from the words of sixty made-up subjects, the same at every
run. Also the suggestion of themes: how long it takes, and how often the right theme is among the three for
sentences that say the same as coded ones, often in other words (`suggestion_texts`).
"""

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from benchmarks.databases import Kind
from benchmarks.measuring import Clock, Measured, counted, kept, measured, started, table, tell, tell_seconds
from benchmarks.story_texts import SUBJECTS, sentence, told
from benchmarks.suggestion_texts import CODED, NEW
from tests.replica import Replica

STORIES, QUOTES, SECOND_CODER = 5_000, 4, 5  # quotes per story; every fifth quote has two coders
PAGE = 0.100  # seconds
SUGGESTION = 0.020  # seconds, with what quotes have in common in memory
TIMES = 15
NEW_SENTENCES = sum(len(texts) for texts in NEW.values())
PAGES = {
    "list of stories": "list",
    "  searched": "search",
    "photo wall": "pictures",
    "map of stories": "map",
    "queue of moderators": "queue",
    "one story, coding": "story",
    "themes of a quote": "quote",
    "codebook": "themes",
    "one theme": "theme",
    "splitting a theme": "split",
    "who did what": "steps",
}


def report(replica: Replica, kinds: Sequence[Kind]) -> Iterator[str]:
    return (report_on(replica, kind) for kind in kinds)


def report_on(replica: Replica, kind: Kind) -> str:
    with kind.fresh() as database:

        def step(name: str, *command: str) -> Measured:
            return measured(name, replica, ["benchmarks.stories", *command], database)

        lines = [step("filling the database", "fill")]
        lines += [shown(step(name, "page", page)) for name, page in PAGES.items()]
        lines += [
            step("reading what quotes have in common", "profile"),
            suggested(step("one suggestion", "suggest")),
            step(f"sentences in other words: right among 3 (rows), of {NEW_SENTENCES}", "hard"),
        ]
    title = f"Stories on {kind.name}: {STORIES} stories, {STORIES * QUOTES} quotes, 60 themes (rows: bytes of a page)"
    return table(title, lines)


def shown(line: Measured) -> Measured:
    return replace(line, bound=kept(line.seconds, PAGE, "s"))


def suggested(line: Measured) -> Measured:
    return replace(line, bound=kept(line.seconds, SUGGESTION, "s"))


# --- in the child ------------------------------------------------------------------------
def fill() -> None:
    tell(filled)


def filled() -> int:
    from django.db import connection

    from projects.chapters import Chapter
    from stories.models import CodingStep, Quote, QuoteTheme, Story, Theme
    from stories.search import stems_of
    from tests import builders

    chance = random.Random(4)
    project = builders.project()
    coders = [
        builders.member(project, "coordinator", moderator=True),
        *(builders.member(project, "kernteamlid") for _ in range(3)),
    ]
    chapters = list(Chapter.values)
    themes = Theme.objects.bulk_create(
        Theme(project=project, name=name, description="", chapter=chapters[number % 8], created_by=coders[0])
        for number, name in enumerate(SUBJECTS)
    )
    texts = [told(chance, QUOTES) for _ in range(STORIES)]
    stories = []
    for number, one in enumerate(texts):
        state = "submitted" if number % 10 == 0 else "published"
        about, feeling = chapters[number % 8], ["goed", "slecht", "allebei"][number % 3]
        made = Story(
            project=project, text=one.text, about=about, feeling=feeling, state=state, place="Lindelaan"
        )
        made.stems = stems_of(made)
        stories.append(made)
    Story.objects.bulk_create(stories, batch_size=1_000)
    quotes, subjects = [], []
    for story, one in zip(stories, texts, strict=True):
        for start, end, subject in one.pieces:
            quotes.append(Quote(story=story, start=start, end=end, made_by=coders[story.pk % 4]))
            subjects.append(subject)
    Quote.objects.bulk_create(quotes, batch_size=1_000)
    codings = []
    for number, (quote, subject) in enumerate(zip(quotes, subjects, strict=True)):
        theme = themes[subject]
        codings.append(QuoteTheme(quote=quote, theme=theme, coded_by=coders[number % 4]))
        if number % SECOND_CODER == 0:
            second = theme if number % 3 else chance.choice(themes)
            codings.append(QuoteTheme(quote=quote, theme=second, coded_by=coders[(number + 1) % 4]))
    QuoteTheme.objects.bulk_create(codings, batch_size=1_000)
    before = {"quote": 1, "made": True, "added": [1], "removed": [], "themes": [], "chapter": ["", ""]}
    steps = (CodingStep(project=project, by=coders[0], verb="quote", before=before) for _ in quotes)
    CodingStep.objects.bulk_create(steps, batch_size=1_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return len(stories) + len(quotes) + len(codings)


def the_project() -> Any:
    from projects.models import Project

    return Project.objects.get()


def address_of(page: str) -> str:
    from django.urls import reverse

    from stories.models import Quote, Theme

    slug = the_project().slug
    quote = Quote.objects.filter(story__state="published").order_by("-pk")[0]
    theme = Theme.objects.order_by("pk")[0].pk
    return {
        "list": reverse("verhalen", args=[slug]),
        "search": reverse("verhalen", args=[slug]) + "?q=lantaarn",
        "pictures": reverse("story_pictures", args=[slug]),
        "map": reverse("story_map", args=[slug]),
        "queue": reverse("moderation", args=[slug]),
        "story": reverse("story_quotes", args=[slug, quote.story_id]),
        "quote": reverse("quote_edit", args=[slug, quote.story_id, quote.pk]),
        "themes": reverse("themes", args=[slug]),
        "theme": reverse("theme", args=[slug, theme]),
        "split": reverse("theme_split", args=[slug, theme]),
        "steps": reverse("coding_steps", args=[slug]),
    }[page]


def page(name: str) -> None:
    """The median of its times; the first request does not count, as a server is warm."""
    from django.test import Client

    from projects.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.order_by("pk")[0])
    address = address_of(name)
    client.get(address)
    with counted() as said:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    queries = said.number()
    found = [timed(client, address) for _ in range(TIMES)]
    wall, cpu = median(wall for wall, _ in found), median(cpu for _, cpu in found)
    tell_seconds(wall, cpu, len(answer.content), queries)


def timed(client: Any, address: str) -> tuple[float, float]:
    clock = Clock()
    client.get(address)
    return clock.read()


def profile() -> None:
    from stories.coding.suggestions import read_profile

    project = the_project()
    tell(lambda: sum(read_profile(project).quotes.values()))


def suggest() -> None:
    from stories.coding.suggestions import suggestions_for

    project, chance = the_project(), random.Random(11)
    suggestions_for(project, "lantaarn")
    times = []
    for number in range(1_000):
        words = sentence(chance, number % len(SUBJECTS))
        clock = Clock()
        suggestions_for(project, words)
        times.append(clock.read())
    wall, cpu = median(one for one, _ in times), median(one for _, one in times)
    tell_seconds(wall, cpu, len(times))


def hard() -> None:
    tell(right_ones)


def right_ones() -> int:
    """Without a database: the arithmetic alone."""
    from stories.coding.suggesting import Described, profile
    from stories.coding.suggesting import suggest as suggested_for
    from stories.coding.suggestions import own_stems, stems

    themes = [Described(key, name) for key, name in enumerate(CODED)]
    quotes = [({key}, stems(text)) for key, texts in enumerate(CODED.values()) for text in texts]
    known, right = profile(quotes), 0
    for name, texts in NEW.items():
        for text in texts:
            found = suggested_for(stems(text), themes, known, own_stems)
            right += name in {one.name for one in found}
    return right


if __name__ == "__main__":
    started()
    steps: dict[str, Any] = {"fill": fill, "page": page, "profile": profile, "suggest": suggest, "hard": hard}
    steps[sys.argv[1]](*sys.argv[2:])
