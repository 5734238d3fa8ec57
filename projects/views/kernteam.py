from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.http import attempt, form_status, posted
from core.pages import page_of
from projects import actions
from projects.access import Access, May, gate
from projects.forms.people import InviteForm, MemberForm
from projects.kernteam import missing_sides
from projects.models import Invitation, Membership, Side


@require_safe
def kernteam(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    members = Membership.objects.of(access.project)
    context = {
        "access": access,
        "project": access.project,
        "page": page_of(request, members.for_kernteam()),
        "missing": [Side(side).label for side in missing_sides(members.sides())],
        "moderated": members.filter(moderator=True).exists(),
        "invitations": open_invitations(access),
    }
    return render(request, "projects/kernteam.html", context)


def open_invitations(access: Access) -> QuerySet[Invitation]:
    rows = Invitation.objects.of(access.project).for_kernteam()
    return rows[:100] if access.manage else rows.none()


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.MANAGE)
    membership = member_of(access, pk)
    form = MemberForm(request.POST) if request.method == "POST" else MemberForm.of(membership)
    if attempt(form, actions.change_member, membership, by=access.user):
        messages.success(request, _("De rol is veranderd."))
        return redirect("kernteam", slug)
    context = {"access": access, "project": access.project, "membership": membership, "form": form}
    return render(request, "projects/member.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def member_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.MANAGE)
    if request.method == "POST":
        membership = Membership.objects.of(access.project).filter(pk=pk).select_related("user").first()
        if membership is not None:
            actions.remove_member(membership, by=access.user)
        messages.success(request, _("Deze persoon doet niet meer mee."))
        themselves = membership is not None and membership.user == access.user
        return redirect("projects") if themselves else redirect("kernteam", slug)
    context = {"access": access, "project": access.project, "membership": member_of(access, pk)}
    return render(request, "projects/member_remove.html", context)


def member_of(access: Access, pk: int) -> Membership:
    rows = Membership.objects.of(access.project).select_related("user", "project")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.MANAGE)
    form = InviteForm(posted(request), initial={"side": request.GET.get("namens", "")})
    invitation = attempt(form, actions.invite, access.project, by=access.user)
    if invitation:
        text = _("De uitnodiging voor %(name)s is verstuurd.")
        messages.success(request, text % {"name": invitation.name})
        return redirect("kernteam", slug)
    context = {"access": access, "project": access.project, "form": form}
    return render(request, "projects/invite.html", context, status=form_status(form))


@require_POST
def invitation_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.MANAGE)
    actions.withdraw_invitation(invitation_in(access, pk), by=access.user)
    messages.success(request, _("De uitnodiging is ingetrokken. De link werkt niet meer."))
    return redirect("kernteam", slug)


@require_POST
def invitation_resend(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.MANAGE)
    actions.resend_invitation(invitation_in(access, pk), by=access.user)
    messages.success(request, _("De uitnodiging is opnieuw verstuurd. De link werkt weer 14 dagen."))
    return redirect("kernteam", slug)


def invitation_in(access: Access, pk: int) -> Invitation:
    return get_object_or_404(Invitation.objects.of(access.project), pk=pk)
