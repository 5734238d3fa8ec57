"""The code with which a teller takes a story back, and the token that makes one form one story.

The code is kept as SHA-256 only. It follows from the token of the form and the secret key, so a
form that is sent twice gives the same code; of the token, too, only a hash is kept.
"""

import base64
import hashlib
import secrets
import time

from django.core import signing
from django.utils.crypto import salted_hmac

CODE_BYTES = 10  # 80 bits
_PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_READABLE = "ABCDEFGHJKMNPQRSTVWXYZ0123456789"  # Crockford's letters: no I, L, O, U
_TO_READABLE = str.maketrans(_PLAIN, _READABLE)
_FORGIVE = str.maketrans("OIL", "011", " -–—.\t\n\r\u00a0")


def new_code() -> str:
    return _readable(secrets.token_bytes(CODE_BYTES))


def code_for(form_token: str) -> str:
    """The same code for the same form."""
    digest = salted_hmac("stories.withdraw_code", form_token, algorithm="sha256").digest()
    return _readable(digest[:CODE_BYTES])


def _readable(value: bytes) -> str:
    letters = base64.b32encode(value).decode().translate(_TO_READABLE)
    return "-".join(letters[place : place + 4] for place in range(0, len(letters), 4))


def code_hash(code: str) -> str:
    """SHA-256 of the code; spaces, hyphens and capitals do not matter, O is 0, I and L are 1."""
    return hashlib.sha256(code.upper().translate(_FORGIVE).encode(errors="replace")).hexdigest()


def token_hash(form_token: str) -> str:
    return hashlib.sha256(form_token.encode()).hexdigest()[:40]


def sign_token(purpose: str) -> str:
    """A fresh token for a form, with the moment it was shown."""
    return signing.dumps([secrets.token_urlsafe(16), time.time()], salt=f"stories.form.{purpose}")


def read_token(purpose: str, signed: str) -> tuple[str, float]:
    """The token and its age in seconds. Raises signing.BadSignature when it is not ours."""
    token, shown_at = signing.loads(signed, salt=f"stories.form.{purpose}")
    return token, time.time() - shown_at
