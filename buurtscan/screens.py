"""What fits on the projector: a stage of 48 by 27 em, one em of 40 pixels on a screen of 1920 by 1080. Pure.

The numbers are those of `buurtscan_presentation.css`. Nothing scrolls: what does not fit goes to a next screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from buurtscan.charts import trend_drawing
from buurtscan.reading import Reading
from core.lettering import lines

WIDTH, MARGIN, GAP = 46.6, 1.2, 0.8
BODY = 19.8  # em between the head and the foot
ASKED, CALM = 1.2, 1.35  # what a question in the head, and a line above the figures, take of it
LEADING = 1.25
INSET = 1.3  # left and right inside a card together
CHART = 0.92  # the size of the text in a chart
PLACE_HEIGHT = 3.9
SOURCE = 0.72
VALUE_SIZE = 2.0
SPACING = 2.6  # above, below and between the parts of a card
MOST_COLUMNS = 3
CARD_SPACING = 1.2  # padding of a card with text, and the gap under it


@dataclass(frozen=True)
class FigureCard:
    """A figure with its sentence, as large as the room needs it. `trend` says if its course fits too."""

    reading: Reading
    sentence: str
    trend: bool = False

    @property
    def value(self) -> tuple[str, str]:
        """The number to show large, and what it is counted in: "165,1" and "per 1.000 inwoners"."""
        shown = self.reading.asked.shown
        cut = min((shown.find(word) for word in (" per ", " (") if word in shown), default=len(shown))
        return shown[:cut], shown[cut:].strip()

    def height(self, columns: int) -> float:
        width = (WIDTH - 2 * MARGIN - (columns - 1) * GAP) / columns - INSET
        number, unit = self.value
        place = PLACE_HEIGHT * CHART if self.reading.spot and self.reading.own else 0.0
        instead = lines(self.reading.asked.instead + "x" * 40, width, SOURCE) if not self.reading.own else 0
        return (
            SPACING
            + lines(self.reading.indicator.title, width) * LEADING
            + lines(number, width, VALUE_SIZE) * VALUE_SIZE * 1.1
            + (lines(unit, width) * LEADING if unit else 0)
            + (lines(self.sentence, width) * LEADING if self.sentence else 0)
            + place
            + (1 + instead) * SOURCE * LEADING
        )

    def trend_height(self) -> float:
        drawing = trend_drawing(self.reading.trend) if self.reading.own else None
        return drawing.height * CHART + 0.4 if drawing else 0.0


def room_for(*, asked: bool, calm: bool) -> float:
    return BODY - ASKED * asked - CALM * calm


def figure_screens(cards: Sequence[FigureCard], room: float = BODY) -> list[tuple[FigureCard, ...]]:
    """As many beside each other as fit, at most three; the course comes along where there is room for it."""
    screens: list[tuple[FigureCard, ...]] = []
    left = list(cards)
    while left:
        columns = min(MOST_COLUMNS, len(left))
        while columns > 1 and any(card.height(columns) > room for card in left[:columns]):
            columns -= 1
        screens.append(tuple(with_trend(card, columns, room) for card in left[:columns]))
        left = left[columns:]
    return screens


def with_trend(card: FigureCard, columns: int, room: float) -> FigureCard:
    more = card.trend_height()
    return FigureCard(card.reading, card.sentence, trend=0 < more <= room - card.height(columns))


def text_screens(
    texts: Sequence[str], *, columns: int, size: float = 1.0, room: float = BODY
) -> list[list[list[int]]]:
    """Texts on cards, in their order, each in the emptiest column: per screen the indexes in every column."""
    width = (WIDTH - 2 * MARGIN - (columns - 1) * GAP) / columns - INSET
    screens: list[list[list[int]]] = []
    used: list[float] = []
    for index, text in enumerate(texts):
        height = lines(text, width, size) * size * LEADING + CARD_SPACING
        if not screens or min(used) + height > room:
            screens.append([[] for _column in range(columns)])
            used = [0.0] * columns
        column = used.index(min(used))
        screens[-1][column].append(index)
        used[column] += height
    return screens
