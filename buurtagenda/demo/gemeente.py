"""The buurten around the demonstration project: names, polygons and figures of all of Den Haag, as published."""

import json
from typing import Any

from buurtagenda.demo.content import FOLDER, Entry, table
from buurtscan.models import AreaRow, SourceTable
from gebieden.codes import wijk_of
from gebieden.models import Area, Level

VINTAGE = 2024
PERIOD = "2024"


def load_gemeente(gemeente: Area) -> None:
    """Needs the tables of `figures.load_facts`. Areas and figures that are there already stay as they are."""
    rows = table("buurten.csv")
    wijken = {wijk_of(row["code"]): row["wijk"] for row in rows}
    add_areas([area_of(code, Level.WIJK, name, gemeente) for code, name in wijken.items()])
    above = {area.code: area for area in Area.objects.of_vintage(VINTAGE).filter(level=Level.WIJK)}
    add_areas([buurt_of(row, gemeente, above[wijk_of(row["code"])]) for row in rows])
    draw()
    load_rows()


def add_areas(areas: list[Area]) -> None:
    Area.objects.bulk_create(areas, ignore_conflicts=True)


def area_of(code: str, level: str, name: str, parent: Area, **fields: Any) -> Area:
    gemeente = parent.gemeente_name or parent.name
    return Area(
        code=code, vintage=VINTAGE, level=level, name=name, parent=parent, gemeente_name=gemeente, **fields
    )


def buurt_of(row: Entry, gemeente: Area, wijk: Area) -> Area:
    inhabitants = int(row["inhabitants"]) if row["inhabitants"] else None
    return area_of(
        row["code"], Level.BUURT, row["name"], wijk, postcode=row["postcode"], inhabitants=inhabitants
    )


def draw() -> None:
    """Polygons of buurten that have none yet."""
    features = json.loads((FOLDER / "buurten.geojson").read_text(encoding="utf-8"))["features"]
    shapes = {feature["properties"]["code"]: feature["geometry"] for feature in features}
    blank = Area.objects.of_vintage(VINTAGE).filter(code__in=list(shapes), geometry__isnull=True)
    areas = list(blank.only("pk", "code"))
    for area in areas:
        area.geometry = shapes[area.code]
    Area.objects.bulk_update(areas, ["geometry"], batch_size=100)


def load_rows() -> None:
    """The head of a column names source, table and measure."""
    tables = {row.table: row for row in SourceTable.objects.all()}
    rows: dict[tuple[str, str], dict[str, float]] = {}
    for line in table("buurten_figures.csv"):
        for head, value in line.items():
            if head != "code" and value:
                _source, name, measure = head.split()
                rows.setdefault((name, line["code"]), {})[measure] = float(value)
    AreaRow.objects.bulk_create(
        (
            AreaRow(table=tables[name], code=code, period=PERIOD, values=values)
            for (name, code), values in rows.items()
        ),
        batch_size=1_000,
        ignore_conflicts=True,
    )
