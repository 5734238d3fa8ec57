"""The scan of one project: its run, its sources, its figures."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtscan.models.store import Source
from core.models import Job
from projects.chapters import Chapter
from projects.models import Project, User


class ScanQuerySet(models.QuerySet["Scan"]):
    def of(self, project: Project) -> ScanQuerySet:
        return self.filter(project=project)

    def running(self) -> ScanQuerySet:
        return self.filter(job__state__in=[Job.State.WAITING, Job.State.RUNNING])

    def for_overview(self) -> ScanQuerySet:
        """The newest first, with job and sources. Two queries."""
        return self.select_related("job").prefetch_related("sources")


class Scan(models.Model):
    """One run of the buurtscan of a project, as a job. The newest one is shown."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="scans")
    job = models.OneToOneField(Job, models.CASCADE)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ScanQuerySet] = ScanQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"scan {self.pk}"


class ScanSourceQuerySet(models.QuerySet["ScanSource"]):
    def finished(self) -> ScanSourceQuerySet:
        return self.filter(state__in=[Job.State.DONE, Job.State.FAILED])

    def complete(self) -> ScanSourceQuerySet:
        """Everything that was asked came in."""
        return self.filter(state=Job.State.DONE, message="")


class ScanSource(models.Model):
    """How far one source is within a scan; a failed source does not stop the others."""

    scan = models.ForeignKey(Scan, models.CASCADE, related_name="sources")
    source = models.CharField(max_length=16, choices=Source)
    state = models.CharField(max_length=10, choices=Job.State, default=Job.State.WAITING)
    message = models.CharField(max_length=300, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ScanSourceQuerySet] = ScanSourceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scan", "source"], name="scan_source_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.source} {self.state}"


class FigureStatus(models.TextChoices):
    OK = "ok", _("gepubliceerd")
    FALLBACK = "fallback", _("cijfer van een groter gebied")
    NOT_PUBLISHED = "not_published", _("niet gepubliceerd")
    SUPPRESSED = "suppressed", _("niet bekend voor dit gebied")
    NOT_COMBINABLE = "not_combinable", _("niet op te tellen")
    FAILED = "failed", _("niet opgehaald")


class LookAlike(models.Model):
    """One of the ten buurten most like the area of a project, `number` 1 the nearest.

    `distance` is in standard deviations; see docs/open-data.md for the method.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="look_alikes")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=10)
    distance = models.FloatField()
    period = models.CharField(max_length=8)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="look_alike_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return self.code


class ScanFigureQuerySet(models.QuerySet["ScanFigure"]):
    def of(self, project: Project) -> ScanFigureQuerySet:
        return self.filter(project=project)

    def of_area_asked(self) -> ScanFigureQuerySet:
        """Only the figures of the area itself, not those it is compared with."""
        return self.filter(role=ScanFigure.Place.ASKED)

    def current(self) -> ScanFigureQuerySet:
        """Without those of an area or an indicator that the project no longer has."""
        return self.exclude(role=ScanFigure.Place.FORMER)


class ScanFigure(models.Model):
    """A figure of a project's area, or of an area it is compared with (wijk, gemeente, NL00).

    Upserted by (project, indicator, code): the same scan twice gives the same rows, and what
    links to a figure stays linked. `code` of a set of buurten is the codes joined by "+", and its
    `level` (and `level_used`) is "set". `value` is as published (%, × 1 000 €).

    Its place among all areas of its level (for a set: among buurten; for gemeente, wijk and NL00 in a
    scan of a buurt: among buurten too) that have the figure in the same period: `below` of the `ranked`
    have less, `equal` have the same, `median` is the middle of them; None while that is not known.
    `trend` is what the area had in each period, the oldest first: [{"period", "value", "series"}];
    points of another series have another definition and are never joined. `alike` has the look-alike
    buurten that have the figure, the nearest first: [{"code", "value"}].
    """

    class Place(models.TextChoices):
        ASKED = "asked", _("het gebied")
        MEMBER = "member", _("buurt in het gebied")
        WIJK = "wijk", _("wijk")
        GEMEENTE = "gemeente", _("gemeente")
        LAND = "land", _("Nederland")
        FORMER = "former", _("gebied van een eerdere scan")

    project = models.ForeignKey(Project, models.CASCADE, related_name="figures")
    scan = models.ForeignKey(Scan, models.PROTECT, related_name="figures")
    indicator = models.CharField(max_length=60)
    chapter = models.CharField(max_length=14, choices=Chapter)
    role = models.CharField(max_length=8, choices=Place)
    code = models.CharField(max_length=1000)
    level = models.CharField(max_length=8)
    value = models.FloatField(null=True)
    period = models.CharField(max_length=8, blank=True)
    vintage = models.PositiveSmallIntegerField(null=True)
    level_used = models.CharField(max_length=8, blank=True)
    source = models.CharField(max_length=16, choices=Source)
    table = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=14, choices=FigureStatus)
    flags = models.JSONField(default=list)
    below = models.PositiveIntegerField(null=True)
    equal = models.PositiveIntegerField(null=True)
    ranked = models.PositiveIntegerField(null=True)
    median = models.FloatField(null=True)
    trend = models.JSONField(default=list)
    alike = models.JSONField(default=list)
    fetched_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ScanFigureQuerySet] = ScanFigureQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "indicator", "code"], name="figure_once_per_area"),
            models.CheckConstraint(
                condition=Q(status__in=["ok", "fallback"], value__isnull=False)
                | Q(
                    status__in=["not_published", "suppressed", "not_combinable", "failed"], value__isnull=True
                ),
                name="figure_value_fits_status",
            ),
            models.CheckConstraint(
                condition=Q(ranked__isnull=True, below__isnull=True, equal__isnull=True, median__isnull=True)
                | Q(ranked__gte=F("below") + F("equal"), median__isnull=False),
                name="figure_place_is_whole",
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.indicator} {self.code}"
