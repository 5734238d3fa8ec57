"""Beyond the usual suspects, and whether an urgency is shared."""

from collections.abc import Iterable

OFTEN_FORGOTTEN = ("onderwijs", "bibliotheek", "ondernemers", "zorg", "levensbeschouwing")


def forgotten_kinds(present: Iterable[str]) -> list[str]:
    """Kinds of party that look at a neighbourhood differently and are not on the list yet."""
    known = set(present)
    return [kind for kind in OFTEN_FORGOTTEN if kind not in known]


def shared(kinds: Iterable[str]) -> bool:
    """An urgency is shared when two or more kinds of party feel one."""
    return len(set(kinds)) >= 2
