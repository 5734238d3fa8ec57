"""The groups of tellers, in words, and what the buurtscan knows of each.

CBS counts people for age, households for whom one lives with, and homes for tenure. Only where its
number can be turned into people, or nearly is one, a group is compared (`comparable`).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Text = str | Promise


@dataclass(frozen=True)
class Group:
    """`who` fits after "Van"; `indicator` is one of the catalogue, `base` what its percentage is of."""

    answer: str
    who: Text
    indicator: str = ""
    base: Text = ""
    comparable: bool = True


PEOPLE = _("van de mensen in")
HOMES = _("van de woningen in")
HOUSEHOLDS = _("van de huishoudens in")
ADULTS = _("van de volwassenen in")
ALONE = "alleenwonenden"

GROUPS: dict[str, tuple[Group, ...]] = {
    "age": (
        Group("0-14", _("kinderen tot 15 jaar"), "kinderen_0_15", PEOPLE),
        Group("15-24", _("jongeren van 15 tot 25 jaar"), "jongeren_15_25", PEOPLE),
        Group("25-44", _("mensen van 25 tot 45 jaar"), "inwoners_25_45", PEOPLE),
        Group("45-64", _("mensen van 45 tot 65 jaar"), "inwoners_45_65", PEOPLE),
        Group("65+", _("de 65-plussers"), "ouderen_65", PEOPLE),
    ),
    "household": (
        Group("alleen", _("mensen die alleen wonen"), ALONE, PEOPLE),
        Group(
            "samen",
            _("mensen met een partner en zonder kinderen"),
            "huishoudens_zonder_kinderen",
            HOUSEHOLDS,
            False,
        ),
        Group("kinderen", _("mensen die met kinderen wonen"), "gezinnen_met_kinderen", HOUSEHOLDS, False),
        Group("anders", _("mensen die anders wonen")),
    ),
    "tenure": (
        Group("corporatie", _("mensen die huren van een corporatie"), "corporatiewoningen", HOMES),
        Group("huur", _("mensen die huren van iemand anders"), "overige_huurwoningen", HOMES),
        Group("koop", _("mensen met een koophuis"), "koopwoningen", HOMES),
        Group("anders", _("mensen die anders wonen")),
    ),
    "disability": (
        Group("ja", _("mensen met een beperking of lange ziekte"), "langdurige_aandoening", ADULTS, False),
        Group("nee", _("mensen zonder beperking of lange ziekte")),
    ),
    "lives": (
        Group("0-2", _("mensen die hier korter dan 2 jaar wonen")),
        Group("2-10", _("mensen die hier 2 tot 10 jaar wonen")),
        Group("10+", _("mensen die hier langer dan 10 jaar wonen")),
        Group("niet", _("mensen die hier niet wonen")),
    ),
}
WHY_APART: dict[str, Text] = {
    "household": _(
        "Het CBS telt huishoudens en wij tellen mensen. Alleen voor wie alleen woont is dat eerlijk te vergelijken: "
        "dat is één mens per huishouden."
    ),
    "tenure": _("Het CBS telt woningen en wij tellen mensen. Vergelijk dus ruim."),
    "disability": _(
        "Het RIVM schat alleen hoeveel volwassenen een lange ziekte hebben. Een beperking telt daar anders mee. "
        "Daarom vergelijken wij niet."
    ),
    "lives": _("Hoe lang mensen hier wonen, staat niet in de buurtscan. Daarom vergelijken wij niet."),
}
INDICATORS = sorted({group.indicator for groups in GROUPS.values() for group in groups if group.indicator})

# Which larger group is hidden first when a small one needs cover: those of whom a number is missed least.
COVER: dict[str, tuple[str, ...]] = {
    "age": ("15-24", "0-14", "45-64", "25-44", "65+"),
    "household": ("anders", "samen", "kinderen", "alleen"),
    "tenure": ("anders", "huur", "koop", "corporatie"),
    "disability": ("nee", "ja"),
    "lives": ("niet", "2-10", "0-2", "10+"),
}
