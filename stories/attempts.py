"""How often one device tries a code or sends a story, without keeping the address of the device."""

import hashlib
import secrets
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from stories import suspicion

LIMIT = 10  # wrong codes from one address in a window
WINDOW = 600
DAY = 86_400
SALT = "stories.salt"


def too_many_attempts(request: HttpRequest) -> bool:
    return int(cache.get(_attempts(request), 0)) >= LIMIT


def count_miss(request: HttpRequest) -> None:
    _count(_attempts(request), WINDOW)


def device_of(request: HttpRequest) -> str:
    """The same for one browser at one address during one day; nobody can go back to either."""
    browser = request.META.get("HTTP_USER_AGENT", "") + request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    return _hashed(f"{_address(request)} {browser}")


def count_story(device: str) -> int:
    """How many stories the device sent in this window, this one included."""
    window = int(time.time() // suspicion.WINDOW)
    return _count(f"stories.told.{window}.{device}", suspicion.WINDOW)


def count_offer(device: str) -> int:
    """How many times the device offered help in this window, this time included."""
    window = int(time.time() // suspicion.WINDOW)
    return _count(f"stories.offered.{window}.{device}", suspicion.WINDOW)


def forget_salt() -> None:
    """Throw away the salt of an earlier day: what was hashed with it leads to nobody any more."""
    kept = cache.get(SALT)
    if kept and kept[0] != _today():
        cache.delete(SALT)


def _count(key: str, seconds: int) -> int:
    number = int(cache.get(key, 0)) + 1
    cache.set(key, number, seconds)
    return number


def _attempts(request: HttpRequest) -> str:
    return f"stories.attempts.{_hashed(_address(request))}"


def _hashed(words: str) -> str:
    return hashlib.sha256(f"{_salt()}{words}".encode(errors="replace")).hexdigest()


def _salt() -> str:
    """One for today; it takes the place of yesterday's."""
    day, salt = cache.get(SALT) or ("", "")
    if day != _today():
        day, salt = _today(), secrets.token_hex(16)
        cache.set(SALT, (day, salt), DAY)
    return str(salt)


def _today() -> str:
    return timezone.localdate().isoformat()


def _address(request: HttpRequest) -> str:
    """Behind our own proxy the last address it added, else that of the connection."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return str(forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", ""))
