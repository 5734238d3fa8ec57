"""A project of which some figures are known, to talk about."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from buurtscan.models import Duiding, FigureMark, ScanNote, ScanQuestion
from projects.models import Project, User
from tests.agenda_cast import a_figure

type Login = Callable[[User], Client]
HTMX: Any = {"HTTP_HX_REQUEST": "true"}


def at(name: str, project: Project, *args: Any) -> str:
    return reverse(name, args=[project.slug, *args])


def figures(project: Project) -> None:
    """Three of wonen: of the buurt itself, of the wijk, and one that is not there; and one of veiligheid."""
    a_figure(project, "woningen", chapter="wonen", value=2790.0, source="kwb", period="2025")
    a_figure(
        project,
        "koopwoningen",
        chapter="wonen",
        value=16.0,
        source="kwb",
        period="2019",
        status="fallback",
        level_used="wijk",
    )
    a_figure(
        project,
        "huurwoningen",
        chapter="wonen",
        value=None,
        source="kwb",
        period="2025",
        status="not_published",
    )
    a_figure(project, "misdrijven")


def question(project: Project, text: str = "Vinden jongeren hier een woning?", **fields: Any) -> ScanQuestion:
    place = ScanQuestion.objects.of(project).count() + 1
    given = {"chapters": ["wonen"], "position": place, **fields}
    return ScanQuestion.objects.create(project=project, text=text, **given)


def mark(project: Project, author: User, kind: str = "zorg", **fields: Any) -> FigureMark:
    given = {"indicator": "woningen", "reason": f"Reden van {author.name}", **fields}
    return FigureMark.objects.create(project=project, author=author, kind=kind, **given)


def duiding(project: Project, number: int = 1, text: str = "Weinig doorstroming.", **fields: Any) -> Duiding:
    return Duiding.objects.create(project=project, number=number, text=text, **{"chapter": "wonen", **fields})


def note(project: Project, text: str = "Zoveel flats!", **fields: Any) -> ScanNote:
    return ScanNote.objects.create(project=project, text=text, key=uuid4(), **{"chapter": "wonen", **fields})


def refused_for_the_wrong_people(
    name: str, args: list[Any], project: Project, login: Login, outsider: User, reader: User
) -> None:
    """A write: 404 for who is outside, 403 for who may only read, a login page for who is nobody."""
    address = at(name, project, *args)
    assert login(outsider).post(address).status_code == 404
    assert login(reader).post(address).status_code == 403
    assert Client().post(address).headers["Location"].startswith("/account/login/")
    assert login(reader).delete(address).status_code == 405


def words_of(response: Any) -> str:
    return " ".join(response.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def queries(client: Client, address: str, **extra: Any) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address, **extra).status_code < 400
    return len(seen)
