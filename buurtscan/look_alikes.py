"""The buurten that the area of a project looks like, as the overview names them, or why there are none."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtscan.models import Likeness, LookAlike, ScanFigure
from buurtscan.national.likeness import ENOUGH_INHABITANTS, FEATURES
from buurtscan.reading import names_of_codes
from buurtscan.words.values import Text
from projects.access import Access
from projects.models import Project

NEAR, FAIR = 0.5, 1.0  # standard deviations in one theme
FEATURE_WORDS: dict[str, Text] = {
    "density": gettext_lazy("adressen in de omgeving"),
    "inhabitants": gettext_lazy("inwoners"),
    "owned": gettext_lazy("koopwoningen"),
    "corporation": gettext_lazy("woningen van een corporatie"),
    "single_family": gettext_lazy("eengezinswoningen"),
    "under_15": gettext_lazy("kinderen tot 15 jaar"),
    "from_15_to_25": gettext_lazy("jongeren van 15 tot 25 jaar"),
    "from_65": gettext_lazy("ouderen vanaf 65 jaar"),
}


@dataclass(frozen=True)
class NamedLookAlike:
    code: str
    name: str
    distance: float

    @property
    def nearness(self) -> str:
        if self.distance < NEAR:
            return _("lijkt er veel op")
        return _("lijkt erop") if self.distance < FAIR else _("lijkt er een beetje op")


@dataclass(frozen=True)
class LookAlikes:
    """`why_none` is empty when there are any, and before the first scan; `lacking` are the features that
    too few buurten had in that year."""

    all: list[NamedLookAlike]
    period: str = ""
    lacking: str = ""
    why_none: str = ""


def overview_context(access: Access) -> dict[str, Any]:
    return {"look_alikes": look_alikes_of(access.project)}


def look_alikes_of(project: Project) -> LookAlikes:
    rows = list(LookAlike.objects.filter(project=project))
    if not rows:
        return LookAlikes([], why_none=why_none(project))
    names = names_of_codes(row.code for row in rows)
    found = [NamedLookAlike(row.code, names.get(row.code, row.code), row.distance) for row in rows]
    return LookAlikes(found, period=rows[0].period, lacking=lacking_in(rows[0].period))


def lacking_in(period: str) -> str:
    used = Likeness.objects.filter(period=period).values_list("scale__features", flat=True).first()
    return ", ".join(str(FEATURE_WORDS[name]) for name in FEATURES if name not in used) if used else ""


def why_none(project: Project) -> str:
    figures = ScanFigure.objects.of(project).of_area_asked().filter(indicator="inwoners")
    found = list(figures.values_list("value", flat=True))
    if not found:
        return ""
    inhabitants = found[0]
    if inhabitants is not None and inhabitants < ENOUGH_INHABITANTS:
        return _("Hier wonen minder dan 200 mensen. Dat is te weinig om buurten te zoeken die erop lijken.")
    if not Likeness.objects.exists():
        return _(
            "De cijfers van heel Nederland zijn hier nog niet opgehaald. Daarna zoeken wij buurten die erop lijken."
        )
    return _("Van dit gebied zijn niet alle kenmerken bekend waarmee wij buurten zoeken die erop lijken.")
