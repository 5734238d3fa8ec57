from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agenda.following import what_became_of
from agenda.models import Agendapunt
from buurtagenda.counts import counts_of
from buurtagenda.days import time_left
from buurtagenda.help_texts import show
from buurtagenda.home import brick_cards, situation_of
from buurtagenda.nexthelp import next_help
from core.forms import SearchForm
from core.http import form_status, page_or_part
from core.pages import page_of
from projects.access import gate, may_create_project, public_project
from projects.models import Membership, Project, Side

SHOWN_MEMBERS = 12


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    found = Project.objects.search(form.words).for_list()
    context = {"page": page_of(request, found), "search": form, "any": Project.objects.exists()}
    return page_or_part(
        request, "buurtagenda/front.html", context, part="public-projects", status=form_status(form)
    )


@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    mine = Project.objects.of(request.user)
    context = {
        "page": page_of(request, mine.search(form.words).for_list().with_role_of(request.user)),
        "search": form,
        "any": mine.exists(),
        "may_create": may_create_project(request.user),
    }
    return page_or_part(
        request, "buurtagenda/project_list.html", context, part="project-list", status=form_status(form)
    )


@require_safe
def project_home(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    project, today = access.project, timezone.localdate()
    counts = counts_of(project)
    situation = situation_of(project, counts, today)
    members = Membership.objects.of(project).seated().for_kernteam()
    context = {
        "access": access,
        "project": project,
        "time_left": time_left(today, project.ends),
        "begun": project.starts <= today,
        "cards": brick_cards(project, counts),
        "helps": [show(helps, access) for helps in next_help(situation)],
        "members": members[:SHOWN_MEMBERS],
        "missing": [Side(side) for side in situation.missing_sides],
    }
    return render(request, "buurtagenda/project_home.html", context)


@login_not_required
@require_safe
def public_page(request: HttpRequest, slug: str) -> HttpResponse:
    project = public_project(slug)
    points = Agendapunt.objects.filter(project=project, state=Agendapunt.State.AFGESPROKEN)
    context = {
        "project": project,
        "areas": project.areas.defer("geometry"),
        "became": what_became_of(project),
        "page": page_of(request, points.select_related("trekker").prefetch_related("helpers")),
    }
    return render(request, "buurtagenda/public_page.html", context)
