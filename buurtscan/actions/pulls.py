"""A national refresh of a source: all areas, all tables that changed."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from buurtscan.models import Pull, Source
from buurtscan.pulling import is_held, load
from buurtscan.sources import kwb, leefbaarometer, politie, rivm
from buurtscan.sources.harvest import National
from buurtscan.store import table_row
from core.errors import DomainError
from core.fetch import Fetcher, SourceFailed
from core.jobs import Run, request_job
from core.models import Job
from core.records import record

TASK = "buurtscan.pull"
NATIONALS: dict[str, Callable[[Fetcher, int | None], list[National]]] = {
    "kwb": kwb.nationals,
    "rivm": rivm.nationals,
    "politie": politie.nationals,
    "leefbaarometer": leefbaarometer.nationals,
}


@transaction.atomic
def request_pull(source: str, *, table: str = "", year: int | None = None, by: object = None) -> Pull:
    """Ask a worker for it."""
    return make_pull(source, request_job(TASK), table=table, year=year, by=by)


@transaction.atomic
def begin_pull(source: str, *, table: str = "", year: int | None = None, by: object = None) -> Pull:
    """The same, for who does the work himself at once; a worker takes over what he leaves unfinished."""
    return make_pull(source, Job.objects.create(task=TASK), table=table, year=year, by=by)


def make_pull(source: str, job: Job, *, table: str, year: int | None, by: object) -> Pull:
    pull = Pull.objects.create(job=job, source=Source(source), only_table=table, only_year=year)
    record("pull", pull, by=by)
    return pull


def run_pull(pull: Pull, run: Run) -> None:
    """Bring in every table that changed. Raises DomainError, with what failed, after doing the others."""
    with Fetcher() as fetcher:
        try:
            nationals = chosen(pull, NATIONALS[pull.source](fetcher, pull.only_year))
        except SourceFailed as failure:
            raise DomainError(failure.message) from failure
        report = []
        for done, national in enumerate(nationals):
            run.progress(done, len(nationals), national.table.name)
            report.append(take(pull.source, national))
            tell(pull, report)
    failures = [line for line in report if line["failed"]]
    if failures:
        raise DomainError("; ".join(f"{line['table']}: {line['what']}" for line in failures))


def chosen(pull: Pull, nationals: list[National]) -> list[National]:
    found = [national for national in nationals if pull.only_table in ("", national.table.name)]
    if not found:
        raise SourceFailed(_("De bron heeft deze tabel of dit jaar niet."))
    return found


def take(source: str, national: National) -> dict[str, object]:
    """One line of the report: table, rows, what happened."""
    row = table_row(source, national.table)
    line = {"table": national.table.name, "year": national.table.vintage, "rows": 0, "failed": False}
    if is_held(row, national):
        return line | {"what": _("niet veranderd sinds %(mark)s, overgeslagen") % {"mark": row.modified}}
    try:
        rows = load(row, national)
    except SourceFailed as failure:
        return line | {"failed": True, "what": failure.message}
    if not rows:
        return line | {"failed": True, "what": _("de bron gaf een leeg antwoord")}
    return line | {"rows": rows, "what": _("opgehaald")}


@transaction.atomic
def tell(pull: Pull, report: list[dict[str, object]]) -> None:
    pull.report, pull.rows = report, sum(int(str(line["rows"])) for line in report)
    pull.save(update_fields=["report", "rows"])
