"""A figure as a few short sentences a resident understands. Pure: rules, no text per neighbourhood.

First what the figure says, or that it is the figure of a larger area; then the gemeente (or the country)
beside it; then what it was, where it changed much; then what to beware of. A set of buurten that has no figure
of its own is said in `members`.
"""

from django.utils.translation import gettext as _

from buurtscan.comparison import Point
from buurtscan.pages import Cell
from buurtscan.reading import Reading
from buurtscan.words.members import members_sentence
from buurtscan.words.phrases import Phrase, phrase_of
from buurtscan.words.wording import WORDING

LONG_AGO = 2  # years


def sentence_of(reading: Reading) -> str:
    """In B1 Dutch; empty when there is nothing to say."""
    value = reading.value
    if value is None:
        return members_sentence(reading)
    beside, before = beside_of(reading), before_of(reading)
    values = [value, *(cell.value for cell in [beside] if cell and cell.value is not None)]
    phrase = phrase_of(reading.indicator, [*values, *([before.value] if before else [])])
    parts = [
        larger_area(reading),
        phrase.sentence(
            value, here=_("hier") if reading.own else "", estimated="modelled" in reading.figure.flags
        ),
        compared(phrase, value, beside) if beside else "",
        changed(phrase, value, before) if before else "",
        beware(reading),
    ]
    return " ".join(part for part in parts if part)


def larger_area(reading: Reading) -> str:
    """Said aloud, before the figure."""
    if reading.own:
        return ""
    line, used = reading.line, reading.figure.level_used
    names = {
        "wijk": [_("de wijk %(name)s") % {"name": without_wijk(cell.name)} for cell in line.wijken],
        "gemeente": [_("heel %(name)s") % {"name": cell.name} for cell in line.gemeenten],
    }.get(used, [])
    area = names[0] if len(names) == 1 else _("heel Nederland")
    whom = {"wijk": _("deze wijk zelf"), "set": _("deze buurten samen"), "gemeente": _("deze gemeente zelf")}
    values = {"asked": whom.get(reading.figure.level, _("deze buurt zelf")), "area": area}
    return _("Van %(asked)s is dit niet bekend; dit is het cijfer van %(area)s.") % values


def without_wijk(name: str) -> str:
    """CBS calls many wijken "Wijk 36 Moerwijk"."""
    words = name.split()
    numbered = len(words) > 2 and words[0].lower() == "wijk" and words[1].isdigit()
    return " ".join(words[2:]) if numbered else name


def beside_of(reading: Reading) -> Cell | None:
    """The gemeente; the country where there is no one gemeente, or the figure is of the gemeente already."""
    if reading.indicator.count:
        return None
    level = reading.figure.level_used
    gemeenten = reading.line.gemeenten if level in ("buurt", "set", "wijk") else []
    compared_already = reading.indicator.unit == "verschil met Nederland"
    land = [] if level == "land" or compared_already else reading.line.land
    for cells in (gemeenten, land):
        if len(cells) == 1 and cells[0].value is not None:
            return cells[0]
    return None


def compared(phrase: Phrase, value: float, beside: Cell) -> str:
    if beside.value is None:
        return ""
    land = beside.figure.role == "land"
    where = _("heel Nederland") if land else beside.name
    if phrase.alike(value, beside.value):
        return _("Dat is ongeveer hetzelfde als in %(where)s.") % {"where": where}
    slightly = phrase.difference(value, beside.value)
    words = _("zijn dat er %(slightly)s") % {"slightly": slightly} if slightly else None
    said = words or phrase.beside(beside.value, past=False)
    return _("In %(where)s %(said)s.") % {"where": where, "said": said}


def before_of(reading: Reading) -> Point | None:
    """The first point with the same definition, when that is some years ago."""
    newest, figure = reading.trend.newest, reading.figure
    if not reading.own or reading.indicator.count or len(newest) < 2:
        return None
    if newest[-1].period != figure.period or not (newest[0].period.isdigit() and figure.period.isdigit()):
        return None
    return newest[0] if int(figure.period) - int(newest[0].period) >= LONG_AGO else None


def changed(phrase: Phrase, value: float, before: Point) -> str:
    """Only a change that is worth a sentence."""
    if not phrase.notable(value, before.value):
        return ""
    return _("In %(year)s %(said)s.") % {
        "year": before.period,
        "said": phrase.beside(before.value, past=True),
    }


def beware(reading: Reading) -> str:
    """Not of what does not depend on how many people there are."""
    flags, wording = reading.figure.flags, WORDING.get(reading.indicator.id)
    if wording and wording.kin == "dichtheid":
        return ""
    if "few_inhabitants" in flags and reading.own and not reading.indicator.count:
        return _("Er wonen hier weinig mensen: een paar mensen meer of minder maakt al veel uit.")
    if "few_cases" in flags and reading.own:
        return _("Het gaat om weinig gevallen: toeval speelt een grote rol.")
    return ""
