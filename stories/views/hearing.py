"""Who was not heard yet, as counts and sentences, and going out to them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.http import attempt, form_status, posted
from core.pages import page_of
from projects.access import Access, May, gate
from stories.actions import outreach
from stories.forms.hearing import EditOutreachForm, FinishOutreachForm, OutreachForm, ReopenOutreachForm
from stories.heard import counts_of, least_heard, said_of, skipped_of, tables_of
from stories.hearing.coverage import ENOUGH
from stories.models import OutreachTask
from stories.population import Population

MOST_WORDS = 120


@require_safe
def heard(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    counts = counts_of(access.project)
    population = Population.of(access.project)
    said = said_of(counts, population)
    context = {
        "access": access,
        "project": access.project,
        "said": said,
        "first": least_heard(said),
        "skipped": skipped_of(counts),
        "known": population.known,
        "enough": ENOUGH,
        "page": page_of(request, OutreachTask.objects.of(access.project).for_list()),
    }
    return render(request, "stories/hearing.html", context)


@require_safe
def teller_counts(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    counts = counts_of(access.project)
    context = {
        "access": access,
        "project": access.project,
        "tables": tables_of(counts),
        "skipped": skipped_of(counts),
    }
    return render(request, "stories/hearing_counts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def outreach_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    form = OutreachForm(posted(request), initial={"whom": request.GET.get("wie", "")[:MOST_WORDS]})
    task = attempt(form, outreach.add_outreach, access.project, by=access.user)
    if task:
        messages.success(request, _("De taak staat op de lijst."))
        return redirect("heard", slug)
    context = {"access": access, "project": access.project, "form": form}
    return render(request, "stories/hearing_task.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def outreach_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    task = task_in(access, pk)
    form = EditOutreachForm(request.POST) if request.method == "POST" else EditOutreachForm.of(task)
    if attempt(form, outreach.edit_outreach, task, by=access.user):
        messages.success(request, _("De verandering is bewaard."))
        return redirect("heard", slug)
    context = {"access": access, "project": access.project, "form": form, "task": task}
    return render(request, "stories/hearing_task.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def outreach_done(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    task = task_in(access, pk)
    start = {"done_on": timezone.localdate(), "outcome": task.outcome, "version": task.version}
    form = FinishOutreachForm(posted(request), initial=start)
    if attempt(form, outreach.finish_outreach, task, by=access.user):
        messages.success(request, _("De taak is gedaan."))
        return redirect("heard", slug)
    context = {"access": access, "project": access.project, "form": form, "task": task}
    return render(request, "stories/hearing_done.html", context, status=form_status(form))


@require_POST
def outreach_undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    form = ReopenOutreachForm(request.POST)
    task = task_in(access, pk)
    if form.is_valid():
        outreach.reopen_outreach(task, by=access.user, **form.cleaned_data)
        messages.success(request, _("De taak staat weer bij wat nog moet."))
    return redirect("heard", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def outreach_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    if request.method == "POST":
        task = OutreachTask.objects.of(access.project).filter(pk=pk).first()
        if task is not None:
            outreach.delete_outreach(task, by=access.user)
        messages.success(request, _("De taak is weg."))
        return redirect("heard", slug)
    context = {"access": access, "project": access.project, "task": task_in(access, pk)}
    return render(request, "stories/hearing_delete.html", context)


def task_in(access: Access, pk: int) -> OutreachTask:
    return get_object_or_404(OutreachTask.objects.of(access.project), pk=pk)
