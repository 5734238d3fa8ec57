from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.http import attempt, form_status, posted
from projects import actions
from projects.access import May, gate, may_create_project
from projects.forms.projects import CreateProjectForm, EditProjectForm, StateForm


@require_http_methods(["GET", "HEAD", "POST"])
def project_create(request: HttpRequest) -> HttpResponse:
    if not may_create_project(request.user):
        raise PermissionDenied
    form = CreateProjectForm(posted(request))
    project = attempt(form, actions.create_project, by=request.user)
    if project:
        messages.success(request, _("Uw project is gemaakt. Nodig nu uw kernteam uit."))
        return redirect(project)
    return render(request, "projects/project_create.html", {"form": form}, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def project_edit(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.MANAGE)
    posted = request.method == "POST"
    form = EditProjectForm(request.POST) if posted else EditProjectForm.of(access.project)
    if attempt(form, actions.edit_project, access.project, by=access.user):
        messages.success(request, _("De gegevens zijn bewaard."))
        return redirect(access.project)
    context = {"access": access, "project": access.project, "form": form}
    return render(request, "projects/project_edit.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def project_state(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.MANAGE)
    wanted = request.GET.get("naar", "")
    form = StateForm(request.POST) if request.method == "POST" else StateForm.of(access.project, wanted)
    if attempt(form, actions.set_project_state, access.project, by=access.user):
        messages.success(request, _("De stand van het project is veranderd."))
        return redirect(access.project)
    context = {"access": access, "project": access.project, "form": form}
    return render(request, "projects/project_state.html", context, status=form_status(form))
