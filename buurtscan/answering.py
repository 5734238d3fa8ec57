"""How far the figures chosen for a question can answer it. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

OLD = 3  # years


class Chosen(Protocol):
    """What is needed of a figure."""

    @property
    def status(self) -> str: ...
    @property
    def period(self) -> str: ...


@dataclass(frozen=True)
class Reach:
    """Of the chosen figures: `own` are of the area itself, `apart` of each buurt of a set, `larger` of an area
    around it, `missing` are not there; `old` of those that are there are about a year that is more than three
    years back."""

    own: int = 0
    larger: int = 0
    missing: int = 0
    old: int = 0
    apart: int = 0

    @property
    def total(self) -> int:
        return self.own + self.apart + self.larger + self.missing


def reach_of(figures: Iterable[Chosen], year: int, gone: int = 0) -> Reach:
    """`gone` are chosen figures of which the scan has no row at all."""
    found = list(figures)
    own = sum(figure.status == "ok" for figure in found)
    larger = sum(figure.status == "fallback" for figure in found)
    apart = sum(figure.status == "not_combinable" for figure in found)
    there = ("ok", "fallback", "not_combinable")
    old = sum(figure.status in there and is_old(figure.period, year) for figure in found)
    return Reach(own, larger, len(found) - own - apart - larger + gone, old, apart)


def is_old(period: str, year: int) -> bool:
    """By the last year that the period names; a period without a year is not called old."""
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", period)
    return bool(years) and int(years[-1]) < year - OLD
