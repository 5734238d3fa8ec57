"""Adding the Dutch words to a story in another language."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.http import attempt, form_status, posted
from projects.access import Access, May, gate
from stories.actions import read_stories
from stories.actions.translating import translate_story
from stories.forms.translating import TranslateForm
from stories.models import Language, Story


def story_of(access: Access, pk: int) -> Story:
    """A public story for who edits; one that is not public for moderators, who alone may read it."""
    found = Story.objects.of(access.project).exclude(language=Language.NL).filter(pk=pk).first()
    if found is None or not (found.is_published or access.moderate):
        raise Http404
    if found.is_published and not (access.edit or access.moderate):
        raise PermissionDenied
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def story_translate(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.READ)
    story = story_of(access, pk)
    read_stories([story], by=access.user)
    back = ("story_quotes", slug, pk) if story.is_published else ("moderation", slug)
    form = TranslateForm(posted(request), story=story, name=str(access.user))
    if attempt(form, translate_story, story, by=access.user):
        messages.success(request, _("De vertaling is bewaard."))
        return redirect(*back)
    context = {"access": access, "project": access.project, "story": story, "form": form}
    return render(request, "stories/translate.html", context, status=form_status(form))
