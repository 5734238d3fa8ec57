"""The places that residents name in published stories: a page, and a part that a lower page may fetch."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core.http import page_or_part
from core.pages import page_of
from projects.access import gate
from stories.models import Story

SHORT = 8


@require_safe
def story_places(request: HttpRequest, slug: str) -> HttpResponse:
    """Words only: a teller writes where something is, and nobody guesses where that lies on a map."""
    access = gate(request, slug)
    places = Story.objects.of(access.project).published().by_place()
    page = page_of(request, places)
    context = {
        "access": access,
        "project": access.project,
        "page": page,
        "first": page.object_list[:SHORT],
    }
    return page_or_part(request, "stories/places.html", context, part="story_places")
