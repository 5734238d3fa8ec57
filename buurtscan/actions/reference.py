"""What is worked out of the whole country once per refresh: how figures are spread, who looks like whom."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtscan.actions.extents import count_extents
from buurtscan.catalogue import CATALOGUE, MEASURES, Indicator
from buurtscan.figures import Year
from buurtscan.held import Cells, TableId
from buurtscan.models import AreaRow, Distribution, Likeness, LookAlike, SourceTable
from buurtscan.national import likeness
from buurtscan.national.distribution import LEVELS, Spread, is_national, is_spread, spread_of
from buurtscan.national.places import Compared
from buurtscan.national.turns import turn
from core.jobs import Run, request_job
from core.models import Job
from projects.models import Project

TASK = "buurtscan.reference"
RULES = "1"  # goes up when the same tables have to give other distributions or features
CHUNK = 2_000
BATCH = 200


@dataclass(frozen=True)
class Whole:
    """A table that was pulled whole, and one of its periods."""

    pk: int
    source: str
    table: TableId
    period: str
    mark: str


def request_reference() -> Job:
    """Ask a worker for it. What still waits is the answer; what is under way may have begun too early."""
    with transaction.atomic():
        waiting = Job.objects.filter(task=TASK, state=Job.State.WAITING).first()
        return waiting or request_job(TASK)


def run_reference(run: Run) -> int:
    """One at a time, so that nobody who began with older tables has the last word."""
    with turn(TASK, run, wait=True):
        return refresh_reference(run)


def refresh_reference(run: Run | None = None) -> int:
    """Work out anew what rests on tables that changed. Returns how many distributions were made.

    One period is in memory at a time, and kept when it is ready: who goes on after a stop skips it.
    """
    found = whole_tables()
    periods = sorted({one.period for one in found}, reverse=True)
    made = 0
    for done, period in enumerate(periods):
        if run:
            run.progress(done, len(periods) + 1, _("verdeling van %(period)s") % {"period": period})
        made += refresh_period(period, [one for one in found if one.period == period])
    if run:
        run.progress(len(periods), len(periods) + 1, _("buurten die op elkaar lijken"))
    refresh_likeness(found)
    count_extents()
    spread = [name for name, indicator in CATALOGUE.items() if is_spread(indicator)]
    Distribution.objects.exclude(indicator__in=spread).delete()
    return made


def whole_tables() -> list[Whole]:
    """Only a pull knows the columns of a table: what a scan brought in of one is no national picture."""
    tables = {row.pk: row for row in SourceTable.objects.exclude(columns={})}
    pairs = AreaRow.objects.filter(table__in=tables).order_by().values_list("table_id", "period").distinct()
    found = [
        Whole(
            pk, tables[pk].source, TableId(tables[pk].table, tables[pk].vintage), period, mark_of(tables[pk])
        )
        for pk, period in pairs
    ]
    return sorted(found, key=lambda one: (one.table.vintage, one.table.name), reverse=True)


def mark_of(row: SourceTable) -> str:
    """A source without a mark of its own has changed whenever it was pulled."""
    return row.modified or str(row.refreshed_at)


def refresh_period(period: str, tables: Sequence[Whole]) -> int:
    sources = {one.source for one in tables}
    bases = {
        indicator.id: basis_of(indicator, tables)
        for indicator in CATALOGUE.values()
        if is_spread(indicator) and {MEASURES[measure].source for measure in indicator.parts} <= sources
    }
    held = Distribution.objects.filter(period=period, indicator__in=list(bases)).values_list(
        "indicator", "basis"
    )
    ready: dict[str, int] = defaultdict(int)
    for indicator, basis in held:
        ready[indicator] += basis == bases[indicator]
    due = [CATALOGUE[name] for name in bases if ready[name] < len(LEVELS)]
    if not due:
        return 0
    cells = cells_of({measure for indicator in due for measure in indicator.parts}, tables)
    rows = [row for indicator in due for row in distributions(indicator, period, cells, bases[indicator.id])]
    keep(rows)
    return len(rows)


def basis_of(indicator: Indicator, tables: Iterable[Whole]) -> str:
    """The tables and their marks, and the rule by which the figure is made of them."""
    sources = {MEASURES[measure].source for measure in indicator.parts}
    parts = [f"{one.table.name} {one.mark}" for one in tables if one.source in sources]
    rule = repr((RULES, parts, indicator.measures, indicator.formula, indicator.decimals))
    return f"{hashlib.sha256(rule.encode()).hexdigest()[:16]} {'; '.join(parts)}"[:300]


def cells_of(measures: Iterable[str], tables: Sequence[Whole]) -> dict[str, Cells]:
    """The numbers of all buurten and wijken; a measure comes from the newest table that has it."""
    cells: dict[str, Cells] = {}
    wanted = set(measures)
    for one in tables:
        found: dict[str, dict[str, float]] = {measure: {} for measure in wanted - cells.keys()}
        for code, values in rows_of(one):
            for measure in found.keys() & values.keys():
                found[measure][code] = values[measure]
        cells |= {measure: Cells(one.table, values) for measure, values in found.items() if values}
    return {measure: cells.get(measure, Cells()) for measure in wanted}


def rows_of(one: Whole) -> Iterator[tuple[str, dict[str, float]]]:
    rows = AreaRow.objects.filter(table=one.pk, period=one.period).order_by()
    return rows.values_list("code", "values").iterator(chunk_size=CHUNK)


def distributions(
    indicator: Indicator, period: str, cells: dict[str, Cells], basis: str
) -> Iterator[Distribution]:
    """One for each level, also where nobody has the figure: then it need not be looked for again."""
    values = Year(indicator, period, cells).values()
    for level, start in LEVELS.items():
        of_level = {code: value for code, value in values.items() if code.startswith(start)}
        spread = spread_of(of_level.values() if is_national(of_level) else (), indicator.decimals)
        yield distribution_row(indicator.id, period, level, spread, basis)


def distribution_row(indicator: str, period: str, level: str, spread: Spread, basis: str) -> Distribution:
    return Distribution(
        indicator=indicator,
        period=period,
        level=level,
        number=spread.number,
        median=spread.median if spread.number else 0,
        values=list(spread.values),
        counts=list(spread.counts),
        basis=basis,
        made_at=timezone.now(),
    )


@transaction.atomic
def keep(rows: Sequence[Distribution]) -> None:
    """In a fixed order, so that two at once wait for each other."""
    Distribution.objects.bulk_create(
        sorted(rows, key=lambda row: (row.indicator, row.period, row.level)),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["indicator", "period", "level"],
        update_fields=["number", "median", "values", "counts", "basis", "made_at"],
    )


def refresh_likeness(tables: Iterable[Whole]) -> bool:
    """Of the year with the most features, of those the newest. False when nothing changed."""
    years = sorted((one for one in tables if one.source == "kwb"), key=lambda one: one.period, reverse=True)
    parts = [f"{one.table.name} {one.mark}" for one in years]
    rule = repr((RULES, likeness.THEMES, likeness.MEASURES, parts))
    basis = f"{hashlib.sha256(rule.encode()).hexdigest()[:16]} {'; '.join(parts)}"[:300]
    if not years or Likeness.objects.filter(basis=basis).exists():
        return False
    best: tuple[str, likeness.Scale, dict[str, likeness.Position]] | None = None
    for one in years:
        known = features_in(one)
        scale = likeness.scale_of(list(known.values())) if is_national(known) else None
        if scale and (best is None or len(scale.features) > len(best[1].features)):
            positions = {code: scale.position(features) for code, features in known.items()}
            best = one.period, scale, {code: position for code, position in positions.items() if position}
        if best and len(best[1].features) == len(likeness.FEATURES):
            break
    if best:
        keep_likeness(*best, basis)
    return best is not None


def features_in(one: Whole) -> dict[str, likeness.Known]:
    found = (
        (code, likeness.features_of([values]))
        for code, values in rows_of(one)
        if code.startswith(LEVELS["buurt"])
    )
    return {code: features for code, features in found if features}


@transaction.atomic
def keep_likeness(
    period: str, scale: likeness.Scale, positions: dict[str, likeness.Position], basis: str
) -> None:
    Likeness.objects.exclude(period=period).delete()
    Likeness.objects.update_or_create(
        period=period,
        defaults={
            "features": {code: list(position) for code, position in sorted(positions.items())},
            "scale": {"features": scale.features, "centre": scale.centre, "spread": scale.spread},
            "basis": basis,
            "made_at": timezone.now(),
        },
    )


@transaction.atomic(savepoint=False)
def write_look_alikes(project: Project, found: Compared) -> None:
    """The ten of a project; unchanged ones are not written again."""
    held = list(LookAlike.objects.filter(project=project).values_list("number", "code", "distance", "period"))
    new = [(number, one.code, one.distance, found.period) for number, one in enumerate(found.near, start=1)]
    if held == new:
        return
    if len(new) < len(held):
        LookAlike.objects.filter(project=project, number__gt=len(new)).delete()
    LookAlike.objects.bulk_create(
        [
            LookAlike(project=project, number=number, code=code, distance=distance, period=period)
            for number, code, distance, period in new
        ],
        update_conflicts=True,
        unique_fields=["project", "number"],
        update_fields=["code", "distance", "period"],
    )
