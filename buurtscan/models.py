"""The store of open figures as they were published, and the scan of one project."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Job
from projects.chapters import Chapter
from projects.models import Project, User


class Source(models.TextChoices):
    KWB = "kwb", _("CBS Kerncijfers wijken en buurten")
    RIVM = "rivm", _("RIVM, GGD'en en CBS: gezondheid")
    POLITIE = "politie", _("Politie: geregistreerde misdrijven")
    LEEFBAAROMETER = "leefbaarometer", _("Leefbaarometer 3.0")


class SourceTable(models.Model):
    """One table of one source, such as KWB 2024 = 85984NED.

    `columns` maps our measure names to the names the table uses now; `modified` is the mark of
    the source (TableInfos.Modified or ObservationsModified) of what we hold.
    """

    source = models.CharField(max_length=16, choices=Source)
    table = models.CharField(max_length=40)
    vintage = models.PositiveSmallIntegerField()
    modified = models.CharField(max_length=40, blank=True)
    columns = models.JSONField(default=dict, blank=True)
    refreshed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "table"], name="source_table_once")]

    def __str__(self) -> str:
        return self.table


class Observation(models.Model):
    """One published number: a measure of an area in a period. No row means: not published.

    `value` is as published (%, × 1 000 €, aantal); 0 is a true zero.
    """

    table = models.ForeignKey(SourceTable, models.CASCADE, related_name="observations")
    measure = models.CharField(max_length=60)
    code = models.CharField(max_length=10)
    period = models.CharField(max_length=8)
    value = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "measure", "period", "table"], name="observation_once")
        ]
        indexes = [models.Index(fields=["table", "measure", "period"], name="observation_measure")]

    def __str__(self) -> str:
        return f"{self.code} {self.measure} {self.period}"


class Pull(models.Model):
    """A national refresh of one source into the store, as a job.

    `only_table` and `only_year` narrow it down; `report` has a line (table, rows, what happened)
    for each table.
    """

    job = models.OneToOneField(Job, models.CASCADE)
    source = models.CharField(max_length=16, choices=Source)
    only_table = models.CharField(max_length=40, blank=True)
    only_year = models.PositiveSmallIntegerField(null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.source


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


class ScanFigureQuerySet(models.QuerySet["ScanFigure"]):
    def of(self, project: Project) -> ScanFigureQuerySet:
        return self.filter(project=project)

    def of_area_asked(self) -> ScanFigureQuerySet:
        """Only the figures of the area itself, not those it is compared with."""
        return self.filter(role=ScanFigure.Place.ASKED)

    def current(self) -> ScanFigureQuerySet:
        """Without those of an area or an indicator that the project no longer has."""
        return self.exclude(role=ScanFigure.Place.FORMER)

    def for_chapter(self, chapter: str) -> ScanFigureQuerySet:
        return self.current().filter(chapter=chapter).order_by("code")

    def for_overview(self) -> Any:
        """How many figures of the area itself each chapter has, by status and level."""
        asked = self.of_area_asked().order_by()
        return asked.values("chapter", "status", "level_used").annotate(number=models.Count("pk"))


class ScanFigure(models.Model):
    """A figure of a project's area, or of an area it is compared with (wijk, gemeente, NL00).

    Upserted by (project, indicator, code): the same scan twice gives the same rows, and what
    links to a figure stays linked. `code` of a set of buurten is the codes joined by "+", and its
    `level` (and `level_used`) is "set". `value` is as published (%, × 1 000 €).
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
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.indicator} {self.code}"
