from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.access import gate, public_project
from projects.models import Project


@login_not_required
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "buurtagenda/front.html")


def project_list(request: HttpRequest) -> HttpResponse:
    projects = Project.objects.of(request.user).for_list()
    return render(request, "buurtagenda/project_list.html", {"projects": projects})


def project_home(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    return render(request, "buurtagenda/project_home.html", {"access": access, "project": access.project})


@login_not_required
def public_page(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "buurtagenda/public_page.html", {"project": public_project(slug)})
