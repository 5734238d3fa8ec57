"""A figure of the buurten of a set beside each other, in short sentences. Pure: numbers as published.

Two buurten are both named; of more the highest and the lowest, and how many lie between. Then on which
side of the gemeente (or the country) they all lie, or most of them. Never which of them is better.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtscan.pages import Cell
from buurtscan.reading import Reading
from buurtscan.words.numbers import capital
from buurtscan.words.phrases import Amount, Class, Distance, Phrase, Share, Side, be, phrase_of
from buurtscan.words.values import value_in_words
from buurtscan.words.wording import WORDING
from core.formats import dutch_number

NAMED = 2  # buurten with the same figure, by name; more are counted
NO_MATTER_HOW_MANY = "dichtheid"  # a kin of figures that few people do not make uncertain


def members_sentence(reading: Reading) -> str:
    """In B1 Dutch; empty where no buurt has a value."""
    return " ".join([members_said(reading), *members_remarks(reading)]) if reading.apart else ""


def members_said(reading: Reading) -> str:
    """The buurten, and what they are beside. Not for a reading without any."""
    phrase = phrase_for(reading)
    parts = [
        *said_of_groups(phrase, groups_of(phrase, reading.apart), len(reading.apart)),
        compared(phrase, reading),
    ]
    return " ".join(part for part in parts if part)


def members_remarks(reading: Reading) -> list[str]:
    """Of which buurten nothing is known, and in which few people live."""
    groups = groups_of(phrase_for(reading), reading.apart)
    return [part for part in (unknown(reading), few_people(reading, groups)) if part]


def phrase_for(reading: Reading) -> Phrase:
    return phrase_of(reading.indicator, [value_of(member) for member in reading.apart])


def value_of(reading: Reading) -> float:
    if reading.value is None:
        raise ValueError("this buurt has no figure")
    return reading.value


def groups_of(phrase: Phrase, members: Sequence[Reading]) -> list[list[Reading]]:
    """Those of which a reader sees the same figure together: two as they come, more from high to low."""
    found: dict[str, list[Reading]] = {}
    ordered = members if len(members) == 2 else sorted(members, key=value_of, reverse=True)
    for member in ordered:
        found.setdefault(shown_in(phrase, value_of(member)), []).append(member)
    return list(found.values())


def shown_in(phrase: Phrase, value: float) -> str:
    """Within a sentence: "81%", "€ 409.000", "61", "4,5 kilometer", "goed (klasse 7 van 9)"."""
    if isinstance(phrase, Amount):
        return dutch_number(value * phrase.wording.times, phrase.indicator.decimals)
    if isinstance(phrase, Distance | Class | Side):
        return phrase.shown(value)
    return value_in_words(phrase.indicator, value)


def said_of_groups(phrase: Phrase, groups: Sequence[Sequence[Reading]], number: int) -> list[str]:
    first, last = groups[0], groups[-1]
    here = _("in %(where)s") % {"where": names_of(first, number)}
    said = placed(phrase, value_of(first[0]), here, estimated="modelled" in first[0].figure.flags)
    head, _stop, tail = said.partition(". ")
    parts = [f"{head.removesuffix('.')}."]
    if len(groups) > 1:
        rest = len(groups) == 2 and len(last) > NAMED
        where = _("de andere %(n)s buurten") % {"n": len(last)} if rest else names_of(last, number)
        also = is_that(phrase, value_of(last[0]))
        if isinstance(phrase, Side) and value_of(first[0]) * value_of(last[0]) > 0:
            also = also.partition(_(" punt"))[0] + _(" punt")
        parts.append(_("In %(where)s %(said)s.") % {"where": where, "said": also})
    if len(groups) > 2:
        parts.append(between_in_words(number - len(first) - len(last)))
    return [*parts, tail]


def between_in_words(number: int) -> str:
    text = ngettext(
        "De andere buurt zit daartussenin.", "De andere %(n)s buurten zitten daartussenin.", number
    )
    return text % {"n": number}


def names_of(members: Sequence[Reading], number: int) -> str:
    """ "Gelselaar", "Dordsedijk en Derksweg", "beide buurten", "4 van de 8 buurten"."""
    if len(members) == number > 1:
        return both_or_all(number)
    if len(members) <= NAMED:
        return _(" en ").join(member.asked.name for member in members)
    return _("%(part)s van de %(n)s buurten") % {"part": len(members), "n": number}


def both_or_all(number: int) -> str:
    return _("beide buurten") if number == 2 else _("alle %(n)s buurten") % {"n": number}


def placed(phrase: Phrase, value: float, here: str, *, estimated: bool) -> str:
    """ "In Gelselaar rookt naar schatting 14,6% van de volwassenen." Of a share the verb comes first then."""
    if isinstance(phrase, Amount):
        return counted(phrase, shown_in(phrase, value), here)
    if not isinstance(phrase, Share):
        return phrase.sentence(value, here=here, estimated=estimated)
    verb, _space, rest = phrase.wording.does.partition(" ")
    about = _("naar schatting") if estimated else ""
    share = _("%(value)s van de %(whole)s") % {
        "value": value_in_words(phrase.indicator, value),
        "whole": phrase.wording.of,
    }
    return capital(" ".join(part for part in (here, verb, about, share, rest) if part)) + "."


def counted(phrase: Amount, number: str, here: str) -> str:
    """In figures, and not in words as elsewhere: two that nearly agree have to be told apart."""
    wording, said = phrase.wording, _("geen") if number == "0" else number
    text = wording.single if number == "1" and wording.single else wording.text
    noun = wording.one if number == "1" else wording.many
    filled = text.format(amount=said, number=f"{said} {noun}", here=f" {here}", base="1.000")
    return capital(filled)


def is_that(phrase: Phrase, value: float) -> str:
    shown = shown_in(phrase, value)
    if isinstance(phrase, Amount):
        return f"{be(phrase.wording.was, single=shown == '1')} dat er {_('geen') if shown == '0' else shown}"
    if isinstance(phrase, Share):
        return _("is dat %(value)s") % {"value": shown}
    return phrase.beside(value, past=False)


def few_people(reading: Reading, groups: Sequence[Sequence[Reading]]) -> str:
    """Of the buurten that were named."""
    wording = WORDING.get(reading.indicator.id)
    if reading.indicator.count or (wording and wording.kin == NO_MATTER_HOW_MANY):
        return ""
    shown = dict.fromkeys(member.asked.name for group in (groups[0], groups[-1]) for member in group)
    few = [member.asked.name for member in reading.apart if "few_inhabitants" in member.figure.flags]
    named = [name for name in shown if name in few]
    if not named:
        return ""
    where = _(" en ").join(named) if len(named) <= NAMED else _("%(n)s van deze buurten") % {"n": len(few)}
    return _("In %(where)s wonen weinig mensen: daar zegt het cijfer minder.") % {"where": where}


def unknown(reading: Reading) -> str:
    lacking = [member.name for member in reading.line.members if member.value is None]
    if not lacking:
        return ""
    if len(lacking) <= NAMED:
        return _("Van %(names)s is dit niet bekend.") % {"names": _(" en ").join(lacking)}
    return _("Van de andere %(n)s buurten is dit niet bekend.") % {"n": len(lacking)}


def beside_of(reading: Reading) -> Cell | None:
    """The gemeente; the country where there is no one gemeente with a figure."""
    if reading.indicator.count:
        return None
    compared_already = reading.indicator.unit == "verschil met Nederland"
    for cells in (reading.line.gemeenten, [] if compared_already else reading.line.land):
        if len(cells) == 1 and cells[0].value is not None:
            return cells[0]
    return None


def compared(phrase: Phrase, reading: Reading) -> str:
    """Said in words where all buurten, or more than half of them, lie on one side of it."""
    beside = beside_of(reading)
    if beside is None or beside.value is None:
        return ""
    land = beside.figure.role == beside.figure.Place.LAND
    where = _("heel Nederland") if land else _("heel %(name)s") % {"name": beside.name}
    there, values = beside.value, [value_of(member) for member in reading.apart]
    differing = [value for value in values if shown_in(phrase, value) != shown_in(phrase, there)]
    above = sum(value > there for value in differing)
    most, more = max(above, len(differing) - above), above * 2 > len(differing)
    if isinstance(phrase, Class) or len(values) == 1 or most * 2 <= len(values):
        return _("In %(where)s %(said)s.") % {"where": where, "said": is_that(phrase, there)}
    return _("%(who)s is dat %(more)s dan in %(where)s (%(value)s).") % {
        "who": _("In %(who)s") % {"who": who_of(most, len(values))},
        "more": comparative(phrase, more=more),
        "where": where,
        "value": shown_in(phrase, there),
    }


def who_of(part: int, number: int) -> str:
    return (
        both_or_all(number) if part == number else _("%(p)s van de %(n)s buurten") % {"p": part, "n": number}
    )


def comparative(phrase: Phrase, *, more: bool) -> str:
    if isinstance(phrase, Distance):
        return _("verder") if more else _("dichterbij")
    if isinstance(phrase, Side):
        return _("hoger") if more else _("lager")
    return _("meer") if more else _("minder")
