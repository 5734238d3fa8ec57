"""The real figures of the demonstration project: `areas.csv` and `figures.csv`, as published."""

from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from buurtagenda.demo.content import table
from buurtscan.actions.scans import project_target, write_figures
from buurtscan.catalogue import CATALOGUE
from buurtscan.models import Observation, Scan, ScanSource, Source, SourceTable
from buurtscan.scanning import figures_from_store
from core.models import Job
from gebieden.models import Area
from projects.models import Project

RETRIEVED = datetime(2026, 11, 1, tzinfo=UTC)


def load_areas() -> dict[str, Area]:
    """The areas of the example by code; areas that are there already stay as they are."""
    areas: dict[str, Area] = {}
    for row in table("areas.csv"):
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
    load_observations()
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
    write_figures(scan, target, figures, frozenset())
    scan.figures.update(fetched_at=RETRIEVED)
    return scan


def load_observations() -> None:
    tables: dict[str, SourceTable] = {}
    rows = []
    for row in table("figures.csv"):
        if row["table"] not in tables:
            tables[row["table"]], _new = SourceTable.objects.get_or_create(
                source=row["source"],
                table=row["table"],
                defaults={"vintage": int(row["vintage"]), "refreshed_at": RETRIEVED},
            )
        rows.append(
            Observation(
                table=tables[row["table"]],
                code=row["code"],
                measure=row["measure"],
                period=row["period"],
                value=float(row["value"]),
            )
        )
    Observation.objects.bulk_create(rows, batch_size=2_000, ignore_conflicts=True)
