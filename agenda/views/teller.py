"""What became of a story, for its teller: with the code alone, no account and no trace."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agenda.following import followed
from core.http import attempt, form_status, posted
from projects.access import public_project
from stories.actions.withdrawing import find_by_code
from stories.attempts import count_miss, too_many_attempts
from stories.forms.telling import WithdrawForm
from stories.languages import in_own_language


@login_not_required
@in_own_language
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def story_followed(request: HttpRequest, slug: str) -> HttpResponse:
    """The code brings up where the story stands. A wrong code counts, as where a story is taken back."""
    project = public_project(slug)
    form = WithdrawForm(posted(request))
    if form.is_bound and too_many_attempts(request):
        return render(request, "stories/too_many.html", {"project": project}, status=429)
    story = attempt(form, find_by_code) if form.is_bound else None
    if form.is_bound and story is None:
        count_miss(request)
    context = {"project": project, "form": form, "followed": followed(story) if story else None}
    return render(request, "agenda/teller.html", context, status=form_status(form))
