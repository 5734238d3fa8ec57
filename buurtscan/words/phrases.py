"""One value of one indicator as a sentence, and a second value beside it. Pure.

A share becomes so many of the ten, or of the hundred where that says it better; a
rate is per 1.000 inwoners, or per 10.000 where it is below one. What has no wording of its own is
said with its title and its value.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from django.utils.translation import gettext as _

from buurtscan.catalogue import Indicator
from buurtscan.words.numbers import Said, about, between, capital, whole
from buurtscan.words.values import value_in_words
from buurtscan.words.wording import WORDING, Wording
from core.formats import dutch_number

TOO_SMALL_FOR_TENTHS = 9.5  # 9% is not yet one of the ten
NONE, CLEARLY_NINE, NEARLY_ALL, ALL = 0.5, 93, 95, 99.5
NEARLY_EQUAL = 1  # points
NEARLY_PART = 0.03
NOTABLE_POINTS = 5
NOTABLE_PART = 0.15
NOTABLE_KM = 0.3
EUROS = "x 1 000 euro"
SMALL = 10
IN_LETTERS = 20.5


class Phrase(ABC):
    """How one indicator is said, for all values that stand beside each other."""

    def __init__(self, indicator: Indicator, wording: Wording, values: Sequence[float]) -> None:
        self.indicator = indicator
        self.wording = wording
        self.values = values

    @abstractmethod
    def sentence(self, value: float, *, here: str, estimated: bool) -> str:
        """`here` is where it is so, where the words have a place for that: "hier", "in Gelselaar"; or nothing."""

    @abstractmethod
    def beside(self, value: float, *, past: bool) -> str:
        """What follows "In Den Haag": "zijn dat er drie van de tien"."""

    def alike(self, one: float, other: float) -> bool:
        """So close that the second is not worth a number of its own."""
        near = abs(one - other) < NEARLY_PART * max(abs(one), abs(other))
        return near or self.beside(one, past=False) == self.beside(other, past=False)

    def difference(self, one: float, other: float) -> str:
        """Empty when the words for both already differ."""
        return ""

    def notable(self, one: float, other: float) -> bool:
        """Worth saying that it changed. Not of euros: all prices rise."""
        if self.indicator.unit == EUROS:
            return False
        most = max(abs(one), abs(other))
        return not self.alike(one, other) and abs(one - other) > NOTABLE_PART * most


class Share(Phrase):
    @property
    def hundred(self) -> bool:
        """Where a value is too small for tenths, and where that of the area lies between two of them."""
        small = any(NONE <= value < TOO_SMALL_FOR_TENTHS for value in self.values)
        of_the_area = self.values[0]
        return small or (
            of_the_area <= CLEARLY_NINE and abs(of_the_area - 50) > 1 and between(of_the_area / 10)
        )

    def part(self, value: float) -> tuple[Said, bool]:
        """The words, and whether a base ("van de tien") belongs to them."""
        if value < NONE:
            return Said("vrijwel geen"), False
        if value >= NEARLY_ALL:
            return Said("vrijwel alle" if value >= ALL else "bijna alle"), False
        if self.hundred:
            return whole(value, letters=max(self.values) < IN_LETTERS), True
        if abs(value - 50) <= 1:
            return Said(_("de helft"), single=True), False
        return (Said("ruim negen") if value > CLEARLY_NINE else about(value / 10)), True

    @property
    def base(self) -> str:
        return _("van de honderd") if self.hundred else _("van de tien")

    def sentence(self, value: float, *, here: str, estimated: bool) -> str:
        said, based = self.part(value)
        verb = self.wording.does if said.single else self.wording.do
        base = self.base if based else "van de" if said.words == _("de helft") else ""
        parts = [said.words, base, self.wording.of, verb]
        text = " ".join(part for part in parts if part)
        return capital(_("naar schatting %(text)s") % {"text": text} if estimated else text) + "."

    def beside(self, value: float, *, past: bool) -> str:
        said, based = self.part(value)
        if said.words == _("de helft"):
            return f"{be(past, single=True)} dat {said.words}"
        if not based:
            return f"{be(past)} dat {said.words} {self.wording.of}"
        there = "" if said.single else "er "  # "is dat één van de tien", "zijn dat er twee van de tien"
        return f"{be(past, single=said.single)} dat {there}{said.words} {self.base}"

    def alike(self, one: float, other: float) -> bool:
        return abs(one - other) < NEARLY_EQUAL

    def difference(self, one: float, other: float) -> str:
        if self.alike(one, other) or self.part(one) != self.part(other):
            return ""
        return _("iets meer") if other > one else _("iets minder")

    def notable(self, one: float, other: float) -> bool:
        return abs(one - other) >= NOTABLE_POINTS and self.part(one) != self.part(other)


class Plain(Phrase):
    """The value as it stands on the page, within a sentence or after the title."""

    def shown(self, value: float) -> str:
        return value_in_words(self.indicator, value)

    def sentence(self, value: float, *, here: str, estimated: bool) -> str:
        text = self.wording.text or "{title}: {value}."
        title = self.indicator.title
        filled = text.format(value=self.shown(value), title=title, here=f" {here}" if here else "")
        return capital(filled) + (" " + _("Dit is een schatting.") if estimated else "")

    def beside(self, value: float, *, past: bool) -> str:
        return f"{be(past, single=True)} dat {self.shown(value)}"


class Distance(Plain):
    def shown(self, value: float) -> str:
        """Below a kilometre in metres; CBS rounds to a hundred metres."""
        return (
            _("minder dan 100 meter")
            if value < 0.05
            else _("%(metres)s meter") % {"metres": dutch_number(value * 1000)}
            if value < 1
            else _("%(km)s kilometer") % {"km": dutch_number(value, 0 if value == round(value) else 1)}
        )

    def sentence(self, value: float, *, here: str, estimated: bool) -> str:
        return capital(self.wording.text.format(distance=self.shown(value), here=f" {here}" if here else ""))

    def notable(self, one: float, other: float) -> bool:
        return abs(one - other) >= NOTABLE_KM


class Class(Plain):
    def shown(self, value: float) -> str:
        labels, number = self.indicator.labels, round(value)
        if not 1 <= number <= len(labels):
            return value_in_words(self.indicator, value)
        if len(labels) <= 5:
            return labels[number - 1]
        return _("%(label)s (klasse %(number)s van %(all)s)") % {
            "label": labels[number - 1],
            "number": number,
            "all": len(labels),
        }

    def sentence(self, value: float, *, here: str, estimated: bool) -> str:
        return capital(self.wording.text.format(label=self.shown(value), here=f" {here}" if here else ""))


class Side(Plain):
    """A deviation from the country."""

    def shown(self, value: float) -> str:
        size = dutch_number(abs(value), self.indicator.decimals)
        if dutch_number(value, self.indicator.decimals) in ("0", dutch_number(0, self.indicator.decimals)):
            return _("op het gemiddelde van Nederland")
        values = {"size": size}
        if value > 0:
            return _("%(size)s punt boven het gemiddelde van Nederland") % values
        return _("%(size)s punt onder het gemiddelde van Nederland") % values

    def sentence(self, value: float, *, here: str, estimated: bool) -> str:
        return capital(self.wording.text.format(side=self.shown(value), here=f" {here}" if here else ""))


class Amount(Phrase):
    """A number of things or people, or of them on every thousand."""

    @property
    def rate(self) -> bool:
        return self.indicator.unit.startswith("per 1 000")

    @property
    def more(self) -> bool:
        """Per 10.000 where per 1.000 there would be less than one."""
        return self.rate and any(0 < value < 1 for value in self.values)

    def said(self, value: float) -> Said:
        amount = value * self.wording.times * (10 if self.more else 1)
        if amount <= 0:
            return Said("geen")
        if amount < 0.7:
            return Said("minder dan één", single=True)
        return about(amount) if amount < SMALL else whole(amount, letters=False)

    def sentence(self, value: float, *, here: str, estimated: bool) -> str:
        said, wording = self.said(value), self.wording
        counted = "{number}" in wording.text
        text = wording.text
        if wording.single and said.single:
            text = wording.single.replace("één", said.words, 1)
        elif said.words == "geen" and not counted:
            text = wording.single.replace("één", _("vrijwel niemand"), 1)
        noun = wording.one if said.single else wording.many
        filled = text.format(
            amount=said.words,
            number=f"{said.words} {noun}",
            here=f" {here}" if here else "",
            base="10.000" if self.more else "1.000",
        )
        return capital(filled)

    def beside(self, value: float, *, past: bool) -> str:
        said = self.said(value)
        return f"{be(past or self.wording.was, single=said.single)} dat er {said.words}"


def be(past: bool, *, single: bool = False) -> str:
    if past:
        return "was" if single else "waren"
    return "is" if single else "zijn"


def phrase_of(indicator: Indicator, values: Sequence[float]) -> Phrase:
    """`values` are all that will be said beside each other: they share one base."""
    wording = WORDING.get(indicator.id, Wording())
    kinds: dict[str, type[Phrase]] = {
        "{distance}": Distance,
        "{label}": Class,
        "{side}": Side,
        "{number}": Amount,
        "{amount}": Amount,
    }
    if wording.of and indicator.unit == "%":
        return Share(indicator, wording, values)
    found = next((kind for sign, kind in kinds.items() if sign in wording.text), Plain)
    return found(indicator, wording, values)
