"""The pages on which somebody enters the story of another."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from core.http import attempt, form_status
from projects.access import Access, May, gate
from projects.models import User
from stories.actions import submit_story
from stories.actions.telling import takes_stories
from stories.forms.collecting import CollectForm
from stories.models import Buurtwandeling, Steun, Story, Verhalenavond
from stories.spots import TILES
from stories.views.public import show_code_once, with_code

WALKS = 3  # the newest: a collector sees no list of them


def evening_of(request: HttpRequest, access: Access) -> Verhalenavond | None:
    """The evening in the address, so that many stories in a row need it said once."""
    number = request.GET.get("avond", "")
    evenings = Verhalenavond.objects.of(access.project)
    return evenings.filter(pk=int(number)).first() if number.isascii() and number.isdigit() else None


def supporter_of(access: Access) -> User | None:
    """The professional this collector can turn to."""
    given = Steun.objects.filter(project=access.project, collector=access.user).select_related("supporter")
    return next((support.supporter for support in given), None)


@require_http_methods(["GET", "HEAD", "POST"])
def story_collect(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.COLLECT)
    project = access.project
    if request.method != "POST" and not takes_stories(project, Story.Door.HELPER):
        return render(request, "stories/closed.html", {"project": project})
    evening = evening_of(request, access)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CollectForm(*data, project=project, evening=evening)
    sent = attempt(form, submit_story, project, by=access.user) if form.is_bound else None
    if sent:
        done = reverse("story_collected", args=[slug])
        again = f"?{urlencode({'avond': sent[0].evening_id})}" if sent[0].evening_id else ""
        return with_code(redirect(f"{done}{again}"), done, sent[1])
    context = {
        "project": project,
        "form": form,
        "evening": evening,
        "number": evening.stories.count() + 1 if evening else 0,
        "walks": [] if evening else Buurtwandeling.objects.of(project).order_by("-on", "-pk")[:WALKS],
        "reads": access.may(May.READ),
        "supporter": supporter_of(access),
        "tiles": settings.MAP_TILES_HOST + TILES,
    }
    return render(request, "stories/collect.html", context, status=form_status(form))


@never_cache
@require_GET
def story_collected(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.COLLECT)
    evening = evening_of(request, access)
    return show_code_once(request, "stories/collected.html", access.project, evening=evening)
