"""Per chapter: how much is counted, how much is told, and where the two do not meet.

Rule for "wijkt duidelijk af": a percentage differs by 10 points or more, any other figure by 20 %
or more, from the Netherlands (from the gemeente where the Netherlands is not published). Higher or
lower does not matter, and neither is called good or bad.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

POINTS = 10.0
SHARE = 0.20
TINTS = 4


@dataclass(frozen=True)
class Compared:
    """A published figure of the area, with the same figure of what it is compared with."""

    chapter: str
    value: float
    land: float | None = None
    gemeente: float | None = None
    percentage: bool = False

    @property
    def differs(self) -> bool:
        reference = self.gemeente if self.land is None else self.land
        return reference is not None and differs(self.value, reference, percentage=self.percentage)


class Meeting(StrEnum):
    SAMEN = "samen"  # figures differ, and residents tell
    NIEMAND_VERTELT = "niemand_vertelt"
    GEEN_CIJFER = "geen_cijfer"
    VALT_NIET_OP = "valt_niet_op"  # told, but no figure differs
    LEEG = "leeg"


@dataclass(frozen=True)
class Row:
    chapter: str
    figures: int
    differing: int
    stories: int
    tellen_tint: int  # 0 (nothing) to 4 (most)
    vertellen_tint: int

    @property
    def meeting(self) -> Meeting:
        if not self.figures:
            return Meeting.GEEN_CIJFER if self.stories else Meeting.LEEG
        if not self.stories:
            return Meeting.NIEMAND_VERTELT
        return Meeting.SAMEN if self.differing else Meeting.VALT_NIET_OP


def differs(value: float, reference: float, *, percentage: bool) -> bool:
    """Whether a figure is clearly higher or lower than what it is compared with."""
    distance = round(abs(value - reference), 9)
    if percentage:
        return distance >= POINTS
    return distance >= round(SHARE * abs(reference), 9) and distance > 0


def cover(
    chapters: Sequence[str], figures: Iterable[Compared], stories: Mapping[str, int]
) -> tuple[Row, ...]:
    """One row for every chapter, in the order given."""
    counted: Counter[str] = Counter()
    differing: Counter[str] = Counter()
    for figure in figures:
        counted[figure.chapter] += 1
        differing[figure.chapter] += figure.differs
    most = max((stories.get(chapter, 0) for chapter in chapters), default=0)
    return tuple(
        Row(
            chapter,
            counted[chapter],
            differing[chapter],
            stories.get(chapter, 0),
            tint(differing[chapter], counted[chapter]),
            tint(stories.get(chapter, 0), most),
        )
        for chapter in chapters
    )


def tint(part: int, whole: int) -> int:
    """0 for nothing, then 1 to 4: the darker, the larger the part."""
    if not part or not whole:
        return 0
    return max(1, min(TINTS, -(-TINTS * part // whole)))
