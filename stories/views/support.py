"""Who supports the residents who collect stories."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.http import attempt, form_status, posted
from core.pages import page_of
from projects.access import Access, May, gate
from projects.models import Membership, Role
from projects.models.people import MembershipQuerySet
from stories.actions.gathering import give_support
from stories.forms.gathering import SupportForm
from stories.models import Steun


@require_safe
def collectors(request: HttpRequest, slug: str) -> HttpResponse:
    """Each verzamelaar with the professional they can turn to."""
    access = gate(request, slug, May.MANAGE)
    page = page_of(request, collecting(access).for_kernteam())
    supports = Steun.objects.filter(project=access.project, collector__in=[one.user_id for one in page])
    names = {one.collector_id: one.supporter for one in supports.select_related("supporter")}
    rows = [(membership, names.get(membership.user_id)) for membership in page]
    context = {"access": access, "project": access.project, "page": page, "rows": rows}
    return render(request, "stories/collectors.html", context)


def collecting(access: Access) -> MembershipQuerySet:
    return Membership.objects.of(access.project).filter(role=Role.VERZAMELAAR)


@require_http_methods(["GET", "HEAD", "POST"])
def collector_support(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.MANAGE)
    membership = get_object_or_404(collecting(access).select_related("user"), pk=pk)
    now = Steun.objects.filter(project=access.project, collector=membership.user).first()
    form = SupportForm(
        posted(request), project=access.project, initial={"supporter": now.supporter_id if now else None}
    )
    attempt(form, give_support, access.project, collector=membership.user, by=access.user)
    if form.is_bound and not form.errors:
        messages.success(request, _("De begeleider is bewaard."))
        return redirect("collectors", slug)
    context = {"access": access, "project": access.project, "membership": membership, "form": form}
    return render(request, "stories/collector_support.html", context, status=form_status(form))
