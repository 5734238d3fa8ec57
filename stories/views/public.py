"""The pages of the teller: no account, no JavaScript, no trace."""

from typing import Any

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from core.http import attempt, form_status
from projects.access import access_of, public_project
from projects.models import Project
from stories import photos
from stories.actions import read_stories
from stories.actions.telling import receive_story, takes_stories
from stories.attempts import device_of
from stories.forms.telling import TellForm
from stories.languages import CHECKED, chosen, in_own_language
from stories.models import Language, Story
from stories.spots import TILES

CODE_COOKIE = "verhaalcode"
CODE_SECONDS = 600


def with_code(response: HttpResponse, path: str, code: str) -> HttpResponse:
    """The next page shows the code once; it travels in a signed cookie, never in an address."""
    response.set_signed_cookie(
        CODE_COOKIE,
        code,
        salt=path,
        path=path,
        max_age=CODE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def show_code_once(request: HttpRequest, template: str, project: Project, **more: Any) -> HttpResponse:
    code = request.get_signed_cookie(CODE_COOKIE, default=None, salt=request.path, max_age=CODE_SECONDS)
    context = {"project": project, "code": code, "door": way_back(project, code) if code else None, **more}
    response = render(request, template, context)
    response.delete_cookie(CODE_COOKIE, path=request.path, samesite="Lax")
    return response


def way_back(project: Project, code: str) -> dict[str, str]:
    """The page to withdraw as a QR code. The code follows a #, which no browser sends and no server logs."""
    address = settings.SITE_URL + reverse("story_withdraw", args=[project.slug])
    picture = segno.make(f"{address}?taal={chosen()}#code={code}", error="m").svg_inline(
        scale=6, border=2, title=_("QR-code om het verhaal in te trekken"), omitsize=True
    )
    return {"address": address, "picture": picture}


@login_not_required
@require_safe
def story_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The first screen: in which language?"""
    project = public_project(slug)
    context = {"project": project, "languages": list(Language)}
    return render(
        request, "stories/languages.html" if takes_stories(project) else "stories/closed.html", context
    )


@login_not_required
@in_own_language
@require_http_methods(["GET", "HEAD", "POST"])
def story_tell(request: HttpRequest, slug: str, taal: str) -> HttpResponse:
    project = public_project(slug)
    if request.method != "POST" and not takes_stories(project):
        return render(request, "stories/closed.html", {"project": project})
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = TellForm(*data, project=project, language=taal)
    sent = attempt(form, receive_story, project, device=device_of(request)) if form.is_bound else None
    if sent:
        thanks = reverse("story_thanks", args=[slug, taal])
        return with_code(redirect(thanks), thanks, sent[1])
    context = {
        "project": project,
        "form": form,
        "taal": taal,
        "checked": taal in CHECKED,
        "tiles": settings.MAP_TILES_HOST + TILES,
    }
    return render(request, "stories/tell.html", context, status=form_status(form))


@login_not_required
@in_own_language
@never_cache
@require_GET
def story_thanks(request: HttpRequest, slug: str, taal: str) -> HttpResponse:
    return show_code_once(request, "stories/thanks.html", public_project(slug))


@login_not_required
@require_GET
def story_photo(request: HttpRequest, slug: str, pk: int, size: str = "groot") -> HttpResponse:
    """The picture of a published story for everybody; of another story for moderators only."""
    story = Story.objects.filter(project__slug=slug, pk=pk).select_related("photo").first()
    if story is None or not hasattr(story, "photo") or not story.photo.image:
        raise Http404
    if not story.is_published:
        access = access_of(request.user, slug)
        if access is None or not access.moderate:
            raise Http404
        read_stories([story], by=access.user)
    return picture_response(request, story, small=size == "klein")


def picture_response(request: HttpRequest, story: Story, *, small: bool) -> HttpResponse:
    """A browser may keep a public picture, but asks each time whether it is still public."""
    name = photos.small_name(story.photo.image) if small else story.photo.image
    try:
        with photos.private().open(name) as file:
            response = HttpResponse(file.read(), content_type="image/jpeg")
    except FileNotFoundError:
        raise Http404 from None
    response["Content-Disposition"] = 'inline; filename="foto.jpg"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache" if story.is_published else "private, no-store"
    response["ETag"] = mark = quote_etag(name)
    return get_conditional_response(request, etag=mark, response=response) or response
