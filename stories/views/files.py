"""Files made of stories: asking for them, watching, downloading."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from core.http import attempt, form_status, page_or_part
from core.private import read_file
from projects.access import Access, May, gate
from stories.actions.appearing import note_appearances
from stories.actions.files import request_file
from stories.files.listing import BY_WORD, FORMS, Form, printed_as, rows_of
from stories.files.making import held_ids, may_be_shown
from stories.forms.files import FILE_FORMS
from stories.models import StoryFile


def gate_to_files(request: HttpRequest, slug: str) -> Access:
    """Who reads the project, and who collects stories: the poster and the form on paper are for both."""
    try:
        return gate(request, slug, May.COLLECT)
    except PermissionDenied:
        return gate(request, slug, May.READ)


def gate_to(form: Form, request: HttpRequest, slug: str, what: May) -> Access:
    """`what` is the right for a file with words of residents; those who collect may have the others."""
    if form.holds_stories:
        return gate(request, slug, what)
    return gate(request, slug, May.COLLECT) if what is May.EDIT else gate_to_files(request, slug)


@require_safe
def story_files(request: HttpRequest, slug: str) -> HttpResponse:
    return files_page(request, gate_to_files(request, slug))


@require_POST
def story_file_add(request: HttpRequest, slug: str, word: str) -> HttpResponse:
    kind = form_or_404(word)
    access = gate_to(kind, request, slug, May.EDIT)
    form = FILE_FORMS[kind.kind](request.POST, project=access.project)
    if attempt(form, request_file, access.project, kind.kind, by=access.user):
        return redirect("story_files", slug)
    return files_page(request, access, {kind.kind: form}, status=form_status(form))


@require_safe
def story_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The file. Not ready, or with a story that is no longer public: the page that says so."""
    gate_to_files(request, slug)
    found = StoryFile.objects.filter(project__slug=slug).for_list().select_related("project")
    file = get_object_or_404(found, pk=pk)
    form = FORMS[file.kind]
    gate_to(form, request, slug, May.READ)
    data = read_file(file.file) if file.file and may_be_shown(file.holds) else b""
    if not data:
        return redirect("story_files", slug)
    if request.method == "GET":
        note_appearances(held_ids(file.holds), where=printed_as(file))
    response = HttpResponse(data, content_type=form.content_type)
    name = form.file_name(slug, file.language)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def form_or_404(word: str) -> Form:
    if word not in BY_WORD:
        raise Http404
    return BY_WORD[word]


def files_page(
    request: HttpRequest, access: Access, tried: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """`tried` are the forms that did not go through, shown with their errors."""
    rows = rows_of(access.project, without_stories=not access.may(May.READ))
    context = {
        "access": access,
        "project": access.project,
        "rows": rows,
        "busy": any(row.busy for row in rows),
        "forms": forms_for(access, tried or {}),
    }
    return page_or_part(request, "stories/files.html", context, part="bestanden", status=status)


def forms_for(access: Access, tried: dict[str, Any]) -> list[tuple[Form, Any]]:
    """What this person may ask for, each with its form."""
    return [
        (kind, tried.get(kind.kind) or FILE_FORMS[kind.kind](project=access.project))
        for kind in FORMS.values()
        if kind.kind in FILE_FORMS and access.may(May.EDIT if kind.holds_stories else May.COLLECT)
    ]
