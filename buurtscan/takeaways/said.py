"""One figure in the words of a file to take away."""

from django.utils.translation import gettext as _

from buurtscan.reading import Reading
from buurtscan.words.member_values import shown_large
from buurtscan.words.members import members_remarks, members_said
from buurtscan.words.sentences import beware, sentence_of
from buurtscan.words.values import flags_in_words
from core.formats import dutch_number

BRIEF = 12  # letters
ABOUT_SMALL_NUMBERS = {"few_inhabitants", "few_cases"}


def said_of(reading: Reading) -> str:
    """The sentence of a figure; its title and value where no sentence fits."""
    if reading.apart:
        return members_said(reading)
    return sentence_of(reading) or f"{reading.indicator.title}: {reading.asked.shown}."


def brief_value(reading: Reading) -> str:
    """The value to be written large: without a unit that is longer than the number; the sentence has it."""
    indicator, value = reading.indicator, reading.value
    shown = shown_large(reading).split(" per ")[0]
    if value is None:
        return shown
    if indicator.labels:
        return _("klasse %(number)s") % {"number": dutch_number(value)}
    if indicator.unit == "verschil met Nederland":
        return ("+" if value > 0 else "") + dutch_number(value, indicator.decimals)
    return shown if len(shown) <= BRIEF else dutch_number(value, indicator.decimals)


def remarks_of(reading: Reading) -> list[str]:
    """What a reader has to know to read it right, as far as the sentence does not say it."""
    if reading.apart:
        return members_remarks(reading)
    larger = "" if sentence_of(reading) else reading.asked.instead
    instead = [_("Dit is het cijfer van %(level)s.") % {"level": larger}] if larger else []
    said = ABOUT_SMALL_NUMBERS if beware(reading) else set()
    if _("schatting") in sentence_of(reading).lower():
        said = said | {"modelled"}
    flags = [flag for flag in reading.figure.flags if flag not in said]
    return [*instead, *(f"{flag.capitalize()}." for flag in flags_in_words(flags))]
