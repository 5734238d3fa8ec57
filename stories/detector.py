"""Looks for personal data in a text, in the way that PERSONAL_DETECTOR names.

`deduce` is an optional extra: it is loaded when a first text needs it, which can take minutes once after
it is installed, and it then holds about 1 GB of memory.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings

from stories import personal
from stories.personal import Finding, Segment

KINDS = {
    "persoon": "naam",
    "locatie": "adres",
    "telefoonnummer": "telefoonnummer",
    "emailadres": "e-mailadres",
}
_ONE_AT_A_TIME = threading.Lock()


def findings(text: str) -> list[Finding]:
    """Possible personal data in the order of the text, without overlap."""
    own = personal.findings(text)
    return own if settings.PERSONAL_DETECTOR == "patterns" or not text else together(own, by_deduce(text))


def segments(text: str) -> list[Segment]:
    """The whole text, cut at the findings."""
    return personal.cut(text, findings(text))


def together(own: list[Finding], others: Iterable[Finding]) -> list[Finding]:
    """Our own, and what the other detector found where ours found nothing."""
    more = [
        other for other in others if not any(other.start < one.end and one.start < other.end for one in own)
    ]
    return sorted([*own, *more], key=lambda finding: finding.start)


def by_deduce(text: str) -> list[Finding]:
    """What deduce finds of the kinds that a moderator leaves out."""
    with _ONE_AT_A_TIME:
        found = _deduce().deidentify(text).annotations
    return [Finding(one.start_char, one.end_char, KINDS[one.tag]) for one in found if one.tag in KINDS]


@cache
def _deduce() -> Any:
    return import_module("deduce").Deduce()
