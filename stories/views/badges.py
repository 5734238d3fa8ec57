"""How much is told under a chapter: a small part that a lower page may fetch."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from core.http import wants_part
from projects.access import gate
from projects.chapters import Chapter
from stories.models import Story


@require_safe
def story_badge(request: HttpRequest, slug: str, chapter: str) -> HttpResponse:
    """The number of published stories; without htmx the stories themselves."""
    access = gate(request, slug)
    if chapter not in Chapter.values:
        raise Http404
    address = reverse("verhalen", args=[slug]) + "?" + urlencode({"about": chapter})
    if not wants_part(request):
        return redirect(address)
    number = Story.objects.of(access.project).published().filter(about=chapter).count()
    context = {"number": number, "address": address, "title": Chapter(chapter).label}
    response = render(request, "stories/badge.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
