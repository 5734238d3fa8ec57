"""The clock of a round: how long is left, and what it says on the wall."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Timer:
    """`ends` and `now` are milliseconds since 1970, for the clock in the browser."""

    ends: int
    now: int

    @property
    def seconds(self) -> int:
        """Whole seconds left, rounded up; never below zero."""
        return max(0, math.ceil((self.ends - self.now) / 1000))

    @property
    def label(self) -> str:
        """07:42; above 99 minutes 120:00."""
        minutes, seconds = divmod(self.seconds, 60)
        return f"{minutes:02d}:{seconds:02d}"

    @property
    def is_over(self) -> bool:
        return self.seconds == 0


def timer(ends_at: datetime | None, now: datetime) -> Timer | None:
    if ends_at is None:
        return None
    return Timer(round(ends_at.timestamp() * 1000), round(now.timestamp() * 1000))


def later(ends_at: datetime | None, now: datetime, minutes: int) -> datetime:
    """`minutes` more; a clock that has run out starts again from now."""
    return max(ends_at or now, now) + timedelta(minutes=minutes)
