"""The real figures of the demonstration project: `areas.csv` and `figures.csv`, as published."""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from buurtagenda.demo.content import table
from buurtagenda.demo.gemeente import VINTAGE, load_gemeente
from buurtagenda.demo.reference import load_distributions, load_look_alike_figures, with_look_alikes
from buurtscan.actions.scans import project_target, write_figures
from buurtscan.catalogue import CATALOGUE
from buurtscan.models import AreaRow, Scan, ScanSource, Source, SourceTable
from buurtscan.scanning import Arrivals, figures_from_store
from core.models import Job
from gebieden.models import Area
from projects.models import Project

RETRIEVED = datetime(2026, 11, 1, tzinfo=UTC)


def load_areas() -> dict[str, Area]:
    """The areas of the example and those it is like, by code; areas that are there already stay as they are."""
    areas: dict[str, Area] = {}
    for row in [*table("areas.csv"), *table("look_alike_areas.csv")]:
        areas[row["code"]], _new = Area.objects.get_or_create(
            code=row["code"],
            vintage=int(row["vintage"]),
            defaults={
                "level": row["level"],
                "name": row["name"],
                "gemeente_name": row["gemeente_name"],
                "postcode": row["postcode"],
                "inhabitants": int(row["inhabitants"]) if row["inhabitants"] else None,
                "parent": areas.get(row["parent"]),
            },
        )
    return areas


def load_figures(project: Project, *, by: Any) -> Scan:
    """Put the facts in the store and make the scan of them, without asking any source."""
    load_facts()
    load_gemeente(Area.objects.get(code="GM0518", vintage=VINTAGE))
    load_distributions(RETRIEVED)
    load_look_alike_figures()
    job = Job.objects.create(
        task="buurtscan.scan", state=Job.State.DONE, done=4, total=4, attempts=1, finished_at=RETRIEVED
    )
    note = _("In dit voorbeeld zit een deel van de tabellen. De echte scan haalt ze allemaal op.")
    scan = Scan.objects.create(project=project, job=job, asked_by=by, created_at=RETRIEVED)
    ScanSource.objects.bulk_create(
        ScanSource(scan=scan, source=source, state=Job.State.DONE, message=note, finished_at=RETRIEVED)
        for source in Source.values
    )
    target = project_target(project)
    figures = figures_from_store(list(CATALOGUE.values()), target, frozenset())
    write_figures(scan, target, with_look_alikes(project, figures), Arrivals())
    scan.figures.update(fetched_at=RETRIEVED)
    return scan


def load_facts() -> None:
    tables: dict[str, SourceTable] = {}
    rows: dict[tuple[str, str, str], dict[str, float]] = defaultdict(dict)
    for row in table("figures.csv"):
        if row["table"] not in tables:
            tables[row["table"]], _new = SourceTable.objects.get_or_create(
                source=row["source"],
                table=row["table"],
                defaults={"vintage": int(row["vintage"]), "refreshed_at": RETRIEVED},
            )
        rows[row["table"], row["code"], row["period"]][row["measure"]] = float(row["value"])
    AreaRow.objects.bulk_create(
        (
            AreaRow(table=tables[name], code=code, period=period, values=values)
            for (name, code, period), values in rows.items()
        ),
        batch_size=1_000,
        ignore_conflicts=True,
    )
