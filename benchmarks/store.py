"""The store of the whole country: filled, compared number by number, scanned from and shown.

The tables of SES-WOA and Nabijheid are not among those at hand: for the scans they count as brought in and
empty. The full store is made by repeating the real rows of KWB 2020 for every year of KWB (2017-2025), with
a number for every measure: as large as nine complete years, but not their values. It serves to measure
time only.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from statistics import median
from typing import Any

from benchmarks.databases import Kind
from benchmarks.figures import compared
from benchmarks.measuring import Clock, Measured, counted, kept, measured, started, table, tell, tell_seconds
from benchmarks.pull import MEMORY, pulled, ready_as_a_worker
from tests.replica import Replica

SERVED = ("kwb", "rivm", "politie", "leefbaarometer")
WARM_SCAN = 0.300  # seconds
QUERIES = 12
PAGE = 0.060  # seconds
TIMES = 15


def report(replica: Replica, kinds: Sequence[Kind]) -> Iterator[str]:
    return (report_on(replica, kind) for kind in kinds)


def report_on(replica: Replica, kind: Kind) -> str:
    with kind.fresh() as database:

        def step(name: str, *command: str) -> Measured:
            return measured(name, replica, ["benchmarks.store", *command], database)

        everything = step("pull of all that is at hand", "everything")
        reference = step("  places and look-alikes worked out", "reference")
        lines = [in_memory(everything), in_memory(reference)]
        comparison = compared(replica, database)
        lines += [
            scanned(step("warm scan of a buurt, brought in today", "scan")),
            scanned(step("  the same, a second time", "scan")),
            step("  two days ago: catalogues asked, and tables they lack", "scan", "older"),
            shown(step("chapter page, slowest of eight", "pages")),
        ]
        filled = step("full store (nine years of KWB, repeated)", "fill")
        again = in_memory(step("  places and look-alikes worked out", "reference"))
        full = shown(step("chapter page, full store", "pages"))
        lines += [filled, again, scanned(step("warm scan, full store", "scan")), full]
    title = f"The store on {kind.name} (rows: numbers, distributions, figures, areas x tables, or pages)"
    return f"{table(title, lines)}\n{comparison}"


def in_memory(line: Measured) -> Measured:
    return replace(line, bound=kept(line.peak, MEMORY, "MB"))


def scanned(line: Measured) -> Measured:
    number = f"{line.queries} of {QUERIES} queries{'' if line.queries <= QUERIES else '  TOO MANY'}"
    return replace(line, bound=f"{kept(line.seconds, WARM_SCAN, 's')}; {number}")


def shown(line: Measured) -> Measured:
    return replace(line, bound=kept(line.seconds, PAGE, "s"))


# --- in the child ------------------------------------------------------------------------
def everything() -> None:
    tell(lambda: sum(pulled(source) for source in SERVED))


def reference() -> None:
    from buurtscan.actions import refresh_reference

    tell(refresh_reference)


def count_as_pulled(source: str) -> None:
    from django.utils import timezone

    from buurtscan.catalogue import measures_of
    from buurtscan.models import Pull, SourceTable
    from core.models import Job

    columns = dict.fromkeys((measure.id for measure in measures_of(source)), "")
    SourceTable.objects.get_or_create(
        source=source,
        table=f"{source}-empty",
        defaults={"vintage": 2024, "modified": "empty", "columns": columns},
    )
    job = Job.objects.create(task="buurtscan.pull", state=Job.State.DONE, finished_at=timezone.now())
    Pull.objects.create(source=source, job=job)


def the_project() -> Any:
    from projects.models import Project
    from tests import builders

    project = Project.objects.order_by("pk").first()
    if project is None:
        project = builders.project()
        builders.member(project, "coordinator")
    return project


def scan(age: str = "") -> None:
    from datetime import timedelta

    from django.utils import timezone

    from buurtscan.actions import run_scan
    from buurtscan.models import Scan, ScanSource, Source
    from core.jobs import claim
    from core.models import Job

    project = the_project()
    for source in set(Source.values) - set(SERVED):
        count_as_pulled(source)
    finished = timezone.now() - timedelta(days=2 if age else 0)
    Job.objects.filter(task="buurtscan.pull").update(finished_at=finished)
    made = Scan.objects.create(project=project, job=Job.objects.create(task="buurtscan.scan"))
    ScanSource.objects.bulk_create(ScanSource(scan=made, source=source) for source in Source.values)
    run = claim(made.job_id)
    assert run is not None
    with counted() as queries:
        clock = Clock()
        run_scan(made, run)
        spent = clock.read()
    tell_seconds(*spent, made.figures.count(), queries.number())


def pages() -> None:
    """The slowest chapter, by the median of its times; the first request of each does not count."""
    from django.test import Client
    from django.urls import reverse

    from projects.chapters import Chapter
    from projects.models import User

    project = the_project()
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.order_by("pk").first())  # type: ignore[arg-type]
    times: dict[str, tuple[float, float]] = {}
    queries: dict[str, int] = {}
    for chapter in Chapter.values:
        address = reverse("scan_chapter", args=[project.slug, chapter])
        with counted() as said:
            answer = client.get(address)
            assert answer.status_code == 200, (address, answer.status_code)
        queries[chapter] = said.number()
        found = [timed(client, address) for _ in range(TIMES)]
        times[chapter] = median(wall for wall, _ in found), median(cpu for _, cpu in found)
    slowest = max(times, key=lambda chapter: times[chapter])
    tell_seconds(*times[slowest], len(times), queries[slowest])


def timed(client: Any, address: str) -> tuple[float, float]:
    clock = Clock()
    client.get(address)
    return clock.read()


def fill() -> None:
    tell(repeated)


def repeated() -> int:
    """All years of KWB, each with the areas of 2020 and a number for every measure of the catalogue."""
    from django.db import connection
    from django.utils import timezone

    from buurtscan.catalogue import measures_of
    from buurtscan.models import AreaRow, SourceTable
    from buurtscan.sources.tables import KWB

    names = [measure.id for measure in measures_of("kwb")]
    real = AreaRow.objects.filter(table__table="84799NED").order_by().values_list("code", "values")
    rows = [(code, padded(values, names)) for code, values in real]
    for table_id in KWB:
        defaults = {"vintage": table_id.vintage, "modified": "repeated", "refreshed_at": timezone.now()}
        row, _ = SourceTable.objects.update_or_create(
            source="kwb", table=table_id.name, defaults={**defaults, "columns": dict.fromkeys(names, "")}
        )
        made = (AreaRow(table=row, code=code, period=str(table_id.vintage), values=v) for code, v in rows)
        AreaRow.objects.bulk_create(made, batch_size=1_000, ignore_conflicts=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return AreaRow.objects.count()


def padded(values: dict[str, float], names: Sequence[str]) -> dict[str, float]:
    """Where 2020 has no number, another one of the same area."""
    others = cycle(list(values.values()) or [1.0])
    return {name: values.get(name, next(others)) for name in names}


if __name__ == "__main__":
    started()
    ready_as_a_worker()
    steps: dict[str, Any] = {
        "everything": everything,
        "reference": reference,
        "scan": scan,
        "pages": pages,
        "fill": fill,
    }
    steps[sys.argv[1]](*sys.argv[2:])
