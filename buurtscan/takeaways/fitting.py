"""What fits in a box on a slide: PowerPoint does the laying out, we may not give it too much. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.lettering import lines

POINTS = 72  # to the inch
LEADING = 1.22
BETWEEN = 0.4  # of a line, after each paragraph
WIDER = 1.16  # beside the letters of core.lettering: Arial, or the wider one that a program puts in its place


@dataclass(frozen=True)
class Fitted:
    text: str
    size: int


def fits(text: str, size: float, width: float, height: float) -> bool:
    """`width` and `height` in inches, `size` in points."""
    room = width * POINTS / (size * WIDER)
    tall = lines(text, room) * LEADING + text.count("\n") * BETWEEN
    return tall * size <= height * POINTS


def fitted(text: str, sizes: Sequence[int], width: float, height: float) -> Fitted:
    """In the largest of `sizes` that fits; in the smallest, cut at a word, when none does."""
    for size in sizes:
        if fits(text, size, width, height):
            return Fitted(text, size)
    return Fitted(cut(text, sizes[-1], width, height), sizes[-1])


def cut(text: str, size: int, width: float, height: float) -> str:
    """The longest beginning that fits with … after it."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(text[:middle] + "…", size, width, height):
            low = middle
        else:
            high = middle - 1
    kept = text[:low]
    at_word = kept.rpartition(" ")[0]
    return (at_word if len(at_word) > low // 2 else kept).rstrip(" ,.;:\n") + "…"
