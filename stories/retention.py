"""How long each kind of data is kept, counted from when, and who says so. `actions.keeping` does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

ROUND = "ronde"  # the kind of a run that stands for the whole round of a day


@dataclass(frozen=True)
class Period:
    """One of the three. All empty: the months that the project promised to its residents."""

    hours: int = 0
    days: int = 0
    months: int = 0

    def before(self, now: datetime) -> datetime:
        """What is older than this has had its time; not for months."""
        return now - timedelta(hours=self.hours, days=self.days)

    def in_words(self, promised: int) -> str:
        """`promised`: the months of the project."""
        if self.hours:
            return ngettext("%(number)s uur", "%(number)s uur", self.hours) % {"number": self.hours}
        if self.days:
            return ngettext("%(number)s dag", "%(number)s dagen", self.days) % {"number": self.days}
        months = self.months or promised
        return ngettext("%(number)s maand", "%(number)s maanden", months) % {"number": months}


@dataclass(frozen=True)
class Rule:
    """`since` says from when the period counts, `source` why it is this long."""

    kind: str
    what: Any
    period: Period
    since: Any
    source: Any


PROMISED = Period()
_SPARING = gettext_lazy("keuze van dit programma: niet langer dan nodig (AVG, artikel 5, lid 1e)")

RULES = {
    rule.kind: rule
    for rule in (
        Rule(
            "verhaal",
            gettext_lazy("verhalen, met hun foto's en citaten"),
            PROMISED,
            gettext_lazy("de dag dat het verhaal is verteld"),
            gettext_lazy("de bewaartermijn van dit project, die op het formulier staat"),
        ),
        Rule(
            "foto_origineel",
            gettext_lazy("originelen van foto's, met plaats en tijd erin"),
            Period(hours=1),
            gettext_lazy("het versturen; meestal zijn ze na een paar tellen al weg"),
            _SPARING,
        ),
        Rule(
            "weggelaten",
            gettext_lazy("wat er stond voordat een moderator woorden wegliet"),
            Period(days=30),
            gettext_lazy("het weglaten"),
            gettext_lazy("keuze van dit programma: tijd om een vergissing te herstellen"),
        ),
        Rule(
            "geluid",
            gettext_lazy("geluid van een ingesproken verhaal dat is uitgetypt"),
            Period(days=7),
            gettext_lazy("het uittypen"),
            _SPARING,
        ),
        Rule(
            "geluid_oud",
            gettext_lazy("geluid dat niemand uittypte, met het lege verhaal"),
            Period(days=90),
            gettext_lazy("het inspreken"),
            _SPARING,
        ),
        Rule(
            "afgewezen",
            gettext_lazy("afgewezen verhalen"),
            Period(days=30),
            gettext_lazy("het afwijzen"),
            gettext_lazy("keuze van dit programma: tijd om een vergissing te herstellen"),
        ),
        Rule(
            "zorgsignaal",
            gettext_lazy("gesloten zorgsignalen, met het verhaal als dat niet terug op de stapel ging"),
            Period(days=30),
            gettext_lazy("het sluiten"),
            _SPARING,
        ),
        Rule(
            "bestand",
            gettext_lazy("gemaakte bestanden: poster, formulier op papier, boekje, citaten"),
            Period(days=90),
            gettext_lazy("het maken"),
            gettext_lazy("keuze van dit programma: zij kunnen altijd opnieuw worden gemaakt"),
        ),
        Rule(
            "aanbod",
            gettext_lazy("namen van bewoners die mee willen doen"),
            Period(months=12),
            gettext_lazy("de dag waarop de agenda klaar is (‘Agenda klaar op’)"),
            _SPARING,
        ),
        Rule(
            "intrekking",
            gettext_lazy("berichten dat een gedrukt verhaal is ingetrokken"),
            Period(days=90),
            gettext_lazy("het intrekken"),
            _SPARING,
        ),
    )
}
LOG_MONTHS = 24


def name_of(kind: str) -> str:
    """A kind in words for the log."""
    if kind == ROUND:
        return _("ronde gedaan, alles bij elkaar")
    return str(RULES[kind].what) if kind in RULES else kind


def lines(promised: int) -> Iterator[tuple[Rule, str]]:
    """Each rule with its period in words."""
    return ((rule, rule.period.in_words(promised)) for rule in RULES.values())


def months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, 28))
