"""Zorgsignalen: stories that show somebody in danger. For moderators alone, and in no outlet."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from core.http import attempt, form_status
from core.pages import page_of
from projects.access import Access
from stories import actions
from stories.forms.judging import CareForm, CloseCareForm, JudgeForm
from stories.models import CareSignal, Story
from stories.queue import queue_items, readable
from stories.views.moderation import judge, moderator_gate


@never_cache
@require_GET
def care_signals(request: HttpRequest, slug: str) -> HttpResponse:
    return care_page(request, moderator_gate(request, slug))


def care_page(request: HttpRequest, access: Access, refused: CloseCareForm | None = None) -> HttpResponse:
    """Open ones first; with a form that did not go through, only its own story."""
    stories = Story.objects.of(access.project).for_care()
    page = page_of(request, stories.filter(pk=refused.story.pk) if refused else stories)
    actions.read_stories(readable(page, by=access.user), by=access.user)
    context = {
        "access": access,
        "project": access.project,
        "page": page,
        "items": queue_items(page, by=access.user, refused=refused),
    }
    return render(request, "stories/care.html", context, status=form_status(refused) if refused else 200)


@require_POST
def story_care(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    text = _("Het verhaal is nu een zorgsignaal. Kijk bij Zorgsignalen wat u nu doet.")
    return judge(request, slug, pk, CareForm, actions.raise_care, text)


@require_POST
def care_close(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = moderator_gate(request, slug)
    signals = CareSignal.objects.select_related("story__project").filter(story__state=Story.State.CARE)
    signal = get_object_or_404(signals, story__in=Story.objects.of(access.project).filter(pk=pk))
    form = CloseCareForm(request.POST, story=signal.story)
    if attempt(form, actions.close_care, signal, by=access.user):
        messages.success(request, _("Het zorgsignaal is gesloten."))
        return redirect("care_signals", slug)
    return care_page(request, access, form)


@require_POST
def care_return(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    text = _("Het verhaal ligt weer op de stapel. Twee moderatoren lezen het voordat het openbaar is.")
    return judge(request, slug, pk, JudgeForm, actions.return_from_care, text)
