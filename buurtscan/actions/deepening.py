"""Tables of partners: read, mapped, placed, taken back."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtscan.models import PartnerFigure, PartnerTable
from buurtscan.partners.cells import as_text
from buurtscan.partners.files import Cell, Rows, Sheet, check_size, read_pasted, refusal
from buurtscan.partners.guess import guess
from buurtscan.partners.sheets import read_file
from buurtscan.partners.tables import Mapping, Outcome, interpret
from buurtscan.partners.words import problem_in_words, spellings
from core.cas import swap, swap_version
from core.errors import Conflict, DomainError
from core.records import record
from projects.models import Project, User

State = PartnerTable.State
BATCH = 500


@transaction.atomic
def add_partner_table(
    project: Project, *, file: File[bytes] | None, pasted: str, chapter: str, by: User | None, **fields: Any
) -> PartnerTable:
    """Keep what is in a file or a pasted table as a draft. `fields`: partner, title, source_note, url, visibility."""
    if bool(file) == bool(pasted.strip()):
        raise refusal(_("Kies een bestand, of plak een tabel. Niet allebei."))
    sheets = read_upload(file) if file else [read_pasted(pasted)]
    table = PartnerTable.objects.create(
        project=project,
        file_name=str(file.name)[-160:] if file else "",
        cells=[{"name": sheet.name, "rows": sheet.rows} for sheet in sheets],
        mapping=guess(sheets[0].rows, chapter=chapter).stored(),
        added_by=by,
        **fields,
    )
    record("add_partner_table", table, by=by)
    return table


def read_upload(file: File[bytes]) -> list[Sheet]:
    check_size(file.size)
    file.seek(0)
    return read_file(file.read())


@transaction.atomic
def edit_partner_table(table: PartnerTable, *, version: int, by: User | None, **fields: Any) -> PartnerTable:
    """`fields`: partner, title, source_note, url, visibility. Who may see the figures changes at once."""
    swap_version(table, version, fields)
    record("edit_partner_table", table, by=by)
    return table


@transaction.atomic
def choose_sheet(
    table: PartnerTable, *, version: int, sheet: int, heading: int, by: User | None
) -> PartnerTable:
    """Another sheet, or another row of headings: the columns are guessed anew."""
    check_draft(table)
    if not 0 <= sheet < len(table.cells):
        raise DomainError(_("Dit blad is er niet."), "sheet")
    rows = table.cells[sheet]["rows"]
    now = Mapping.of(table.mapping)
    if heading > len(rows):
        raise DomainError(_("Zo veel rijen heeft dit blad niet."), "heading")
    new = guess(rows, sheet=sheet, heading=heading if sheet == now.sheet else None, chapter=now.chapter)
    swap_version(table, version, {"mapping": new.stored()})
    record("choose_sheet", table, by=by)
    return table


@transaction.atomic
def save_mapping(
    table: PartnerTable, *, version: int, mapping: Mapping, cells: list[dict[str, Any]], by: User | None
) -> PartnerTable:
    check_draft(table)
    swap_version(table, version, {"mapping": mapping.stored(), "cells": cells})
    record("save_mapping", table, by=by)
    return table


@transaction.atomic
def publish_partner_table(
    table: PartnerTable,
    *,
    version: int,
    mapping: Mapping,
    cells: list[dict[str, Any]],
    only_good: bool,
    by: User | None,
) -> PartnerTable:
    """Place the figures. With rows that are wrong only when the user said to leave those out."""
    check_draft(table)
    outcome = outcome_of(cells, mapping)
    check_outcome(outcome, only_good=only_good)
    PartnerFigure.objects.filter(table=table).delete()
    PartnerFigure.objects.bulk_create(figures_of(table, outcome), batch_size=BATCH)
    changes = {
        "state": State.PUBLISHED,
        "published_at": timezone.now(),
        "cells": [],
        "mapping": mapping.stored(),
    }
    swap_version(table, version, changes)
    record("publish_partner_table", table, by=by)
    return table


def outcome_of(cells: list[dict[str, Any]], mapping: Mapping) -> Outcome:
    rows: Rows = cells[mapping.sheet]["rows"] if 0 <= mapping.sheet < len(cells) else []
    return interpret(rows, mapping, spellings())


def check_outcome(outcome: Outcome, *, only_good: bool) -> None:
    if outcome.problems:
        raise DomainError(problem_in_words(outcome.problems[0], outcome))
    if not outcome.figures:
        raise DomainError(_("Er is geen enkele goede rij. Verbeter de fouten die in de lijst staan."))
    wrong = outcome.wrong_rows
    if wrong and not only_good:
        raise DomainError(
            ngettext(
                "In %(number)s rij zit een fout. Verbeter die, of kies dat u alleen de goede rijen plaatst.",
                "In %(number)s rijen zit een fout. Verbeter die, of kies dat u alleen de goede rijen plaatst.",
                wrong,
            )
            % {"number": wrong},
            "only_good",
        )


def figures_of(table: PartnerTable, outcome: Outcome) -> list[PartnerFigure]:
    return [
        PartnerFigure(
            table=table,
            row=number,
            chapter=found.chapter,
            label=found.label,
            value=found.value,
            unit=found.unit,
            period=found.period,
            place=found.place,
            note=found.note,
        )
        for number, found in enumerate(outcome.figures, start=1)
    ]


def check_draft(table: PartnerTable) -> None:
    if table.state != State.DRAFT:
        raise Conflict(_("Deze tabel is al geplaatst. Haal de cijfers eerst terug."))


@transaction.atomic
def undo_partner_table(table: PartnerTable, *, by: User | None) -> PartnerTable:
    """The figures are shown nowhere any more; they are kept, to be placed again."""
    swap(table, {"state": State.PUBLISHED}, {"state": State.UNDONE})
    record("undo_partner_table", table, by=by)
    return table


@transaction.atomic
def redo_partner_table(table: PartnerTable, *, by: User | None) -> PartnerTable:
    swap(table, {"state": State.UNDONE}, {"state": State.PUBLISHED, "published_at": timezone.now()})
    record("redo_partner_table", table, by=by)
    return table


@transaction.atomic
def reopen_partner_table(table: PartnerTable, *, by: User | None) -> PartnerTable:
    """Typed figures that were taken back become rows to correct; they have to be placed again."""
    mapping = Mapping.of(table.mapping)
    if not mapping.typed:
        raise DomainError(
            _("Deze cijfers komen uit een bestand. Verbeter het bestand en lees het opnieuw in.")
        )
    cells = typed_cells([typed_again(figure) for figure in table.figures.all()])
    swap(table, {"state": State.UNDONE}, {"state": State.DRAFT, "cells": cells, "version": table.version + 1})
    table.figures.all().delete()
    record("reopen_partner_table", table, by=by)
    return table


def typed_again(figure: PartnerFigure) -> list[str]:
    return [figure.label, as_text([figure.value, ""]), figure.unit, figure.period, figure.place]


@transaction.atomic
def delete_partner_table(table: PartnerTable, *, by: User | None) -> None:
    """For ever, with its figures. What is placed has to be taken back first."""
    deletable = PartnerTable.objects.filter(pk=table.pk).exclude(state=State.PUBLISHED)
    if not deletable.exists():
        raise DomainError(_("Deze cijfers zijn geplaatst. Haal ze eerst terug."))
    record("delete_partner_table", table, by=by)
    deletable.delete()


# --- typed ---------------------------------------------------------------------------------
TYPED_HEADINGS: list[Cell] = ["Naam", "Getal", "Eenheid", "Jaar", "Plaats"]
TYPED_ROLES = ("label", "value", "unit", "year", "place")


def typed_mapping(chapter: str) -> Mapping:
    """What is typed here is typed the Dutch way: the form says so."""
    return Mapping(roles=TYPED_ROLES, heading=1, notation="komma", chapter=chapter, typed=True)


def typed_cells(rows: list[list[str]]) -> list[dict[str, Any]]:
    return [{"name": "", "rows": [TYPED_HEADINGS, *rows]}]


@transaction.atomic
def type_partner_table(
    project: Project,
    *,
    table: PartnerTable | None,
    version: int | None,
    rows: list[list[str]],
    chapter: str,
    draft: bool,
    by: User | None,
    **fields: Any,
) -> PartnerTable:
    """A table of typed rows: kept as a draft, or placed at once. All rows must be right to be placed."""
    mapping, cells = typed_mapping(chapter), typed_cells(rows)
    if table is None:
        table = PartnerTable.objects.create(
            project=project, cells=cells, mapping=mapping.stored(), added_by=by, **fields
        )
        record("add_partner_table", table, by=by)
    else:
        check_draft(table)
        swap_version(table, version or 0, {**fields, "cells": cells, "mapping": mapping.stored()})
        record("edit_partner_table", table, by=by)
    if draft:
        return table
    return publish_partner_table(
        table, version=table.version, mapping=mapping, cells=cells, only_good=False, by=by
    )
