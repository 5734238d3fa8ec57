"""Tables on slides: figures of partners and what is coming, as many slides as it takes."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtscan.comparison import Spot
from buurtscan.models import PartnerFigure, PolicyFact
from buurtscan.reading import Reading
from buurtscan.takeaways.contents import ChapterContents, Contents
from buurtscan.takeaways.deck import EDGE, INK_2, INNER, TOP, Box, Deck, table, text
from buurtscan.takeaways.slide_charts import MOST_MEMBERS
from buurtscan.words.figures import of_hundred
from core.formats import dutch_number
from projects.chapters import Chapter

ROWS = 8  # in a table on a slide
HALF_ROWS = 12  # on half a slide
MIDDLE = 52  # of the hundred: nearer to half than this is the middle
MEMBER_WIDTH = 4.0  # inches
MOST_TABLES = 4  # slides of one kind of table
PARTNERS = (
    (gettext_lazy("Hoofdstuk"), 2.6),
    (gettext_lazy("Cijfer"), 4.2),
    (gettext_lazy("Waarde"), 1.9),
    (gettext_lazy("Jaar"), 1.0),
    (gettext_lazy("Van wie"), 2.433),
)
POLICY = (
    (gettext_lazy("Wanneer"), 1.7),
    (gettext_lazy("Wat"), 4.6),
    (gettext_lazy("Waar"), 2.2),
    (gettext_lazy("Wie"), 2.133),
    (gettext_lazy("Hoofdstuk"), 1.5),
)


def partner_slides(deck: Deck, contents: Contents) -> None:
    rows = [partner_row(one) for one in contents.partners]
    table_slides(deck, _("Cijfers van partners"), PARTNERS, rows)


def policy_slides(deck: Deck, contents: Contents) -> None:
    table_slides(deck, _("Wat komt eraan?"), POLICY, [policy_row(one) for one in contents.facts])


def member_slides(deck: Deck, part: ChapterContents, shown: Sequence[Reading]) -> None:
    """What is shown of more buurten than a chart has room for, each buurt on a row."""
    found = [reading for reading in shown if len(reading.apart) > MOST_MEMBERS]
    if not found or fits_beside(shown):
        return
    members = found[0].line.members
    width = (INNER - MEMBER_WIDTH) / len(found)
    columns = [(_("Buurt"), MEMBER_WIDTH), *((reading.indicator.title, width) for reading in found)]
    rows = [
        [member.name, *(reading.line.members[number].shown for reading in found)]
        for number, member in enumerate(members)
    ]
    title = _("%(chapter)s: alle buurten naast elkaar") % {"chapter": part.label}
    table_slides(deck, title, columns, rows)


def fits_beside(shown: Sequence[Reading]) -> bool:
    """One figure alone on a slide has the table of its buurten beside it, unless these are too many."""
    return len(shown) == 1 and 0 < len(shown[0].line.members) <= HALF_ROWS and bool(shown[0].apart)


def members_table(page: Any, box: Box, reading: Reading) -> None:
    """One figure of the buurten of a set, with the place of each, on half a slide."""
    heading = [_("Buurt"), _("Cijfer"), _("Tussen alle buurten")]
    spots = {member.figure.code: member.spot for member in reading.apart}
    members = reading.line.members
    rows = [[cell.name, cell.shown, place_of(spots.get(cell.figure.code))] for cell in members]
    widths = [box.width * part for part in (0.34, 0.28, 0.38)]
    height = min(box.height, 0.6 * (len(rows) + 1))
    name = _("%(title)s, elke buurt apart") % {"title": reading.indicator.title}
    table(page, Box(box.left, box.top, box.width, height), widths, [heading, *rows], name)


def place_of(spot: Spot | None) -> str:
    """In a cell: without the words that its heading has."""
    if spot is None:
        return ""
    lower, higher = of_hundred(spot.below, spot.ranked), of_hundred(spot.above, spot.ranked)
    if max(lower, higher) <= MIDDLE:
        return _("rond het midden")
    text = _("hoger dan in %(n)s van de 100") if lower > higher else _("lager dan in %(n)s van de 100")
    return text % {"n": max(lower, higher)}


def partner_row(figure: PartnerFigure) -> list[str]:
    decimals = 0 if figure.value == int(figure.value) else 1
    label = ", ".join(part for part in (figure.label, figure.place) if part)
    value = f"{dutch_number(figure.value, decimals)} {figure.unit}".strip()
    return [str(Chapter(figure.chapter).label), label, value, figure.period, figure.table.partner]


def policy_row(fact: PolicyFact) -> list[str]:
    when = f"{fact.starts}-{fact.ends}" if fact.ends else _("vanaf %(year)s") % {"year": fact.starts}
    what = f"{str(fact.get_kind_display()).capitalize()}: {fact.what}"
    return [when, what, fact.where, fact.who, str(Chapter(fact.chapter).label)]


def table_slides(
    deck: Deck, title: str, columns: Sequence[tuple[str | Promise, float]], rows: Sequence[Sequence[str]]
) -> None:
    """As many slides as it takes, to a limit that is told."""
    parts = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)]
    for number, part in enumerate(parts[:MOST_TABLES], start=1):
        name = f"{title} ({number} van {min(len(parts), MOST_TABLES)})" if len(parts) > 1 else title
        page = deck.page(name)
        heading = [str(heading) for heading, _width in columns]
        height = min(5.3, 0.66 * (len(part) + 1))
        widths = [width for _heading, width in columns]
        table(page, Box(EDGE, TOP, INNER, height), widths, [heading, *part], name)
        left = len(rows) - MOST_TABLES * ROWS
        more = left > 0 and number == MOST_TABLES
        deck.notes(page, ["; ".join(one for one in row if one) for row in part])
        if more:
            said = _("Nog %(n)s staan in het werkblad.") % {"n": left}
            text(page, Box(EDGE, 6.68, INNER, 0.3), said, sizes=(12,), colour=INK_2)
