"""What fits on one screen of the projector of what partners and the kernteam add. As `screens`: pure, in em."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from buurtscan.partners.pages import Line
from buurtscan.screens import BODY, LEADING, MARGIN, WIDTH
from buurtscan.timeline import Span
from core.lettering import lines

WHOLE = WIDTH - 2 * MARGIN
SMALL = 0.72  # 28.8 px: the smallest text
LABEL, NUMBER, WHEN = 24.0, 10.0, 9.0  # the columns of a table of a partner
ROW_SPACING = 0.5
FACT, BARS = 25.0, 18.0  # beside each other: the words of a fact, and its bar
AXIS = 1.4  # the years above the bars
PARAGRAPH = 1.1  # the size of a duiding
PARAGRAPH_GAP = 0.5
PIECE = 300  # letters of a text without an end of a sentence


@dataclass(frozen=True)
class Block:
    """A table of a partner, or the part of it that is on one screen. `source` is said under its title."""

    title: str
    source: str
    lines: tuple[Line, ...]

    @property
    def head(self) -> float:
        title = lines(self.title, WHOLE) * LEADING
        return title + lines(self.source, WHOLE, SMALL) * SMALL * LEADING + ROW_SPACING


def when_and_where(line: Line) -> str:
    return " · ".join(part for part in (line.period, line.place) if part)


def line_height(line: Line) -> float:
    label = lines(line.label, LABEL) * LEADING
    note = lines(line.note, LABEL, SMALL) * SMALL * LEADING if line.note else 0.0
    number = lines(line.shown, NUMBER) * LEADING
    return max(label + note, number, lines(when_and_where(line), WHEN, SMALL) * SMALL * LEADING) + ROW_SPACING


def partner_screens(tables: Sequence[Block], room: float = BODY) -> list[tuple[Block, ...]]:
    """Tables under each other; one that does not fit goes on at the next screen, with its head again."""
    screens: list[list[Block]] = []
    used = room
    for table in tables:
        started = False
        for line in table.lines:
            height = line_height(line) + (0 if started else table.head)
            if used + height > room:
                screens.append([])
                started, used = False, 0.0
                height = line_height(line) + table.head
            shown = () if not started else screens[-1].pop().lines
            screens[-1].append(Block(table.title, table.source, (*shown, line)))
            started, used = True, used + height
    return [tuple(screen) for screen in screens]


def span_details(span: Span) -> str:
    """ "2027–2028 · nu bezig · de portiekflats · corporatie"."""
    now = "nu bezig" if span.now else ""
    return " · ".join(part for part in (span.years, now, span.fact.where, span.fact.who) if part)


def span_height(span: Span) -> float:
    what = lines(span.fact.what, FACT) * LEADING
    return what + lines(span_details(span), FACT, SMALL) * SMALL * LEADING + ROW_SPACING


def timeline_screens(spans: Sequence[Span], room: float = BODY) -> list[tuple[Span, ...]]:
    """Facts under each other, each beside its bar."""
    screens: list[tuple[Span, ...]] = []
    used = room
    for span in spans:
        height = span_height(span)
        if used + height > room:
            screens.append(())
            used = AXIS
        screens[-1] = (*screens[-1], span)
        used += height
    return screens


def paragraph_screens(text: str, room: float = BODY) -> list[tuple[str, ...]]:
    """A long text as paragraphs; where it does not fit, it goes on with the next sentence."""
    screens: list[tuple[str, ...]] = []
    for paragraph in filter(None, (part.strip() for part in text.split("\n"))):
        screens = [*screens, (paragraph,)] if not screens else [*screens[:-1], (*screens[-1], paragraph)]
        if page_height(screens[-1]) <= room:
            continue
        *before, _whole = screens[-1]
        screens[-1] = tuple(before)
        begun = False
        for piece in pieces(paragraph):
            page = screens[-1]
            longer = (*page[:-1], f"{page[-1]} {piece}") if begun else (*page, piece)
            if page_height(longer) > room:
                screens.append((piece,))
            else:
                screens[-1] = longer
            begun = True
    return [screen for screen in screens if screen]


def page_height(paragraphs: Sequence[str]) -> float:
    return sum(lines(text, WHOLE, PARAGRAPH) * PARAGRAPH * LEADING + PARAGRAPH_GAP for text in paragraphs)


def pieces(paragraph: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.!?])\s+", paragraph):
        yield from textwrap.wrap(sentence, PIECE)
