from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.http import attempt, form_status, posted
from core.pages import page_of
from projects import actions
from projects.access import Access, May, gate
from projects.coalition import shared
from projects.forms.urgentie import EditUrgencyForm, RipenessForm, UrgencyForm
from projects.models import PartyKind, RipenessCheck, UrgencyStatement

HISTORY = 20


@require_safe
def urgentie(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    return urgentie_page(request, access, None)


def urgentie_page(request: HttpRequest, access: Access, form: RipenessForm | None) -> HttpResponse:
    statements = UrgencyStatement.objects.of(access.project)
    kinds = statements.kinds()
    checks = list(RipenessCheck.objects.filter(project=access.project).select_related("created_by")[:HISTORY])
    form = form or RipenessForm(initial={"newest": checks[0].pk if checks else 0})
    context: dict[str, Any] = {
        "access": access,
        "project": access.project,
        "page": page_of(request, statements),
        "kinds": sorted(str(PartyKind(kind).label) for kind in kinds),
        "shared": shared(kinds),
        "latest": checks[0] if checks else None,
        "earlier": checks[1:],
        "form": form,
    }
    return render(request, "projects/urgentie.html", context, status=form_status(form))


@require_POST
def ripeness(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    form = RipenessForm(request.POST)
    if attempt(form, actions.judge_ripeness, access.project, by=access.user):
        messages.success(request, _("Uw antwoord is bewaard."))
        return redirect("urgentie", slug)
    return urgentie_page(request, access, form)


@require_http_methods(["GET", "HEAD", "POST"])
def urgency_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    form = UrgencyForm(posted(request))
    if attempt(form, actions.add_urgency, access.project, by=access.user):
        messages.success(request, _("Toegevoegd aan de lijst."))
        return redirect("urgentie", slug)
    context = {"access": access, "project": access.project, "form": form}
    return render(request, "projects/urgency_form.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def urgency_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    statement = get_object_or_404(UrgencyStatement.objects.of(access.project), pk=pk)
    form = EditUrgencyForm(request.POST) if request.method == "POST" else EditUrgencyForm.of(statement)
    if attempt(form, actions.edit_urgency, statement, by=access.user):
        messages.success(request, _("De verandering is bewaard."))
        return redirect("urgentie", slug)
    context = {"access": access, "project": access.project, "form": form, "statement": statement}
    return render(request, "projects/urgency_form.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def urgency_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    rows = UrgencyStatement.objects.of(access.project)
    if request.method == "POST":
        statement = rows.filter(pk=pk).first()
        if statement is not None:
            actions.delete_urgency(statement, by=access.user)
        messages.success(request, _("Dit staat niet meer in de lijst."))
        return redirect("urgentie", slug)
    context = {"access": access, "project": access.project, "statement": get_object_or_404(rows, pk=pk)}
    return render(request, "projects/urgency_delete.html", context)
