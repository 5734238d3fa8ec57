"""The scan of a project: asked for once, done by a worker, shown source by source."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtscan import store
from buurtscan.catalogue import CATALOGUE
from buurtscan.figures import INHABITANTS, Figure
from buurtscan.models import FigureStatus, Scan, ScanFigure, ScanSource, Source, SourceTable
from buurtscan.scanning import Arrivals, figures_from_store, harvests, plan_of
from buurtscan.sources.harvest import Harvest
from buurtscan.target import Target, target_of
from core.errors import DomainError
from core.jobs import Run, request_job
from core.models import Job
from core.records import record
from projects.models import Project

BATCH = 500
TASK = "buurtscan.scan"


@transaction.atomic
def start_scan(project: Project, *, by: Any) -> Scan:
    """Ask for a scan. While one is on its way, that one is the answer. Raises DomainError without an area."""
    Project.objects.select_for_update().get(pk=project.pk)
    running = Scan.objects.of(project).running().first()
    if running:
        return running
    project_target(project)
    scan = Scan.objects.create(project=project, job=request_job(TASK), asked_by=by)
    ScanSource.objects.bulk_create(ScanSource(scan=scan, source=source) for source in Source.values)
    record("start_scan", scan, by=by)
    return scan


def project_target(project: Project) -> Target:
    codes = sorted(project.areas.values_list("code", flat=True))
    try:
        return target_of(codes)
    except ValueError as error:
        message = _("Kies eerst een buurt, een wijk of een groep buurten bij de instellingen.")
        raise DomainError(message) from error


def run_scan(scan: Scan, run: Run) -> None:
    """Ask every source that is not in yet, and show each as soon as it is. Safe to do again.

    Raises DomainError when not one source answered.
    """
    target = project_target(scan.project)
    arrivals = Arrivals()
    for row in scan.sources.complete():
        arrivals.add(row.source, frozenset())
    open_ = [source for source in Source.values if source not in arrivals.sources]
    scan.sources.filter(source__in=open_).update(state=Job.State.RUNNING, message="")
    show_progress(scan, run)
    for source, harvest in harvests(open_, plan_of([target])):
        write_source(scan, target, source, harvest, arrivals)
        show_progress(scan, run)
    set_aside(scan, target)
    if not scan.sources.exclude(state=Job.State.FAILED).exists():
        raise DomainError(_("Geen van de bronnen gaf antwoord. Probeer het later opnieuw."))


@transaction.atomic
def write_source(scan: Scan, target: Target, source: str, harvest: Harvest, arrivals: Arrivals) -> ScanSource:
    """Keep what one source said, work out the figures that are complete now, close the source."""
    store.keep(source, harvest.fetched)
    indicators = arrivals.add(source, harvest.missing)
    write_figures(scan, target, figures_from_store(indicators, target, arrivals.missing), arrivals.missing)
    row = scan.sources.get(source=source)
    row.state = Job.State.FAILED if harvest.failed and not harvest.fetched else Job.State.DONE
    row.message = harvest.note[:300]
    row.finished_at = timezone.now()
    row.save(update_fields=["state", "message", "finished_at"])
    return row


def write_figures(scan: Scan, target: Target, figures: Sequence[Figure], missing: frozenset[str]) -> None:
    """One row per indicator and area. What could not be asked for keeps the row it has."""
    stale = {name for name in CATALOGUE if CATALOGUE[name].all_measures & missing}
    kept = set(
        ScanFigure.objects.of(scan.project)
        .filter(indicator__in=stale, code=target.asked.code)
        .exclude(status=FigureStatus.FAILED)
        .values_list("indicator", flat=True)
    )
    dates = store_dates() if stale else {}
    rows = [
        scan_figure(scan, figure, dates if figure.indicator in stale else {})
        for figure in figures
        if figure.indicator not in kept
    ]
    ScanFigure.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["project", "indicator", "code"],
        update_fields=FIGURE_FIELDS,
    )


FIGURE_FIELDS = [
    "scan",
    "chapter",
    "role",
    "level",
    "value",
    "period",
    "vintage",
    "level_used",
    "source",
    "table",
    "status",
    "flags",
    "fetched_at",
]


def store_dates() -> dict[str, Any]:
    return dict(SourceTable.objects.values_list("table", "refreshed_at"))


def scan_figure(scan: Scan, figure: Figure, dates: dict[str, Any]) -> ScanFigure:
    """With `dates`: a figure that comes from the store has the date of the store."""
    return ScanFigure(
        project=scan.project,
        scan=scan,
        indicator=figure.indicator,
        chapter=figure.chapter,
        role=figure.role,
        code=figure.code,
        level=figure.level,
        value=figure.value,
        period=figure.period,
        vintage=figure.vintage,
        level_used=figure.level_used,
        source=figure.source,
        table=figure.table,
        status=figure.status,
        flags=list(figure.flags),
        fetched_at=dates.get(figure.table) or timezone.now(),
    )


def set_aside(scan: Scan, target: Target) -> None:
    """What is no longer of this area, or no longer in the catalogue, steps back; links to it stay."""
    codes = [place.code for place in target.places]
    figures = ScanFigure.objects.of(scan.project)
    gone = figures.exclude(code__in=codes) | figures.exclude(indicator__in=list(CATALOGUE))
    gone.update(role=ScanFigure.Place.FORMER)


def show_progress(scan: Scan, run: Run) -> None:
    run.progress(scan.sources.finished().count(), len(Source.values))


@dataclass(frozen=True)
class AreaScan:
    """`notes` says in Dutch, by source, what did not come in."""

    figures: dict[Target, list[Figure]]
    notes: dict[str, str]


def scan_areas(targets: Sequence[Target]) -> AreaScan:
    """Figures of areas without a project, fresh from the sources and kept in the store.

    Raises DomainError for a code that CBS does not know.
    """
    missing, notes = frozenset[str](), {}
    for source, harvest in harvests(Source.values, plan_of(targets)):
        store.keep(source, harvest.fetched)
        missing |= harvest.missing
        if harvest.note:
            notes[source] = harvest.note
    if INHABITANTS not in missing:
        check_known({code for target in targets for code in target.codes})
    indicators = list(CATALOGUE.values())
    figures = {target: figures_from_store(indicators, target, missing) for target in targets}
    return AreaScan(figures, notes)


def check_known(codes: set[str]) -> None:
    unknown = sorted(codes - store.known(codes))
    if unknown:
        raise DomainError(_("Het CBS kent geen gebied %(codes)s.") % {"codes": ", ".join(unknown)})
