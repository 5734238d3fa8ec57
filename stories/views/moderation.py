"""The queue of the moderators: the only ones who read what is not public, each reading recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from core.http import attempt, form_status, page_or_part, wants_part
from core.pages import page_of
from projects.access import Access, May, gate
from projects.models import Membership
from stories import actions
from stories.actions.judging import Outcome
from stories.forms.judging import FacesForm, JudgeForm, MaskForm, NextForm, RejectForm, TogetherForm
from stories.logbook import lines_of, records_of
from stories.models import Story, StoryQuerySet
from stories.queue import queue_items, readable

TABS: dict[str, Callable[[StoryQuerySet], StoryQuerySet]] = {
    "": StoryQuerySet.to_judge,
    "aangehouden": StoryQuerySet.held,
    "tweede": StoryQuerySet.for_second_reader,
    "afgewezen": StoryQuerySet.rejected,
    "gepubliceerd": StoryQuerySet.published,
}
ALONE = 1
AT_ONCE = 8  # of a page; each story has its own forms
LOG_LINES = 50


def moderator_gate(request: HttpRequest, slug: str) -> Access:
    try:
        return gate(request, slug, May.MODERATE)
    except PermissionDenied:
        text = _(
            "Alleen moderatoren lezen verhalen die nog niet openbaar zijn. Dat is een taak op naam: ook een "
            "coördinator heeft die niet vanzelf. De coördinator kan de taak geven op de pagina van het kernteam."
        )
        raise PermissionDenied(text) from None


def is_alone(access: Access) -> bool:
    """Nobody else in the project could be the second reader."""
    return Membership.objects.of(access.project).filter(moderator=True).count() <= ALONE


# --- the queue ----------------------------------------------------------------------------
@never_cache
@require_GET
def moderation(request: HttpRequest, slug: str) -> HttpResponse:
    return queue_page(request, moderator_gate(request, slug), TogetherForm())


def queue_page(request: HttpRequest, access: Access, together: TogetherForm) -> HttpResponse:
    tab = request.GET.get("staat", "")
    chosen = TABS.get(tab, StoryQuerySet.to_judge)
    stories = Story.objects.of(access.project)
    page = page_of(request, chosen(stories).for_queue(), AT_ONCE)
    actions.read_stories(readable(page, by=access.user), by=access.user)
    context = {
        "access": access,
        "project": access.project,
        "tab": tab if tab in TABS else "",
        "counts": stories.count_by_state(),
        "alone": is_alone(access),
        "page": page,
        "items": queue_items(page, by=access.user),
        "together": together,
    }
    return page_or_part(request, "stories/moderation.html", context, status=form_status(together))


@require_POST
def story_next(request: HttpRequest, slug: str) -> HttpResponse:
    """The next story of the queue, for this moderator alone."""
    access = moderator_gate(request, slug)
    form = NextForm(request.POST)
    pk = form.cleaned_data["after"] if form.is_valid() else None
    after = Story.objects.of(access.project).filter(pk=pk).first() if pk else None
    story = actions.next_story(access.project, by=access.user, after=after)
    if story is not None:
        return redirect("story_judge", slug, story.pk)
    messages.info(
        request, _("Er is nu geen verhaal voor u. Alles is gelezen, of ligt bij een andere moderator.")
    )
    return redirect("moderation", slug)


@require_POST
def story_release(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = moderator_gate(request, slug)
    actions.release_story(get_object_or_404(Story.objects.of(access.project), pk=pk), by=access.user)
    messages.info(request, _("Het verhaal ligt weer op de stapel."))
    return redirect("moderation", slug)


@never_cache
@require_GET
def story_judge(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = moderator_gate(request, slug)
    story = get_object_or_404(Story.objects.of(access.project).for_queue(), pk=pk)
    return story_page(request, access, story)


def story_page(
    request: HttpRequest, access: Access, story: Story, refused: forms.Form | None = None, told: str = ""
) -> HttpResponse:
    actions.read_stories(readable([story], by=access.user), by=access.user)
    item = queue_items([story], by=access.user, refused=refused)[0]
    single = bool(request.POST.get("single")) or not wants_part(request)
    context = {
        "access": access,
        "project": access.project,
        "item": item,
        "told": told,
        "alone": is_alone(access),
        "single": single,
        "together": None if single else TogetherForm(),
    }
    template = "stories/moderation.html" if wants_part(request) else "stories/judged.html"
    status = form_status(refused) if refused else 200
    return page_or_part(request, template, context, part="story", status=status)


@never_cache
@require_GET
def story_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = moderator_gate(request, slug)
    story = get_object_or_404(Story.objects.of(access.project), pk=pk)
    page = page_of(request, records_of(story), LOG_LINES)
    context = {
        "access": access,
        "project": access.project,
        "story": story,
        "page": page,
        "lines": lines_of(page),
    }
    return render(request, "stories/log.html", context)


# --- one step with one story --------------------------------------------------------------
def judge(
    request: HttpRequest,
    slug: str,
    pk: int,
    form_class: Callable[..., forms.Form],
    action: Callable[..., Any],
    told: str | Callable[[Story], str],
) -> HttpResponse:
    """With htmx the story comes back; without it the page that the moderator came from."""
    access = moderator_gate(request, slug)
    story = get_object_or_404(Story.objects.of(access.project).for_queue(), pk=pk)
    more = {"concerns": queue_items([story], by=access.user)[0].concerns} if form_class is MaskForm else {}
    form = form_class(request.POST, story=story, **more)
    done = attempt(form, action, story, by=access.user)
    story = get_object_or_404(Story.objects.for_queue(), pk=pk)
    text = (told if isinstance(told, str) else told(story)) if done else ""
    if done and not wants_part(request):
        messages.success(request, text)
        single = bool(request.POST.get("single"))
        return redirect("story_judge", slug, pk) if single else redirect("moderation", slug)
    return story_page(request, access, story, None if done else form, text)


def told_published(story: Story) -> str:
    if story.state == Story.State.SECOND:
        return _("U vindt dat het openbaar mag. Een andere moderator moet het ook nog lezen.")
    return _("Het verhaal is gepubliceerd.")


@require_POST
def story_publish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return judge(request, slug, pk, JudgeForm, actions.publish_story, told_published)


@require_POST
def story_hold(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return judge(request, slug, pk, JudgeForm, actions.hold_story, _("Het verhaal is aangehouden."))


@require_POST
def story_reject(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return judge(request, slug, pk, RejectForm, actions.reject_story, _("Het verhaal is afgewezen."))


@require_POST
def story_requeue(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return judge(
        request, slug, pk, JudgeForm, actions.requeue_story, _("Het verhaal ligt weer op de stapel.")
    )


@require_POST
def story_mask(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return judge(request, slug, pk, MaskForm, actions.mask_story, _("De woorden zijn weggelaten."))


@require_POST
def story_restore(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return judge(
        request, slug, pk, JudgeForm, actions.restore_story, _("De woorden staan weer in het verhaal.")
    )


@require_POST
def story_sensitive(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    text = _("Het verhaal is gevoelig. Twee moderatoren lezen het voordat het openbaar is.")
    return judge(request, slug, pk, JudgeForm, actions.mark_sensitive, text)


@require_POST
def story_not_sensitive(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    text = _("Het verhaal is niet meer gevoelig.")
    return judge(request, slug, pk, JudgeForm, actions.unmark_sensitive, text)


@require_POST
def story_faces(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return judge(request, slug, pk, FacesForm, actions.judge_photo, _("Uw antwoord over de foto is bewaard."))


# --- one step with several stories --------------------------------------------------------
STEPS: dict[str, Callable[..., Story]] = {
    "publiceren": actions.publish_story,
    "aanhouden": actions.hold_story,
    "afwijzen": actions.reject_story,
}


@require_POST
def stories_judge(request: HttpRequest, slug: str) -> HttpResponse:
    access = moderator_gate(request, slug)
    form = TogetherForm(request.POST)
    if not form.is_valid():
        return queue_page(request, access, form)
    verb, reason = form.cleaned_data["verb"], form.cleaned_data["reason"]
    more = {"reason": reason} if verb == "afwijzen" else {}
    chosen = form.cleaned_data["chosen"]
    outcome = actions.judge_stories(access.project, STEPS[verb], chosen, by=access.user, **more)
    tell_outcome(request, outcome)
    return redirect("moderation", slug)


def tell_outcome(request: HttpRequest, outcome: Outcome) -> None:
    """How many stories are now in which state, and of each other one why it did not go."""
    states = [story.get_state_display() for story in outcome.done]
    for state in dict.fromkeys(states):
        number = states.count(state)
        text = ngettext("%(number)s verhaal: %(state)s.", "%(number)s verhalen: %(state)s.", number)
        messages.success(request, text % {"number": number, "state": state})
    for pk, why in outcome.refused.items():
        messages.warning(request, _("Verhaal %(pk)s niet: %(why)s") % {"pk": pk, "why": why})
