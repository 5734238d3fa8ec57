"""What fits on the projector: a stage of 48 by 27 em, whatever the size of the screen.

The numbers are those of `wijkwerksessie.css`. Text is measured with a rough width per letter that
is on the safe side; what is still too long is cut off by the style sheet, never pushed over the edge.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

STAGE_WIDTH, STAGE_HEIGHT = 48.0, 27.0  # em
MARGIN, COLUMN_GAP, CARD_GAP = 1.2, 0.8, 0.4
FOOT, JOIN_BOX = 2.2, 6.4  # kept free at the bottom of the first columns, and of the last one
TITLE_SIZE, TITLE_LEADING, TITLE_WIDTH = 1.6, 1.15, 36.0
TEXT_SIZE, TEXT_LEADING = 0.8, 1.3
CARD_LEADING, CARD_PADDING, CARD_INSET = 1.25, 0.8, 1.5
OPTION_INSET, OPTION_HEIGHT = 2.2, 1.3  # the number before an option, the bar under it
MOST_ON_A_PAGE = 36
UITLEG_WIDTH = 30.0
UITLEG_SIZES = (("large", 1.2), ("medium", 1.0), ("small", 0.8))
UITLEG_LEADING = 1.35

NARROW, WIDE = set("iljtfrI.,:;'!|()[] ’‘-"), set("mwMWOQ@%&—")


@dataclass(frozen=True)
class Screen:
    """The cards on one page of the projector: indexes into the given texts, per column."""

    columns: tuple[tuple[int, ...], ...]
    page: int
    first: int
    placed: int

    @property
    def after(self) -> int:
        """The index of the first card that did not fit any more."""
        return self.first + self.placed


def letter_width(letter: str) -> float:
    """In em of its own size."""
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Mn"):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF" or unicodedata.category(letter) == "So":
        return 1.25
    if letter in NARROW:
        return 0.3
    if letter in WIDE:
        return 0.85
    return 0.62 if letter.isupper() else 0.53


def lines(text: str, width: float, size: float = 1.0) -> int:
    """How many lines `text` takes at `size` em in a column of `width` em. At least one."""
    return sum(_lines_of(line.split(), width / size) for line in text.split("\n")) if text else 1


def _lines_of(words: Sequence[str], room: float) -> int:
    count, used = 1, 0.0
    for word in words:
        long = sum(letter_width(letter) for letter in word)
        if used and used + 0.3 + long > room:
            count, used = count + 1, 0.0
        over = int(long // room)
        count, used = count + over, (long - over * room if over else used + (0.3 if used else 0) + long)
    return count


def head_height(title: str, text: str) -> float:
    """The height of the question with its explanation."""
    height = 1.7 + lines(title, TITLE_WIDTH / 1.06, TITLE_SIZE) * TITLE_SIZE * TITLE_LEADING
    if text:
        height += 0.2 + lines(text, TITLE_WIDTH, TEXT_SIZE) * TEXT_SIZE * TEXT_LEADING
    return height + 0.5


def uitleg_size(title: str, text: str) -> str:
    """The largest type in which an explanation fits beside the join box."""
    free = STAGE_HEIGHT - head_height(title, "") - FOOT
    for name, size in UITLEG_SIZES:
        if lines(text, UITLEG_WIDTH, size) * size * UITLEG_LEADING <= free:
            return name
    return UITLEG_SIZES[-1][0]


def screen(texts: Sequence[str], page: int, *, head: float, options: bool = False) -> Screen:
    """Page `page` (from 1) of the texts; a page beyond the last becomes the last one."""
    first, number = 0, 1
    while True:
        columns, placed = _best_columns(texts[first : first + MOST_ON_A_PAGE], head, options)
        if number >= page or first + placed >= len(texts):
            moved = tuple(tuple(first + index for index in column) for column in columns)
            return Screen(moved, number, first, placed)
        first, number = first + placed, number + 1


def _best_columns(texts: Sequence[str], head: float, options: bool) -> tuple[list[list[int]], int]:
    """Three columns, or two wider ones when a card is too tall for three."""
    columns, placed, clipped = _filled(texts, 3, head, options)
    if clipped:
        columns, placed, clipped = _filled(texts, 2, head, options)
    return columns, placed


def _filled(
    texts: Sequence[str], count: int, head: float, options: bool
) -> tuple[list[list[int]], int, bool]:
    """Fill column after column from the top, until nothing fits."""
    width = (STAGE_WIDTH - 2 * MARGIN - (count - 1) * COLUMN_GAP) / count - CARD_INSET
    columns, placed, clipped = [], 0, False
    for column in range(count):
        free = STAGE_HEIGHT - head - (JOIN_BOX if column == count - 1 else FOOT)
        inside: list[int] = []
        for index in range(placed, len(texts)):
            height = card_height(texts[index], width, options)
            if height > free and (inside or height <= STAGE_HEIGHT - head - FOOT):
                break
            clipped = clipped or height > free
            inside.append(index)
            free -= height + CARD_GAP
        columns.append(inside)
        placed += len(inside)
    return columns, placed, clipped


def card_height(text: str, width: float, options: bool) -> float:
    inset, extra = (OPTION_INSET, OPTION_HEIGHT) if options else (0.0, 0.0)
    return lines(text, width - inset) * CARD_LEADING + CARD_PADDING + extra
