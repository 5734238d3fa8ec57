"""The scan as slides: real text and native charts, with source, year and table in the notes of each."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from buurtscan.reading import Reading
from buurtscan.standing import why
from buurtscan.takeaways.contents import ChapterContents, Contents
from buurtscan.takeaways.deck import (
    EDGE,
    INK,
    INK_2,
    INNER,
    SAMEN,
    TELLEN,
    TOP,
    Box,
    Deck,
    bar,
    text,
)
from buurtscan.takeaways.said import brief_value, remarks_of, said_of
from buurtscan.takeaways.slide_charts import bar_chart, beams_of, has_course, has_line, line_chart
from buurtscan.takeaways.slide_tables import (
    fits_beside,
    member_slides,
    members_table,
    partner_slides,
    policy_slides,
)
from buurtscan.takeaways.texts import shortened
from buurtscan.words.figures import alike_in_words, breaks_in_words, change_in_words, place_in_words
from buurtscan.words.member_values import shown_large
from buurtscan.words.values import level_in_words
from core.formats import dutch_date

GAP = 0.35
TEXT = (18, 16, 14, 12)
SMALL = (14, 13, 12)


def slides_pptx(contents: Contents) -> bytes:
    return deck_of(contents).data()


def deck_of(contents: Contents) -> Deck:
    deck = Deck(contents.title, footer_of(contents))
    first_slide(deck, contents)
    questions_slide(deck, contents)
    overview_slide(deck, contents)
    for part in contents.chapters:
        chapter_slides(deck, part)
    partner_slides(deck, contents)
    policy_slides(deck, contents)
    sources_slide(deck, contents)
    return deck


def footer_of(contents: Contents) -> str:
    day = _("cijfers opgehaald op %(day)s") % {"day": dutch_date(contents.scanned_on)}
    example = f"{_('Voorbeeld')} · " if contents.is_demo else ""
    return f"{example}{contents.title} · {day}"


def first_slide(deck: Deck, contents: Contents) -> None:
    day = _("Cijfers opgehaald op %(day)s") % {"day": dutch_date(contents.scanned_on)}
    lines = [contents.where, day]
    if contents.is_demo:
        lines.append(_("Voorbeeld: de cijfers zijn echt, de rest is verzonnen."))
    page = deck.first(contents.title, "\n".join(lines))
    deck.notes(page, [_("Deze dia's horen bij de buurtscan. Bij elke dia staan de bronnen in de notities.")])


def questions_slide(deck: Deck, contents: Contents) -> None:
    """What the kernteam wants to know, before any figure."""
    questions = contents.questions[:4]
    if not questions:
        return
    page = deck.page(_("Wat wil het kernteam weten?"))
    height = 5.5 / len(questions)
    for number, question in enumerate(questions):
        top = TOP + number * height
        bar(page, Box(EDGE, top, 0.08, height - 0.25), SAMEN)
        head, rest = 0.55 if height < 2 else 0.8, Box(EDGE + 0.3, top, INNER - 0.3, height - 0.25)
        text(
            page, Box(rest.left, top, rest.width, head), question.text, sizes=(20, 18, 16, 14, 12), bold=True
        )
        answer = "\n".join(answers_of(question.answered, question.unanswered))
        text(page, Box(rest.left, top + head, rest.width, rest.height - head), answer, sizes=SMALL)
    left = len(contents.questions) - len(questions)
    more = [_("Nog %(n)s vragen staan in de buurtscan.") % {"n": left}] if left else []
    asked = ["\n".join([one.text, *answers_of(one.answered, one.unanswered)]) for one in contents.questions]
    deck.notes(page, [*asked, *more])


def answers_of(answered: str, unanswered: str) -> list[str]:
    lines = [_("De cijfers zeggen: %(text)s") % {"text": one_line(answered)}] if answered else []
    if unanswered:
        lines.append(_("Wat de cijfers niet zeggen: %(text)s") % {"text": one_line(unanswered)})
    return lines


def one_line(words: str) -> str:
    return " ".join(words.split())


def overview_slide(deck: Deck, contents: Contents) -> None:
    """The figure that stands out most of each chapter."""
    found = [(part, (part.standouts or part.differing)[:1]) for part in contents.chapters if part.first]
    if not any(shown for _part, shown in found):
        return
    page = deck.page(_("Alle hoofdstukken in één blik"))
    height = min(0.95, 5.5 / len(found))
    for number, (part, shown) in enumerate(found):
        top = TOP + number * height
        text(page, Box(EDGE, top, 3.3, height - 0.08), part.label, sizes=(16, 14, 12), bold=True)
        said = overview_line(part)
        box = Box(EDGE + 3.5, top, INNER - 3.5, height - 0.08)
        text(page, box, said, sizes=(16, 14, 12), colour=INK if shown else INK_2)
    deck.notes(page, [line for _part, shown in found for reading in shown for line in note_lines(reading)])


def overview_line(part: ChapterContents) -> str:
    """Of several buurten shortly: there is room for two lines."""
    for reading in part.standouts[:1] or part.differing[:1]:
        if not reading.apart:
            return said_of(reading)
        values = {"title": reading.indicator.title, "values": shown_large(reading), "why": why(reading)}
        if part.standouts:
            return _("%(title)s: %(values)s. %(why)s") % values
        return _("De buurten verschillen. %(title)s: %(values)s.") % values
    return _("Hier springt geen cijfer eruit.")


def chapter_slides(deck: Deck, part: ChapterContents) -> None:
    shown = part.standouts or part.first
    if shown:
        standouts_slide(deck, part, shown)
        if len(shown) > 1:  # of one figure, the course is on the same slide
            course_slide(deck, part, [one for one in shown if has_line(one) and beams_of(one)][:2])
    member_slides(deck, part, shown)
    duiding_slide(deck, part)


def standouts_slide(deck: Deck, part: ChapterContents, shown: Sequence[Reading]) -> None:
    question = _("%(chapter)s: wat valt op?") if part.standouts else _("%(chapter)s: de eerste cijfers")
    if part.differing:
        question = _("%(chapter)s: waarin verschillen de buurten?")
    page = deck.page(question % {"chapter": part.label})
    columns = max(2, len(shown))
    width = (INNER - (columns - 1) * GAP) / columns
    for number, reading in enumerate(shown):
        card(page, Box(EDGE + number * (width + GAP), TOP, width, 5.55), reading)
    if len(shown) == 1 and has_line(shown[0]) and beams_of(shown[0]):
        course(page, Box(EDGE + width + GAP, TOP, width, 5.5), shown[0], _("Door de jaren"))
    elif fits_beside(shown):
        members_table(page, Box(EDGE + width + GAP, TOP, width, 5.5), shown[0])
    nothing = [] if part.standouts else [_("In dit hoofdstuk springt geen cijfer eruit.")]
    deck.notes(page, [*nothing, *(line for reading in shown for line in note_lines(reading))])


def card(page: Any, box: Box, reading: Reading) -> None:
    """Title, value, sentence and what to know, above a chart of the area beside the others; where those
    cannot be compared (a count), above its course."""
    bar(page, Box(box.left, box.top, box.width, 0.05), TELLEN)
    title = reading.indicator.title
    text(page, Box(box.left, box.top + 0.12, box.width, 0.58), title, sizes=(16, 14, 12), bold=True)
    value = brief_value(reading)
    size = Box(box.left, box.top + 0.72, box.width, 0.6)
    text(page, size, value, sizes=(32, 28, 24, 20, 16), colour=TELLEN, bold=True)
    beams, room = beams_of(reading), 1.5
    sizes = (16, 14, 13, 12, 11)
    text(page, Box(box.left, box.top + 1.32, box.width, room), said_of(reading), sizes=sizes)
    below = box.top + 1.38 + room
    remark = " ".join([f"{reading.asked.source}.", *remarks_of(reading)])
    text(page, Box(box.left, below, box.width, 0.45), remark, sizes=(12, 11), colour=INK_2)
    rest = Box(box.left, below + 0.47, box.width, box.top + box.height - below - 0.47)
    if beams:
        bar_chart(page, rest, reading, beams)
    elif has_course(reading):
        line_chart(page, rest, reading)


def course_slide(deck: Deck, part: ChapterContents, shown: Sequence[Reading]) -> None:
    if not shown:
        return
    page = deck.page(_("%(chapter)s: hoe ging het door de jaren?") % {"chapter": part.label})
    width = (INNER - GAP * (len(shown) - 1)) / len(shown)
    for number, reading in enumerate(shown):
        box = Box(EDGE + number * (width + GAP), TOP, width, 5.5)
        course(page, box, reading, reading.indicator.title)
    deck.notes(page, [line for reading in shown for line in note_lines(reading)])


def course(page: Any, box: Box, reading: Reading, title: str) -> None:
    """The figure through the years, in words and as a line."""
    bar(page, Box(box.left, box.top, box.width, 0.05), TELLEN)
    text(page, Box(box.left, box.top + 0.15, box.width, 0.5), title, sizes=(16, 14, 12), bold=True)
    words = [change_in_words(reading.trend, reading.indicator), breaks_in_words(reading.trend)]
    said = " ".join(one for one in words if one)
    text(page, Box(box.left, box.top + 0.68, box.width, 0.8), said, sizes=SMALL)
    line_chart(page, Box(box.left, box.top + 1.55, box.width, box.height - 1.55), reading)


def duiding_slide(deck: Deck, part: ChapterContents) -> None:
    """What the kernteam says of the figures: in plum, never in the blue of a figure."""
    if not part.duiding and not part.marks:
        return
    page = deck.page(_("%(chapter)s: wat ziet het kernteam?") % {"chapter": part.label})
    bar(page, Box(EDGE, TOP, 0.08, 5.4), SAMEN)
    marks = [f"{mark.kind.capitalize()}: {mark.title}. {mark.reason}" for mark in part.marks]
    half = 2.6 if part.duiding and marks else 5.4
    left, width = EDGE + 0.3, INNER - 0.3
    if part.duiding:
        text(page, Box(left, TOP, width, half), part.duiding, sizes=(22, 20, 18, 16, 14))
    if marks:
        top = TOP + (half + 0.2 if part.duiding else 0)
        text(page, Box(left, top, width, half), "\n".join(marks), sizes=TEXT)
    deck.notes(page, [part.duiding, *marks])


def note_lines(reading: Reading) -> list[str]:
    """One figure with all that is needed to find it again."""
    figure, indicator = reading.figure, reading.indicator
    lines = [f"{indicator.title}: {shown_large(reading)}. {indicator.meaning}"]
    if reading.spot and reading.own:
        lines.append(f"{place_in_words(reading.spot, indicator, figure.level)}.")
    lines += member_lines(reading)
    if reading.alike and reading.own and reading.value is not None:
        names = ", ".join(buurt.name for buurt in reading.alike.buurten)
        lines.append(alike_in_words(reading.alike, reading.value))
        lines.append(_("Buurten die erop lijken: %(names)s.") % {"names": names})
    values = {
        "source": figure.get_source_display(),
        "year": figure.period or _("onbekend"),
        "table": figure.table or _("onbekend"),
        "vintage": figure.vintage or _("onbekend"),
        "level": level_of(reading),
    }
    source = _(
        "Bron: %(source)s, jaar %(year)s, tabel %(table)s, indeling van %(vintage)s. Cijfer van: %(level)s."
    )
    return [*lines, *remarks_of(reading), source % values, ""]


def member_lines(reading: Reading) -> list[str]:
    """Each buurt of a set with its value, its place, and what to beware of."""
    found = []
    for member in reading.apart:
        place = place_in_words(member.spot, reading.indicator) if member.spot else ""
        parts = (f"{member.asked.name}: {member.asked.shown}", place, *member.asked.flags)
        found.append("; ".join(part for part in parts if part) + ".")
    return found


def level_of(reading: Reading) -> str:
    if reading.apart:
        return _("elke buurt apart")
    used = reading.figure.level_used
    return level_in_words(used) if used else _("onbekend")


def sources_slide(deck: Deck, contents: Contents) -> None:
    page = deck.page(_("Bronnen, en hoe u dit leest"))
    half = (INNER - GAP) / 2
    text(page, Box(EDGE, TOP, half, 5.5), "\n".join(source_texts(contents)), sizes=TEXT)
    text(page, Box(EDGE + half + GAP, TOP, half, 5.5), "\n".join(reading_texts(contents)), sizes=TEXT)
    deck.notes(page, [*source_texts(contents), *reading_texts(contents)])


def source_texts(contents: Contents) -> Iterable[str]:
    for line in contents.sources:
        yield f"{line.name}, {line.years}. {_('Licentie')}: {line.licence}."
    for one in contents.tables:
        yield shortened(f"{one.partner}: {one.title}. {one.source_note}", 160)


def reading_texts(contents: Contents) -> Iterable[str]:
    yield _("Elk cijfer komt uit een openbare bron. Wat niet bekend is, vullen wij niet zelf in.")
    yield _(
        "Is het cijfer van de buurt niet bekend, dan staat er dat van een groter gebied. Dat staat erbij."
    )
    yield _("Een lijn stopt waar een cijfer een andere betekenis kreeg.")
    yield _("Cijfers over wie er wonen zijn nooit goed of slecht.")
    empty = [part for part in contents.chapters if not part.first]
    if any(reading.apart for reading in contents.readings):
        yield _("Mogen cijfers van buurten niet bij elkaar worden opgeteld, dan staan ze naast elkaar.")
    if without := [part.label for part in empty]:
        yield _("Zonder cijfers: %(chapters)s.") % {"chapters": ", ".join(without)}
    if contents.left_out:
        yield _("Het kernteam heeft cijfers weggelaten.")
