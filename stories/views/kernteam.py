"""The bouwsteen Verhalen for the kernteam, and the page on which a helper enters a story."""

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from core.http import attempt, form_status, page_or_part
from core.pages import page_of
from projects.access import May, gate
from projects.models import Project
from stories.actions import delete_quote, quote_story, submit_story
from stories.actions.telling import takes_stories
from stories.forms import CollectForm, FilterForm, QuoteForm
from stories.models import Quote, Story
from stories.sentences import sentences
from stories.views.public import show_code_once, with_code


def door_of(project: Project) -> dict[str, str]:
    """Where residents find the form: its address, and that as a QR code."""
    address = settings.SITE_URL + reverse("story_form", args=[project.slug])
    picture = segno.make(address, error="m").svg_inline(
        scale=6, border=2, title=_("QR-code van het verhalenformulier"), omitsize=True
    )
    return {"address": address, "picture": picture}


@require_GET
def verhalen(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    stories = Story.objects.of(access.project)
    form = FilterForm(request.GET)
    found = stories.published().for_list()
    if form.is_valid():
        found = found.matching(**form.cleaned_data)
    context = {
        "access": access,
        "project": access.project,
        "counts": stories.count_by_state(),
        "form": form,
        "open": takes_stories(access.project),
        "page": page_of(request, found),
        "door": door_of(access.project),
    }
    return page_or_part(request, "stories/verhalen.html", context, part="stories", status=form_status(form))


@require_GET
def story_poster(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    context = {"access": access, "project": access.project, "door": door_of(access.project)}
    return render(request, "stories/poster.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def story_collect(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.COLLECT)
    project = access.project
    if request.method != "POST" and not takes_stories(project, Story.Door.HELPER):
        return render(request, "stories/closed.html", {"project": project})
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CollectForm(*data, project=project)
    sent = attempt(form, submit_story, project, by=access.user) if form.is_bound else None
    if sent:
        done = reverse("story_collected", args=[slug])
        return with_code(redirect(done), done, sent[1])
    context = {"project": project, "form": form, "reads": access.may(May.READ)}
    return render(request, "stories/collect.html", context, status=form_status(form))


@never_cache
@require_GET
def story_collected(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.COLLECT)
    return show_code_once(request, "stories/collected.html", access.project)


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
