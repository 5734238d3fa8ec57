"""Looks for personal data in a text, in the way that PERSONAL_DETECTOR names."""

from stories import personal
from stories.personal import Finding, Segment


def findings(text: str) -> list[Finding]:
    """Possible personal data in the order of the text, without overlap."""
    return personal.findings(text)


def segments(text: str) -> list[Segment]:
    """The whole text, cut at the findings."""
    return personal.cut(text, findings(text))
