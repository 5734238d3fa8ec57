from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agenda.models.beleid import Idea
from agenda.models.inzichten import Inzicht
from core.cas import Versioned
from projects.models import Party, Project
from stories.models import Story


class AgendapuntQuerySet(models.QuerySet["Agendapunt"]):
    def of(self, project: Project) -> AgendapuntQuerySet:
        return self.filter(project=project)

    def agreed(self) -> AgendapuntQuerySet:
        """The only points anybody without an account may see."""
        return self.filter(state=Agendapunt.State.AFGESPROKEN)

    def on_agenda(self) -> AgendapuntQuerySet:
        """Concept or agreed: not those that were dropped."""
        return self.exclude(state=Agendapunt.State.VERVALLEN)

    def dropped(self) -> AgendapuntQuerySet:
        return self.filter(state=Agendapunt.State.VERVALLEN)

    def for_agenda(self) -> AgendapuntQuerySet:
        """With who, policy, evidence (published quotes only) and support: nine queries at most."""
        return self.select_related("trekker", "idea__policy_line").prefetch_related(
            "helpers", "support", Prefetch("inzichten", Inzicht.objects.with_evidence())
        )


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

    objects: ClassVar[AgendapuntQuerySet] = AgendapuntQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["project", "state", "position"], name="agendapunt_order")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="afgesproken") | (~Q(waar="") & ~Q(wanneer="") & Q(trekker__isnull=False)),
                name="agreed_point_is_concrete",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["concept", "afgesproken", "vervallen"]), name="agendapunt_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SupportQuerySet(models.QuerySet["Support"]):
    def of(self, project: Project) -> SupportQuerySet:
        return self.filter(project=project)


class Support(models.Model):
    """Votes of a wijkwerksessie for a story or an agendapunt: a count, never who."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="support")
    story = models.ForeignKey(Story, models.CASCADE, null=True, blank=True, related_name="support")
    agendapunt = models.ForeignKey(Agendapunt, models.CASCADE, null=True, blank=True, related_name="support")
    votes = models.PositiveIntegerField()
    occasion = models.CharField(max_length=160)
    held_on = models.DateField()

    objects: ClassVar[SupportQuerySet] = SupportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["held_on", "pk"]
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
