"""Joining and splitting themes, and the steps that can be taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError
from core.http import attempt, form_status, posted
from core.pages import page_of
from projects.access import Access, May, gate
from stories.actions.themes import merge_themes, seen_of, split_theme
from stories.actions.undoing import undo_step
from stories.forms.themes import MergeForm, SplitForm
from stories.models import CodingStep, Quote, Theme
from stories.views.coding import coding_context

SPLIT_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def theme_merge(request: HttpRequest, slug: str) -> HttpResponse:
    """Themes that were ticked in the codebook become one."""
    access = gate(request, slug, May.EDIT)
    source = request.POST if request.method == "POST" else request.GET
    themes = Theme.objects.of(access.project).filter(pk__in=ids_in(source)).with_counts()
    most = max(themes, key=lambda one: one.counts.quotes, default=None)
    start = {
        "themes": [one.pk for one in themes],
        "into": most.pk if most else None,
        "seen": seen_of(themes),
    }
    form = MergeForm(posted(request), themes=themes, initial=start)
    kept = attempt(form, merge_themes, access.project, by=access.user)
    if kept:
        messages.success(request, _("De thema’s zijn samengevoegd tot “%(name)s”.") % {"name": kept.name})
        return redirect("theme", slug, kept.pk)
    context = {"access": access, "project": access.project, "form": form, "themes": themes}
    return render(request, "stories/theme_merge.html", context, status=form_status(form))


def ids_in(source: QueryDict) -> list[int]:
    """Ids that a row can have; other text is no theme."""
    values = source.getlist("themes")
    return [int(one) for one in values if one.isascii() and one.isdigit() and len(one) < 19][:500]


@require_http_methods(["GET", "HEAD", "POST"])
def theme_split(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Some quotes of a theme go to another one."""
    access = gate(request, slug, May.EDIT)
    theme = get_object_or_404(Theme.objects.of(access.project), pk=pk)
    every = Quote.objects.published().filter(codings__theme=theme).distinct()
    shown = list(every.for_choice().with_codings()[:SPLIT_SHOWN])
    others = list(Theme.objects.of(access.project).exclude(pk=pk).order_by("name"))
    known = [quote.pk for quote in shown]
    form = SplitForm(posted(request), quotes=known, others=others, initial={"version": theme.version})
    target = attempt(form, split_theme, theme, by=access.user)
    if target:
        text = _("De citaten horen nu bij “%(name)s”.")
        messages.success(request, text % {"name": target.name})
        return redirect("theme", slug, target.pk)
    context = {
        "access": access,
        "project": access.project,
        "theme": theme,
        "form": form,
        "quotes": shown,
        "more": max(0, every.count() - len(shown)),
    }
    return render(request, "stories/theme_split.html", context, status=form_status(form))


@require_safe
def coding_steps(request: HttpRequest, slug: str) -> HttpResponse:
    return steps_page(request, gate(request, slug))


@require_POST
def coding_undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    step = get_object_or_404(CodingStep.objects.filter(project=access.project), pk=pk)
    try:
        undo_step(step, by=access.user)
    except DomainError as refusal:
        return steps_page(request, access, refusal=refusal.message, status=409)
    messages.success(request, _("De stap is teruggedraaid: %(step)s.") % {"step": step.told})
    return redirect("coding_steps", slug)


def steps_page(request: HttpRequest, access: Access, *, refusal: str = "", status: int = 200) -> HttpResponse:
    steps = CodingStep.objects.filter(project=access.project).select_related("by")
    context = {**coding_context(access), "page": page_of(request, steps), "refusal": refusal}
    return render(request, "stories/coding_steps.html", context, status=status)
