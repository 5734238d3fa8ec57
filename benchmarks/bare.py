"""The least that can be done with a story: a view that writes one row, without any middleware."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buurtagenda.settings")

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

django.setup()
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = __name__
application = WSGIHandler()

from core.models import Record  # noqa: E402


def write_one_row(request: HttpRequest) -> HttpResponse:
    Record.objects.create(verb="submit", kind="bare", object_id=request.POST.get("text", "")[:20])
    return HttpResponse(status=302, headers={"Location": "/"})


urlpatterns = [path("", write_one_row)]
