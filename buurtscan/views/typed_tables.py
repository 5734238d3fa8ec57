from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from buurtscan.actions import deepening as actions
from buurtscan.forms.typed_tables import (
    TypedDraftForm,
    TypedRows,
    TypedTableForm,
    at_first_empty,
    kept_chapter,
    typed_rows,
    with_more_rows,
)
from buurtscan.models import PartnerTable
from buurtscan.partners.elsewhere import READ_ELSEWHERE
from buurtscan.partners.pages import tables_for
from buurtscan.partners.words import placed_in_words
from buurtscan.views.deepening import asked_chapter, page_of_draft
from core.http import attempt, form_status, page_or_part, posted
from projects.access import Access, May, gate

type Head = TypedTableForm | TypedDraftForm


@require_http_methods(["GET", "HEAD", "POST"])
def partner_table_type(request: HttpRequest, slug: str) -> HttpResponse:
    """Figures read elsewhere, typed row by row."""
    access = gate(request, slug, May.EDIT)
    head = TypedTableForm(posted(request), initial=filled_in(request))
    return typed_table(request, access, head, None)


@require_http_methods(["GET", "HEAD", "POST"])
def partner_table_retype(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A draft of typed rows, where it was left."""
    access = gate(request, slug, May.EDIT)
    table = get_object_or_404(tables_for(access), pk=pk)
    if table.state != PartnerTable.State.DRAFT or page_of_draft(table) != "partner_table_retype":
        return redirect("partner_table", slug, pk)
    initial = {"version": table.version, "chapter": kept_chapter(table)}
    head = TypedDraftForm(posted(request), instance=table, initial=initial)
    return typed_table(request, access, head, table)


def typed_table(request: HttpRequest, access: Access, head: Head, table: PartnerTable | None) -> HttpResponse:
    if "meer" in request.POST:
        more = at_first_empty(typed_rows(with_more_rows(request.POST), table))
        return typed_page(request, access, unchecked(head), more, table)
    rows = typed_rows(posted(request), table)
    done = kept(head, rows, access, table, draft="bewaar" in request.POST) if head.is_bound else None
    if done is None:
        return typed_page(request, access, head, rows, table, status=status_of(head, rows))
    return told(request, done)


def kept(
    head: Head, rows: TypedRows, access: Access, table: PartnerTable | None, *, draft: bool
) -> PartnerTable | None:
    good = rows.is_valid() and (draft or rows.has_figures(head.data.get("chapter", "")))
    if not (head.is_valid() and good):
        return None

    def act(*, version: int | None = None, **fields: Any) -> PartnerTable:
        where: dict[str, Any] = {"table": table, "version": version, "rows": rows.rows(), "draft": draft}
        return actions.type_partner_table(access.project, by=access.user, **where, **fields)

    return attempt(head, act)


def told(request: HttpRequest, table: PartnerTable) -> HttpResponse:
    if table.state == PartnerTable.State.DRAFT:
        messages.success(request, _("Bewaard. De cijfers zijn nog niet geplaatst."))
    else:
        placed = placed_in_words(table.figures.count())
        messages.success(request, _("Geplaatst: %(placed)s. U kunt ze weer terughalen.") % {"placed": placed})
    return redirect("partner_table", table.project.slug, table.pk)


def typed_page(
    request: HttpRequest,
    access: Access,
    head: Head,
    rows: TypedRows,
    table: PartnerTable | None,
    *,
    status: int = 200,
) -> HttpResponse:
    if head.conflict and table is not None:
        head.renew(table)
    context = {
        "access": access,
        "project": access.project,
        "form": head,
        "rows": rows,
        "table": table,
        "source": READ_ELSEWHERE.get(request.GET.get("bron", "")),
    }
    template = "buurtscan/deepening/table_type.html"
    return page_or_part(request, template, context, part="rijen", status=status)


def status_of(head: Head, rows: TypedRows) -> int:
    if not head.is_bound:
        return 200
    return 409 if head.conflict else form_status(head) if head.errors else 422


def unchecked(head: Head) -> Head:
    """What was typed, without errors: somebody who asks for more rows is not done."""
    head.full_clean()
    head.errors.clear()
    return head


def filled_in(request: HttpRequest) -> dict[str, Any]:
    source = READ_ELSEWHERE.get(request.GET.get("bron", ""))
    known = {"chapter": asked_chapter(request)}
    if source is None:
        return known
    return {
        **known,
        "partner": source.name,
        "title": source.title,
        "url": source.url,
        "source_note": source.source_note,
    }
