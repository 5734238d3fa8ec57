"""Which counts of one question may be shown, so that nobody can work out a small group.

A group of fewer than five is only called "fewer than five", also when it is empty. That alone is
not enough: the total is shown too, so what is hidden adds up to a known number. Therefore larger
groups are hidden with it (`covered`) until every small group could still be at least four
different numbers. Which larger group is hidden follows a fixed order of the answers and never
their size, as a choice by size would tell something of it. tests/test_stories_suppression.py tries
everything that gives the same publication.
"""

from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 5  # people in a group of which a number is shown
ROOM = LEAST - 1


@dataclass(frozen=True)
class Published:
    """What is shown of one question: every answer is in exactly one of the three."""

    total: int
    numbers: tuple[tuple[str, int], ...]
    few: frozenset[str]
    covered: frozenset[str]


def published(counts: Mapping[str, int]) -> Published | None:
    """`counts` has every answer of the question, also those nobody gave, in the order in which larger

    groups are hidden. None: nothing can be shown.
    """
    total = sum(counts.values())
    few = [answer for answer, number in counts.items() if number < LEAST]
    spare = [answer for answer in counts if answer not in few]
    covered: list[str] = []
    while few and not _safe(counts, few, covered):
        if not spare:
            return None
        covered.append(spare.pop(0))
    if total < LEAST:
        return None
    hidden = {*few, *covered}
    shown = tuple((answer, number) for answer, number in counts.items() if answer not in hidden)
    return Published(total, shown, frozenset(few), frozenset(covered))


def _safe(counts: Mapping[str, int], few: list[str], covered: list[str]) -> bool:
    """Looks at the sum of what is hidden, which everybody can work out, and at nothing else."""
    hidden = sum(counts[answer] for answer in (*few, *covered))
    if covered:
        return hidden - LEAST * len(covered) >= ROOM
    return len(few) >= 2 and ROOM <= hidden <= ROOM * (len(few) - 1)
