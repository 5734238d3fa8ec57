"""The bouwsteen Verhalen for the kernteam: what is there, and where residents find the form."""

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.http import form_status, page_or_part
from core.pages import page_of
from projects.access import gate
from projects.models import Project
from stories.actions.telling import takes_stories
from stories.forms.finding import FilterForm
from stories.models import Story


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
