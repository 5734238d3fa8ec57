from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from buurtscan.actions import duiding as actions
from buurtscan.forms.talking import DuidingForm, NoteForm, RestoreForm
from buurtscan.models import Duiding, ScanNote
from buurtscan.talking import told_apart
from core.errors import DomainError
from core.http import attempt, form_status, page_or_part, wants_part
from core.pages import page_of
from projects.access import Access, May, gate
from projects.chapters import Chapter

VERSIONS_A_PAGE = 10


@require_http_methods(["GET", "HEAD", "POST"])
def scan_duiding(request: HttpRequest, slug: str, chapter: str) -> HttpResponse:
    access = known(gate(request, slug, May.EDIT), chapter)
    newest = Duiding.objects.of(access.project).history(chapter).first()
    start = {"number": newest.number, "text": newest.text} if newest else {"number": 0}
    form = DuidingForm(request.POST) if request.method == "POST" else DuidingForm(initial=start)
    if attempt(form, actions.write_duiding, access.project, chapter, by=access.user):
        messages.success(request, _("De duiding is bewaard."))
        return redirect("scan_chapter", slug, chapter)
    if taken := form_status(form) == 409:
        newest = Duiding.objects.of(access.project).history(chapter).first()
        form.renew("number", newest.number if newest else 0)
    context = {**about(access, chapter), "form": form, "newest": newest, "taken": taken}
    return render(request, "buurtscan/talking/duiding_form.html", context, status=form_status(form))


@require_safe
def scan_duiding_history(request: HttpRequest, slug: str, chapter: str) -> HttpResponse:
    access = known(gate(request, slug), chapter)
    return history_page(request, access, chapter)


@require_POST
def scan_duiding_restore(request: HttpRequest, slug: str, chapter: str) -> HttpResponse:
    access, form = known(gate(request, slug, May.EDIT), chapter), RestoreForm(request.POST)
    if not form.is_valid():
        return history_page(request, access, chapter, _("Kies een tekst uit de lijst."), status=422)
    try:
        actions.restore_duiding(access.project, chapter, by=access.user, **form.cleaned_data)
    except DomainError as refusal:
        return history_page(request, access, chapter, refusal.message, status=409)
    messages.success(request, _("De oude tekst staat er weer. De andere teksten blijven bewaard."))
    return redirect("scan_chapter", slug, chapter)


@require_safe
def scan_notes(request: HttpRequest, slug: str, chapter: str) -> HttpResponse:
    access = known(gate(request, slug), chapter)
    return notes_page(request, access, chapter)


@require_POST
def scan_note_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The answer holds the text, to put it back: nothing else keeps it."""
    access = gate(request, slug, May.PRESENT)
    note = ScanNote.objects.filter(project=access.project, pk=pk).first()
    if note is None:
        messages.info(request, _("Deze notitie was al weg."))
        return redirect("buurtscan", slug)
    actions.remove_note(note, by=access.user)
    back = NoteForm(initial={"key": uuid4(), "chapter": note.chapter, "text": note.text})
    return notes_page(request, access, note.chapter, removed=back)


@require_POST
def scan_note_restore(request: HttpRequest, slug: str) -> HttpResponse:
    access, form = gate(request, slug, May.PRESENT), NoteForm(request.POST)
    note = attempt(form, actions.add_note, access.project, by=access.user)
    if note is None:
        messages.error(request, _("Terugzetten lukt niet meer. Schrijf de notitie opnieuw."))
        return redirect("buurtscan", slug)
    messages.success(request, _("De notitie staat er weer."))
    return redirect("scan_notes", slug, note.chapter)


def known(access: Access, chapter: str) -> Access:
    """After the gate, so that an outsider learns nothing of the addresses either."""
    if chapter not in Chapter.values:
        raise Http404
    return access


def about(access: Access, chapter: str) -> dict[str, object]:
    return {
        "access": access,
        "project": access.project,
        "chapter": chapter,
        "title": Chapter(chapter).label,
    }


def history_page(
    request: HttpRequest, access: Access, chapter: str, refusal: str = "", *, status: int = 200
) -> HttpResponse:
    rows = Duiding.objects.of(access.project).history(chapter)
    page = page_of(request, rows, VERSIONS_A_PAGE)
    context = {
        **about(access, chapter),
        "page": page,
        "versions": told_apart(page.object_list, rows),
        "newest": rows.first(),
        "refusal": refusal,
    }
    return render(request, "buurtscan/talking/duiding_history.html", context, status=status)


def notes_page(
    request: HttpRequest, access: Access, chapter: str, removed: NoteForm | None = None
) -> HttpResponse:
    notes = ScanNote.objects.of(access.project, chapter).newest_first()
    context = {**about(access, chapter), "page": page_of(request, notes)}
    context |= {"removed": removed, "part": wants_part(request)}
    return page_or_part(request, "buurtscan/talking/notes.html", context, part="notities")
