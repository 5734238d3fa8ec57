from celery import shared_task

from agenda import actions
from agenda.actions.documents import TASK
from agenda.models import AgendaDocument
from core.jobs import Run, job_task


@job_task(TASK)
def render_document(run: Run) -> None:
    document = AgendaDocument.objects.select_related("project").get(job=run.job)
    actions.render_document(document, progress=run.progress)


@shared_task(name="agenda.forget_outdated_documents")
def forget_outdated_documents() -> None:
    actions.forget_outdated_documents()
