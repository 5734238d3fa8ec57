"""Long lists, a page at a time."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PER_PAGE = 25


def page_of(request: HttpRequest, rows: Any, per_page: int = PER_PAGE) -> Page[Any]:
    """The page that `?page=` asks for; the nearest one when it does not exist.

    The page knows `query`, the rest of the address, so that links keep search and filter.
    """
    page = Paginator(rows, per_page).get_page(request.GET.get("page"))
    rest = request.GET.copy()
    rest.pop("page", None)
    page.query = rest.urlencode()  # type: ignore[attr-defined]
    return page
