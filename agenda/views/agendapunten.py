from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agenda import actions
from agenda.forms.agendapunten import AgendapuntForm, DeleteForm, DocumentForm, MoveForm, StateForm
from agenda.models import AgendaDocument, Agendapunt, Idea, Inzicht
from agenda.shown import hints_of, shown_points
from core.http import attempt, form_status, page_or_part, posted
from core.pages import page_of
from projects.access import Access, May, gate

DROPPED = 50


@require_safe
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    return agenda_page(request, access)


@require_http_methods(["GET", "HEAD", "POST"])
def agendapunt_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    form = AgendapuntForm(access.project, posted(request), initial=prefilled(request, access))
    if attempt(form, actions.add_agendapunt, access.project, by=access.user):
        messages.success(request, _("De afspraak staat als concept op de agenda."))
        return redirect("agenda", slug)
    context = {"access": access, "project": access.project, "form": form}
    return render(request, "agenda/agendapunt_form.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def agendapunt_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    punt = get_object_or_404(Agendapunt.objects.of(access.project).select_related("project"), pk=pk)
    form = AgendapuntForm(access.project, posted(request), instance=punt, initial={"version": punt.version})
    if attempt(form, actions.edit_agendapunt, punt, by=access.user):
        messages.success(request, _("De verandering is bewaard."))
        return redirect("agenda", slug)
    if form.conflict:
        form.renew(punt)
    hints = hints_of(punt)
    context = {"access": access, "project": access.project, "form": form, "punt": punt, "hints": hints}
    return render(request, "agenda/agendapunt_form.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def agendapunt_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    punt = Agendapunt.objects.of(access.project).filter(pk=pk).first()
    if punt is None and request.method == "POST":
        return redirect("agenda", slug)
    punt = punt or get_object_or_404(Agendapunt.objects.none())
    form = DeleteForm(posted(request), initial={"version": punt.version})
    attempt(form, actions.delete_agendapunt, punt, by=access.user)
    if form.is_bound and not form.errors:
        messages.success(request, _("De afspraak is weg."))
        return redirect("agenda", slug)
    context = {"access": access, "project": access.project, "form": form, "punt": punt}
    return render(request, "agenda/agendapunt_delete.html", context, status=form_status(form))


@require_POST
def agendapunt_state(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    punt = get_object_or_404(Agendapunt.objects.of(access.project).select_related("project"), pk=pk)
    form = StateForm(request.POST)
    done = attempt(form, actions.change_state, punt, by=access.user)
    return after_click(request, access, form, done)


@require_POST
def agendapunt_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    punt = get_object_or_404(Agendapunt.objects.of(access.project).select_related("project"), pk=pk)
    form = MoveForm(request.POST)
    done = attempt(form, actions.move_agendapunt, punt, by=access.user)
    return after_click(request, access, form, done)


def after_click(request: HttpRequest, access: Access, form: Any, punt: Agendapunt | None) -> HttpResponse:
    """The list again: for htmx only the list, with a word for who cannot see it change."""
    if punt is None:
        refusal = [str(message) for errors in form.errors.values() for message in errors]
        return agenda_page(request, access, refusal=" ".join(refusal), status=form_status(form))
    said = _("%(title)s: %(state)s.") % {"title": punt.title, "state": punt.get_state_display()}
    if isinstance(form, MoveForm):
        said = _("%(title)s staat op een andere plek.") % {"title": punt.title}
    if request.headers.get("HX-Request") == "true":
        gone = punt.state == Agendapunt.State.VERVALLEN
        return agenda_page(request, access, said=said, moved=punt.pk, gone=gone)
    messages.success(request, said)
    return redirect(f"{request.path.split('/punt/')[0]}/#punt-{punt.pk}")


def agenda_page(
    request: HttpRequest, access: Access, *, status: int = 200, **said: str | int
) -> HttpResponse:
    punten = Agendapunt.objects.of(access.project)
    page = page_of(request, punten.on_agenda().for_agenda())
    shown = shown_points(
        access.project, list(page.object_list), start=page.start_index(), total=page.paginator.count
    )
    context = {
        "access": access,
        "project": access.project,
        "page": page,
        "shown": shown,
        "vague": next((one for one in shown if one.hints), None),
        "agreed_count": punten.agreed().count(),
        "dropped": punten.dropped()[:DROPPED],
        "documents": AgendaDocument.objects.of(access.project).for_agenda()[:5],
        "document_form": DocumentForm(),
        **said,
    }
    return page_or_part(request, "agenda/agenda.html", context, part="punten", status=status)


def prefilled(request: HttpRequest, access: Access) -> dict[str, Any]:
    """What "Maak agendapunt" takes along from an inzicht or an idea."""
    inzicht = first_of(Inzicht.objects.of(access.project), request.GET.get("inzicht", ""))
    idea = first_of(Idea.objects.of(access.project), request.GET.get("idee", ""))
    if inzicht is not None:
        return {"title": inzicht.title[:120], "inzichten": [inzicht.pk]}
    if idea is not None:
        return {"title": idea.title[:120], "wat": idea.text, "idea": idea.pk}
    return {}


def first_of(rows: Any, pk: str) -> Any:
    return rows.filter(pk=int(pk)).first() if pk.isascii() and pk.isdigit() and len(pk) < 19 else None
