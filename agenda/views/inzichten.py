from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agenda import actions
from agenda.evidence import inzicht_lines
from agenda.forms.inzichten import FindForm, InzichtFilter, InzichtForm
from agenda.models import Inzicht
from agenda.overview import chapter_rows, next_inzicht
from agenda.picker import figure_choices, story_choices
from core.http import attempt, form_status, page_or_part, posted
from core.pages import page_of
from projects.access import Access, May, gate
from projects.chapters import Chapter

PARTS = {"figures", "stories"}


@require_safe
def tellen_vertellen(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    chosen = InzichtFilter(request.GET)
    rows = chapter_rows(access.project)
    page = page_of(request, chosen.narrow(Inzicht.objects.of(access.project).for_tellen_vertellen()))
    lines = inzicht_lines(access.project, page.object_list)
    context = {
        "access": access,
        "project": access.project,
        "rows": rows,
        "next": next_inzicht(rows),
        "filter": chosen,
        "page": page,
        "shown": [(inzicht, lines[inzicht.pk]) for inzicht in page.object_list],
    }
    return page_or_part(
        request, "agenda/tellen_vertellen.html", context, part="inzichten", status=form_status(chosen)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def inzicht_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    if "find" in request.POST:
        return inzicht_page(request, access, still_typing(request, access))
    chapter = request.GET.get("hoofdstuk", "")
    start = {"chapter": chapter if chapter in Chapter.values else ""}
    form = InzichtForm(access.project, posted(request), initial=start)
    if attempt(form, actions.add_inzicht, access.project, by=access.user):
        messages.success(request, _("Het inzicht is bewaard."))
        return redirect("tellen_vertellen", slug)
    return inzicht_page(request, access, form)


@require_http_methods(["GET", "HEAD", "POST"])
def inzicht_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    inzicht = get_object_or_404(Inzicht.objects.of(access.project), pk=pk)
    if "find" in request.POST:
        return inzicht_page(request, access, still_typing(request, access, inzicht), inzicht)
    start = {"version": inzicht.version}
    form = InzichtForm(access.project, posted(request), instance=inzicht, initial=start)
    if attempt(form, actions.edit_inzicht, inzicht, by=access.user):
        messages.success(request, _("Het inzicht is bewaard."))
        return redirect("tellen_vertellen", slug)
    return inzicht_page(request, access, form, inzicht)


@require_http_methods(["GET", "HEAD", "POST"])
def inzicht_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    rows = Inzicht.objects.of(access.project)
    if request.method == "POST":
        inzicht = rows.filter(pk=pk).first()
        if inzicht is not None:
            actions.delete_inzicht(inzicht, by=access.user)
        messages.success(request, _("Het inzicht is weg."))
        return redirect("tellen_vertellen", slug)
    inzicht = get_object_or_404(rows.prefetch_related("agendapunten"), pk=pk)
    context = {"access": access, "project": access.project, "inzicht": inzicht}
    return render(request, "agenda/inzicht_delete.html", context)


def still_typing(request: HttpRequest, access: Access, inzicht: Inzicht | None = None) -> InzichtForm:
    """Searching saves nothing and judges nothing: the form comes back as it was typed."""
    texts = ("title", "chapter", "relation", "text", "version")
    typed = {name: request.POST[name] for name in texts if name in request.POST}
    return InzichtForm(access.project, instance=inzicht, initial=typed)


def inzicht_page(
    request: HttpRequest, access: Access, form: InzichtForm, inzicht: Inzicht | None = None
) -> HttpResponse:
    if inzicht is not None and form.conflict:
        form.renew(inzicht)
    find = FindForm(posted(request), initial=first_search(request, inzicht), project=access.project)
    context = {
        "access": access,
        "project": access.project,
        "form": form,
        "find": find,
        "inzicht": inzicht,
        **choices(request, access, find, inzicht),
    }
    part = request.POST.get("find", "")
    return page_or_part(
        request,
        "agenda/inzicht_form.html",
        context,
        part=part if part in PARTS else None,
        status=form_status(form),
    )


def first_search(request: HttpRequest, inzicht: Inzicht | None) -> dict[str, str]:
    chapter = inzicht.chapter if inzicht else request.GET.get("hoofdstuk", "")
    chapter = chapter if chapter in Chapter.values else ""
    return {"figure_chapter": chapter, "story_chapter": chapter}


def choices(request: HttpRequest, access: Access, find: FindForm, inzicht: Inzicht | None) -> dict[str, Any]:
    """What is ticked (as posted, else as kept) and what the search finds."""
    figures, quotes, passages = (request.POST.getlist(name) for name in ("figures", "quotes", "passages"))
    if inzicht is not None and request.method != "POST":
        figures = [str(pk) for pk in inzicht.figures.values_list("pk", flat=True)]
        quotes = [str(pk) for pk in inzicht.quotes.values_list("pk", flat=True)]
    return {
        "figure_choices": figure_choices(
            access.project, figures, q=find.value("figure_q"), chapter=find.value("figure_chapter")
        ),
        "story_choices": story_choices(
            access.project,
            quotes,
            passages,
            q=find.value("story_q"),
            chapter=find.value("story_chapter"),
            theme=find.value("story_theme"),
        ),
    }
