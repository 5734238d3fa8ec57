"""What the screens say of a partner's table: roles, what is wrong with a cell, and how numbers were read."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from buurtscan.partners.cells import LONGEST, Trouble, plain
from buurtscan.partners.numbers import Kind, Notation
from buurtscan.partners.tables import MOST_FIGURES, Mapping, Outcome, Role
from core.formats import dutch_number
from projects.chapters import Chapter

type Text = str | Promise

ROLES: list[tuple[str, Text]] = [
    (Role.SKIP, gettext_lazy("niet gebruiken")),
    (Role.LABEL, gettext_lazy("de naam van het cijfer")),
    (Role.VALUE, gettext_lazy("het getal")),
    (Role.VALUE_OF_YEAR, gettext_lazy("getallen; het jaar staat in de kop")),
    (Role.VALUE_OF_PLACE, gettext_lazy("getallen; de plaats staat in de kop")),
    (Role.VALUE_OF_LABEL, gettext_lazy("getallen; de naam staat in de kop")),
    (Role.UNIT, gettext_lazy("de eenheid (%, €, aantal)")),
    (Role.YEAR, gettext_lazy("het jaar")),
    (Role.PLACE, gettext_lazy("de plaats")),
    (Role.CHAPTER, gettext_lazy("het hoofdstuk")),
    (Role.NOTE, gettext_lazy("een toelichting")),
]
NOTATIONS: list[tuple[str, Text]] = [
    ("", gettext_lazy("zoals de kolom zelf laat zien")),
    (Notation.COMMA, gettext_lazy("Nederlands: 1.234,5")),
    (Notation.POINT, gettext_lazy("Engels: 1,234.5")),
]
PROBLEMS: dict[str, Text] = {
    "no_numbers": gettext_lazy("Kies in welke kolom de getallen staan."),
    "numbers_of_two_kinds": gettext_lazy("Kies bij alle kolommen met getallen dezelfde soort."),
    "two_plain_numbers": gettext_lazy(
        "Er zijn twee kolommen met getallen. Kies er één, of kies wat hun kop zegt: jaar, plaats of naam."
    ),
    "role_twice": gettext_lazy("Twee kolommen hebben dezelfde betekenis. Kies er één."),
    "said_twice": gettext_lazy(
        "De kop en een kolom zeggen allebei het jaar, de plaats of de naam. Kies er één."
    ),
    "no_headings": gettext_lazy("Kies in welke rij de koppen staan."),
    "no_label": gettext_lazy("Kies waar de naam van het cijfer staat, of vul één naam in voor alle cijfers."),
    "no_year": gettext_lazy("Kies waar het jaar staat, of vul één jaar in voor alle cijfers."),
    "no_chapter": gettext_lazy("Kies bij welk hoofdstuk de cijfers horen."),
    "nothing": gettext_lazy("In deze kolommen staat geen enkel getal."),
}
WHY: dict[str, Text] = {
    Kind.EMPTY: gettext_lazy("De cel is leeg."),
    Kind.NO_FIGURE: gettext_lazy("Hier staat dat er geen cijfer is."),
    Kind.BOUNDED: gettext_lazy("Dit is geen precies getal. Wij maken er geen getal van."),
    Kind.OPEN: gettext_lazy("Dit kan twee getallen zijn. Kies hoe de getallen geschreven zijn."),
    Kind.OTHER_NOTATION: gettext_lazy("Dit past niet bij de schrijfwijze van de andere getallen."),
    Kind.FORMULA: gettext_lazy(
        "Hier staat een formule zonder uitkomst. Open het bestand in Excel, bewaar het en lees het opnieuw in."
    ),
    Kind.NO_NUMBER: gettext_lazy("Wij verwachten een getal, zoals 1.234,5 of 12%."),
    "label": gettext_lazy("De naam van het cijfer ontbreekt."),
    "chapter": gettext_lazy("Dit is geen hoofdstuk. Wij verwachten een van de acht namen, zoals Wonen."),
}


@dataclass(frozen=True)
class Remark:
    """One line of a list of errors: where, what was found, what is expected."""

    where: str
    found: str
    expected: str
    cell: str  # the name of the box to correct it in; empty where that does not help


def problem_in_words(name: str, outcome: Outcome) -> str:
    if name == "too_many":
        return _("Dit worden meer dan %(most)s cijfers. Kies minder kolommen of rijen.") % {
            "most": dutch_number(MOST_FIGURES)
        }
    if name == "notation" and outcome.column.mixed:
        return _("In deze kolom staan getallen met een punt én met een komma als decimaal teken, zoals “%(text)s”. "
                 "Kies bij “Hoe zijn de getallen geschreven?” wat klopt.") % {"text": outcome.column.example}  # fmt: skip
    if name == "notation":
        return _(
            "“%(text)s” kan twee getallen zijn. Kies bij “Hoe zijn de getallen geschreven?” wat klopt."
        ) % {"text": outcome.column.example}
    return str(PROBLEMS[name])


def remark_of(trouble: Trouble) -> Remark:
    place = trouble.place
    values = {"line": place.line, "letter": place.letter, "heading": place.heading}
    where = (
        _("rij %(line)s, kolom %(letter)s (%(heading)s)")
        if place.heading
        else _("rij %(line)s, kolom %(letter)s")
    )
    return Remark(where % values, trouble.found, why_in_words(trouble), f"cel-{place.line}-{place.column}")


def why_in_words(trouble: Trouble) -> str:
    match trouble.why:
        case "year" if trouble.found:
            return _("Wij verwachten een jaar, zoals 2024 of 2023/2024.")
        case "year":
            return _("Het jaar ontbreekt.")
        case "two_units":
            return _("Naast het getal staat %(unit)s. Dat is een andere eenheid dan deze.") % {
                "unit": trouble.besides
            }
        case "too_long":
            return _("Deze tekst is te lang. Hoogstens %(most)s tekens.") % {"most": max(LONGEST.values())}
        case _:
            return str(WHY[trouble.why])


def reading_in_words(outcome: Outcome, mapping: Mapping) -> str:
    """How numbers with a point or comma were read, and why. Empty when that is no question."""
    notation = mapping.notation or (outcome.column.notation if outcome.marked else "")
    if not notation:
        return ""
    if notation == Notation.POINT:
        read = _(
            "Wij lezen de getallen op de Engelse manier: 1,234.5 is duizend tweehonderd vierendertig en een half."
        )
    else:
        read = _("Wij lezen de getallen op de Nederlandse manier: 1.234,5 is duizend tweehonderd vierendertig en een half.")  # fmt: skip
    if mapping.notation or not outcome.column.example:
        return read
    return f"{read} " + _("Dat volgt uit “%(text)s” in dezelfde kolom.") % {"text": outcome.column.example}


def placed_in_words(number: int) -> str:
    shown = dutch_number(number)
    return ngettext("%(number)s cijfer", "%(number)s cijfers", number) % {"number": shown}


def spellings() -> dict[str, str]:
    """Every way to write a chapter: its code, its name, and the first word of its name."""
    found = {plain(chapter): chapter.value for chapter in Chapter}
    for chapter in Chapter:
        name = plain(str(chapter.label))
        found[name] = chapter.value
        found.setdefault(name.split()[0], chapter.value)
    return found


def value_in_words(value: float, unit: str) -> str:
    """€ 1.500 · 12,5% · 300 woningen; as many decimals as the partner gave."""
    decimals = len(f"{value:.12f}".rstrip("0").partition(".")[2])
    number = dutch_number(value, decimals)
    if unit.startswith("€"):
        number = dutch_number(value, max(2, decimals) if decimals else 0)
        return f"€\N{NO-BREAK SPACE}{number}{unit[1:]}"
    if unit == "%":
        return f"{number}%"
    return number if unit in ("", "aantal") else f"{number}\N{NO-BREAK SPACE}{unit}"
