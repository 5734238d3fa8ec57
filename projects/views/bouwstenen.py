from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.http import attempt, form_status
from projects import actions
from projects.access import May, gate
from projects.bouwstenen import BRICK
from projects.forms.bouwstenen import StatusForm


@require_POST
def bouwsteen_status(request: HttpRequest, slug: str, bouwsteen: str) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    brick = BRICK.get(bouwsteen)
    if brick is None:
        raise Http404
    form = StatusForm(request.POST)
    if attempt(form, actions.set_status, access.project, bouwsteen, by=access.user):
        messages.success(request, _("De stand van deze bouwsteen is bewaard."))
        return redirect(brick.address(slug))
    address = brick.address(slug)
    context = {"access": access, "project": access.project, "brick": brick, "form": form, "address": address}
    return render(request, "projects/bouwsteen_status.html", context, status=form_status(form))
