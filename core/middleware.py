"""Two answers that no view should have to give itself."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url

from core.errors import DomainError

type View = Callable[[HttpRequest], HttpResponse]


def login_as_whole_page(get_response: View) -> View:
    """An expired session gives a login page, never a login form inside a table cell."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        to_login = response.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
        if to_login and request.headers.get("HX-Request") == "true":
            back = request.headers.get("HX-Current-URL", "")
            answer = HttpResponse(status=204)
            answer["HX-Redirect"] = back or response["Location"]
            return answer
        return response

    return middleware


class refusal_as_page:  # noqa: N801  (named as what it does, like its neighbour)
    """A refused action that no form caught becomes a page that says why, with status 409."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        return render(request, "core/refused.html", {"message": exception.message}, status=409)
