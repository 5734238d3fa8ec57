"""Every address of the application, seen by somebody who should not be there, or who types nonsense."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from projects.models import Project, User

OPEN_TO_ALL = ("/buurt/", "/doe/", "/uitnodiging/", "/account/")
FRONT = "/"


def patterns(found: list[Any], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in found:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern
        else:
            yield from patterns(pattern.url_patterns, route)


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    needs_login: bool

    def __str__(self) -> str:
        return self.name


def words_for(pattern: URLPattern, slug: str, number: Any) -> dict[str, Any]:
    values: dict[str, Any] = {"slug": slug, "token": "x", "code": "123456", "chapter": "wonen", "taal": "nl"}
    values |= {"bouwsteen": "urgentie", "key": "x", "uidb36": "x"}
    needed = reverse_arguments(pattern)
    return {name: values.get(name, number) for name in needed}


def reverse_arguments(pattern: URLPattern) -> list[str]:
    return list(get_resolver().reverse_dict.getlist(pattern.name)[0][0][0][1])


def pages(slug: str = "bestaat-niet", number: int = 1) -> list[Page]:
    """Every named address, with `slug` for the project and `number` for each row."""
    found = []
    for route, pattern in patterns(get_resolver().url_patterns):
        row: Any = number if "<int:" in route else 1
        row = uuid.UUID(int=row) if "<uuid:" in route else row
        path = reverse(pattern.name or "", kwargs=words_for(pattern, slug, row))
        found.append(Page(pattern.name or "", path, getattr(pattern.callback, "login_required", True)))
    return found


PAGES = pages()


@pytest.mark.django_db
@pytest.mark.parametrize("page", [page for page in PAGES if page.needs_login], ids=str)
def test_without_an_account_it_asks_to_log_in(client: Client, page: Page) -> None:
    for send in (client.get, client.post):
        response = send(page.path)
        assert response.status_code == 302
        assert urlsplit(response["Location"]).path == reverse("account_login")


def test_only_pages_for_everybody_can_be_opened_without_an_account() -> None:
    unexpected = [
        page
        for page in PAGES
        if not page.needs_login and page.path != FRONT and not page.path.startswith(OPEN_TO_ALL)
    ]
    assert not unexpected


def of_projects(slug: str, number: int = 1) -> list[Page]:
    return [page for page in pages(slug, number) if page.path.startswith(f"/p/{slug}/")]


@pytest.mark.parametrize("name", [page.name for page in of_projects("x")])
def test_an_outsider_does_not_learn_that_the_project_exists(
    name: str, project: Project, outsider: User, login: Callable[[User], Client]
) -> None:
    path = next(page.path for page in of_projects(project.slug) if page.name == name)
    stranger = login(outsider)
    answers = {stranger.get(path).status_code, stranger.post(path).status_code}
    assert answers <= {404, 405}
    assert 404 in answers


@pytest.mark.parametrize("name", [page.name for page in of_projects("x") if "/1/" in page.path])
def test_a_row_that_does_not_exist_is_not_found(
    name: str, project: Project, coordinator: User, login: Callable[[User], Client]
) -> None:
    inside = login(coordinator)
    already_gone = name.endswith(("_delete", "_remove"))  # a second click on "weg" is told the same
    for number in (999_999, 10**30):
        path = next(page.path for page in of_projects(project.slug, number) if page.name == name)
        assert inside.get(path).status_code in (404, 405)
        assert inside.post(path).status_code in ((404, 405, 302) if already_gone else (404, 405))


# --- nonsense in forms -------------------------------------------------------------------
@dataclass
class FoundForm:
    action: str
    method: str
    fields: list[str] = field(default_factory=list)


class FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FoundForm] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            method = (given.get("method") or "get").lower()
            self.forms.append(FoundForm(given.get("action") or "", method))
            self.inside = True
        elif tag in ("input", "textarea", "select") and given.get("name") and self.inside:
            self.forms[-1].fields.append(str(given["name"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


def forms_on(html: str) -> list[FoundForm]:
    reader = FormReader()
    reader.feed(html)
    return reader.forms


NONSENSE = ["\x00", "a" * 100_000, "-1", "9" * 40, "<script>alert(1)</script>", ""]


@pytest.mark.parametrize("name", [page.name for page in of_projects("x") if "/1/" not in page.path])
def test_nonsense_in_a_form_of_the_kernteam_is_answered_calmly(
    name: str, project: Project, coordinator: User, login: Callable[[User], Client]
) -> None:
    path = next(page.path for page in of_projects(project.slug) if page.name == name)
    inside = login(coordinator)
    for nonsense in NONSENSE:
        answered_calmly(inside, path, nonsense)


@pytest.mark.parametrize(
    "name", [page.name for page in PAGES if not page.needs_login and not page.path.startswith("/account/")]
)
def test_nonsense_in_a_form_for_everybody_is_answered_calmly(
    name: str, project: Project, client: Client
) -> None:
    path = next(page.path for page in pages(project.slug) if page.name == name)
    for nonsense in NONSENSE:
        answered_calmly(client, path, nonsense)


def answered_calmly(client: Client, path: str, nonsense: str) -> None:
    """No answer of 500, and what was typed never comes back as markup."""
    shown = client.get(path, {"q": nonsense, "page": nonsense})
    assert shown.status_code < 500
    if "html" not in shown.get("Content-Type", ""):
        return
    for form in forms_on(shown.content.decode()):
        if "logout" in form.action or not urlsplit(form.action or path).path.startswith("/"):
            continue
        values = dict.fromkeys(form.fields, nonsense)
        send = client.post if form.method == "post" else client.get
        answer = send(form.action or path, values)
        assert answer.status_code < 500
        if "html" in answer.get("Content-Type", ""):
            assert b"<script>alert(1)</script>" not in answer.content
