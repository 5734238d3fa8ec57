from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.cas import Versioned
from projects.models.partijen import PartyKind
from projects.models.people import User
from projects.models.projects import Project


class Bouwsteen(models.TextChoices):
    """The seven bouwstenen. Not a wizard: any of them can be opened at any time."""

    URGENTIE = "urgentie", _("Urgentie")
    BUURTSCAN = "buurtscan", _("Buurtscan")
    PARTIJEN = "partijen", _("Partijen")
    VERHALEN = "verhalen", _("Verhalen")
    TELLEN_VERTELLEN = "tellen-vertellen", _("Tellen & vertellen")
    BELEID = "beleid", _("Beleid")
    AGENDA = "agenda", _("Agenda")


class BouwsteenStatus(models.Model):
    """What the kernteam says of a bouwsteen; no row means: not begun."""

    class State(models.TextChoices):
        NIET_BEGONNEN = "niet_begonnen", _("nog niet begonnen")
        BEZIG = "bezig", _("bezig")
        KLAAR = "klaar", _("klaar")
        NIET_NODIG = "niet_nodig", _("niet nodig")

    project = models.ForeignKey(Project, models.CASCADE, related_name="bouwstenen")
    bouwsteen = models.CharField(max_length=16, choices=Bouwsteen)
    state = models.CharField(max_length=13, choices=State, default=State.NIET_BEGONNEN)
    reason = models.CharField(_("reden"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "bouwsteen"], name="one_status_per_bouwsteen"),
            models.CheckConstraint(
                condition=~Q(state="niet_nodig") | ~Q(reason=""), name="niet_nodig_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bouwsteen}: {self.state}"


class UrgencyQuerySet(models.QuerySet["UrgencyStatement"]):
    def of(self, project: Project) -> UrgencyQuerySet:
        return self.filter(project=project)

    def kinds(self) -> set[str]:
        """The kinds of party that feel an urgency."""
        return set(self.order_by().values_list("felt_by_kind", flat=True).distinct())


class UrgencyStatement(Versioned):
    """Why something must happen now, negative or positive, in the words of who feels it."""

    class Tone(models.TextChoices):
        NEGATIVE = "negatief", _("zorg")
        POSITIVE = "positief", _("kans")

    project = models.ForeignKey(Project, models.CASCADE, related_name="urgencies")
    text = models.TextField(_("wat is er aan de hand?"), max_length=1000)
    tone = models.CharField(_("zorg of kans"), max_length=8, choices=Tone)
    felt_by_kind = models.CharField(_("soort partij"), max_length=18, choices=PartyKind)
    felt_by = models.CharField(_("wie voelt dit?"), max_length=120)
    since = models.CharField(_("sinds wanneer?"), max_length=60)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UrgencyQuerySet] = UrgencyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(tone__in=["negatief", "positief"]), name="urgency_tone_known")
        ]

    def __str__(self) -> str:
        return self.text[:60]


class RipenessCheck(models.Model):
    """An answer to "is de tijd rijp?". The newest one counts; "nee" is an honest outcome."""

    class Answer(models.TextChoices):
        JA = "ja", _("ja")
        NOG_NIET = "nog_niet", _("nog niet")
        NEE = "nee", _("nee")

    project = models.ForeignKey(Project, models.CASCADE, related_name="ripeness_checks")
    answer = models.CharField(_("is de tijd rijp?"), max_length=8, choices=Answer)
    reason = models.CharField(_("waarom?"), max_length=500)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="ripeness_has_reason")]

    def __str__(self) -> str:
        return self.answer
