from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.cas import Versioned
from projects.models import Project


class PolicyLineQuerySet(models.QuerySet["PolicyLine"]):
    def of(self, project: Project) -> PolicyLineQuerySet:
        return self.filter(project=project)

    def for_beleid(self) -> PolicyLineQuerySet:
        """With `tied`: how many ideas lean on it."""
        return self.annotate(tied=Count("ideas"))


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

    objects: ClassVar[PolicyLineQuerySet] = PolicyLineQuerySet.as_manager()  # type: ignore[assignment]

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

    @property
    def years(self) -> str:
        """ "2026–2028", "vanaf 2026", "tot en met 2028" or nothing."""
        if self.starts and self.ends:
            return str(self.starts) if self.starts == self.ends else f"{self.starts}–{self.ends}"
        if self.starts:
            return gettext("vanaf %(year)s") % {"year": self.starts}
        return gettext("tot en met %(year)s") % {"year": self.ends} if self.ends else ""


class IdeaQuerySet(models.QuerySet["Idea"]):
    def of(self, project: Project) -> IdeaQuerySet:
        return self.filter(project=project)

    def for_beleid(self) -> IdeaQuerySet:
        return self.select_related("policy_line").prefetch_related("agendapunten")


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

    objects: ClassVar[IdeaQuerySet] = IdeaQuerySet.as_manager()  # type: ignore[assignment]

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
