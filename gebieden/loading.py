"""The work of a load: read from the sources, store, and tell how far it is. No source is asked inside a transaction."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from core.errors import DomainError
from core.fetch import Fetcher, NotFound, SourceFailed
from gebieden.actions import close_load, store_areas, store_shapes, thin_shapes
from gebieden.models import Area, AreaLoad, Level
from gebieden.sources.cbs import newest_vintage, read_areas
from gebieden.sources.pdok import COLLECTIONS, read_shapes
from gebieden.vintages import KWB_TABLES

type Progress = Callable[[int, int, str], None]


def carry_out(load: AreaLoad, progress: Progress) -> AreaLoad:
    """Repeatable: a second run gives the same areas. Raises DomainError when CBS gives none."""
    progress(0, 0, _("Jaar en tabel zoeken"))
    with Fetcher() as fetcher:
        try:
            vintage = load.vintage or newest_vintage(fetcher)
            stored = read_and_store(fetcher, load, vintage, progress)
        except NotFound as failure:
            raise DomainError(_("Het CBS heeft geen gebieden van dit jaar.")) from failure
        except SourceFailed as failure:
            raise DomainError(failure.message) from failure
        drawn, note = draw(fetcher, vintage, stored, progress) if load.polygons else (0, "")
    if drawn:
        thin(vintage, stored, progress)
    return close_load(load, drawn, note)


def read_and_store(fetcher: Fetcher, load: AreaLoad, vintage: int, progress: Progress) -> int:
    progress(0, 0, _("Namen en codes van %(year)s ophalen") % {"year": vintage})
    rows = read_areas(fetcher, KWB_TABLES[vintage])
    total = len(rows) * (2 if load.polygons else 1)
    progress(0, total, _("Gebieden opslaan"))
    stored = store_areas(load, vintage, rows)
    progress(stored, total, _("Gebieden opgeslagen"))
    return stored


def draw(fetcher: Fetcher, vintage: int, stored: int, progress: Progress) -> tuple[int, str]:
    """How many polygons came, and in Dutch why there are not more. A failing map never undoes the areas."""
    drawn = 0
    try:
        for collection in COLLECTIONS:
            for shapes in read_shapes(fetcher, vintage, collection):
                drawn += store_shapes(vintage, shapes)
                progress(min(stored + drawn, 2 * stored), 2 * stored, _("Kaarten opslaan"))
    except NotFound:
        return drawn, _("PDOK heeft geen kaarten van dit jaar.")
    except SourceFailed as failure:
        return drawn, _("Niet alle kaarten zijn geladen: %(why)s") % {"why": failure.message}
    return drawn, ""


def thin(vintage: int, stored: int, progress: Progress) -> None:
    """A gemeente at a time: its buurten share their borders."""
    gemeenten = Area.objects.of_vintage(vintage).filter(level=Level.GEMEENTE)
    for code in gemeenten.values_list("code", flat=True):
        thin_shapes(vintage, code)
        progress(2 * stored, 2 * stored, _("Kaarten kleiner maken"))
