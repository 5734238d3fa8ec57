"""Bouwstenen 5, 6 and 7: inzichten, policy and ideas, agendapunten, documents, support."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtscan.models import ScanFigure
from core.cas import Versioned
from core.models import Job
from projects.chapters import Chapter
from projects.models import Party, Project, User
from stories.models import Quote, Story


class Inzicht(Versioned):
    """Joins figures and quotes with a relation; disagreement stays visible."""

    class Relation(models.TextChoices):
        BEVESTIGT = "bevestigt", _("verhaal bevestigt cijfer")
        NUANCEERT = "nuanceert", _("verhaal nuanceert cijfer")
        SPREEKT_TEGEN = "spreekt_tegen", _("verhaal spreekt cijfer tegen")
        VERKLAART = "verklaart", _("verhaal verklaart cijfer")
        BLINDE_VLEK = "blinde_vlek", _("blinde vlek: alleen een cijfer of alleen verhalen")

    project = models.ForeignKey(Project, models.CASCADE, related_name="inzichten")
    title = models.CharField(_("inzicht in één zin"), max_length=160)
    text = models.TextField(_("uitleg"), max_length=1500, blank=True)
    chapter = models.CharField(_("hoofdstuk"), max_length=14, choices=Chapter)
    relation = models.CharField(_("hoe horen ze bij elkaar?"), max_length=14, choices=Relation)
    figures: models.ManyToManyField[ScanFigure, Any] = models.ManyToManyField(
        ScanFigure, related_name="inzichten", blank=True
    )
    quotes: models.ManyToManyField[Quote, Any] = models.ManyToManyField(
        Quote, related_name="inzichten", blank=True
    )
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.title


class PolicyLine(Versioned):
    """A line of policy, programme or budget of the gemeente or a partner."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="policy_lines")
    title = models.CharField(_("naam van het beleid"), max_length=160)
    owner = models.CharField(_("van wie"), max_length=120)
    summary = models.TextField(_("wat staat erin?"), max_length=1000, blank=True)
    url = models.URLField(_("vindplaats"), blank=True)
    starts = models.PositiveSmallIntegerField(_("van jaar"), null=True, blank=True)
    ends = models.PositiveSmallIntegerField(_("tot en met jaar"), null=True, blank=True)
    budget = models.CharField(_("geld"), max_length=120, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "title"], name="policy_title_per_project"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__isnull=True) | Q(ends__gte=models.F("starts")),
                name="policy_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Idea(Versioned):
    """An idea, and how it fits the policy."""

    class Fit(models.TextChoices):
        PAST = "past", _("past")
        PAST_DEELS = "past_deels", _("past deels")
        BOTST = "botst", _("botst")
        GEEN_BELEID = "geen_beleid", _("nog geen beleid")

    project = models.ForeignKey(Project, models.CASCADE, related_name="ideas")
    title = models.CharField(_("idee"), max_length=160)
    text = models.TextField(_("uitleg"), max_length=1000, blank=True)
    policy_line = models.ForeignKey(
        PolicyLine, models.SET_NULL, null=True, blank=True, related_name="ideas", verbose_name=_("beleid")
    )
    fit = models.CharField(_("past het?"), max_length=12, choices=Fit, blank=True)
    answer = models.CharField(_("antwoord en reden"), max_length=500, blank=True)
    answered_by = models.CharField(_("wie geeft het antwoord?"), max_length=120, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fit__in=["", "geen_beleid"]) | Q(policy_line__isnull=False),
                name="fit_needs_policy",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Agendapunt(Versioned):
    """One agreement: wat, waar, wanneer, wie, with the inzichten it rests on."""

    class State(models.TextChoices):
        CONCEPT = "concept", _("concept")
        AFGESPROKEN = "afgesproken", _("afgesproken")
        VERVALLEN = "vervallen", _("vervallen")

    project = models.ForeignKey(Project, models.CASCADE, related_name="agendapunten")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("titel"), max_length=120)
    wat = models.TextField(_("wat gaan we doen?"), max_length=1000)
    waar = models.CharField(_("waar?"), max_length=200, blank=True)
    wanneer = models.CharField(_("wanneer?"), max_length=120, blank=True)
    trekker = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("wie trekt het?")
    )
    helpers: models.ManyToManyField[Party, Any] = models.ManyToManyField(
        Party, blank=True, related_name="+", verbose_name=_("wie helpen mee?")
    )
    quick_win = models.BooleanField(_("quick win: kan binnen drie maanden klaar zijn"), default=False)
    inzichten: models.ManyToManyField[Inzicht, Any] = models.ManyToManyField(
        Inzicht, blank=True, related_name="agendapunten", verbose_name=_("rust op deze inzichten")
    )
    idea = models.ForeignKey(
        Idea,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="agendapunten",
        verbose_name=_("komt uit idee"),
    )
    state = models.CharField(max_length=12, choices=State, default=State.CONCEPT)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="afgesproken") | (~Q(waar="") & ~Q(wanneer="") & Q(trekker__isnull=False)),
                name="agreed_point_is_concrete",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Support(models.Model):
    """Votes of a wijkwerksessie for a story or an agendapunt: a count, never who."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="support")
    story = models.ForeignKey(Story, models.CASCADE, null=True, blank=True, related_name="support")
    agendapunt = models.ForeignKey(Agendapunt, models.CASCADE, null=True, blank=True, related_name="support")
    votes = models.PositiveIntegerField()
    occasion = models.CharField(max_length=160)
    held_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(story__isnull=False, agendapunt__isnull=True)
                | Q(story__isnull=True, agendapunt__isnull=False),
                name="support_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["story", "occasion"], condition=Q(story__isnull=False), name="story_support_once"
            ),
            models.UniqueConstraint(
                fields=["agendapunt", "occasion"],
                condition=Q(agendapunt__isnull=False),
                name="agendapunt_support_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.votes}"


class AgendaDocument(models.Model):
    """The agenda as a file, rendered by a job and kept in the private folder."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="agenda_documents")
    job = models.OneToOneField(Job, models.CASCADE)
    file = models.CharField(max_length=120, blank=True)
    pages = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file
