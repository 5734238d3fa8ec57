"""Taking a story back: with the code alone, no account and no trace."""

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.http import attempt, form_status
from projects.access import May, gate, public_project
from stories import actions
from stories.actions import withdraw_story
from stories.actions.withdrawing import find_by_code, handed_out
from stories.attempts import count_miss, too_many_attempts
from stories.forms.telling import WithdrawForm
from stories.languages import chosen, in_own_language
from stories.models import Withdrawal

SALT = "stories.handed_out"
MOST = 20  # places in an address


@login_not_required
@in_own_language
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def story_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """The first step: the code brings up the story, where it was handed out, and the question."""
    project = public_project(slug)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and too_many_attempts(request):
        return render(request, "stories/too_many.html", {"project": project}, status=429)
    story = attempt(form, find_by_code) if form.is_bound else None
    if form.is_bound and story is None:
        count_miss(request)
    context = {"project": project, "form": form, "story": story, "where": handed_out(story) if story else []}
    return render(request, "stories/withdraw.html", context, status=form_status(form))


@login_not_required
@in_own_language
@never_cache
@require_POST
def story_withdraw_sure(request: HttpRequest, slug: str) -> HttpResponse:
    """The second step: the story goes."""
    project = public_project(slug)
    if too_many_attempts(request):
        return render(request, "stories/too_many.html", {"project": project}, status=429)
    form = WithdrawForm(request.POST)
    where = attempt(form, withdraw_story)
    if where is not None:
        return redirect(done_address(slug, where))
    count_miss(request)
    context = {"project": project, "form": form}
    return render(request, "stories/withdraw.html", context, status=form_status(form))


def done_address(slug: str, where: list[str]) -> str:
    """The last page; what it must say travels signed in its address, so that nothing is kept."""
    address = reverse("story_withdrawn", args=[slug])
    signed = signing.dumps(where[:MOST], salt=SALT, compress=True)
    asked = {"taal": chosen(), **({"waar": signed} if where else {})}
    return f"{address}?{urlencode(asked)}"


@login_not_required
@in_own_language
@never_cache
@require_GET
def story_withdrawn(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        where = signing.loads(request.GET.get("waar", ""), salt=SALT, max_age=3600)
    except signing.BadSignature:
        where = []
    context = {"project": public_project(slug), "where": where}
    return render(request, "stories/withdrawn.html", context)


@require_POST
def withdrawal_seen(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The kernteam ticks off that a story which was handed out has been taken back."""
    access = gate(request, slug, May.EDIT)
    notice = get_object_or_404(Withdrawal.objects.filter(project=access.project), pk=pk)
    actions.see_withdrawal(notice, by=access.user)
    return redirect("verhalen", slug)
