"""Do the tellers of one group stand in a fair relation to its share of the neighbourhood?

Never a score: a group is heard less or more than its share only when chance is a poor explanation.
"""

from dataclasses import dataclass
from enum import Enum
from math import sqrt

from stories.hearing.suppression import ROOM

# With twenty answers a group that is a fifth of the neighbourhood stays away entirely by chance
# about once in 87 times (0.8 ** 20); with ten answers about once in nine. Below twenty we say nothing.
ENOUGH = 20
Z = 1.96  # of a 95% interval


class Heard(Enum):
    LESS = "less"
    MORE = "more"
    FAIR = "fair"  # the difference can be chance
    UNKNOWN = "unknown"  # the number or the share is not known, or they count different things


@dataclass(frozen=True)
class Interval:
    """Shares, 0 to 1."""

    low: float
    high: float


def interval(number: int, total: int) -> Interval:
    """Wilson's interval of 95% for `number` of `total`; it also works for none and for all."""
    share = number / total
    middle = share + Z * Z / (2 * total)
    spread = Z * sqrt(share * (1 - share) / total + Z * Z / (4 * total * total))
    below = 1 + Z * Z / total
    return Interval(max(0.0, (middle - spread) / below), min(1.0, (middle + spread) / below))


def heard(number: int | None, total: int, share: float | None, *, few: bool = False) -> Heard:
    """`share` of the neighbourhood in percent. `few` is fewer than five: judged as if it were four,

    so that the judgement tells nothing about which of 0 to 4 it is.
    """
    if total < ENOUGH or share is None or (number is None and not few):
        return Heard.UNKNOWN
    found = interval(ROOM if few or number is None else number, total)
    if found.high < share / 100:
        return Heard.LESS
    if not few and found.low > share / 100:
        return Heard.MORE
    return Heard.FAIR
