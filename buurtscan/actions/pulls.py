"""A national refresh of a source: all areas, all tables that changed."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtscan.actions.reference import request_reference
from buurtscan.figures import TableId
from buurtscan.models import Pull, Source
from buurtscan.national.pulling import is_held, load
from buurtscan.national.turns import turn
from buurtscan.sources import kwb, leefbaarometer, nabijheid, politie, rivm, ses_woa
from buurtscan.sources.harvest import National
from buurtscan.sources.tables import KWB, LEEFBAAROMETER, NABIJHEID, POLITIE, RIVM, SES_WOA
from buurtscan.store import table_row
from core.errors import DomainError
from core.fetch import Fetcher, SourceFailed
from core.jobs import Run, request_job
from core.models import Job
from core.records import record

TASK = "buurtscan.pull"
NOT_THERE = gettext_lazy("De bron heeft deze tabel of dit jaar niet.")
GONE = gettext_lazy("De bron heeft deze tabellen nu niet. Wat wij ervan hebben, blijft.")

type Line = dict[str, Any]  # table, year, rows, failed, what; absent where the source does not have it
NATIONALS: dict[str, Callable[[Fetcher, int | None], list[National]]] = {
    "kwb": kwb.nationals,
    "rivm": rivm.nationals,
    "politie": politie.nationals,
    "leefbaarometer": leefbaarometer.nationals,
    "ses_woa": ses_woa.nationals,
    "nabijheid": nabijheid.nationals,
}
TABLES: Mapping[str, tuple[TableId, ...]] = {
    "kwb": KWB,
    "rivm": RIVM,
    "politie": (POLITIE,),
    "leefbaarometer": (LEEFBAAROMETER,),
    "ses_woa": SES_WOA,
    "nabijheid": NABIJHEID,
}


def pulled_sources() -> list[str]:
    """The sources that can be brought in whole, in their usual order."""
    return [source for source in Source.values if source in NATIONALS]


@transaction.atomic
def request_pull(source: str, *, table: str = "", year: int | None = None, by: object = None) -> Pull:
    """Ask a worker for it. While the same was asked and is not done, that is the answer."""
    same = Pull.objects.filter(source=Source(source), only_table=table, only_year=year)
    open_ = same.filter(job__state__in=[Job.State.WAITING, Job.State.RUNNING]).first()
    return open_ or make_pull(source, request_job(TASK), table=table, year=year, by=by)


def refresh_sources(*, by: object = None) -> list[Pull]:
    """Ask for a pull of every source; what is still waiting or under way is not asked twice."""
    return [request_pull(source, by=by) for source in pulled_sources()]


@transaction.atomic
def begin_pull(source: str, *, table: str = "", year: int | None = None, by: object = None) -> Pull:
    """The same, for who does the work himself at once; a worker takes over what he leaves unfinished."""
    return make_pull(source, Job.objects.create(task=TASK), table=table, year=year, by=by)


def make_pull(source: str, job: Job, *, table: str, year: int | None, by: object) -> Pull:
    pull = Pull.objects.create(job=job, source=Source(source), only_table=table, only_year=year)
    record("pull", pull, by=by)
    return pull


def run_pull(pull: Pull, run: Run, *, wait: bool = False) -> None:
    """Bring in every table that changed. Raises DomainError, with what failed, after doing the others.

    While somebody else pulls this source: with `wait` after him, else DomainError says so.
    """
    with turn(f"pull {pull.source}", run, wait=wait) as fence:
        report = bring_in(pull, run, fence)
        if any(line["rows"] for line in report):
            request_reference()
    if is_absent(report):
        raise DomainError(str(NOT_THERE if pull.only_table or pull.only_year else GONE))
    failures = [line for line in report if line["failed"]]
    if failures:
        raise DomainError("; ".join(f"{line['table']}: {line['what']}" for line in failures))


def is_absent(report: list[Line]) -> bool:
    """The source answered, and has nothing of what was asked."""
    return bool(report) and all(line.get("absent") for line in report)


def bring_in(pull: Pull, run: Run, fence: Callable[[], None]) -> list[Line]:
    earlier = {line["table"]: line for line in pull.report if line["rows"]}
    with Fetcher() as fetcher:
        try:
            nationals = chosen(pull, NATIONALS[pull.source](fetcher, pull.only_year))
        except SourceFailed as failure:
            raise DomainError(failure.message) from failure
        report = missing(pull, nationals)
        tell(pull, report)
        for done, national in enumerate(nationals):
            run.progress(done, len(nationals), national.table.name)
            line = take(pull, national, fence)
            report.append(line if line["rows"] or line["failed"] else earlier.get(line["table"], line))
            tell(pull, report)
    return report


def chosen(pull: Pull, nationals: list[National]) -> list[National]:
    return [national for national in nationals if pull.only_table in ("", national.table.name)]


def missing(pull: Pull, nationals: list[National]) -> list[Line]:
    """A line for each table that we ask for and the source does not list. What we hold of it stays."""
    there = {national.table.name for national in nationals}
    tables = [
        table
        for table in TABLES[pull.source]
        if table.name not in there
        and pull.only_table in ("", table.name)
        and pull.only_year in (None, table.vintage)
    ]
    if not tables and not nationals:
        tables = [TableId(pull.only_table, pull.only_year or 0)]
    what = _("heeft de bron nu niet; wat wij ervan hebben, blijft")
    line: Line = {"rows": 0, "failed": False, "absent": True, "what": what}
    return [{"table": table.name, "year": table.vintage, **line} for table in tables]


def take(pull: Pull, national: National, fence: Callable[[], None]) -> Line:
    """One line of the report: table, rows, what happened."""
    row = table_row(pull.source, national.table)
    line: Line = {"table": national.table.name, "year": national.table.vintage, "rows": 0, "failed": False}
    if is_held(row, national):
        return line | {"what": _("niet veranderd sinds %(mark)s, overgeslagen") % {"mark": row.modified}}
    try:
        rows = load(row, national, whole=bool(national.mark) or pull.only_year is None, fence=fence)
    except SourceFailed as failure:
        return line | {"failed": True, "what": failure.message}
    if not rows and pull.only_year and not national.mark:
        return line | {"what": _("heeft dit jaar niet"), "absent": True}
    if not rows:
        return line | {"failed": True, "what": _("de bron gaf een leeg antwoord")}
    return line | {"rows": rows, "what": _("opgehaald")}


@transaction.atomic
def tell(pull: Pull, report: list[Line]) -> None:
    pull.report, pull.rows = report, sum(line["rows"] for line in report)
    pull.save(update_fields=["report", "rows"])


@transaction.atomic
def forget_pulls() -> int:
    """Forget pulls that ended longer ago than KEEP_JOBS_DAYS, with their jobs. Returns how many went.

    Of every source, table and year asked for the newest stays, and the newest that went well.
    """
    wishes = Pull.objects.order_by().values("source", "only_table", "only_year")
    newest = wishes.annotate(newest=Max("pk")).values("newest")
    good = wishes.filter(job__state=Job.State.DONE).annotate(newest=Max("pk")).values("newest")
    ended = Job.objects.finished_before(timezone.now() - timedelta(days=settings.KEEP_JOBS_DAYS))
    old = Pull.objects.filter(job__in=ended).exclude(pk__in=newest).exclude(pk__in=good)
    jobs = list(old.values_list("job_id", flat=True))
    Job.objects.filter(pk__in=jobs).delete()
    return len(jobs)
