"""The pages of the teller: no account, no JavaScript, no trace."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.http import attempt, form_status
from projects.access import access_of, public_project
from projects.models import Project
from stories import photos
from stories.actions import read_stories, submit_story, withdraw_story
from stories.actions.telling import find_by_code, takes_stories
from stories.attempts import count_miss, too_many_attempts
from stories.forms.telling import TellForm, WithdrawForm
from stories.models import Story

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


def show_code_once(request: HttpRequest, template: str, project: Project) -> HttpResponse:
    code = request.get_signed_cookie(CODE_COOKIE, default=None, salt=request.path, max_age=CODE_SECONDS)
    response = render(request, template, {"project": project, "code": code})
    response.delete_cookie(CODE_COOKIE, path=request.path, samesite="Lax")
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def story_form(request: HttpRequest, slug: str) -> HttpResponse:
    project = public_project(slug)
    if request.method != "POST" and not takes_stories(project):
        return render(request, "stories/closed.html", {"project": project})
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = TellForm(*data, project=project)
    sent = attempt(form, submit_story, project) if form.is_bound else None
    if sent:
        thanks = reverse("story_thanks", args=[slug])
        return with_code(redirect(thanks), thanks, sent[1])
    return render(request, "stories/tell.html", {"project": project, "form": form}, status=form_status(form))


@login_not_required
@never_cache
@require_GET
def story_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    return show_code_once(request, "stories/thanks.html", public_project(slug))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def story_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """The first step: the code brings up the story and the question."""
    project = public_project(slug)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and too_many_attempts(request):
        return render(request, "stories/too_many.html", {"project": project}, status=429)
    story = attempt(form, find_by_code) if form.is_bound else None
    if form.is_bound and story is None:
        count_miss(request)
    context = {"project": project, "form": form, "story": story}
    return render(request, "stories/withdraw.html", context, status=form_status(form))


@login_not_required
@never_cache
@require_POST
def story_withdraw_sure(request: HttpRequest, slug: str) -> HttpResponse:
    """The second step: the story goes."""
    project = public_project(slug)
    if too_many_attempts(request):
        return render(request, "stories/too_many.html", {"project": project}, status=429)
    form = WithdrawForm(request.POST)
    attempt(form, withdraw_story)
    if not form.errors:
        return redirect("story_withdrawn", slug)
    count_miss(request)
    context = {"project": project, "form": form}
    return render(request, "stories/withdraw.html", context, status=form_status(form))


@login_not_required
@require_GET
def story_withdrawn(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "stories/withdrawn.html", {"project": public_project(slug)})


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
    return picture_response(story, small=size == "klein")


def picture_response(story: Story, *, small: bool) -> HttpResponse:
    name = photos.small_name(story.photo.image) if small else story.photo.image
    try:
        with photos.private().open(name) as file:
            response = HttpResponse(file.read(), content_type="image/jpeg")
    except FileNotFoundError:
        raise Http404 from None
    response["Content-Disposition"] = 'inline; filename="foto.jpg"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=300" if story.is_published else "private, no-store"
    return response
