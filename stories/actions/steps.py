"""Steps of coding, kept so that they can be taken back: ids, names of themes and places in stories,
never words of a story."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from projects.models import User
from stories.models import CodingStep, Quote, QuoteTheme, Theme

Verb = CodingStep.Verb
type Coding = list[Any]  # quote, theme, coder or None, moment as text


def note_step(project_id: int, verb: str, before: dict[str, Any], *, by: Any) -> CodingStep:
    return CodingStep.objects.create(project_id=project_id, by=by, verb=verb, before=before)


def kept_theme(theme: Theme) -> dict[str, Any]:
    return {
        "id": theme.pk,
        "name": theme.name,
        "description": theme.description,
        "chapter": theme.chapter,
        "created_by": theme.created_by_id,
        "created_at": theme.created_at.isoformat(),
        "version": theme.version,
    }


def kept_codings(codings: models.QuerySet[QuoteTheme]) -> list[Coding]:
    rows = codings.order_by("pk").values_list("quote_id", "theme_id", "coded_by_id", "coded_at")
    return [[quote, theme, coder, at.isoformat()] for quote, theme, coder, at in rows]


def kept_quote(quote: Quote) -> dict[str, Any]:
    return {
        "story": quote.story_id,
        "length": len(quote.story.text),
        "start": quote.start,
        "end": quote.end,
        "chapter": quote.chapter,
        "made_by": quote.made_by_id,
        "made_at": quote.made_at.isoformat(),
        "codings": kept_codings(QuoteTheme.objects.filter(quote=quote)),
    }


def put_codings(rows: Iterable[Coding]) -> int:
    """Write codings back where quote and theme still exist. A coder who is gone becomes nobody."""
    rows = list(rows)
    quotes = existing(Quote.objects.all(), {row[0] for row in rows})
    themes = existing(Theme.objects.all(), {row[1] for row in rows})
    people = existing(User.objects.all(), {row[2] for row in rows} - {None})
    made = [
        QuoteTheme(
            quote_id=quote,
            theme_id=theme,
            coded_by_id=coder if coder in people else None,
            coded_at=datetime.fromisoformat(at),
        )
        for quote, theme, coder, at in rows
        if quote in quotes and theme in themes
    ]
    QuoteTheme.objects.bulk_create(made, ignore_conflicts=True, batch_size=1_000)
    return len(made)


def existing(rows: models.QuerySet[Any], ids: set[int]) -> set[int]:
    """Those ids that a row still has, a thousand at a time."""
    wanted, found = sorted(ids), set[int]()
    for place in range(0, len(wanted), 1_000):
        found.update(rows.filter(pk__in=wanted[place : place + 1_000]).values_list("pk", flat=True))
    return found


def person(pk: int | None) -> User | None:
    return User.objects.filter(pk=pk).first() if pk else None
