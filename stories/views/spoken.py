"""A spoken story and a photo with words: the pages of residents, and typing out by a moderator."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from core.http import attempt, form_status, posted
from core.pages import page_of
from core.ranges import ranged
from projects.access import public_project
from stories.actions import read_stories
from stories.actions.spoken import speak_story, type_out
from stories.actions.telling import receive_story, takes_stories
from stories.attempts import device_of
from stories.forms.spoken import PhotoForm, SpokenForm, TypeOutForm
from stories.forms.telling import TellForm
from stories.languages import CHECKED, in_own_language
from stories.models import Story
from stories.sounds import MINUTES
from stories.views.moderation import moderator_gate
from stories.views.public import with_code

WITH_OWN_RECORDING: dict[str, Any] = {**settings.SECURE_CSP, "media-src": [CSP.SELF, "blob:"]}
DOORS: dict[str, tuple[type[TellForm], Any]] = {
    "gesproken": (SpokenForm, speak_story),
    "foto": (PhotoForm, receive_story),
}


@login_not_required
@csp_override(WITH_OWN_RECORDING)
@in_own_language
@require_http_methods(["GET", "HEAD", "POST"])
def story_door(request: HttpRequest, slug: str, taal: str, way: str) -> HttpResponse:
    """The door `way`: one short page, without JavaScript a file to choose."""
    project = public_project(slug)
    if request.method != "POST" and not takes_stories(project):
        return render(request, "stories/closed.html", {"project": project})
    form_class, action = DOORS[way]
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = form_class(*data, project=project, language=taal)
    sent = attempt(form, action, project, device=device_of(request)) if form.is_bound else None
    if sent:
        thanks = reverse("story_thanks", args=[slug, taal])
        return with_code(redirect(thanks), thanks, sent[1])
    context = {
        "project": project,
        "form": form,
        "taal": taal,
        "way": way,
        "checked": taal in CHECKED,
        "minutes": MINUTES,
    }
    return render(request, "stories/door.html", context, status=form_status(form))


@never_cache
@require_safe
def spoken_stories(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits to be typed out, oldest first."""
    access = moderator_gate(request, slug)
    waiting = Story.objects.of(access.project).spoken().select_related("audio").order_by("told_on", "pk")
    context = {"access": access, "project": access.project, "page": page_of(request, waiting)}
    return render(request, "stories/spoken.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def spoken_story(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = moderator_gate(request, slug)
    stories = Story.objects.of(access.project).exclude(audio=None).select_related("audio")
    story = get_object_or_404(stories, pk=pk)
    form = TypeOutForm(posted(request), story=story)
    if attempt(form, type_out, story, by=access.user):
        messages.success(request, _("Het verhaal is uitgetypt. Het wacht nu op een moderator."))
        return redirect("spoken_stories", slug)
    context = {"access": access, "project": access.project, "story": story, "form": form}
    return render(request, "stories/spoken_story.html", context, status=form_status(form))


@never_cache
@require_GET
def story_sound(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The sound, for moderators only; each listening is recorded once, not each jump of the player."""
    access = moderator_gate(request, slug)
    stories = Story.objects.of(access.project).exclude(audio=None).select_related("audio")
    story = get_object_or_404(stories, pk=pk)
    try:
        file = storages["private"].open(story.audio.file)
    except (OSError, ValueError):
        raise Http404 from None
    if request.headers.get("Range", "bytes=0-") == "bytes=0-":
        read_stories([story], by=access.user)
    response = ranged(request, file, story.audio.size, story.audio.media_type)  # type: ignore[arg-type]
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response
