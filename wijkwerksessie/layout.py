"""What fits on the projector: a stage of 48 by 27 em, whatever the size of the screen.

The numbers are those of `wijkwerksessie.css`. What is measured as fitting and is still too long is cut
off by the style sheet, never pushed over the edge.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.lettering import lines

STAGE_WIDTH, STAGE_HEIGHT = 48.0, 27.0  # em
MARGIN, COLUMN_GAP, CARD_GAP = 1.2, 0.8, 0.4
FOOT, JOIN_BOX = 2.2, 6.4  # kept free at the bottom of the first columns, and of the last one
TITLE_SIZE, TITLE_LEADING, TITLE_WIDTH = 1.6, 1.15, 36.0
TEXT_SIZE, TEXT_LEADING = 0.8, 1.3
CARD_LEADING, CARD_PADDING, CARD_INSET = 1.25, 0.8, 1.5
OPTION_INSET, OPTION_HEIGHT = 2.2, 1.3  # the number before an option, the bar under it
MOST_ON_A_PAGE = 36
LOOK_AHEAD = 5  # cards that may wait for the next page while shorter ones fill this one
UITLEG_WIDTH = 30.0
UITLEG_SIZES = (("huge", 1.5), ("large", 1.2), ("medium", 1.0), ("small", 0.8))
UITLEG_LEADING = 1.35


@dataclass(frozen=True)
class Screen:
    """The cards on one page of the projector: indexes into the given texts, per column."""

    columns: tuple[tuple[int, ...], ...]
    page: int
    before: int  # how many stand on the pages before this one

    @property
    def placed(self) -> int:
        return sum(len(column) for column in self.columns)


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


def screen(
    texts: Sequence[str], page: int, *, head: float, options: bool = False, strict: bool = False
) -> Screen:
    """Page `page` (from 1) of the texts; a page beyond the last becomes the last one.

    A card that does not fit any more goes first on the next page; a few shorter ones after it may
    fill the room it leaves, unless the order is `strict` (a ranking).
    """
    left, before, number = list(range(len(texts))), 0, 1
    while True:
        columns = _best_columns(texts, left[:MOST_ON_A_PAGE], head, options, 0 if strict else LOOK_AHEAD)
        placed = {index for column in columns for index in column}
        rest = [index for index in left if index not in placed]
        if number >= page or not rest:
            return Screen(tuple(tuple(column) for column in columns), number, before)
        left, before, number = rest, before + len(placed), number + 1


def _best_columns(
    texts: Sequence[str], wanted: Sequence[int], head: float, options: bool, ahead: int
) -> list[list[int]]:
    """Three columns, or two wider ones when the first card is too tall for three."""
    columns = _filled(texts, wanted, 3, head, options, ahead)
    if wanted and wanted[0] not in [column[0] for column in columns if column]:
        columns = _filled(texts, wanted, 2, head, options, ahead)
    if wanted and wanted[0] not in [column[0] for column in columns if column]:
        columns = [[wanted[0]], []]
    return columns


def _filled(
    texts: Sequence[str], wanted: Sequence[int], count: int, head: float, options: bool, ahead: int
) -> list[list[int]]:
    """Row by row from the top, where everybody can see it: each card in the emptiest column."""
    width = (STAGE_WIDTH - 2 * MARGIN - (count - 1) * COLUMN_GAP) / count - CARD_INSET
    room = [STAGE_HEIGHT - head - (JOIN_BOX if column == count - 1 else FOOT) for column in range(count)]
    used = [0.0] * count
    columns: list[list[int]] = [[] for _column in range(count)]
    for index in wanted:
        height = card_height(texts[index], width, options)
        fitting = [column for column in range(count) if used[column] + height <= room[column]]
        if not fitting:
            ahead -= 1
            if ahead < 0:
                break
            continue
        column = min(fitting, key=lambda at: used[at])
        columns[column].append(index)
        used[column] += height + CARD_GAP
    return columns


def card_height(text: str, width: float, options: bool) -> float:
    inset, extra = (OPTION_INSET, OPTION_HEIGHT) if options else (0.0, 0.0)
    return lines(text, width - inset) * CARD_LEADING + CARD_PADDING + extra
