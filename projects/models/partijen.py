from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.cas import Versioned
from projects.models.projects import Project


class PartyKind(models.TextChoices):
    BEWONERS = "bewoners", _("bewoners")
    GEMEENTE = "gemeente", _("gemeente")
    CORPORATIE = "corporatie", _("woningcorporatie")
    WELZIJN = "welzijn", _("welzijn")
    ZORG = "zorg", _("zorg of huisarts")
    ONDERWIJS = "onderwijs", _("school of kinderopvang")
    POLITIE = "politie", _("politie")
    ONDERNEMERS = "ondernemers", _("ondernemers")
    BIBLIOTHEEK = "bibliotheek", _("bibliotheek")
    LEVENSBESCHOUWING = "levensbeschouwing", _("kerk, moskee of tempel")
    VERENIGING = "vereniging", _("vereniging of sport")
    ANDERS = "anders", _("anders")


class Commitment(models.TextChoices):
    """What a party wants to give, from little to much."""

    MEEPRATEN = "meepraten", _("meepraten")
    MEEDENKEN = "meedenken", _("meedenken")
    MEEDOEN = "meedoen", _("meedoen")
    TREKKEN = "trekken", _("trekken")


class Talent(models.TextChoices):
    """What a party or a resident is good at, in the words of the form."""

    ORGANISE = "organiseren", _("iets organiseren")
    WRITE = "schrijven", _("schrijven en bekendmaken")
    TRAIN = "trainen", _("anderen iets leren")
    LEAD = "leiden", _("een gesprek leiden")
    FILM = "filmen", _("filmen of foto's maken")
    COOK = "koken", _("koken")
    HANDS = "handen", _("klussen of tuinieren")
    TRANSLATE = "vertalen", _("een andere taal spreken")
    NETWORK = "netwerk", _("veel mensen kennen")
    SPACE = "ruimte", _("een ruimte geven")


class PartyQuerySet(models.QuerySet["Party"]):
    def of(self, project: Project) -> PartyQuerySet:
        return self.filter(project=project)

    def of_kind(self, kind: str) -> PartyQuerySet:
        return self.filter(kind=kind) if kind else self

    def search(self, words: str) -> PartyQuerySet:
        """Every word occurs in the name, the contact or the motive."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(name__icontains=word) | Q(contact__icontains=word) | Q(motive__icontains=word)
            )
        return found


class Party(Versioned):
    project = models.ForeignKey(Project, models.CASCADE, related_name="parties")
    name = models.CharField(_("naam"), max_length=120)
    kind = models.CharField(_("soort"), max_length=18, choices=PartyKind)
    contact = models.CharField(_("contactpersoon"), max_length=120, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    motive = models.TextField(_("waarom doet deze partij mee?"), max_length=500, blank=True)
    gives = models.CharField(_("wil"), max_length=10, choices=Commitment)
    talents = models.JSONField(_("talenten"), default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[PartyQuerySet] = PartyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="party_name_per_project"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def talents_in_words(self) -> list[str]:
        return [str(Talent(talent).label) for talent in Talent.values if talent in self.talents]
