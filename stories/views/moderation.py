"""The queue of the moderators: the only ones who read what is not public, each reading recorded."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from core.http import attempt, form_status, page_or_part, wants_part
from core.pages import page_of
from projects.access import Access, May, gate
from stories import actions
from stories.forms.judging import JudgeForm, MaskForm, RejectForm
from stories.models import Story, StoryQuerySet
from stories.queue import queue_item, queue_items

TABS: dict[str, Callable[[StoryQuerySet], StoryQuerySet]] = {
    "": StoryQuerySet.to_judge,
    "afgewezen": StoryQuerySet.rejected,
    "gepubliceerd": StoryQuerySet.published,
}


def moderator_gate(request: HttpRequest, slug: str) -> Access:
    try:
        return gate(request, slug, May.MODERATE)
    except PermissionDenied:
        text = _(
            "Alleen moderatoren lezen verhalen die nog niet openbaar zijn. Dat is een taak op naam: ook een "
            "coördinator heeft die niet vanzelf. De coördinator kan de taak geven op de pagina van het kernteam."
        )
        raise PermissionDenied(text) from None


@never_cache
@require_GET
def moderation(request: HttpRequest, slug: str) -> HttpResponse:
    access = moderator_gate(request, slug)
    tab = request.GET.get("staat", "")
    chosen = TABS.get(tab, StoryQuerySet.to_judge)
    stories = Story.objects.of(access.project)
    page = page_of(request, chosen(stories).for_queue())
    items = queue_items(actions.read_stories(list(page), by=access.user))
    context = {
        "access": access,
        "project": access.project,
        "tab": tab if tab in TABS else "",
        "counts": stories.count_by_state(),
        "page": page,
        "items": items,
    }
    return page_or_part(request, "stories/moderation.html", context)


def judge(
    request: HttpRequest,
    slug: str,
    pk: int,
    form_class: type[JudgeForm],
    action: Callable[..., Any],
    told: str,
) -> HttpResponse:
    """One step with one story; with htmx the story comes back, without it the queue."""
    access = moderator_gate(request, slug)
    story = get_object_or_404(Story.objects.of(access.project).for_queue(), pk=pk)
    form = form_class(request.POST, story=story)
    done = attempt(form, action, story, by=access.user)
    if done and not wants_part(request):
        messages.success(request, told)
        return redirect("moderation", slug)
    return judged(request, access, story.pk, form, told if done else "")


def judged(request: HttpRequest, access: Access, pk: int, form: JudgeForm, told: str) -> HttpResponse:
    """The story as it stands now, with what was done or why it was refused."""
    story = get_object_or_404(Story.objects.for_queue(), pk=pk)
    actions.read_stories([story], by=access.user)
    item = queue_item(story, None if told else form)
    context = {"access": access, "project": access.project, "item": item, "told": told}
    template = "stories/moderation.html" if wants_part(request) else "stories/judged.html"
    return page_or_part(request, template, context, part="story", status=form_status(form))


@require_POST
def story_publish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return judge(request, slug, pk, JudgeForm, actions.publish_story, _("Het verhaal is gepubliceerd."))


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
