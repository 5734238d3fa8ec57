"""The pages on which somebody enters the story of another."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from core.http import attempt, form_status
from projects.access import May, gate
from stories.actions import submit_story
from stories.actions.telling import takes_stories
from stories.forms.collecting import CollectForm
from stories.models import Story
from stories.views.public import show_code_once, with_code


@require_http_methods(["GET", "HEAD", "POST"])
def story_collect(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.COLLECT)
    project = access.project
    if request.method != "POST" and not takes_stories(project, Story.Door.HELPER):
        return render(request, "stories/closed.html", {"project": project})
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CollectForm(*data, project=project)
    sent = attempt(form, submit_story, project, by=access.user) if form.is_bound else None
    if sent:
        done = reverse("story_collected", args=[slug])
        return with_code(redirect(done), done, sent[1])
    context = {"project": project, "form": form, "reads": access.may(May.READ)}
    return render(request, "stories/collect.html", context, status=form_status(form))


@never_cache
@require_GET
def story_collected(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.COLLECT)
    return show_code_once(request, "stories/collected.html", access.project)
