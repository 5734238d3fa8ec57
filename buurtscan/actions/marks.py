"""What a member thinks of a figure, and which figures are left out of the presentation."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from buurtscan.models import FigureMark, HiddenFigure
from core.cas import swap_version
from core.errors import Conflict
from core.records import record
from projects.models import Project, User


@transaction.atomic
def mark_figure(
    project: Project, indicator: str, *, kind: str, reason: str, version: int, by: User
) -> FigureMark:
    """Call a figure a zorg or a kans, or change one's own mark; `version` 0 is a first one.

    Everybody has one mark for each figure and may change only that one.
    """
    mine = FigureMark.objects.of(project).filter(indicator=indicator, author=by).first()
    if mine is None and version == 0:
        mine = first_mark(project, indicator, kind, reason, by)
    elif mine is None:
        raise Conflict(
            _("U hebt dit intussen weggehaald. Kies nog een keer “Bewaren” om het terug te zetten.")
        )
    elif (mine.kind, mine.reason) == (kind, reason):
        return mine
    else:
        swap_version(mine, version, {"kind": kind, "reason": reason})
    record("mark_figure", mine, by=by)
    return mine


def first_mark(project: Project, indicator: str, kind: str, reason: str, by: User) -> FigureMark:
    try:
        with transaction.atomic():
            return FigureMark.objects.create(
                project=project, indicator=indicator, kind=kind, reason=reason, author=by
            )
    except IntegrityError:
        raise Conflict(_("U hebt dit cijfer net al gemerkt. Bekijk wat er nu staat.")) from None


@transaction.atomic
def remove_mark(project: Project, indicator: str, *, by: User) -> bool:
    """One's own; False when there was none any more."""
    mine = FigureMark.objects.of(project).filter(indicator=indicator, author=by).first()
    if mine is None:
        return False
    record("remove_mark", mine, by=by)
    mine.delete()
    return True


@transaction.atomic
def hide_figure(project: Project, indicator: str, *, by: User) -> HiddenFigure:
    """Leave it out of presentation, note and slides. Twice is the same as once."""
    hidden, fresh = HiddenFigure.objects.get_or_create(
        project=project, indicator=indicator, defaults={"hidden_by": by}
    )
    if fresh:
        record("hide_figure", hidden, by=by)
    return hidden


@transaction.atomic
def show_figure(project: Project, indicator: str, *, by: User) -> None:
    """The way back of `hide_figure`."""
    hidden = HiddenFigure.objects.filter(project=project, indicator=indicator).first()
    if hidden is not None:
        record("show_figure", hidden, by=by)
        hidden.delete()
