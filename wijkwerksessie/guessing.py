"""A brake on guessing codes: only wrong codes count, so a full room behind one address may join."""

import hashlib
import ipaddress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MOST_MISSES = 30
WINDOW = 600  # seconds


def may_guess(request: HttpRequest) -> bool:
    return int(cache.get(_key(request), 0)) < MOST_MISSES


def count_miss(request: HttpRequest) -> None:
    key = _key(request)
    if not cache.add(key, 1, WINDOW):
        cache.set(key, int(cache.get(key, 0)) + 1, WINDOW)


def _key(request: HttpRequest) -> str:
    """No address is kept, only a keyed hash that lives ten minutes."""
    text = f"{settings.SECRET_KEY}:{_network(request.META.get('REMOTE_ADDR', ''))}"
    return f"join-misses-{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def _network(address: str) -> str:
    """One household or room: an IPv4 address, or the /64 of an IPv6 address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((int(parsed), 64), strict=False))
