from collections.abc import Callable

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from agenda.actions.agendapunten import lock_order
from agenda.document import build_agenda, current_mark, mark_of
from agenda.models import AgendaDocument, Agendapunt
from agenda.rendering import agenda_pdf
from core.errors import DomainError
from core.jobs import request_job
from core.models import Job
from core.private import keep_file
from core.records import record
from projects.models import Project, User

TASK = "agenda.render_document"


@transaction.atomic
def request_document(project: Project, *, with_concept: bool = True, by: User | None) -> AgendaDocument:
    """Ask for the agenda as PDF. While the same one is being made, that one is the answer."""
    lock_order(project)
    documents = AgendaDocument.objects.of(project)
    busy = documents.filter(
        with_concept=with_concept, job__state__in=[Job.State.WAITING, Job.State.RUNNING]
    ).first()
    if busy is not None:
        return busy
    punten = Agendapunt.objects.of(project)
    if not (punten.on_agenda() if with_concept else punten.agreed()).exists():
        raise DomainError(_("Er staat nog niets op de agenda. Maak eerst een afspraak."), "with_concept")
    number = (documents.aggregate(last=Max("number"))["last"] or 0) + 1
    document = AgendaDocument.objects.create(
        project=project, job=request_job(TASK), number=number, with_concept=with_concept, asked_by=by
    )
    record("request_document", document, by=by)
    return document


def render_document(document: AgendaDocument, *, progress: Callable[[int, int, str], None]) -> AgendaDocument:
    """Make the file. Again gives the same file in the same place: a killed worker leaves no rubbish."""
    progress(0, 3, _("Alles bij elkaar zoeken"))
    agenda = build_agenda(
        document.project,
        with_concept=document.with_concept,
        made_on=timezone.localdate(document.created_at),
        number=document.number,
    )
    quotes = {quote.quote_id: quote.text for quote in agenda.quotes}
    progress(1, 3, _("De bladzijden opmaken"))
    pdf = agenda_pdf(agenda)
    progress(2, 3, _("Het bestand bewaren"))
    document.file = f"agenda/{document.project_id}-{document.pk}.pdf"
    keep_file(document.file, pdf.data)
    document.pages, document.quote_ids, document.quotes_mark = pdf.pages, sorted(quotes), mark_of(quotes)
    document.save(update_fields=["file", "pages", "quote_ids", "quotes_mark"])
    return document


def is_outdated(document: AgendaDocument) -> bool:
    """True once a story that is quoted in it was withdrawn, taken back or changed."""
    return document.quotes_mark != current_mark(document.quote_ids)


def forget_outdated_documents() -> int:
    """Remove files with words that are no longer public. Returns how many."""
    outdated = [document for document in AgendaDocument.objects.kept() if is_outdated(document)]
    for document in outdated:
        forget_file(document)
    return len(outdated)


@transaction.atomic
def forget_file(document: AgendaDocument) -> None:
    storages["private"].delete(document.file)
    AgendaDocument.objects.filter(pk=document.pk).update(file="")
    record("forget_document", document, by=None)
