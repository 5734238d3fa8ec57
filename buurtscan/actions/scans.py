"""The scan of a project: asked for once, done by a worker, shown source by source."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtscan import store
from buurtscan.actions.reference import write_look_alikes
from buurtscan.catalogue import CATALOGUE
from buurtscan.figures import INHABITANTS, Figure
from buurtscan.models import FigureStatus, Scan, ScanFigure, ScanSource, Source
from buurtscan.scanning import (
    Arrivals,
    compared_from_store,
    figures_from_store,
    harvest_groups,
    harvests,
    plan_of,
)
from buurtscan.sources.harvest import Harvest
from buurtscan.target import Target, target_of
from core.errors import DomainError
from core.jobs import Run, request_job
from core.models import Job
from core.records import record
from projects.models import Project

BATCH = 2_000
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
    asked = plan_of([target])
    arrivals = Arrivals(dates=dict(asked.dates))
    if run.job.attempts > 1:
        arrivals.add(dict.fromkeys(scan.sources.complete().values_list("source", flat=True), Harvest()))
    open_ = [source for source in Source.values if source not in arrivals.sources]
    fresh = {source: Harvest() for source in open_ if source in asked.fresh}
    if fresh:
        write_sources(scan, target, fresh, arrivals)
    if asked.of(open_):
        scan.sources.filter(source__in=asked.of(open_)).update(state=Job.State.RUNNING, message="")
        show_progress(scan, run)
    for group in harvest_groups(open_, asked):
        write_sources(scan, target, group, arrivals)
        show_progress(scan, run)
    set_aside(scan, target)
    if asked.of(open_) and not scan.sources.exclude(state=Job.State.FAILED).exists():
        raise DomainError(_("Geen van de bronnen gaf antwoord. Probeer het later opnieuw."))


@transaction.atomic
def write_sources(scan: Scan, target: Target, harvests: Mapping[str, Harvest], arrivals: Arrivals) -> None:
    """Keep what these sources said, work out the figures that are complete now, close the sources."""
    for source, harvest in harvests.items():
        if harvest.fetched:
            store.keep(source, harvest.fetched)
    indicators = arrivals.add(harvests)
    found = compared_from_store(indicators, target, arrivals.missing)
    write_figures(scan, target, found.figures, arrivals)
    write_look_alikes(scan.project, found)
    for (state, message), sources in outcomes(harvests).items():
        rows = scan.sources.filter(source__in=sources)
        rows.update(state=state, message=message, finished_at=timezone.now())


def outcomes(harvests: Mapping[str, Harvest]) -> dict[tuple[str, str], list[str]]:
    """State and message, with the sources that end so."""
    found: dict[tuple[str, str], list[str]] = {}
    for source, harvest in harvests.items():
        state = Job.State.FAILED if harvest.failed and not harvest.fetched else Job.State.DONE
        found.setdefault((state, harvest.note[:300]), []).append(source)
    return found


def write_figures(scan: Scan, target: Target, figures: Sequence[Figure], arrivals: Arrivals) -> None:
    """One row per indicator and area. What could not be asked for keeps the row it has."""
    stale = {name for name in CATALOGUE if CATALOGUE[name].all_measures & arrivals.missing}
    kept = kept_figures(scan, target, stale) if stale else set()
    rows = [scan_figure(scan, figure, arrivals.dates) for figure in figures if figure.indicator not in kept]
    ScanFigure.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["project", "indicator", "code"],
        update_fields=FIGURE_FIELDS,
    )


def kept_figures(scan: Scan, target: Target, stale: Iterable[str]) -> set[str]:
    held = ScanFigure.objects.of(scan.project).filter(indicator__in=stale, code=target.asked.code)
    return set(held.exclude(status=FigureStatus.FAILED).values_list("indicator", flat=True))


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
    "below",
    "equal",
    "ranked",
    "median",
    "trend",
    "alike",
    "fetched_at",
]


def scan_figure(scan: Scan, figure: Figure, dates: Mapping[str, datetime | None]) -> ScanFigure:
    """`dates` are of the tables that were not asked now: what comes from the store has its date."""
    spot = figure.spot
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
        below=spot.below if spot else None,
        equal=spot.equal if spot else None,
        ranked=spot.ranked if spot else None,
        median=figure.median,
        trend=[asdict(point) for point in figure.trend],
        alike=[{"code": code, "value": value} for code, value in figure.alike],
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
