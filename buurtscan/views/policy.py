from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from buurtscan.actions import policy as actions
from buurtscan.deepening import facts_for
from buurtscan.forms.policy import EditPolicyFactForm, PolicyFactForm
from buurtscan.timeline import Timeline
from buurtscan.views.deepening import asked_chapter
from core.forms import SearchForm
from core.http import attempt, form_status, posted
from core.pages import page_of
from projects.access import May, gate

FACTS_SHOWN = 50


@require_safe
def policy_facts(request: HttpRequest, slug: str) -> HttpResponse:
    """All that is known to come, over all chapters."""
    access = gate(request, slug)
    search = SearchForm(request.GET)
    page = page_of(request, facts_for(access, words=search.words), FACTS_SHOWN)
    context = {
        "access": access,
        "project": access.project,
        "search": search,
        "page": page,
        "timeline": Timeline.of(page.object_list, timezone.localdate().year),
    }
    return render(request, "buurtscan/deepening/policy_facts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def policy_fact_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    form = PolicyFactForm(posted(request), initial={"chapter": asked_chapter(request)})
    fact = attempt(form, actions.add_policy_fact, access.project, by=access.user)
    if fact is not None:
        messages.success(request, _("Het staat op de tijdlijn."))
        return redirect("scan_chapter", slug, fact.chapter)
    context = {"access": access, "project": access.project, "form": form}
    return render(request, "buurtscan/deepening/policy_fact_form.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def policy_fact_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    fact = get_object_or_404(facts_for(access), pk=pk)
    form = EditPolicyFactForm(posted(request), instance=fact, initial={"version": fact.version})
    if attempt(form, actions.edit_policy_fact, fact, by=access.user):
        messages.success(request, _("De verandering is bewaard."))
        return redirect("policy_facts", slug)
    if form.conflict:
        form.renew(fact)
    context = {"access": access, "project": access.project, "form": form, "fact": fact}
    return render(request, "buurtscan/deepening/policy_fact_form.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def policy_fact_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    if request.method == "POST":
        fact = facts_for(access).filter(pk=pk).first()
        if fact is not None:
            actions.delete_policy_fact(fact, by=access.user)
        messages.success(request, _("Het staat niet meer op de tijdlijn."))
        return redirect("policy_facts", slug)
    context = {
        "access": access,
        "project": access.project,
        "fact": get_object_or_404(facts_for(access), pk=pk),
    }
    return render(request, "buurtscan/deepening/policy_fact_delete.html", context)
