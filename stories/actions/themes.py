"""The codebook: themes are made, renamed, merged, split and taken away. Each is one step that can be undone."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.cas import swap_version
from core.errors import Conflict, DomainError
from core.records import record
from projects.models import Project
from stories.actions.coding import make_theme
from stories.actions.steps import Verb, kept_codings, kept_theme, note_step
from stories.models import QuoteTheme, Theme


def gone() -> Conflict:
    return Conflict(_("Iemand anders heeft deze thema’s intussen veranderd. Bekijk wat er nu staat."))


@transaction.atomic
def add_theme(project: Project, *, name: str, description: str = "", chapter: str = "", by: Any) -> Theme:
    theme, made = make_theme(project, name, description=description, chapter=chapter, by=by)
    if not made:
        raise DomainError(_("Dit thema is er al."), field="name")
    note_step(project.pk, Verb.ADD, {"theme": theme.pk, "name": theme.name}, by=by)
    return theme


@transaction.atomic
def edit_theme(theme: Theme, *, name: str, description: str, chapter: str, version: int, by: Any) -> Theme:
    Project.objects.select_for_update().get(pk=theme.project_id)
    check_name(theme, name)
    before = kept_theme(Theme.objects.get(pk=theme.pk))
    swap_version(theme, version, {"name": name, "description": description, "chapter": chapter})
    note_step(theme.project_id, Verb.EDIT, {"theme": before, "name": name}, by=by)
    record("edit_theme", theme, by=by)
    return theme


def check_name(theme: Theme, name: str) -> None:
    others = Theme.objects.filter(project_id=theme.project_id).exclude(pk=theme.pk)
    if any(other.lower() == name.lower() for other in others.values_list("name", flat=True)):
        raise DomainError(_("Een ander thema heet al zo. Voeg ze samen, of kies een andere naam."), "name")


@transaction.atomic
def delete_theme(theme: Theme, *, by: Any) -> None:
    """The quotes stay, without this theme."""
    current = locked([theme.pk], theme.project_id)[0]
    codings = kept_codings(QuoteTheme.objects.filter(theme=current))
    note_step(theme.project_id, Verb.DELETE, {"theme": kept_theme(current), "codings": codings}, by=by)
    record("delete_theme", current, by=by)
    current.delete()


@transaction.atomic
def merge_themes(project: Project, *, themes: Sequence[int], into: int, seen: str, by: Any) -> Theme:
    """All quotes of `themes` belong to `into` from now on: one coding per coder, the oldest.

    `seen` names the versions that were on the screen, as `seen_of` writes them.
    """
    if len(set(themes)) < 2:
        raise DomainError(_("Kies twee of meer thema’s."), field="themes")
    if into not in themes:
        raise DomainError(_("Kies welk thema blijft."), field="into")
    found = locked(themes, project.pk)
    if seen_of(found) != seen:
        raise gone()
    kept = next(theme for theme in found if theme.pk == into)
    rest = [theme for theme in found if theme.pk != into]
    codings = kept_codings(QuoteTheme.objects.filter(theme__in=found))
    move_codings(QuoteTheme.objects.filter(theme__in=found), kept)
    swap_version(kept, kept.version, {})
    before = {
        "into": kept.pk,
        "name": kept.name,
        "version": kept.version,
        "themes": [kept_theme(theme) for theme in rest],
        "codings": codings,
    }
    note_step(project.pk, Verb.MERGE, before, by=by)
    for theme in rest:
        record("merge_theme", theme, by=by)
        theme.delete()
    kept.refresh_from_db()
    return kept


def seen_of(themes: Iterable[Theme]) -> str:
    """ "3:1,7:2": the versions of these themes."""
    return ",".join(f"{theme.pk}:{theme.version}" for theme in sorted(themes, key=lambda one: one.pk))


def locked(ids: Iterable[int], project_id: int) -> list[Theme]:
    wanted = set(ids)
    rows = Theme.objects.filter(project_id=project_id, pk__in=wanted).select_for_update().order_by("pk")
    found = list(rows)
    if len(found) != len(wanted):
        raise gone()
    return found


def move_codings(codings: Any, into: Theme) -> None:
    """Of each coder the oldest coding of a quote is kept."""
    first: dict[tuple[int, int | None], int] = {}
    doomed = []
    for pk, quote, coder in codings.order_by("coded_at", "pk").values_list("pk", "quote_id", "coded_by_id"):
        if first.setdefault((quote, coder), pk) != pk:
            doomed.append(pk)
    for place in range(0, len(doomed), 1_000):
        QuoteTheme.objects.filter(pk__in=doomed[place : place + 1_000]).delete()
    kept = sorted(first.values())
    for place in range(0, len(kept), 1_000):
        QuoteTheme.objects.filter(pk__in=kept[place : place + 1_000]).update(theme=into)


@transaction.atomic
def split_theme(
    theme: Theme, *, quotes: Sequence[int], name: str = "", into: int | None = None, version: int, by: Any
) -> Theme:
    """Move these quotes, with all their coders, to a new theme `name` or to the theme `into`."""
    if not quotes:
        raise DomainError(_("Kies ten minste één citaat."), field="quotes")
    if bool(name) == bool(into):
        raise DomainError(_("Typ een nieuwe naam, of kies een thema dat er al is."), field="name")
    target, made = _target(theme, name, into, by)
    held = {one.pk: one for one in locked({theme.pk, target.pk}, theme.project_id)}
    if held[theme.pk].version != version:
        raise gone()
    moving = QuoteTheme.objects.filter(theme=theme, quote_id__in=quotes)
    there = QuoteTheme.objects.filter(theme=target, quote_id__in=quotes)
    before = {
        "from": kept_theme(held[theme.pk]),
        "into": target.pk,
        "made": made,
        "name": target.name,
        "moved": kept_codings(moving),
        "there": kept_codings(there),
    }
    if not before["moved"]:
        raise gone()
    move_codings(QuoteTheme.objects.filter(theme__in=[theme, target], quote_id__in=quotes), target)
    note_step(theme.project_id, Verb.SPLIT, before, by=by)
    record("split_theme", theme, by=by)
    return target


def _target(theme: Theme, name: str, into: int | None, by: Any) -> tuple[Theme, bool]:
    if name:
        target, made = make_theme(theme.project, name, chapter=theme.chapter, by=by)
        if not made:
            raise DomainError(_("Dit thema is er al. Kies het hieronder in de lijst."), field="name")
        return target, True
    found = Theme.objects.filter(project_id=theme.project_id, pk=into or 0).exclude(pk=theme.pk).first()
    if found is None:
        raise DomainError(_("Kies een ander thema uit de lijst."), field="into")
    return found, False
