"""Leefbaarometer 3.0: scores by WFS, and a file with those of all years.

Classes (k…) run from 1 to 9, deviations from the Dutch average are around 0. The WFS has the newest
year; the file has every year since 2002, without classes. It is some megabytes: a scan asks for it only
when we hold no earlier year of an area yet, or when the WFS fails.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import batched
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from buurtscan.catalogue import measures_of
from buurtscan.figures import Number
from buurtscan.sources.harvest import Fetched, Harvest, National, Plan, Row, numbers_from, published
from buurtscan.sources.tables import LEEFBAAROMETER
from core.fetch import Fetcher, SourceFailed
from core.odata import one_of
from gebieden.codes import level_of

MEASURES = frozenset(measure.id for measure in measures_of("leefbaarometer"))
CLASSES = frozenset(measure for measure in MEASURES if measure.startswith("k"))
LAYERS = {"buurt": "buurtscore24", "wijk": "wijkscore24", "gemeente": "gemeentescore24"}
FILE = "/resources/open-data-leefbaarometer-meting-2024.zip"
NEWEST = str(LEEFBAAROMETER.vintage)
ROWS_AT_ONCE = 5_000
ID_COLUMNS = ("bu_code", "wk_code", "gm_code")


def fetch(plan: Plan, fetcher: Fetcher) -> Harvest:
    codes = [code for code in plan.codes if level_of(code) in LAYERS]
    if not codes:
        return Harvest()
    try:
        numbers = [number for level in LAYERS for number in ask(fetcher, level, codes)]
    except SourceFailed as failure:
        return from_file(fetcher, codes, failure)
    held = earlier(plan)
    if {number.code for number in numbers} <= {number.code for number in held}:
        return Harvest([Fetched(LEEFBAAROMETER, MEASURES, tuple(codes), (*numbers, *held))])
    return with_history(fetcher, codes, numbers, held)


def earlier(plan: Plan) -> list[Number]:
    return [number for number in plan.held.get(LEEFBAAROMETER.name, ()) if number.period < NEWEST]


def with_history(fetcher: Fetcher, codes: list[str], numbers: list[Number], held: list[Number]) -> Harvest:
    """Without the file, the newest year is still the figure; only the course is not complete."""
    try:
        rows = [row for row in file_rows(fetcher, codes) if row[1] < NEWEST]
    except SourceFailed as failure:
        note = _("%(why)s De jaren voor %(year)s ontbreken nog.") % {"why": failure.message, "year": NEWEST}
        return Harvest([Fetched(LEEFBAAROMETER, MEASURES, tuple(codes), (*numbers, *held))], note=note)
    history = numbers_from(rows, LEEFBAAROMETER, codes)
    return Harvest([Fetched(LEEFBAAROMETER, MEASURES, tuple(codes), (*numbers, *history))])


def ask(fetcher: Fetcher, level: str, codes: Iterable[str]) -> list[Number]:
    wanted = [code for code in codes if level_of(code) == level]
    if not wanted:
        return []
    found = (numbers_in(feature) for feature in features(fetcher, level, one_of("id", wanted)))
    return list(numbers_from(found, LEEFBAAROMETER, wanted))


def features(fetcher: Fetcher, level: str, cql: str = "") -> list[Mapping[str, Any]]:
    """The properties of the areas of one level, without their polygons."""
    url = f"{settings.OPENDATA_LEEFBAAROMETER_URL}/lbm3/ows"
    params = {
        "service": "WFS",
        "version": "2.0.0",
        "request": "GetFeature",
        "typeNames": f"lbm3:{LAYERS[level]}",
        "outputFormat": "application/json",
        "propertyName": ",".join(["id", "year", *sorted(MEASURES)]),
    }
    reply = fetcher.json(url, params | ({"CQL_FILTER": cql} if cql else {}))
    found = reply.get("features") if isinstance(reply, dict) else None
    if not isinstance(found, list):
        raise SourceFailed(_("De Leefbaarometer stuurt iets anders dan gebieden."))
    return [one["properties"] for one in found if isinstance(one, dict) and one.get("properties")]


def numbers_in(properties: Mapping[str, Any]) -> Row:
    found = ((measure, published(properties.get(measure))) for measure in sorted(MEASURES))
    values = {
        measure: value
        for measure, value in found
        if value is not None and not (measure in CLASSES and not 1 <= value <= 9)
    }
    return str(properties.get("id") or "").strip(), str(properties.get("year") or "2024"), values


def from_file(fetcher: Fetcher, codes: list[str], failure: SourceFailed) -> Harvest:
    """The deviations from the zip; the classes stay what they were."""
    try:
        rows = file_rows(fetcher, codes)
    except SourceFailed:
        return Harvest(missing=MEASURES, note=failure.message)
    numbers = numbers_from(rows, LEEFBAAROMETER, codes)
    note = _("%(why)s De verschillen met Nederland komen uit het bestand; de klassen ontbreken nog.")
    fetched = [Fetched(LEEFBAAROMETER, MEASURES - CLASSES, tuple(codes), numbers)] if numbers else []
    missing = CLASSES if numbers else MEASURES
    return Harvest(fetched, missing, note % {"why": failure.message} if numbers else failure.message)


def file_rows(fetcher: Fetcher, codes: Iterable[str]) -> list[Row]:
    content = fetcher.content(f"{settings.OPENDATA_LEEFBAAROMETER_FILES_URL}{FILE}")
    wanted = frozenset(codes)
    return [row for row in rows_of_file(content) if row[0] in wanted]


def rows_of_file(content: bytes) -> Iterator[Row]:
    """Every score of every level and year in the zip. Raises SourceFailed for what is no such zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                if name.lower().endswith(".csv"):
                    with archive.open(name) as file:
                        yield from rows_of_csv(io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace"))
    except (zipfile.BadZipFile, csv.Error, OSError, EOFError) as error:
        raise SourceFailed(_("Het bestand van de Leefbaarometer is niet te lezen.")) from error


def rows_of_csv(text: io.TextIOBase) -> Iterator[Row]:
    first = text.readline()
    header = first.strip().split(";" if ";" in first else ",")
    names = [name.strip(' "') for name in header]
    key = next((name for name in ID_COLUMNS if name in names), "")
    if not key:
        return
    for row in csv.DictReader(text, names, delimiter=";" if ";" in first else ","):
        found = ((measure, decimal(row.get(measure))) for measure in sorted(MEASURES - CLASSES))
        values = {measure: value for measure, value in found if value is not None}
        yield (row[key] or "").strip(), (row.get("jaar") or "").strip()[:4], values


def decimal(text: str | None) -> float | None:
    try:
        return published(float((text or "").replace(",", ".")))
    except ValueError:
        return None


def nationals(fetcher: Fetcher, year: int | None = None) -> list[National]:
    """All years. The source gives no mark of its last change: it is always asked."""
    periods = () if year is None else (str(year),)

    def batches() -> Iterator[list[Row]]:
        if year in (None, int(NEWEST)):
            for level in LAYERS:
                yield [numbers_in(feature) for feature in features(fetcher, level)]
        if year != int(NEWEST):
            yield from map(list, batched(history(fetcher, periods), ROWS_AT_ONCE))

    return [National(LEEFBAAROMETER, "", MEASURES, batches, periods=periods)]


def history(fetcher: Fetcher, periods: Sequence[str]) -> Iterator[Row]:
    content = fetcher.content(f"{settings.OPENDATA_LEEFBAAROMETER_FILES_URL}{FILE}")
    seen: set[tuple[str, str]] = set()
    for row in rows_of_file(content):
        key = row[:2]
        if row[1] < NEWEST and (not periods or row[1] in periods) and key not in seen:
            seen.add(key)
            yield row
