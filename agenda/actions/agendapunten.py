from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agenda.models import Agendapunt, Idea, Inzicht
from core.cas import swap, swap_version
from core.errors import Conflict, DomainError
from core.records import record
from projects.models import Party, Project, User

State = Agendapunt.State
UP, DOWN = "omhoog", "omlaag"


@transaction.atomic
def add_agendapunt(
    project: Project,
    *,
    helpers: Iterable[Party] = (),
    inzichten: Iterable[Inzicht] = (),
    by: User | None,
    **fields: Any,
) -> Agendapunt:
    """A new point in concept, last in the order.

    `fields`: title, wat, waar, wanneer, trekker, quick_win, idea.
    """
    helpers, inzichten = list(helpers), list(inzichten)
    check_own(project, fields, helpers, inzichten)
    lock_order(project)
    punt = Agendapunt.objects.create(project=project, position=last_position(project) + 1, **fields)
    punt.helpers.set(helpers)
    punt.inzichten.set(inzichten)
    record("add_agendapunt", punt, by=by)
    return punt


@transaction.atomic
def edit_agendapunt(
    punt: Agendapunt,
    *,
    version: int,
    helpers: Iterable[Party] = (),
    inzichten: Iterable[Inzicht] = (),
    by: User | None,
    **fields: Any,
) -> Agendapunt:
    """The state stays what it is: an agreed point must stay complete."""
    helpers, inzichten = list(helpers), list(inzichten)
    check_own(punt.project, fields, helpers, inzichten)
    # The row is locked by this first write; only then is its state certain.
    current = Agendapunt.objects.select_for_update().get(pk=punt.pk)
    if current.state == State.AFGESPROKEN:
        check_complete(**{key: fields.get(key) for key in ("waar", "wanneer", "trekker")})
    swap_version(punt, version, fields)
    punt.helpers.set(helpers)
    punt.inzichten.set(inzichten)
    record("edit_agendapunt", punt, by=by)
    return punt


@transaction.atomic
def change_state(punt: Agendapunt, *, was: str, state: str, by: User | None) -> Agendapunt:
    """From `was`, the state the user saw, to `state`. Agreed points name waar, wanneer and trekker."""
    if state not in State.values or was == state:
        raise DomainError(_("Kies een andere stand."))
    lock_order(punt.project)
    current = Agendapunt.objects.select_for_update().get(pk=punt.pk)
    if state == State.AFGESPROKEN and current.state == was:
        check_complete(waar=current.waar, wanneer=current.wanneer, trekker=current.trekker_id)
    changes: dict[str, Any] = {"state": state, "version": current.version + 1}
    if was == State.VERVALLEN:
        changes["position"] = last_position(punt.project) + 1
    swap(punt, {"state": was}, changes)
    record("change_state", punt, by=by)
    return punt


@transaction.atomic
def move_agendapunt(punt: Agendapunt, *, was: int, direction: str, by: User | None) -> Agendapunt:
    """One place up or down among the points on the agenda. `was` is the position the user saw."""
    lock_order(punt.project)
    punten = list(Agendapunt.objects.of(punt.project).on_agenda())
    place = next((i for i, one in enumerate(punten) if one.pk == punt.pk), None)
    if place is None or punten[place].position != was:
        raise Conflict(_("De volgorde is intussen veranderd. Bekijk de lijst en probeer het opnieuw."))
    other = place + (-1 if direction == UP else 1)
    if not 0 <= other < len(punten):
        raise DomainError(_("Deze afspraak kan niet verder die kant op."))
    punten[place], punten[other] = punten[other], punten[place]
    number(punten)
    record("move_agendapunt", punt, by=by)
    punt.refresh_from_db(fields=["position"])
    return punt


@transaction.atomic
def delete_agendapunt(punt: Agendapunt, *, version: int, by: User | None) -> None:
    """An agreed point is first put back or dropped: what people agreed does not vanish in one click."""
    current = Agendapunt.objects.select_for_update().filter(pk=punt.pk).first()
    if current is None or current.version != version:
        raise Conflict(_("Iemand anders was u voor. Bekijk wat er nu staat en probeer het opnieuw."))
    if current.state == State.AFGESPROKEN:
        raise DomainError(
            _("Deze afspraak is gemaakt. Zet hem eerst terug naar concept of laat hem vervallen.")
        )
    record("delete_agendapunt", punt, by=by)
    punt.delete()


def lock_order(project: Project) -> None:
    """One change of the order of a project at a time (on SQLite every write transaction already is)."""
    Project.objects.select_for_update().filter(pk=project.pk).values_list("pk").first()


def last_position(project: Project) -> int:
    return Agendapunt.objects.of(project).aggregate(last=Max("position"))["last"] or 0


def number(punten: list[Agendapunt]) -> None:
    """Give the points position 1, 2, 3 …; only those that change are written."""
    changed = []
    for position, punt in enumerate(punten, start=1):
        if punt.position != position:
            punt.position = position
            changed.append(punt)
    Agendapunt.objects.bulk_update(changed, ["position"], batch_size=500)


def check_complete(*, waar: Any, wanneer: Any, trekker: Any) -> None:
    """The message belongs to the first field that is empty."""
    names = {"waar": _("waar"), "wanneer": _("wanneer"), "trekker": _("wie het trekt")}
    given = {"waar": waar, "wanneer": wanneer, "trekker": trekker}
    missing = [name for name in names if not given[name]]
    if missing:
        listed = ", ".join(str(names[name]) for name in missing)
        raise DomainError(
            _("Een gemaakte afspraak zegt waar, wanneer en wie het trekt. Nu mist: %(missing)s.")
            % {"missing": listed},
            missing[0],
        )


def check_own(
    project: Project, fields: dict[str, Any], helpers: list[Party], inzichten: list[Inzicht]
) -> None:
    idea: Idea | None = fields.get("idea")
    trekker: Party | None = fields.get("trekker")
    if trekker is not None and trekker.project_id != project.pk:
        raise DomainError(_("Kies een partij van dit project."), "trekker")
    if any(helper.project_id != project.pk for helper in helpers):
        raise DomainError(_("Kies alleen partijen van dit project."), "helpers")
    if any(inzicht.project_id != project.pk for inzicht in inzichten):
        raise DomainError(_("Kies alleen inzichten van dit project."), "inzichten")
    if idea is not None and idea.project_id != project.pk:
        raise DomainError(_("Kies een idee van dit project."), "idea")
