"""A walk through the neighbourhood: what was seen and told at each stop, and entering it on the way."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.http import attempt, form_status
from core.pages import page_of
from projects.access import Access, May, gate
from stories.actions import submit_story
from stories.actions.telling import takes_stories
from stories.forms.walks import StopForm
from stories.models import Buurtwandeling, Story
from stories.views.gatherings import context_of, stories_at

BY_PHONE = "X-Halte"  # the script that keeps stops on the phone asks for an answer it can read
FILES = ("css/app.css", "css/stories.css", "css/stories_gathering.css", "js/stories_walk.js", "img/logo.svg")


@require_safe
def walk(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug)
    found = get_object_or_404(Buurtwandeling.objects.of(access.project), pk=pk)
    told = stories_at(found)
    stops = told["told"].for_list().order_by("walk_stop", "pk")
    context = context_of(
        access, Buurtwandeling, gathering=found, waiting=told["waiting"], page=page_of(request, stops)
    )
    return render(request, "stories/walk.html", context)


def walk_of(access: Access, pk: int) -> Buurtwandeling:
    return get_object_or_404(Buurtwandeling.objects.of(access.project).select_related("project"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def walk_go(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """On the way: one stop after the other."""
    access = gate(request, slug, May.COLLECT)
    found = walk_of(access, pk)
    if request.method != "POST" and not takes_stories(access.project, Story.Door.WALK):
        return render(request, "stories/closed.html", {"project": access.project})
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = StopForm(*data, walk=found)
    sent = attempt(form, submit_story, access.project, walk=found, by=access.user) if form.is_bound else None
    if request.headers.get(BY_PHONE):
        return JsonResponse(answer_for(form, sent), status=form_status(form))
    if sent:
        told = _("Halte %(number)s is verstuurd. Code om hem in te trekken: %(code)s")
        messages.success(request, told % {"number": sent[0].walk_stop, "code": sent[1]})
        return redirect("walk_go", slug, pk)
    context = {
        "access": access,
        "project": access.project,
        "gathering": found,
        "form": form,
        "reads": access.may(May.READ),
        "number": found.next_stop(),
    }
    return render(request, "stories/walk_go.html", context, status=form_status(form))


def answer_for(form: StopForm, sent: tuple[Story, str] | None) -> dict[str, Any]:
    """For the script of the page: the number and the code, or what is wrong."""
    if sent:
        return {"stop": sent[0].walk_stop, "code": sent[1]}
    return {"errors": [error for errors in form.errors.values() for error in errors]}


@never_cache
@require_safe
def walk_worker(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The script with which a phone can load the page of the walk again without a connection (https only)."""
    access = gate(request, slug, May.COLLECT)
    found = walk_of(access, pk)
    page = reverse("walk_go", args=[slug, found.pk])
    files = json.dumps([page, *(static(name) for name in FILES)])
    script = "text/javascript; charset=utf-8"
    return render(request, "stories/walk_worker.js", {"files": files}, content_type=script)
