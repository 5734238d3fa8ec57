"""Scan areas without a project: figures of the area, its wijk, its gemeente and the Netherlands."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from buurtscan.actions import scan_areas
from buurtscan.figures import Figure
from buurtscan.listing import as_rows, as_table
from buurtscan.target import Target, target_of
from core.errors import DomainError

BAD_INPUT = 2


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = "Haalt de cijfers van gebieden op bij de open bronnen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("codes", nargs="+", metavar="CODE", help="zoals BU05183620 of WK051836")
        parser.add_argument("--set", action="store_true", help="de buurten samen als één gebied")
        parser.add_argument("--json", action="store_true", help="een lijst van cijfers als JSON")

    def handle(self, *args: Any, codes: list[str], set: bool, json: bool, **options: Any) -> None:
        targets = targets_of(codes, as_set=set)
        try:
            found = scan_areas(targets)
        except DomainError as refusal:
            raise CommandError(refusal.message, returncode=BAD_INPUT) from refusal
        for source, note in found.notes.items():
            self.stderr.write(f"{source}: {note}")
        self.show(found.figures, as_json=json)

    def show(self, found: dict[Target, list[Figure]], *, as_json: bool) -> None:
        if as_json:
            rows = [row for target, figures in found.items() for row in as_rows(target, figures)]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n\n".join(as_table(target, figures) for target, figures in found.items()))


def targets_of(codes: list[str], *, as_set: bool) -> list[Target]:
    try:
        return [target_of(codes)] if as_set else list(dict.fromkeys(target_of([code]) for code in codes))
    except ValueError as error:
        raise CommandError(
            f"Geen geldig gebied: {' '.join(codes)}. Een code ziet eruit als BU05183620, WK051836 of GM0518;"
            " een groep bestaat uit buurten.",
            returncode=BAD_INPUT,
        ) from error
