"""At most ten wrong codes in ten minutes from one place, without keeping the address of the place."""

import hashlib
import secrets

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

LIMIT = 10
WINDOW = 600
DAY = 86_400


def too_many_attempts(request: HttpRequest) -> bool:
    return int(cache.get(_key(request), 0)) >= LIMIT


def count_miss(request: HttpRequest) -> None:
    key = _key(request)
    cache.set(key, cache.get(key, 0) + 1, WINDOW)


def _key(request: HttpRequest) -> str:
    """A hash with a salt that is thrown away every day: nobody can go back to the address."""
    day = timezone.localdate().isoformat()
    salt = cache.get_or_set(f"stories.salt.{day}", lambda: secrets.token_hex(16), DAY)
    return "stories.attempts." + hashlib.sha256(f"{salt}{_address(request)}".encode()).hexdigest()


def _address(request: HttpRequest) -> str:
    """Behind our own proxy the last address it added, else that of the connection."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return str(forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", ""))
