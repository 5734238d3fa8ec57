from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.errors import DomainError
from core.jobs import Run, claim, perform
from gebieden.actions import load_areas
from gebieden.models import AreaLoad
from gebieden.tasks import carry_out_load


class Command(BaseCommand):
    help = "Laadt alle gemeenten, wijken en buurten van een jaar uit de open data, en toont hoe ver het is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--vintage", type=int, help="het jaar van de grenzen; zonder: het nieuwste")
        parser.add_argument("--no-polygons", action="store_true", help="zonder kaarten")

    def handle(self, *args: Any, **options: Any) -> None:
        load, run = self.begin(options["vintage"], polygons=not options["no_polygons"])
        perform(run, self.work, beating=True)
        load.refresh_from_db()
        load.job.refresh_from_db()
        if load.job.state == load.job.State.FAILED:
            raise CommandError(load.job.error)
        self.stdout.write(
            f"{load.vintage}: {load.loaded} gebieden, {load.drawn} kaarten. {load.note}".strip()
        )

    def begin(self, vintage: int | None, *, polygons: bool) -> tuple[AreaLoad, Run]:
        """The job is claimed before its message is sent, so that no worker takes it."""
        try:
            with transaction.atomic():
                load = load_areas(vintage, by=None, polygons=polygons)
                run = claim(load.job_id)
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        if run is None:
            raise CommandError("Een ander programma nam het werk over.")
        return load, run

    def work(self, run: Run) -> None:
        carry_out_load(_Printed(run.job, self))


class _Printed(Run):
    """A run that also says on the screen how far it is."""

    def __init__(self, job: Any, command: Command) -> None:
        super().__init__(job)
        self.command = command

    def progress(self, done: int, total: int, note: str = "") -> None:
        super().progress(done, total, note)
        self.command.stdout.write(f"{note} {done}/{total}" if total else note)
