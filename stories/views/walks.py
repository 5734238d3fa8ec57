"""A walk through the neighbourhood: what was seen and told at each stop."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.pages import page_of
from projects.access import gate
from stories.models import Buurtwandeling
from stories.views.gatherings import context_of, stories_at


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
