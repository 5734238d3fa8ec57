"""What comes, grouped by the year in which it begins; what is over stands apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Protocol, Self


class Dated(Protocol):
    @property
    def starts(self) -> int: ...
    @property
    def ends(self) -> int | None: ...


@dataclass(frozen=True)
class Span:
    """One fact on the line. `first` and `last` are years; a fact without an end fills its first year."""

    fact: Any
    first: int
    last: int
    now: bool

    @property
    def years(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def open_ended(self) -> bool:
        return self.fact.ends is None


@dataclass(frozen=True)
class Year:
    year: int
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Timeline:
    """`coming` by first year, what is under way included; `past` the newest first."""

    this_year: int
    coming: tuple[Year, ...] = ()
    past: tuple[Span, ...] = ()

    @classmethod
    def of(cls, facts: Iterable[Dated], this_year: int) -> Self:
        spans = [
            Span(
                fact,
                fact.starts,
                fact.ends or fact.starts,
                fact.starts <= this_year <= (fact.ends or fact.starts),
            )
            for fact in facts
        ]
        spans.sort(key=lambda span: (span.first, span.last))
        coming = [span for span in spans if span.last >= this_year]
        past = sorted(
            (span for span in spans if span.last < this_year), key=lambda span: (-span.last, -span.first)
        )
        years = groupby(coming, key=lambda span: span.first)
        return cls(this_year, tuple(Year(year, tuple(group)) for year, group in years), tuple(past))

    @property
    def bars(self) -> list[Span]:
        return [span for year in self.coming for span in year.spans]

    @property
    def range(self) -> tuple[int, int]:
        """The years the drawing runs over: from the first that is under way, at least four."""
        first = min([self.this_year, *(span.first for span in self.bars)])
        last = max([self.this_year, *(span.last for span in self.bars)])
        return first, max(last, first + 3)

    def __bool__(self) -> bool:
        return bool(self.coming or self.past)
