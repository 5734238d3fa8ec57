from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from buurtscan import actions
from buurtscan.takeaways.listing import BY_WORD, Form, Row, rows_of
from core.errors import DomainError
from core.http import page_or_part
from core.private import read_file
from projects.access import Access, May, gate


@require_safe
def takeaways(request: HttpRequest, slug: str) -> HttpResponse:
    return takeaways_page(request, gate(request, slug))


@require_POST
def takeaway_add(request: HttpRequest, slug: str, word: str) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    form = form_or_404(word)
    try:
        actions.request_takeaway(access.project, form.kind, by=access.user)
    except DomainError as refusal:
        return takeaways_page(request, access, refusal=refusal.message, status=409)
    return redirect("takeaways", slug)


@require_safe
def takeaway_file(request: HttpRequest, slug: str, word: str) -> HttpResponse:
    """The newest file of this kind. Not there, or with something that may no longer be shown: the page."""
    access = gate(request, slug)
    form = form_or_404(word)
    row = next(row for row in rows_of(access.project) if row.form is form)
    data = read_file(row.download.file) if row.download else b""
    return answer(form, slug, data) if data else redirect("takeaways", slug)


def answer(form: Form, slug: str, data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type=form.content_type)
    response["Content-Disposition"] = f'attachment; filename="{form.file_name(slug)}"'
    response["Cache-Control"] = "private, no-store"
    return response


def form_or_404(word: str) -> Form:
    if word not in BY_WORD:
        raise Http404
    return BY_WORD[word]


def takeaways_page(
    request: HttpRequest, access: Access, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    rows: list[Row] = rows_of(access.project)
    context = {
        "access": access,
        "project": access.project,
        "rows": rows,
        "busy": any(row.busy for row in rows),
        "refusal": refusal,
    }
    return page_or_part(request, "buurtscan/takeaways.html", context, part="voortgang", status=status)
