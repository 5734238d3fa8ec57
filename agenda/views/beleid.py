from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agenda import actions
from agenda.forms.beleid import IdeaForm, PolicyLineForm
from agenda.models import Idea, PolicyLine
from core.http import attempt, form_status, posted
from core.pages import page_of
from projects.access import May, gate

LINES = 100  # shown at once: a project has a handful


@require_safe
def beleid(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    ideas = Idea.objects.of(access.project)
    lines = PolicyLine.objects.of(access.project)
    context = {
        "access": access,
        "project": access.project,
        "lines": lines.for_beleid()[:LINES],
        "line_count": lines.count(),
        "unanswered": ideas.filter(answer="").first(),
        "page": page_of(request, ideas.for_beleid()),
    }
    return render(request, "agenda/beleid.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def policy_line_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    form = PolicyLineForm(posted(request))
    if attempt(form, actions.add_policy_line, access.project, by=access.user):
        messages.success(request, _("Het beleid staat in de lijst."))
        return redirect("beleid", slug)
    context = {"access": access, "project": access.project, "form": form}
    return render(request, "agenda/policy_line_form.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def policy_line_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    line = get_object_or_404(PolicyLine.objects.of(access.project), pk=pk)
    form = PolicyLineForm(posted(request), instance=line, initial={"version": line.version})
    if attempt(form, actions.edit_policy_line, line, by=access.user):
        messages.success(request, _("De verandering is bewaard."))
        return redirect("beleid", slug)
    if form.conflict:
        form.renew(line)
    context = {"access": access, "project": access.project, "form": form, "line": line}
    return render(request, "agenda/policy_line_form.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def policy_line_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    rows = PolicyLine.objects.of(access.project)
    if request.method == "POST":
        line = rows.filter(pk=pk).first()
        if line is not None:
            actions.delete_policy_line(line, by=access.user)
        messages.success(request, _("Het beleid staat niet meer in de lijst."))
        return redirect("beleid", slug)
    context = {
        "access": access,
        "project": access.project,
        "line": get_object_or_404(rows.for_beleid(), pk=pk),
    }
    return render(request, "agenda/policy_line_delete.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def idea_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    form = IdeaForm(access.project, posted(request))
    if attempt(form, actions.add_idea, access.project, by=access.user):
        messages.success(request, _("Het idee staat in de lijst."))
        return redirect("beleid", slug)
    context = {"access": access, "project": access.project, "form": form}
    return render(request, "agenda/idea_form.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def idea_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    idea = get_object_or_404(Idea.objects.of(access.project).select_related("project"), pk=pk)
    form = IdeaForm(access.project, posted(request), instance=idea, initial={"version": idea.version})
    if attempt(form, actions.edit_idea, idea, by=access.user):
        messages.success(request, _("De verandering is bewaard."))
        return redirect("beleid", slug)
    if form.conflict:
        form.renew(idea)
    context = {"access": access, "project": access.project, "form": form, "idea": idea}
    return render(request, "agenda/idea_form.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def idea_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    rows = Idea.objects.of(access.project)
    if request.method == "POST":
        idea = rows.filter(pk=pk).first()
        if idea is not None:
            actions.delete_idea(idea, by=access.user)
        messages.success(request, _("Het idee staat niet meer in de lijst."))
        return redirect("beleid", slug)
    idea = get_object_or_404(rows.for_beleid(), pk=pk)
    context = {"access": access, "project": access.project, "idea": idea}
    return render(request, "agenda/idea_delete.html", context)
