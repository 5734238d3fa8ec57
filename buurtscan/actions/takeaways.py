"""The scan as a file: asked for once, made by a worker, taken away when it may no longer be shown."""

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtscan.models import ScanFigure, Takeaway
from buurtscan.takeaways.contents import Contents, contents_of
from buurtscan.takeaways.listing import Shown
from buurtscan.takeaways.note import note_pdf
from buurtscan.takeaways.slides import slides_pptx
from buurtscan.takeaways.tables import csv_zip, json_text
from buurtscan.takeaways.workbook import workbook_xlsx
from core.errors import DomainError
from core.jobs import request_job
from core.models import Job
from core.private import files_in, forget_file, keep_file
from core.records import record
from projects.models import Project

TASK = "buurtscan.takeaway"
FOLDER = "takeaways"
UNFINISHED = [Job.State.WAITING, Job.State.RUNNING]
MAKERS: dict[str, tuple[str, Callable[[Contents], bytes]]] = {
    Takeaway.Kind.NOTE: ("pdf", note_pdf),
    Takeaway.Kind.SLIDES: ("pptx", slides_pptx),
    Takeaway.Kind.WORKBOOK: ("xlsx", workbook_xlsx),
    Takeaway.Kind.CSV: ("zip", csv_zip),
    Takeaway.Kind.JSON: ("json", json_text),
}


@transaction.atomic
def request_takeaway(project: Project, kind: str, *, by: Any) -> Takeaway:
    """Ask for it. While the same kind is being made, that one is the answer. Raises DomainError without
    a figure."""
    Project.objects.select_for_update().get(pk=project.pk)
    busy = Takeaway.objects.of(project).filter(kind=kind, job__state__in=UNFINISHED).first()
    if busy is not None:
        return busy
    if not ScanFigure.objects.of(project).current().exists():
        raise DomainError(_("Er zijn nog geen cijfers. Start eerst de buurtscan."))
    takeaway = Takeaway.objects.create(project=project, kind=kind, job=request_job(TASK), asked_by=by)
    record("request_takeaway", takeaway, by=by)
    return takeaway


def render_takeaway(takeaway: Takeaway, *, progress: Callable[[int, int, str], None]) -> Takeaway:
    """Make the file. Again gives the same file in the same place: a killed worker leaves no rubbish."""
    ending, make = MAKERS[takeaway.kind]
    progress(0, 3, _("Alles bij elkaar zoeken"))
    contents = contents_of(takeaway.project, made_on=timezone.localdate(takeaway.created_at))
    progress(1, 3, _("Het bestand opmaken"))
    data = make(contents)
    progress(2, 3, _("Het bestand bewaren"))
    takeaway.file = f"{FOLDER}/{takeaway.project_id}-{takeaway.pk}.{ending}"
    keep_file(takeaway.file, data)
    takeaway.size, takeaway.holds = len(data), contents.holds
    takeaway.save(update_fields=["file", "size", "holds"])
    forget_older(takeaway)
    return takeaway


def forget_older(takeaway: Takeaway) -> None:
    """One of each kind is kept: the newest."""
    older = Takeaway.objects.of(takeaway.project).filter(kind=takeaway.kind, pk__lt=takeaway.pk)
    for one in older.select_related("job"):
        forget(one)


@transaction.atomic
def forget(takeaway: Takeaway) -> None:
    """The row goes with its job; the file after that, so that no row ever names a file that is gone."""
    record("forget_takeaway", takeaway, by=None)
    name = takeaway.file
    takeaway.job.delete()
    if name:
        transaction.on_commit(lambda: forget_file(name))


def forget_takeaways() -> int:
    """Remove files that may no longer be shown, and those that no row names. Returns how many."""
    shown = Shown.anywhere()
    late = [one for one in Takeaway.objects.kept().select_related("job") if not shown.allows(one)]
    for takeaway in late:
        forget(takeaway)
    return len(late) + forget_orphans()


def forget_orphans() -> int:
    """Files of projects that were deleted, and halves of rows that are gone."""
    names = {name: key_of(name) for name in files_in(FOLDER)}
    known = set(Takeaway.objects.filter(pk__in=set(names.values())).values_list("pk", flat=True))
    orphans = [name for name, key in names.items() if key not in known]
    for name in orphans:
        forget_file(name)
    return len(orphans)


def key_of(name: str) -> int:
    """7 of "takeaways/3-7.pdf"; 0 for what is not ours."""
    number = PurePath(name).name.split(".")[0].rpartition("-")[2]
    return int(number) if number.isdecimal() else 0
