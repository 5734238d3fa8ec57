from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from buurtscan.actions import deepening as actions
from buurtscan.forms.partner_tables import EditTableForm, MappingForm, NewTableForm, SheetForm
from buurtscan.models import PartnerTable
from buurtscan.partners.elsewhere import READ_ELSEWHERE
from buurtscan.partners.files import MAX_BYTES, MAX_COLUMNS, MAX_ROWS
from buurtscan.partners.pages import MappingPage, for_list, lines_of, tables_for
from buurtscan.partners.tables import Mapping
from buurtscan.partners.words import placed_in_words
from core.forms import SearchForm
from core.http import attempt, form_status, page_or_part, posted
from core.pages import page_of
from projects.access import Access, May, gate
from projects.chapters import Chapter

State = PartnerTable.State
FIGURES_SHOWN = 50


@require_safe
def partner_tables(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    search, state = SearchForm(request.GET), request.GET.get("staat", "")
    context = {
        "access": access,
        "project": access.project,
        "search": search,
        "state": state,
        "states": State.choices,
        "page": page_of(request, for_list(access, search.words, state)),
        "elsewhere": READ_ELSEWHERE.values(),
    }
    return render(request, "buurtscan/deepening/tables.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def partner_table_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    form = NewTableForm(posted(request), request.FILES or None, initial={"chapter": asked_chapter(request)})
    table = attempt(form, actions.add_partner_table, access.project, by=access.user)
    if table is not None:
        return redirect("partner_table_map", slug, table.pk)
    caps = {"bytes": MAX_BYTES / 1_000_000, "rows": MAX_ROWS, "columns": MAX_COLUMNS}
    context = {"access": access, "project": access.project, "form": form, "caps": caps}
    return render(request, "buurtscan/deepening/table_add.html", context, status=form_status(form))


@require_safe
def partner_table(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The figures of a table. A draft opens where it was left."""
    access = gate(request, slug)
    table = get_object_or_404(tables_for(access), pk=pk)
    if table.state == State.DRAFT:
        return redirect(page_of_draft(table), slug, pk)
    page: Any = page_of(request, table.figures.all(), FIGURES_SHOWN)
    page.object_list = lines_of(page.object_list)
    typed = Mapping.of(table.mapping).typed
    context = {"access": access, "project": access.project, "table": table, "page": page, "typed": typed}
    return render(request, "buurtscan/deepening/table.html", context)


def page_of_draft(table: PartnerTable) -> str:
    return "partner_table_retype" if Mapping.of(table.mapping).typed else "partner_table_map"


@require_http_methods(["GET", "HEAD", "POST"])
def partner_table_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    table = get_object_or_404(tables_for(access), pk=pk)
    form = EditTableForm(posted(request), instance=table, initial={"version": table.version})
    if attempt(form, actions.edit_partner_table, table, by=access.user):
        messages.success(request, _("De verandering is bewaard."))
        return redirect("partner_table", slug, pk)
    if form.conflict:
        form.renew(table)
    context = {"access": access, "project": access.project, "form": form, "table": table}
    return render(request, "buurtscan/deepening/table_edit.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def partner_table_map(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What each column is, with a preview; POST keeps it as a draft."""
    access = gate(request, slug, May.EDIT)
    table = get_object_or_404(tables_for(access), pk=pk)
    if table.state != State.DRAFT or page_of_draft(table) != "partner_table_map":
        return redirect("partner_table", slug, pk)
    form = MappingForm(table, posted(request))
    if form.is_bound and kept(form, actions.save_mapping, access):
        messages.success(request, _("Bewaard. De cijfers zijn nog niet geplaatst."))
        return redirect("partner_table_map", slug, pk)
    return mapping_page(request, access, form)


@require_http_methods(["GET", "HEAD", "POST"])
def partner_table_preview(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What would be placed; nothing is kept. Who comes back to this address finds the draft."""
    access = gate(request, slug, May.EDIT)
    table = get_object_or_404(tables_for(access), pk=pk)
    if request.method != "POST" or table.state != State.DRAFT:
        return redirect("partner_table", slug, pk)
    return mapping_page(request, access, MappingForm(table, request.POST))


@require_http_methods(["GET", "HEAD", "POST"])
def partner_table_publish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    table = get_object_or_404(tables_for(access), pk=pk)
    if request.method != "POST":
        return redirect("partner_table", slug, pk)
    if table.state != State.DRAFT:
        messages.info(request, _("Deze cijfers zijn al geplaatst."))
        return redirect("partner_table", slug, pk)
    form = MappingForm(table, request.POST)
    if kept(form, actions.publish_partner_table, access):
        placed = placed_in_words(table.figures.count())
        messages.success(request, _("Geplaatst: %(placed)s. U kunt ze weer terughalen.") % {"placed": placed})
        return redirect("partner_table", slug, pk)
    return mapping_page(request, access, form)


def kept(form: MappingForm, action: Any, access: Access) -> bool:
    """Call an action with what the form says of the columns; a refusal stands above the form."""

    def act(*, version: int, only_good: bool, **_fields: Any) -> PartnerTable:
        extra = {"only_good": only_good} if action is actions.publish_partner_table else {}
        what = {"mapping": form.mapping(), "cells": form.cells(), **extra}
        done: PartnerTable = action(form.table, version=version, by=access.user, **what)
        return done

    return attempt(form, act) is not None


def mapping_page(request: HttpRequest, access: Access, form: MappingForm) -> HttpResponse:
    if form.conflict:
        form.renew()
    context = {
        "access": access,
        "project": access.project,
        "table": form.table,
        "form": form,
        "view": MappingPage(form),
        "where": SheetForm(form.table),
    }
    template = "buurtscan/deepening/table_map.html"
    return page_or_part(request, template, context, part="voorbeeld", status=form_status(form))


@require_POST
def partner_table_sheet(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    table = get_object_or_404(tables_for(access), pk=pk)
    form = SheetForm(table, request.POST)
    if attempt(form, actions.choose_sheet, table, by=access.user):
        return redirect("partner_table_map", slug, pk)
    for errors in form.errors.values():
        messages.error(request, " ".join(str(error) for error in errors))
    return redirect("partner_table", slug, pk)


@require_POST
def partner_table_undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    table = get_object_or_404(tables_for(access), pk=pk)
    actions.undo_partner_table(table, by=access.user)
    messages.success(request, _("De cijfers zijn teruggehaald. Ze staan nergens meer."))
    return redirect("partner_table", slug, pk)


@require_POST
def partner_table_redo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    table = get_object_or_404(tables_for(access), pk=pk)
    actions.redo_partner_table(table, by=access.user)
    messages.success(request, _("De cijfers zijn weer geplaatst."))
    return redirect("partner_table", slug, pk)


@require_POST
def partner_table_reopen(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    table = get_object_or_404(tables_for(access), pk=pk)
    actions.reopen_partner_table(table, by=access.user)
    return redirect("partner_table_retype", slug, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def partner_table_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    if request.method == "POST":
        table = tables_for(access).filter(pk=pk).first()
        if table is not None:
            actions.delete_partner_table(table, by=access.user)
        messages.success(request, _("De tabel is weg."))
        return redirect("partner_tables", slug)
    table = get_object_or_404(tables_for(access).exclude(state=State.PUBLISHED), pk=pk)
    context = {"access": access, "project": access.project, "table": table}
    return render(request, "buurtscan/deepening/table_delete.html", context)


def asked_chapter(request: HttpRequest) -> str:
    """The chapter in the address, from which somebody came."""
    chapter = request.GET.get("hoofdstuk", "")
    return chapter if chapter in Chapter.values else ""
