"""Leefbaarometer 3.0: scores by WFS; the file with all years where the WFS fails.

Classes (k…) run from 1 to 9, deviations from the Dutch average are around 0. The file has no classes.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from buurtscan.catalogue import measures_of
from buurtscan.figures import Number
from buurtscan.sources.harvest import Fetched, Harvest, National, Plan, Row, published
from buurtscan.sources.tables import LEEFBAAROMETER
from core.fetch import Fetcher, SourceFailed
from core.odata import one_of
from gebieden.codes import level_of

MEASURES = frozenset(measure.id for measure in measures_of("leefbaarometer"))
CLASSES = frozenset(measure for measure in MEASURES if measure.startswith("k"))
LAYERS = {"buurt": "buurtscore24", "wijk": "wijkscore24", "gemeente": "gemeentescore24"}
FILE = "/resources/open-data-leefbaarometer-meting-2024.zip"
ID_COLUMNS = ("bu_code", "wk_code", "gm_code")


def fetch(plan: Plan, fetcher: Fetcher) -> Harvest:
    codes = [code for code in plan.codes if level_of(code) in LAYERS]
    if not codes:
        return Harvest()
    try:
        numbers = [number for level in LAYERS for number in ask(fetcher, level, codes)]
        return Harvest([Fetched(LEEFBAAROMETER, MEASURES, tuple(codes), tuple(numbers))])
    except SourceFailed as failure:
        return from_file(fetcher, codes, failure)


def ask(fetcher: Fetcher, level: str, codes: Iterable[str]) -> list[Number]:
    wanted = [code for code in codes if level_of(code) == level]
    if not wanted:
        return []
    return [
        Number(measure, code, period, value, LEEFBAAROMETER)
        for feature in features(fetcher, level, one_of("id", wanted))
        for measure, code, period, value in numbers_in(feature)
        if code in wanted
    ]


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


def numbers_in(properties: Mapping[str, Any]) -> Iterator[Row]:
    code, period = str(properties.get("id") or "").strip(), str(properties.get("year") or "2024")
    for measure in MEASURES:
        value = published(properties.get(measure))
        if value is not None and not (measure in CLASSES and not 1 <= value <= 9):
            yield measure, code, period, value


def from_file(fetcher: Fetcher, codes: list[str], failure: SourceFailed) -> Harvest:
    """The deviations from the zip; the classes stay what they were."""
    try:
        content = fetcher.content(f"{settings.OPENDATA_LEEFBAAROMETER_FILES_URL}{FILE}")
        rows = [row for row in rows_of_file(content) if row[1] in codes]
    except SourceFailed:
        return Harvest(missing=MEASURES, note=failure.message)
    numbers = tuple(
        Number(measure, code, period, value, LEEFBAAROMETER) for measure, code, period, value in rows
    )
    note = _("%(why)s De verschillen met Nederland komen uit het bestand; de klassen ontbreken nog.")
    fetched = [Fetched(LEEFBAAROMETER, MEASURES - CLASSES, tuple(codes), numbers)] if numbers else []
    missing = CLASSES if numbers else MEASURES
    return Harvest(fetched, missing, note % {"why": failure.message} if numbers else failure.message)


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
        for measure in MEASURES - CLASSES:
            value = decimal(row.get(measure))
            if value is not None:
                yield measure, (row[key] or "").strip(), (row.get("jaar") or "").strip()[:4], value


def decimal(text: str | None) -> float | None:
    try:
        return published(float((text or "").replace(",", ".")))
    except ValueError:
        return None


def nationals(fetcher: Fetcher, year: int | None = None) -> list[National]:
    """The WFS has one year and no mark of its last change: it is always asked."""
    if year not in (None, LEEFBAAROMETER.vintage):
        return []

    def batches() -> Iterator[list[Row]]:
        for level in LAYERS:
            yield [row for feature in features(fetcher, level) for row in numbers_in(feature)]

    return [National(LEEFBAAROMETER, "", MEASURES, batches, periods=("2024",))]
