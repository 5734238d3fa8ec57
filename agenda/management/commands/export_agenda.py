"""The agenda of a project as a file: the same builder and the same outlets as the pages."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agenda.document import Agenda, build_agenda
from agenda.rendering import agenda_html, agenda_json, agenda_pdf
from projects.models import Project


class Command(BaseCommand):
    help = "Writes the agenda of a project as PDF, HTML or JSON. Published words only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the project, as in its address: /p/SLUG/")
        parser.add_argument("--format", choices=["pdf", "html", "json"], default="pdf")
        parser.add_argument("-o", "--output", default="-", help="the file to write; - is standard output")
        parser.add_argument("--agreed-only", action="store_true", help="leave out the points in concept")

    def handle(self, *args: Any, **options: Any) -> None:
        project = Project.objects.filter(slug=options["slug"]).first()
        if project is None:
            raise CommandError(f"No project has the address {options['slug']!r}.", returncode=2)
        agenda = build_agenda(project, with_concept=not options["agreed_only"], made_on=timezone.localdate())
        write(options["output"], as_bytes(agenda, options["format"]))


def as_bytes(agenda: Agenda, form: str) -> bytes:
    if form == "pdf":
        return agenda_pdf(agenda).data
    return (agenda_html(agenda) if form == "html" else agenda_json(agenda)).encode()


def write(output: str, data: bytes) -> None:
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        Path(output).write_bytes(data)
    except OSError as problem:
        raise CommandError(f"Cannot write {output}: {problem.strerror}.", returncode=2) from problem
