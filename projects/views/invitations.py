"""What the link in an invitation opens: join, log in first, or hear why it does not work."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.http import attempt, form_status, posted
from projects import actions
from projects.actions.invitations import invitation_of
from projects.forms.people import JoinForm
from projects.models import Invitation, Membership, Role, User


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    found = invitation_of(token)
    if found is None:
        return render(request, "projects/invitation_closed.html", {"why": "broken"}, status=404)
    why = why_closed(found)
    if why:
        context = {"why": why, "invitation": found}
        return render(request, "projects/invitation_closed.html", context, status=410)
    if request.user.is_authenticated:
        return accept_as(request, found)
    if User.objects.filter(email=found.email).exists():
        return render(request, "projects/invitation_login.html", {"invitation": found})
    return join_as_new(request, found)


def why_closed(found: Invitation) -> str:
    if found.accepted_at:
        return "used"
    if found.withdrawn_at:
        return "withdrawn"
    return "expired" if found.expired else ""


def accept_as(request: HttpRequest, found: Invitation) -> HttpResponse:
    right_user = request.user.email.lower() == found.email.lower()  # type: ignore[union-attr]
    if request.method == "POST" and right_user:
        membership = actions.accept_invitation(found, by=request.user)  # type: ignore[arg-type]
        return welcome(request, membership)
    context = {"invitation": found, "right_user": right_user}
    wrong = request.method == "POST" and not right_user
    return render(request, "projects/invitation_accept.html", context, status=409 if wrong else 200)


def join_as_new(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = JoinForm(posted(request), invitation=found)
    user = attempt(form, actions.join, found)
    if user is None:
        context = {"invitation": found, "form": form}
        return render(request, "projects/invitation_join.html", context, status=form_status(form))
    login(request, user)
    return welcome(request, Membership.objects.get(project=found.project, user=user))


def welcome(request: HttpRequest, membership: Membership) -> HttpResponse:
    text = _("Welkom. U doet nu mee aan %(place)s.") % {"place": membership.project.name}
    messages.success(request, text)
    if membership.role == Role.VERZAMELAAR:
        return redirect("story_collect", membership.project.slug)
    return redirect("project", membership.project.slug)
