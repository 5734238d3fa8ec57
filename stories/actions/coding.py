"""Giving themes to passages. Each coder's themes are their own."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import Conflict, DomainError
from core.records import record
from projects.chapters import Chapter
from projects.models import Project
from stories.actions.quotes import passage_of, published_now
from stories.actions.steps import Verb, note_step
from stories.models import Quote, QuoteTheme, Story, Theme

MOST_THEMES = 500


@transaction.atomic
def code_passage(
    story: Story,
    *,
    start: int,
    end: int,
    chapter: str = "",
    themes: Sequence[int] = (),
    new_themes: Sequence[str] = (),
    by: Any,
) -> Quote:
    """Make a quote and give it themes, in one step. The same passage again gets the themes as well."""
    current = published_now(story)
    quote, made = passage_of(current, start, end, by)
    mine = set(quote.codings.filter(coded_by=by).values_list("theme_id", flat=True))
    if not made:
        chapter = chapter or quote.chapter
    _code(quote, chapter, mine.union(themes), new_themes, made, by)
    return quote


@transaction.atomic
def code_quote(
    quote: Quote, *, chapter: str, themes: Sequence[int], new_themes: Sequence[str] = (), by: Any
) -> Quote:
    """From now on these are the themes that `by` gives to the quote; those of others stay."""
    published_now(quote.story)
    quote.refresh_from_db(fields=["chapter"])
    _code(quote, chapter, set(themes), new_themes, False, by)
    return quote


def _code(
    quote: Quote, chapter: str, themes: set[int], new_themes: Sequence[str], made: bool, by: Any
) -> None:
    project = quote.story.project
    own = chapter if chapter != quote.story.about else ""
    fresh = [make_theme(project, name, by=by) for name in new_themes]
    wanted = themes | {theme.pk for theme, _made in fresh}
    _check(project, wanted)
    mine = QuoteTheme.objects.filter(quote=quote, coded_by=by)
    had = set(mine.values_list("theme_id", flat=True))
    before = {
        "quote": quote.pk,
        "made": made,
        "added": sorted(wanted - had),
        "removed": sorted(had - wanted),
        "themes": [theme.pk for theme, new in fresh if new],
        "chapter": [quote.chapter, own],
        "story": quote.story_id,
        "name": ", ".join(Theme.objects.filter(pk__in=wanted ^ had).values_list("name", flat=True)[:5]),
    }
    mine.filter(theme_id__in=had - wanted).delete()
    added = [QuoteTheme(quote=quote, theme_id=pk, coded_by=by) for pk in sorted(wanted - had)]
    QuoteTheme.objects.bulk_create(added, ignore_conflicts=True)
    changed = Quote.objects.filter(pk=quote.pk).exclude(chapter=own).update(chapter=own)
    quote.chapter = own
    if made or added or changed or had - wanted:
        note_step(project.pk, Verb.QUOTE if made else Verb.CODE, before, by=by)
        record("code", quote, by=by, project_id=project.pk)


def _check(project: Project, wanted: Iterable[int]) -> None:
    """All of this project, and held until the end: nobody merges them meanwhile."""
    wanted = set(wanted)
    held = Theme.objects.of(project).select_for_update().filter(pk__in=wanted).order_by("pk")
    if len(held) != len(wanted):
        raise Conflict(_("Een van deze thema’s is er niet meer. Kies opnieuw."), field="themes")


def make_theme(
    project: Project, name: str, *, description: str = "", chapter: str = "", by: Any
) -> tuple[Theme, bool]:
    """The theme of this name, and whether it is new. Capitals make no other theme."""
    name = " ".join(name.split())
    if not name:
        raise DomainError(_("Geef het thema een naam."), field="name")
    if chapter and chapter not in Chapter.values:
        raise DomainError(_("Kies een hoofdstuk uit de lijst."), field="chapter")
    Project.objects.select_for_update().get(pk=project.pk)
    same = next((theme for theme in Theme.objects.of(project) if theme.name.lower() == name.lower()), None)
    if same is not None:
        return same, False
    if Theme.objects.of(project).count() >= MOST_THEMES:
        text = _("Er zijn al %(n)s thema’s. Voeg eerst thema’s samen.")
        raise DomainError(text % {"n": MOST_THEMES}, field="name")
    theme = Theme.objects.create(
        project=project, name=name[:60], description=description, chapter=chapter, created_by=by
    )
    record("add_theme", theme, by=by)
    return theme, True
