"""Published stories on the projector."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core.http import page_or_part, wants_part
from projects.access import May, gate
from projects.chapters import Chapter
from stories.models import Theme
from stories.projecting import LAST, At, screen_of

MOST_THEMES = 200


@require_safe
def story_presentation(request: HttpRequest, slug: str) -> HttpResponse:
    """One screen; 204 when the page asks whether it still stands and nothing changed."""
    access = gate(request, slug, May.PRESENT)
    at = At.of(request.GET.dict())
    screen = screen_of(access.project, at)
    seen = request.GET.get("v")
    if seen and wants_part(request) and seen == screen.mark:
        return HttpResponse(status=204)
    context = {
        "access": access,
        "project": access.project,
        "screen": screen,
        "themes": Theme.objects.of(access.project)[:MOST_THEMES] if screen.number == 0 else [],
        "chapters": Chapter.choices,
        "start": replace(screen.at, number="0", part="1", pause=False).query,
        "end": replace(screen.at, number=LAST, part=LAST, pause=False).query,
        "part": wants_part(request),
    }
    return page_or_part(request, "stories/presentation.html", context, part="scherm")
