from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.models import Inzicht
from agenda.passages import Passage
from buurtscan.models import ScanFigure
from core.cas import swap_version
from core.errors import DomainError
from core.records import record
from projects.models import Project, User
from stories.actions import quote_story
from stories.models import Quote, Story

BLINDE_VLEK = Inzicht.Relation.BLINDE_VLEK


@transaction.atomic
def add_inzicht(
    project: Project,
    *,
    figures: Iterable[ScanFigure] = (),
    quotes: Iterable[Quote] = (),
    passages: Iterable[Passage] = (),
    by: User | None,
    **fields: Any,
) -> Inzicht:
    """Join figures and quotes; `passages` become quotes first. `fields`: title, text, chapter, relation."""
    figures, quotes = list(figures), all_quotes(project, quotes, passages, by)
    check_evidence(project, fields["relation"], figures, quotes)
    inzicht = Inzicht.objects.create(project=project, created_by=by, **fields)
    inzicht.figures.set(figures)
    inzicht.quotes.set(quotes)
    record("add_inzicht", inzicht, by=by)
    return inzicht


@transaction.atomic
def edit_inzicht(
    inzicht: Inzicht,
    *,
    version: int,
    figures: Iterable[ScanFigure] = (),
    quotes: Iterable[Quote] = (),
    passages: Iterable[Passage] = (),
    by: User | None,
    **fields: Any,
) -> Inzicht:
    figures, quotes = list(figures), all_quotes(inzicht.project, quotes, passages, by)
    check_evidence(inzicht.project, fields["relation"], figures, quotes)
    swap_version(inzicht, version, fields)
    inzicht.figures.set(figures)
    inzicht.quotes.set(quotes)
    record("edit_inzicht", inzicht, by=by)
    return inzicht


@transaction.atomic
def delete_inzicht(inzicht: Inzicht, *, by: User | None) -> None:
    """The agendapunten that rest on it stay, without it."""
    record("delete_inzicht", inzicht, by=by)
    inzicht.delete()


def all_quotes(
    project: Project, quotes: Iterable[Quote], passages: Iterable[Passage], by: User | None
) -> list[Quote]:
    found = list(quotes)
    for passage in passages:
        if passage.story.project_id != project.pk:
            raise DomainError(
                _("Kies alleen uitspraken uit gepubliceerde verhalen van dit project."), "quotes"
            )
        found.append(quote_story(passage.story, start=passage.start, end=passage.end, by=by))
    return found


def check_evidence(project: Project, relation: str, figures: list[ScanFigure], quotes: list[Quote]) -> None:
    """Own figures and published quotes only, and enough of them for the relation."""
    if any(figure.project_id != project.pk for figure in figures):
        raise DomainError(_("Kies alleen cijfers van dit project."), "figures")
    if any(q.story.project_id != project.pk or q.story.state != Story.State.PUBLISHED for q in quotes):
        raise DomainError(_("Kies alleen uitspraken uit gepubliceerde verhalen van dit project."), "quotes")
    if relation == BLINDE_VLEK:
        if not figures and not quotes:
            raise DomainError(_("Kies ten minste één cijfer of één uitspraak."), "figures")
        return
    if not figures:
        raise DomainError(_("Kies ten minste één cijfer, of kies “blinde vlek”."), "figures")
    if not quotes:
        raise DomainError(_("Kies ten minste één uitspraak, of kies “blinde vlek”."), "quotes")
