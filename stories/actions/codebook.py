"""A codebook of elsewhere becomes ours: new themes are added, known ones get what the file says of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core.cas import swap_version
from core.errors import DomainError
from core.records import record
from projects.models import Project
from stories.actions.coding import make_theme
from stories.actions.steps import Verb, kept_theme, note_step
from stories.coding.codebook import Line
from stories.models import CodingStep, Theme


@dataclass(frozen=True)
class Planned:
    """What a line does: `theme` is the one of that name, None for a new one."""

    line: Line
    theme: Theme | None

    @property
    def changes(self) -> dict[str, str]:
        """What is empty in the file stays as it is here."""
        if self.theme is None:
            return {}
        told = {"description": self.line.description, "chapter": self.line.chapter}
        return {name: text for name, text in told.items() if text and text != getattr(self.theme, name)}

    @property
    def same(self) -> bool:
        return self.theme is not None and not self.changes


def plan(project: Project, lines: Sequence[Line]) -> list[Planned]:
    known = {theme.name.lower(): theme for theme in Theme.objects.of(project)}
    return [Planned(line, known.get(line.name.lower())) for line in lines]


@transaction.atomic
def import_codebook(project: Project, *, lines: Sequence[Line], by: Any) -> CodingStep | None:
    """None when everything is as the file says already."""
    Project.objects.select_for_update().get(pk=project.pk)
    planned = plan(project, lines)
    new = [one.line for one in planned if one.theme is None]
    changed = [one for one in planned if one.changes]
    made = []
    for line in new:
        try:
            theme, _new = make_theme(
                project, line.name, description=line.description, chapter=line.chapter, by=by
            )
        except DomainError as refused:
            raise DomainError(refused.message) from refused
        made.append(theme.pk)
    before = {"made": made, "changed": [kept_theme(one.theme) for one in changed if one.theme]}
    for one in changed:
        if one.theme is not None:
            swap_version(one.theme, one.theme.version, one.changes)
            record("edit_theme", one.theme, by=by)
    return note_step(project.pk, Verb.IMPORT, before, by=by) if made or changed else None
