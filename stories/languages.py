"""The pages of residents in their own language; everything else is Dutch, whatever a browser asks."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from stories.models import Language

CHECKED = {Language.NL}  # texts that somebody checked who grew up with the language


def in_own_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The page in the language its address names, as `taal` in its path (else 404) or behind its `?`.

    The language holds for this request alone.
    """

    @wraps(view)
    def spoken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = kwargs.get("taal", "") or known(request.GET.get("taal", ""))
        if language not in Language.values:
            raise Http404
        with translation.override(language):
            response = view(request, *args, **kwargs)
        response["Content-Language"] = str(language)
        return response

    return spoken


def known(language: str) -> str:
    return language if language in Language.values else Language.NL


def chosen() -> Language:
    """The language of the page that is being made."""
    return Language(known(translation.get_language() or ""))
