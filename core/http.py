"""Page or part, and forms that keep what was typed."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from core.errors import Conflict, DomainError


def wants_part(request: HttpRequest) -> bool:
    """True for an htmx request, except when htmx restores a page from history."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"


def page_or_part(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    part: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the template, or only its partial `part` when htmx asks for it."""
    name = f"{template}#{part}" if part and wants_part(request) else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the body of a POST, even an empty one; nothing for a GET."""
    return request.POST if request.method == "POST" else None


def attempt[T](form: BaseForm, action: Callable[..., T], *args: Any, **extra: Any) -> T | None:
    """Call `action` with the cleaned fields; a refusal becomes an error beside its field."""
    if not form.is_valid():
        return None
    try:
        return action(*args, **form.cleaned_data, **extra)
    except DomainError as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, refusal.message)
        form.conflict = isinstance(refusal, Conflict)  # type: ignore[attr-defined]
        return None


def form_status(form: BaseForm) -> int:
    """200 for a fresh form, 422 for one with errors, 409 when somebody else was first."""
    if not form.is_bound or not form.errors:
        return 200
    return 409 if getattr(form, "conflict", False) else 422
