"""Passages to quote: neighbouring sentences are one passage."""

from collections.abc import Iterable
from dataclasses import dataclass

from stories.models import Story


@dataclass(frozen=True)
class Passage:
    """Characters `start` up to `end` of a story."""

    story: Story
    start: int
    end: int


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """First and last of each unbroken run: {1, 2, 5} gives (1, 2) and (5, 5)."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
