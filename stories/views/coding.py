"""Making quotes of a published story."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.http import attempt, form_status
from projects.access import May, gate
from stories.actions import delete_quote, quote_story
from stories.forms.coding import QuoteForm
from stories.models import Quote, Story
from stories.sentences import sentences


@require_http_methods(["GET", "HEAD", "POST"])
def story_quotes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One published story in sentences; a member with the right to edit makes quotes of it."""
    access = gate(request, slug, May.EDIT if request.method == "POST" else May.READ)
    story = get_object_or_404(Story.objects.of(access.project).published().for_quotes(), pk=pk)
    lines = sentences(story.text)
    form = QuoteForm(request.POST if request.method == "POST" else None, lines=lines)
    quote = attempt(form, quote_story, story, by=access.user) if form.is_bound else None
    if quote:
        messages.success(request, _("Het citaat is gemaakt."))
        return redirect("story_quotes", slug, pk)
    context = {"access": access, "project": access.project, "story": story, "lines": lines, "form": form}
    return render(request, "stories/story.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def quote_delete(request: HttpRequest, slug: str, pk: int, quote_pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    quotes = Quote.objects.of(access.project).published().select_related("story")
    quote = get_object_or_404(quotes, pk=quote_pk, story_id=pk)
    if request.method == "POST":
        delete_quote(quote, by=access.user)
        messages.success(request, _("Het citaat is weg."))
        return redirect("story_quotes", slug, pk)
    context = {"access": access, "project": access.project, "quote": quote}
    return render(request, "stories/quote_delete.html", context)
