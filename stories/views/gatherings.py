"""Evenings and walks: what is planned, what came of it, and who does what."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.http import attempt, form_status, page_or_part, posted, wants_part
from core.pages import page_of
from projects.access import Access, May, gate
from projects.models import Party
from stories.actions import gathering as actions
from stories.evenings import matches
from stories.forms.gathering import EditGatheringForm, GatheringForm, TaskForm
from stories.models import AvondTaak, Buurtwandeling, Story, Verhalenavond

type Model = type[Verhalenavond] | type[Buurtwandeling]
ADD: dict[Model, Any] = {Verhalenavond: actions.add_evening, Buurtwandeling: actions.add_walk}
NAMES: dict[Model, str] = {Verhalenavond: "evening", Buurtwandeling: "walk"}


def context_of(access: Access, model: Model, **more: Any) -> dict[str, Any]:
    """`kind` is the first half of the names of the addresses: evening or walk."""
    kind = NAMES[model]
    urls = {step: f"{kind}_{step}" for step in ("add", "edit", "delete")}
    return {"access": access, "project": access.project, "kind": kind, "urls": urls, **more}


@require_safe
def gatherings(request: HttpRequest, slug: str, model: Model) -> HttpResponse:
    access = gate(request, slug)
    published = Count("stories", filter=Q(stories__state=Story.State.PUBLISHED), distinct=True)
    rows: Any = model.objects.of(access.project).annotate(number=published).order_by("-on", "-pk")
    if model is Verhalenavond:
        rows = rows.annotate(arranged=Count("tasks", filter=Q(tasks__done=True), distinct=True))
    return render(request, "stories/gatherings.html", context_of(access, model, page=page_of(request, rows)))


@require_http_methods(["GET", "HEAD", "POST"])
def gathering_add(request: HttpRequest, slug: str, model: Model) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    form = GatheringForm(posted(request))
    made = attempt(form, ADD[model], access.project, by=access.user)
    if made:
        messages.success(request, _("%(name)s staat erbij.") % {"name": made.name})
        return redirect(NAMES[model], slug, made.pk)
    context = context_of(access, model, form=form)
    return render(request, "stories/gathering_form.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def gathering_edit(request: HttpRequest, slug: str, pk: int, model: Model) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    gathering: Any = get_object_or_404(model.objects.of(access.project), pk=pk)
    form = EditGatheringForm(request.POST) if request.method == "POST" else EditGatheringForm.of(gathering)
    if attempt(form, actions.edit_gathering, gathering, by=access.user):
        messages.success(request, _("De verandering is bewaard."))
        return redirect(NAMES[model], slug, pk)
    context = context_of(access, model, form=form, gathering=gathering)
    return render(request, "stories/gathering_form.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def gathering_delete(request: HttpRequest, slug: str, pk: int, model: Model) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    rows = model.objects.of(access.project)
    if request.method == "POST":
        gathering = rows.filter(pk=pk).first()
        if gathering is not None:
            actions.delete_gathering(gathering, by=access.user)
        messages.success(request, _("Het staat niet meer op de lijst. De verhalen zijn er nog."))
        return redirect(f"{NAMES[model]}s", slug)
    context = context_of(access, model, gathering=get_object_or_404(rows, pk=pk))
    return render(request, "stories/gathering_delete.html", context)


def stories_at(gathering: Verhalenavond | Buurtwandeling) -> dict[str, Any]:
    """The published stories of an evening or walk, and how many more wait for a moderator."""
    told = gathering.stories.all()
    return {"told": told.published(), "waiting": told.to_judge().count()}


@require_safe
def evening(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug)
    found = get_object_or_404(Verhalenavond.objects.of(access.project).select_related("project"), pk=pk)
    told = stories_at(found)
    parties = list(Party.objects.of(access.project))
    tasks = [task_item(task, parties) for task in found.tasks.select_related("party")]
    context = context_of(
        access,
        Verhalenavond,
        gathering=found,
        tasks=tasks,
        waiting=told["waiting"],
        page=page_of(request, told["told"].for_list()),
    )
    return render(request, "stories/evening.html", context)


def task_item(task: AvondTaak, parties: list[Party], refused: TaskForm | None = None) -> dict[str, Any]:
    """A task with its form and the parties that fit it."""
    form = refused or TaskForm(task=task, parties=parties)
    return {"task": task, "form": form, "matches": matches(task.kind, parties)}


@require_POST
def evening_task(request: HttpRequest, slug: str, pk: int, task_pk: int) -> HttpResponse:
    """Who does it; with htmx the task comes back, without it the evening."""
    access = gate(request, slug, May.EDIT)
    tasks = AvondTaak.objects.filter(evening__project=access.project, evening=pk)
    find = partial(get_object_or_404, tasks.select_related("party", "evening__project"), pk=task_pk)
    task, parties = find(), list(Party.objects.of(access.project))
    form = TaskForm(request.POST, task=task, parties=parties)
    done = attempt(form, actions.plan_task, task, by=access.user)
    if done and not wants_part(request):
        messages.success(request, _("De taak is bewaard."))
        return redirect("evening", slug, pk)
    item = task_item(
        find() if done or getattr(form, "conflict", False) else task, parties, None if done else form
    )
    told = _("De taak is bewaard.") if done else ""
    context = context_of(access, Verhalenavond, gathering=task.evening, item=item, told=told)
    template = "stories/evening.html" if wants_part(request) else "stories/evening_task.html"
    return page_or_part(request, template, context, part="task", status=form_status(form))
