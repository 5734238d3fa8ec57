from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.http import attempt, form_status, page_or_part, posted
from core.pages import page_of
from projects import actions
from projects.access import May, gate
from projects.coalition import forgotten_kinds
from projects.forms.partijen import EditPartyForm, PartyFilter, PartyForm
from projects.models import Party, PartyKind


@require_safe
def partijen(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    rows = Party.objects.of(access.project)
    kinds = set(rows.order_by().values_list("kind", flat=True).distinct())
    form = PartyFilter(request.GET)
    found = rows.of_kind(form.wanted_kind).search(form.words) if form.is_valid() else rows.none()
    context = {
        "access": access,
        "project": access.project,
        "filter": form,
        "page": page_of(request, found),
        "any_party": bool(kinds),
        "forgotten": [PartyKind(kind).label for kind in forgotten_kinds(kinds)],
    }
    return page_or_part(
        request, "projects/partijen.html", context, part="party-list", status=form_status(form)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def party_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    form = PartyForm(posted(request))
    party = attempt(form, actions.add_party, access.project, by=access.user)
    if party:
        messages.success(request, _("%(name)s staat nu op de lijst.") % {"name": party.name})
        return redirect("partijen", slug)
    context = {"access": access, "project": access.project, "form": form}
    return render(request, "projects/party_form.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def party_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    party = get_object_or_404(Party.objects.of(access.project).select_related("project"), pk=pk)
    form = EditPartyForm(request.POST) if request.method == "POST" else EditPartyForm.of(party)
    if attempt(form, actions.edit_party, party, by=access.user):
        messages.success(request, _("De verandering is bewaard."))
        return redirect("partijen", slug)
    context = {"access": access, "project": access.project, "form": form, "party": party}
    return render(request, "projects/party_form.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def party_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    rows = Party.objects.of(access.project)
    if request.method == "POST":
        party = rows.filter(pk=pk).first()
        if party is not None:
            actions.delete_party(party, by=access.user)
        messages.success(request, _("Deze partij staat niet meer op de lijst."))
        return redirect("partijen", slug)
    context = {"access": access, "project": access.project, "party": get_object_or_404(rows, pk=pk)}
    return render(request, "projects/party_delete.html", context)
