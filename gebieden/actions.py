"""Loading the areas of one year of boundaries: asking for it, and storing what the sources gave."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.errors import Conflict, DomainError
from core.jobs import request_job
from core.records import record
from gebieden.codes import NATION, gemeente_of, wijk_of
from gebieden.models import Area, AreaLoad, Level
from gebieden.polygons import thinned
from gebieden.sources.cbs import AreaRow
from gebieden.sources.pdok import Shape
from gebieden.vintages import KWB_TABLES

TASK = "gebieden.load_areas"
BATCH = 500
FROM_SOURCE = ["level", "name", "gemeente_name", "postcode", "inhabitants", "parent"]


@transaction.atomic
def load_areas(vintage: int | None = None, *, by: Any, polygons: bool = True) -> AreaLoad:
    """Ask a worker for all areas of a year; without a year the newest that CBS has."""
    if vintage is not None and vintage not in KWB_TABLES:
        raise DomainError(_("Van dit jaar kennen wij geen gebieden."), "vintage")
    AreaLoad.objects.finished().update(busy=None)
    try:
        with transaction.atomic():
            load = AreaLoad.objects.create(
                job=request_job(TASK), vintage=vintage, polygons=polygons, busy=True
            )
    except IntegrityError:
        raise Conflict(_("De gebieden worden al geladen. Wacht tot dat klaar is.")) from None
    record("load_areas", load, by=by)
    return load


@transaction.atomic
def store_areas(load: AreaLoad, vintage: int, rows: Sequence[AreaRow]) -> int:
    """Write all areas of the vintage at once, so that nobody sees half of it. Polygons stay."""
    ids: dict[str, int] = {}
    for level in (Level.LAND, Level.GEMEENTE, Level.WIJK, Level.BUURT):
        store_level(vintage, [row for row in rows if row.level == level], ids)
    load.vintage, load.loaded = vintage, len(rows)
    load.save(update_fields=["vintage", "loaded"])
    record("store_areas", load, by=None)
    return len(rows)


def store_level(vintage: int, rows: Sequence[AreaRow], ids: dict[str, int]) -> None:
    """`ids` holds the primary keys of the levels above, and those of this level afterwards."""
    areas = [
        Area(
            vintage=vintage,
            code=row.code,
            level=row.level,
            name=row.name,
            gemeente_name=row.gemeente_name,
            postcode=row.postcode,
            inhabitants=row.inhabitants,
            parent_id=parent_of(row, ids),
        )
        for row in rows
    ]
    Area.objects.bulk_create(
        areas,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["vintage", "code"],
        update_fields=FROM_SOURCE,
    )
    if rows:
        stored = Area.objects.of_vintage(vintage).filter(level=rows[0].level)
        ids.update(stored.values_list("code", "pk"))


def parent_of(row: AreaRow, ids: dict[str, int]) -> int | None:
    """The wijk of a buurt, the gemeente of a wijk, the country of a gemeente; the next one where it is missing."""
    above = {
        "land": (),
        "gemeente": (NATION,),
        "wijk": (gemeente_of, NATION),
        "buurt": (wijk_of, gemeente_of, NATION),
    }[row.level]
    codes = (step if isinstance(step, str) else step(row.code) for step in above)
    return next((ids[code] for code in codes if code in ids), None)


@transaction.atomic
def store_shapes(vintage: int, shapes: Iterable[Shape]) -> int:
    """Give areas their polygon, and inhabitants where CBS gave none. Returns how many areas were known."""
    wanted = {shape.code: shape for shape in shapes}
    areas = Area.objects.of_vintage(vintage)
    known = dict(areas.filter(code__in=list(wanted)).values_list("code", "inhabitants"))
    for code, inhabitants in known.items():
        shape = wanted[code]
        people = shape.inhabitants if inhabitants is None else inhabitants
        areas.filter(code=code).update(geometry=shape.geometry, inhabitants=people)
    return len(known)


@transaction.atomic
def thin_shapes(vintage: int, gemeente: str) -> int:
    """Leave out of the polygons of its buurten what no map shows. Returns how many areas have a polygon.

    A second time changes next to nothing: what is thin enough stays as it is.
    """
    areas = Area.objects.of_vintage(vintage).buurten_in(gemeente).filter(geometry__isnull=False)
    drawn = list(areas.only("pk", "code", "geometry").order_by("code"))
    thin = thinned({area.code: area.geometry for area in drawn if area.geometry})
    for area in drawn:
        area.geometry = thin.get(area.code, area.geometry)
    Area.objects.bulk_update(drawn, ["geometry"], batch_size=100)
    return len(drawn)


@transaction.atomic
def close_load(load: AreaLoad, drawn: int, note: str) -> AreaLoad:
    load.drawn, load.note = drawn, note[:300]
    load.save(update_fields=["drawn", "note"])
    return load
