"""A phone in the room: which session, and which participant, without an account or a name.

The phone holds a random key in a signed cookie that works for one code only; the database holds a
hash of it that differs per session, so that two evenings cannot be laid side by side.
"""

import hashlib
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from wijkwerksessie import guessing
from wijkwerksessie.actions import join_sessie
from wijkwerksessie.models import Participant, Wijkwerksessie

COOKIE = "deelnemer"
COOKIE_AGE = 7 * 24 * 3600  # seconds: long enough to take a card back after the evening


@dataclass(frozen=True)
class Visit:
    sessie: Wijkwerksessie
    participant: Participant | None


class TooManyGuesses(Exception):
    """Too many wrong codes from one address."""


def find_sessie(request: HttpRequest, code: str) -> Wijkwerksessie | None:
    """The session with this code; a wrong code counts. Raises TooManyGuesses."""
    known = key_of(request, code) is not None
    if not known and not guessing.may_guess(request):
        raise TooManyGuesses
    sessie = Wijkwerksessie.objects.for_phone().filter(join_code=code).first()
    if sessie is None:
        guessing.count_miss(request)
    return sessie


def visit(request: HttpRequest, code: str) -> Visit | None:
    sessie = find_sessie(request, code)
    if sessie is None:
        return None
    key = key_of(request, code)
    own = key and sessie.participants.filter(key_hash=hash_of(sessie, key)).first()
    return Visit(sessie, own or None)


def enter(request: HttpRequest, response: HttpResponse, sessie: Wijkwerksessie) -> None:
    """Join the session and leave the key on the phone."""
    key = key_of(request, sessie.join_code) or secrets.token_urlsafe(24)
    join_sessie(sessie, key_hash=hash_of(sessie, key))
    response.set_signed_cookie(
        COOKIE,
        key,
        salt=_salt(sessie.join_code),
        path=f"/doe/{sessie.join_code}/",
        max_age=COOKIE_AGE,
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
    )


def key_of(request: HttpRequest, code: str) -> str | None:
    key = request.get_signed_cookie(COOKIE, default=None, salt=_salt(code), max_age=COOKIE_AGE)
    return key or None


def hash_of(sessie: Wijkwerksessie, key: str) -> str:
    return hashlib.sha256(f"{sessie.pk}:{key}".encode()).hexdigest()


def _salt(code: str) -> str:
    return f"wijkwerksessie.{code}"
