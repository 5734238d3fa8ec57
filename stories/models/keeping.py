"""Files made of stories, where a story was printed, and what was forgotten when its time was up."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Job
from projects.models import Project, User
from stories.models.telling import Language, Story


class StoryFileQuerySet(models.QuerySet["StoryFile"]):
    def of(self, project: Project) -> StoryFileQuerySet:
        return self.filter(project=project)

    def for_list(self) -> StoryFileQuerySet:
        return self.select_related("job")


class StoryFile(models.Model):
    """One file made by a job; it lies in the private folder.

    Holds only published stories. `holds` are the ids of the stories in it: once one of these is
    withdrawn or no longer public, the file is not given out and is deleted.
    """

    class Kind(models.TextChoices):
        POSTER = "poster", _("poster met QR-code (PDF)")
        PAPER = "papier", _("formulier op papier (PDF)")
        BOOKLET = "boekje", _("verhalenboekje (PDF)")
        QUOTES_XLSX = "citaten_xlsx", _("citaten (Excel)")
        QUOTES_DOCX = "citaten_docx", _("citaten (Word)")

    project = models.ForeignKey(Project, models.CASCADE, related_name="story_files")
    job = models.OneToOneField(Job, models.CASCADE)
    kind = models.CharField(max_length=12, choices=Kind)
    language = models.CharField(max_length=2, choices=Language, default=Language.NL)
    options = models.JSONField(default=dict, blank=True)
    file = models.CharField(max_length=120, blank=True)
    size = models.PositiveIntegerField(default=0)
    holds = models.JSONField(default=list, blank=True)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[StoryFileQuerySet] = StoryFileQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Appearance(models.Model):
    """A story stood in something that was printed or handed out: what a teller hears at withdrawal."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="appearances")
    where = models.CharField(max_length=120)
    on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["story", "where", "on"], name="appearance_once")]

    def __str__(self) -> str:
        return self.where


class Withdrawal(models.Model):
    """A story was taken back after it had been handed out: where, and nothing of the story itself."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="withdrawals")
    on = models.DateField(default=timezone.localdate)
    where = models.JSONField(default=list)
    seen = models.BooleanField(default=False)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.on}"


class RetentionRun(models.Model):
    """What went because its time was up: numbers only, one row per kind, project and day."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="retention_runs")
    kind = models.CharField(max_length=20)
    on = models.DateField(default=timezone.localdate)
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["-on", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind", "on"], name="one_retention_run_per_kind_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}: {self.number}"
