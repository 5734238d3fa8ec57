"""The files of a project as the page shows them, and whether each may still be given out."""

from dataclasses import dataclass
from datetime import datetime

from buurtscan.models import HiddenFigure, PartnerTable, PolicyFact, Takeaway, Visibility
from buurtscan.takeaways.contents import newest_scan_end
from core.models import Job
from projects.models import Project

UNFINISHED = (Job.State.WAITING, Job.State.RUNNING)


@dataclass(frozen=True)
class Form:
    """One kind as people know it: its word in the address, its file, and what it is good for."""

    kind: str
    word: str
    ending: str
    content_type: str

    def file_name(self, slug: str) -> str:
        return f"buurtscan-{slug}-{self.word}.{self.ending}"


OFFICE = "application/vnd.openxmlformats-officedocument"
FORMS = {
    form.kind: form
    for form in (
        Form(Takeaway.Kind.NOTE, "notitie", "pdf", "application/pdf"),
        Form(Takeaway.Kind.SLIDES, "presentatie", "pptx", f"{OFFICE}.presentationml.presentation"),
        Form(Takeaway.Kind.WORKBOOK, "werkblad", "xlsx", f"{OFFICE}.spreadsheetml.sheet"),
        Form(Takeaway.Kind.CSV, "tabel", "zip", "application/zip"),
        Form(Takeaway.Kind.JSON, "gegevens", "json", "application/json"),
    )
}
BY_WORD = {form.word: form for form in FORMS.values()}


@dataclass(frozen=True)
class Shown:
    """What everybody who may read a project may see of it, to hold files against."""

    hidden: frozenset[tuple[int, str]]
    tables: frozenset[int]
    facts: frozenset[int]

    @classmethod
    def anywhere(cls, **of: Project) -> "Shown":
        """Three queries, of one project (`project=`) or of all."""
        hidden = HiddenFigure.objects.filter(**of).values_list("project_id", "indicator")
        tables = PartnerTable.objects.filter(
            state=PartnerTable.State.PUBLISHED, visibility=Visibility.PROJECT, **of
        )
        facts = PolicyFact.objects.filter(visibility=Visibility.PROJECT, **of)
        return cls(
            frozenset(hidden),
            frozenset(tables.values_list("pk", flat=True)),
            frozenset(facts.values_list("pk", flat=True)),
        )

    def allows(self, takeaway: Takeaway) -> bool:
        """False once something in the file was hidden, taken back, or made for the kernteam alone."""
        holds = takeaway.holds
        indicators = {(takeaway.project_id, indicator) for indicator in holds.get("indicators", [])}
        return (
            not indicators & self.hidden
            and self.tables.issuperset(holds.get("tables", []))
            and self.facts.issuperset(holds.get("facts", []))
        )


@dataclass(frozen=True)
class Row:
    """One kind of file: the newest that is ready, and the one that was asked for last."""

    form: Form
    ready: Takeaway | None = None
    last: Takeaway | None = None
    allowed: bool = True
    scanned_at: datetime | None = None

    @property
    def label(self) -> str:
        return str(Takeaway.Kind(self.form.kind).label)

    @property
    def busy(self) -> bool:
        return self.last is not None and self.last.job.state in UNFINISHED

    @property
    def failed(self) -> bool:
        return self.last is not None and self.last.job.state == Job.State.FAILED

    @property
    def download(self) -> Takeaway | None:
        """The file, if it is there and may be given out."""
        return self.ready if self.allowed else None

    @property
    def stale(self) -> bool:
        """The scan was done again since."""
        return bool(self.ready and self.scanned_at and self.scanned_at > self.ready.created_at)


def rows_of(project: Project) -> list[Row]:
    """A row for each kind, made or not. Five queries, however often something was made."""
    takeaways = list(Takeaway.objects.of(project).for_list())
    shown = Shown.anywhere(project=project)
    scanned_at = newest_scan_end(project)
    return [row_of(form, takeaways, shown, scanned_at) for form in FORMS.values()]


def row_of(form: Form, takeaways: list[Takeaway], shown: Shown, scanned_at: datetime | None) -> Row:
    own = [takeaway for takeaway in takeaways if takeaway.kind == form.kind]
    ready = next((takeaway for takeaway in own if takeaway.file), None)
    return Row(form, ready, own[0] if own else None, ready is None or shown.allows(ready), scanned_at)
