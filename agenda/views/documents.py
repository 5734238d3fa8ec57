from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agenda import actions
from agenda.actions.documents import is_outdated
from agenda.document import LICENCE, build_agenda
from agenda.forms.agendapunten import DocumentForm
from agenda.models import AgendaDocument
from agenda.rendering import agenda_json
from agenda.views.agendapunten import agenda_page
from core.http import attempt, form_status, page_or_part
from core.private import read_file
from projects.access import May, gate
from stories.actions import note_appearances
from stories.models import Quote


@require_POST
def agenda_document_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.MANAGE)
    form = DocumentForm(request.POST)
    document = attempt(form, actions.request_document, access.project, by=access.user)
    if document is not None:
        return redirect("agenda_document_progress", slug, document.pk)
    refusal = " ".join(str(message) for errors in form.errors.values() for message in errors)
    return agenda_page(request, access, refusal=refusal, status=form_status(form))


@require_safe
def agenda_document_progress(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug)
    document = get_object_or_404(AgendaDocument.objects.of(access.project).for_agenda(), pk=pk)
    context = {"access": access, "project": access.project, "document": document, "job": document.job}
    context["outdated"] = document.job.state == "done" and (not document.file or is_outdated(document))
    return page_or_part(request, "agenda/document_progress.html", context, part="voortgang")


@require_safe
def agenda_document(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The file. Not ready, or with words that were withdrawn: the page that says so."""
    access = gate(request, slug)
    document = get_object_or_404(AgendaDocument.objects.of(access.project).for_agenda(), pk=pk)
    data = b"" if not document.file or is_outdated(document) else read_file(document.file)
    if not data:
        return redirect("agenda_document_progress", slug, pk)
    if request.method == "GET":
        stories = Quote.objects.filter(pk__in=document.quote_ids).values_list("story_id", flat=True)
        note_appearances(
            stories, where=_("buurtagenda (PDF) nummer %(number)s") % {"number": document.number}
        )
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="buurtagenda-{slug}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def agenda_print(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    agenda = build_agenda(access.project, with_concept=with_concept(request), made_on=timezone.localdate())
    context = {"agenda": agenda, "licence": LICENCE, "preview": True, "project": access.project}
    return render(request, "agenda/document.html", context)


@require_safe
def agenda_data(request: HttpRequest, slug: str) -> HttpResponse:
    """The agenda with its evidence as JSON, for other programs."""
    access = gate(request, slug, May.MANAGE)
    agenda = build_agenda(access.project, with_concept=with_concept(request), made_on=timezone.localdate())
    if request.method == "GET":
        stories = {quote.story_id for quote in agenda.quotes}
        note_appearances(stories, where=_("gegevens van de buurtagenda (JSON)"))
    response = HttpResponse(agenda_json(agenda), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="buurtagenda-{slug}.json"'
    return response


def with_concept(request: HttpRequest) -> bool:
    return request.GET.get("concept", "1") != "0"
