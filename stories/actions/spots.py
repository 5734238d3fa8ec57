"""The places that residents can choose, as the kernteam knows them."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.cas import swap_version
from core.errors import Conflict, DomainError
from core.records import record
from projects.models import Project
from stories.actions.telling import one_of
from stories.models import Place
from stories.squares import Point, middle_of_square
from stories.texts import clean_text


@transaction.atomic
def add_place(project: Project, *, name: str, kind: str, point: Point | None, by: Any) -> Place:
    """A public place is kept where it is; of a street only the square of 100 metres."""
    fields = _fields(name, kind, point)
    try:
        with transaction.atomic():
            place = Place.objects.create(project=project, **fields)
    except IntegrityError:
        raise _taken() from None
    record("add_place", place, by=by)
    return place


@transaction.atomic
def edit_place(place: Place, *, version: int, name: str, kind: str, point: Point | None, by: Any) -> Place:
    try:
        with transaction.atomic():
            swap_version(place, version, _fields(name, kind, point))
    except IntegrityError:
        raise _taken() from None
    record("edit_place", place, by=by)
    return place


@transaction.atomic
def delete_place(place: Place, *, by: Any) -> None:
    """Stories that named the place keep their words, and lose the point."""
    record("delete_place", place, by=by)
    place.delete()


def _fields(name: str, kind: str, point: Point | None) -> dict[str, Any]:
    cleaned = " ".join(clean_text(name).split())[:80]
    if not cleaned:
        raise DomainError(_("Geef de plek een naam."), field="name")
    if one_of(Place.Kind.values, kind, "kind") == Place.Kind.STREET and point:
        point = middle_of_square(point)
    return {"name": cleaned, "kind": kind, "lat": point and point.lat, "lon": point and point.lon}


def _taken() -> Conflict:
    return Conflict(_("Er is al een plek met deze naam."), "name")
