"""Tables on slides: figures of partners and what is coming, as many slides as it takes."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtscan.models import PartnerFigure, PolicyFact
from buurtscan.takeaways.contents import Contents
from buurtscan.takeaways.deck import EDGE, INK_2, INNER, TOP, Box, Deck, table, text
from core.formats import dutch_number
from projects.chapters import Chapter

ROWS = 8  # in a table on a slide
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
    deck: Deck, title: str, columns: Sequence[tuple[Promise, float]], rows: Sequence[Sequence[str]]
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
