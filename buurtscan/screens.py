"""What fits on the projector: a stage of 48 by 27 em, one em of 40 pixels on a screen of 1920 by 1080. Pure.

The numbers are those of `buurtscan_presentation.css`. Nothing scrolls: what does not fit goes to a next screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from buurtscan.charts import trend_drawing
from buurtscan.reading import Reading
from buurtscan.words.member_values import shown_large
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
MEMBERS_IN_SENTENCE, MEMBER_ROWS = 2, 3
MEMBER_LEADING = 1.35
CARD_SPACING = 1.2  # padding of a card with text, and the gap under it


@dataclass(frozen=True)
class FigureCard:
    """A figure with its sentence, as large as the room needs it. `trend` says if its course fits too, `members`
    if the buurten of a set do."""

    reading: Reading
    sentence: str
    trend: bool = False
    members: bool = False

    @property
    def value(self) -> tuple[str, str]:
        """The number to show large, and what it is counted in: "165,1" and "per 1.000 inwoners"."""
        shown = shown_large(self.reading)
        cut = min((shown.find(word) for word in (" per ", " (") if word in shown), default=len(shown))
        return shown[:cut], shown[cut:].strip()

    def height(self, columns: int) -> float:
        width = card_width(columns)
        number, unit = self.value
        placed = (self.reading.own and self.reading.spot) or any(one.spot for one in self.reading.apart)
        place = PLACE_HEIGHT * CHART if placed else 0.0
        instead = (
            lines(self.reading.asked.instead + "x" * 40, width, SOURCE) if self.reading.asked.instead else 0
        )
        return (
            SPACING
            + lines(self.reading.indicator.title, width) * LEADING
            + lines(number, width, VALUE_SIZE) * VALUE_SIZE * 1.1
            + (lines(unit, width) * LEADING if unit else 0)
            + (lines(self.sentence, width) * LEADING if self.sentence else 0)
            + place
            + (1 + instead) * SOURCE * LEADING
        )

    def members_height(self, columns: int) -> float:
        """Of more buurten than the sentence names, under each other; beside each other on a card as wide as
        the screen."""
        members = self.member_values
        if not members:
            return 0.0
        rows = 1 if columns > 1 else MEMBER_ROWS
        width = (card_width(columns) - (rows - 1) * GAP) / rows
        number = [lines(f"{name} xx {shown}", width, SOURCE) for name, shown in members]
        uneven = max(number) > 1 and rows > 1
        return (-(-sum(number) // rows) + uneven) * SOURCE * MEMBER_LEADING + 0.4

    @property
    def member_values(self) -> list[tuple[str, str]]:
        """Each buurt of a set with its value; none where the sentence names them all."""
        members = self.reading.line.members if self.reading.apart else []
        if len(members) <= MEMBERS_IN_SENTENCE:
            return []
        return [(member.name, member.shown.split(" (")[0]) for member in members]

    def needed(self, columns: int) -> float:
        return self.height(columns) + self.members_height(columns)

    def trend_height(self) -> float:
        drawing = trend_drawing(self.reading.trend) if self.reading.own else None
        return drawing.height * CHART + 0.4 if drawing else 0.0


def card_width(columns: int) -> float:
    return (WIDTH - 2 * MARGIN - (columns - 1) * GAP) / columns - INSET


def room_for(*, asked: bool, calm: bool) -> float:
    return BODY - ASKED * asked - CALM * calm


def figure_screens(cards: Sequence[FigureCard], room: float = BODY) -> list[tuple[FigureCard, ...]]:
    """As many beside each other as fit, at most three; the course comes along where there is room for it.

    A figure of many buurten is alone where only so there is room to show each of them.
    """
    screens: list[tuple[FigureCard, ...]] = []
    left = list(cards)
    while left:
        columns = min(MOST_COLUMNS, len(left))
        while columns > 1 and any(card.needed(columns) > room for card in left[:columns]):
            columns -= 1
        screens.append(tuple(with_trend(card, columns, room) for card in left[:columns]))
        left = left[columns:]
    return screens


def with_trend(card: FigureCard, columns: int, room: float) -> FigureCard:
    left = room - card.height(columns)
    trend, members = card.trend_height(), card.members_height(columns)
    return FigureCard(card.reading, card.sentence, trend=0 < trend <= left, members=0 < members <= left)


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
