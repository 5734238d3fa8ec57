"""The line of counts under each bouwsteen, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtagenda.counts import Counts


def lines_of(counts: Counts) -> dict[str, str]:
    """One line of real counts for each bouwsteen; "" where there is nothing yet."""
    ripe = {"ja": _("tijd is rijp"), "nog_niet": _("tijd nog niet rijp"), "nee": _("nu niet")}
    sources = len({source for _chapter, source in counts.figures})
    return {
        "urgentie": line(urgencies(sum(counts.urgencies.values())), ripe.get(counts.ripe, "")),
        "buurtscan": line(figures(sum(counts.figures.values())), source_count(sources)),
        "partijen": parties(sum(counts.parties.values())),
        "verhalen": line(stories(sum(counts.told.values())), to_read(counts.waiting)),
        "tellen-vertellen": inzichten(counts.inzichten),
        "beleid": line(ideas(counts.ideas), plans(counts.policy_lines)),
        "agenda": line(agreed(counts.agreed), in_concept(counts.in_concept)),
    }


def line(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def urgencies(n: int) -> str:
    return ngettext("%(n)s zorg of kans", "%(n)s zorgen en kansen", n) % {"n": n} if n else ""


def figures(n: int) -> str:
    return ngettext("%(n)s cijfer", "%(n)s cijfers", n) % {"n": n} if n else ""


def source_count(n: int) -> str:
    return ngettext("%(n)s bron", "%(n)s bronnen", n) % {"n": n} if n else ""


def parties(n: int) -> str:
    return ngettext("%(n)s partij", "%(n)s partijen", n) % {"n": n} if n else ""


def stories(n: int) -> str:
    return ngettext("%(n)s verhaal", "%(n)s verhalen", n) % {"n": n} if n else ""


def to_read(n: int) -> str:
    return _("%(n)s te lezen") % {"n": n} if n else ""


def inzichten(n: int) -> str:
    return ngettext("%(n)s inzicht", "%(n)s inzichten", n) % {"n": n} if n else ""


def ideas(n: int) -> str:
    return ngettext("%(n)s idee", "%(n)s ideeën", n) % {"n": n} if n else ""


def plans(n: int) -> str:
    return ngettext("%(n)s plan", "%(n)s plannen", n) % {"n": n} if n else ""


def agreed(n: int) -> str:
    return ngettext("%(n)s punt afgesproken", "%(n)s punten afgesproken", n) % {"n": n} if n else ""


def in_concept(n: int) -> str:
    return ngettext("%(n)s punt in concept", "%(n)s punten in concept", n) % {"n": n} if n else ""
