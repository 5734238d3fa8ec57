"""Marking passages of a published story as quotes, and giving them themes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.http import attempt, form_status, page_or_part, posted
from projects.access import Access, May, gate
from stories.actions import delete_quote
from stories.actions.coding import code_passage, code_quote
from stories.coding.reading import last_step, stories_to_code, story_text, themes_of
from stories.coding.suggestions import suggestions_for
from stories.forms.coding import PassageForm, QuoteForm, ThemesForm
from stories.models import Quote, Story
from stories.sentences import sentences


@require_http_methods(["GET", "HEAD", "POST"])
def story_quotes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One published story with its quotes; a member with the right to edit makes quotes of it."""
    access = gate(request, slug, May.EDIT if request.method == "POST" else May.READ)
    story = get_object_or_404(stories_to_code(access.project), pk=pk)
    lines, known = sentences(story.text), themes_of(access.project) if access.edit else []
    form = QuoteForm(posted(request), story=story, lines=lines, known=known)
    if attempt(form, code_passage, story, by=access.user):
        messages.success(request, _("Het citaat is gemaakt."))
        return redirect("story_quotes", slug, pk)
    context = {**coding_context(access), "story": story, "shown": story_text(story), "form": form}
    return render(request, "stories/story.html", context, status=form_status(form))


@require_safe
def quote_suggestions(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Themes that may fit a passage that is marked but not kept."""
    access = gate(request, slug, May.EDIT)
    story = get_object_or_404(Story.objects.of(access.project).published(), pk=pk)
    form = PassageForm(request.GET)
    piece = story.text[form.cleaned_data["start"] : form.cleaned_data["end"]] if form.is_valid() else ""
    context = {
        "access": access,
        "project": access.project,
        "story": story,
        "piece": piece,
        "suggestions": suggestions_for(access.project, piece),
    }
    return page_or_part(request, "stories/suggestions.html", context, part="misschien")


@require_http_methods(["GET", "HEAD", "POST"])
def quote_edit(request: HttpRequest, slug: str, pk: int, quote_pk: int) -> HttpResponse:
    """The themes that you give to a quote, and its chapter."""
    access = gate(request, slug, May.EDIT)
    quote = quote_or_404(access, pk, quote_pk)
    mine = [one.theme_id for one in quote.codings.all() if one.coded_by_id == access.user.pk]
    start = {"themes": mine, "chapter": quote.chapter}
    known = themes_of(access.project)
    form = ThemesForm(posted(request), story=quote.story, known=known, initial=start)
    if attempt(form, code_quote, quote, by=access.user):
        messages.success(request, _("De thema’s van het citaat zijn bewaard."))
        return redirect("story_quotes", slug, pk)
    context = {
        **coding_context(access),
        "quote": quote,
        "form": form,
        "suggestions": suggestions_for(access.project, quote.text, without=mine),
    }
    return render(request, "stories/quote_form.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def quote_delete(request: HttpRequest, slug: str, pk: int, quote_pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    quote = quote_or_404(access, pk, quote_pk)
    if request.method == "POST":
        delete_quote(quote, by=access.user)
        messages.success(request, _("Het citaat is weg."))
        return redirect("story_quotes", slug, pk)
    context = {"access": access, "project": access.project, "quote": quote}
    return render(request, "stories/quote_delete.html", context)


def quote_or_404(access: Access, pk: int, quote_pk: int) -> Quote:
    quotes = Quote.objects.of(access.project).published().select_related("story").with_codings()
    return get_object_or_404(quotes, pk=quote_pk, story_id=pk)


def coding_context(access: Access) -> dict[str, Any]:
    """What every page of coding shows: who may do what, and the step that can be taken back."""
    step = last_step(access.project, access.user) if access.edit else None
    return {"access": access, "project": access.project, "step": step}
