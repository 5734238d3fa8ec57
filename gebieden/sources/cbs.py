"""Codes, names, inhabitants and postcodes from the table "Kerncijfers wijken en buurten" of one year."""

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from core.fetch import Fetcher, NotFound, SourceFailed
from core.odata import ColumnMissing, Columns, OData3, OData4, one_of
from gebieden.codes import NATION, LevelName, gemeente_of, level_of
from gebieden.vintages import KWB_TABLES

logger = logging.getLogger(__name__)
AREA = "WijkenEnBuurten"
INHABITANTS, POSTCODE = "T001036", "PC000C"
INHABITANTS_V3, POSTCODE_V3 = "AantalInwoners", "MeestVoorkomendePostcode"


@dataclass(slots=True)
class AreaRow:
    """One area as CBS lists it. `inhabitants` and `postcode` are empty where CBS does not publish them."""

    code: str
    level: LevelName
    name: str
    gemeente_name: str = ""
    postcode: str = ""
    inhabitants: int | None = None


def newest_vintage(fetcher: Fetcher) -> int:
    """The newest year of which CBS has the table. A table that fails is no reason to take an older one."""
    for vintage, table in sorted(KWB_TABLES.items(), reverse=True):
        if exists(fetcher, table):
            return vintage
    raise SourceFailed(_("CBS heeft geen enkele tabel met wijken en buurten die wij kennen."))


def exists(fetcher: Fetcher, table: str) -> bool:
    failure: SourceFailed | None = None
    for service in (four(fetcher), three(fetcher)):
        try:
            service.modified(table)
        except NotFound:
            continue
        except SourceFailed as found:
            failure = found
        else:
            return True
    if failure is not None:
        raise failure
    return False


def read_areas(fetcher: Fetcher, table: str) -> list[AreaRow]:
    """All areas of the table, by v4, and by v3 where v4 fails."""
    try:
        rows = from_v4(four(fetcher), table)
    except SourceFailed as failure:
        logger.warning("table %s by v4: %s", table, failure.message)
        rows = from_v3(three(fetcher), table)
    if not rows:
        raise SourceFailed(_("CBS gaf een lege lijst met gebieden."), transient=True)
    return list(with_gemeenten(rows).values())


def from_v4(service: OData4, table: str) -> dict[str, AreaRow]:
    rows = known(
        (str(row.get("Identifier") or ""), str(row.get("Title") or "")) for row in service.codes(table)
    )
    if not rows:
        raise SourceFailed(_("CBS gaf een lege lijst met gebieden."), transient=True)
    for found in service.observations(table, filter=one_of("Measure", [INHABITANTS, POSTCODE])):
        row = rows.get(found.code)
        if row is None:
            continue
        if found.measure == INHABITANTS:
            row.inhabitants = count(found.value)
        elif found.measure == POSTCODE:
            row.postcode = postcode(found.text)
    return rows


def from_v3(service: OData3, table: str) -> dict[str, AreaRow]:
    rows = known(
        (str(row.get("Key") or ""), str(row.get("Title") or "")) for row in service.members(table, AREA)
    )
    columns = service.columns(table)
    people, post = key(columns, INHABITANTS_V3), key(columns, POSTCODE_V3)
    select = [AREA, *filter(None, (people, post))]
    for cells in service.rows(table, select=select, bulk=True):
        row = rows.get(str(cells[AREA]))
        if row is not None:
            row.inhabitants = count(cells.get(people))
            row.postcode = postcode(cells.get(post))
    return rows


def key(columns: Columns, base: str) -> str:
    try:
        return columns.key(base)
    except ColumnMissing:
        return ""


def known(pairs: Iterable[tuple[str, str]]) -> dict[str, AreaRow]:
    """Rows of the areas in our own country; what has no code of an area is left out."""
    rows = {}
    for code, name in pairs:
        found = row_of(code.strip(), name.strip())
        if found is not None:
            rows[found.code] = found
    return rows


def row_of(code: str, name: str) -> AreaRow | None:
    try:
        level = level_of(code)
    except ValueError:
        logger.info("no area code: %r", code)
        return None
    if level == "land":
        return AreaRow(code, level, name or "Nederland") if code == NATION else None
    if gemeente_of(code) in ("GM0998", "GM0997", "GM9999"):
        return None  # abroad or unknown
    return AreaRow(code, level, (name or code)[:120])


def with_gemeenten(rows: dict[str, AreaRow]) -> dict[str, AreaRow]:
    for row in rows.values():
        gemeente = rows.get(gemeente_of(row.code)) if row.level in ("wijk", "buurt") else None
        row.gemeente_name = gemeente.name if gemeente else ""
    return rows


def count(value: object) -> int | None:
    return round(value) if isinstance(value, int | float) and value >= 0 else None


def postcode(value: object) -> str:
    text = str(round(value)) if isinstance(value, float) else str(value or "").strip()
    return text if re.fullmatch(r"[1-9]\d{3}", text) else ""


def four(fetcher: Fetcher) -> OData4:
    return OData4(fetcher, settings.OPENDATA_CBS_V4_URL)


def three(fetcher: Fetcher) -> OData3:
    return OData3(fetcher, settings.OPENDATA_CBS_V3_URL)
