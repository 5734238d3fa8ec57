"""The bouwsteen Verhalen for the kernteam: what is there, and where residents find the form."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.http import form_status, page_or_part
from core.pages import page_of
from projects.access import gate
from projects.models import Project
from stories.actions.telling import takes_stories
from stories.files.poster import form_address, qr_picture
from stories.forms.finding import FilterForm
from stories.models import Language, Story, Withdrawal
from stories.whereabouts import story_map

NOTICES = 20
PICTURES = 24


drawn_once = lru_cache(maxsize=256)(qr_picture)


def door_of(project: Project) -> dict[str, str]:
    """Where residents find the form: its address, and that as a QR code."""
    address = form_address(project, Language.NL)
    return {"address": address, "picture": drawn_once(address, _("QR-code van het verhalenformulier"))}


@require_GET
def verhalen(request: HttpRequest, slug: str) -> HttpResponse:
    """The story wall as a list, with what the kernteam has to do."""
    access = gate(request, slug)
    stories = Story.objects.of(access.project)
    form = FilterForm(request.GET, project=access.project)
    context = {
        "access": access,
        "project": access.project,
        "counts": stories.count_by_state(),
        "form": form,
        "open": takes_stories(access.project),
        "page": page_of(request, form.narrow(stories.published().for_list())),
        "door": door_of(access.project),
        "withdrawals": Withdrawal.objects.filter(project=access.project, seen=False)[:NOTICES]
        if access.edit
        else [],
    }
    return page_or_part(request, "stories/verhalen.html", context, part="stories", status=form_status(form))


@require_GET
def story_pictures(request: HttpRequest, slug: str) -> HttpResponse:
    """The photo wall: the photos of published stories, with what is on them in words."""
    access = gate(request, slug)
    form = FilterForm(request.GET, project=access.project)
    found = form.narrow(Story.objects.of(access.project).published())
    found = found.filter(photo__image__gt="").select_related("photo")
    context = {
        "access": access,
        "project": access.project,
        "form": form,
        "page": page_of(request, found, PICTURES),
    }
    return page_or_part(request, "stories/pictures.html", context, part="stories", status=form_status(form))


@require_GET
def story_map_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the stories are, as a drawing and as a list; without a connection to any map."""
    access = gate(request, slug)
    form = FilterForm(request.GET, project=access.project)
    found = form.narrow(Story.objects.of(access.project).published())
    context = {
        "access": access,
        "project": access.project,
        "form": form,
        "map": story_map(access.project, found),
        "kept": kept_query(request),
    }
    return page_or_part(request, "stories/map.html", context, part="stories", status=form_status(form))


def kept_query(request: HttpRequest) -> str:
    """The filter without its place: a link of the map puts another one there."""
    rest = request.GET.copy()
    for name in ("spot", "vak", "page"):
        rest.pop(name, None)
    return rest.urlencode()
