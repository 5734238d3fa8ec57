"""Bring national tables into the store: all areas, all years that are configured.

Exit code 1 when something failed, 3 when nothing did and the service does not have what was asked.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from buurtscan.actions import (
    begin_pull,
    is_absent,
    pulled_sources,
    request_reference,
    run_pull,
    run_reference,
)
from buurtscan.models import Pull
from buurtscan.national.turns import is_taken
from core.jobs import claim, perform
from core.models import Job

ABSENT = 3


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = "Haalt landelijke tabellen op en bewaart ze; wat niet veranderde wordt overgeslagen."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--source", choices=pulled_sources())
        which.add_argument("--all", action="store_true", help="alle bronnen")
        parser.add_argument("--year", type=int, help="alleen dit jaar")
        parser.add_argument("--table", default="", help="alleen deze tabel, zoals 85984NED")

    def handle(
        self, *args: Any, source: str, all: bool, year: int | None, table: str, **options: Any
    ) -> None:
        sources = pulled_sources() if all else [source]
        pulls = [self.pull(begin_pull(name, table=table, year=year)) for name in sources]
        self.refresh()
        absent = [pull for pull in pulls if is_absent(pull.report)]
        failed = [pull for pull in pulls if pull.job.state != Job.State.DONE and pull not in absent]
        if failed:
            raise CommandError(errors_of(failed))
        if absent and (absent == pulls or not (table or year)):
            raise CommandError(errors_of(absent), returncode=ABSENT)

    def refresh(self) -> None:
        """What is worked out of the tables, here and now; a worker that was earlier has it already."""
        run = claim(request_reference().pk)
        if run is not None:
            perform(run, lambda run: self.tell(run_reference(run)), beating=True)

    def tell(self, made: int) -> None:
        self.stdout.write(f"{made} verdelingen van cijfers over het land uitgerekend")

    def pull(self, pull: Pull) -> Pull:
        run = claim(pull.job_id)
        if run is not None:
            if is_taken(f"pull {pull.source}"):
                self.stdout.write(f"{pull.source}: wordt al opgehaald; ik wacht tot dat klaar is")
            perform(run, lambda run: run_pull(pull, run, wait=True), beating=True)
        pull.job.refresh_from_db()
        for line in pull.report:
            rows = f", {line['rows']} cijfers" if line["rows"] else ""
            table, year = line["table"] or "-", line["year"] or "-"
            self.stdout.write(f"{pull.source} {table} ({year}): {line['what']}{rows}")
        if is_absent(pull.report):
            self.stdout.write(f"{pull.source}: overgeslagen")
        return pull


def errors_of(pulls: list[Pull]) -> str:
    return "; ".join(f"{pull.source}: {pull.job.error}" for pull in pulls)
