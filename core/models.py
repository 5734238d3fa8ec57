"""Jobs and records: they know no neighbourhood, no project and no user."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

STALE_AFTER = timedelta(seconds=30)


class JobQuerySet(models.QuerySet["Job"]):
    def stale(self, now: datetime) -> JobQuerySet:
        """Jobs whose worker stopped beating, or whose message never reached a worker."""
        limit = now - STALE_AFTER
        return self.filter(
            Q(state=Job.State.RUNNING, heartbeat__lt=limit)
            | Q(state=Job.State.WAITING, created_at__lt=limit, heartbeat__isnull=True)
            | Q(state=Job.State.WAITING, heartbeat__lt=limit)
        )

    def finished_before(self, moment: datetime) -> JobQuerySet:
        return self.filter(state__in=[Job.State.DONE, Job.State.FAILED], finished_at__lt=moment)

    def of_nothing(self) -> JobQuerySet:
        """To which no row of any room refers: not what was made, nor who asked for it."""
        found = self
        for relation in Job._meta.get_fields(include_hidden=True):
            if isinstance(relation, models.ForeignObjectRel):
                rows = relation.related_model._base_manager.all()  # type: ignore[union-attr]
                found = found.exclude(Exists(rows.filter(**{relation.field.name: OuterRef("pk")})))
        return found


class Job(models.Model):
    """One piece of work for a worker. This row is the truth; the queue only carries its id."""

    class State(models.TextChoices):
        WAITING = "waiting", _("wacht")
        RUNNING = "running", _("bezig")
        DONE = "done", _("klaar")
        FAILED = "failed", _("mislukt")

    task = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[JobQuerySet] = JobQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["state", "heartbeat"], name="job_state_heartbeat")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "done", "failed"]), name="job_state_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.pk}"

    @property
    def finished(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def percentage(self) -> int:
        """0 to 100; 100 only when the job is done."""
        if self.state == self.State.DONE:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0


class Record(models.Model):
    """Who did what to which row, and when. Append-only, and never the text itself."""

    at = models.DateTimeField(default=timezone.now)
    actor_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    project_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["project_id", "at"], name="record_project_at")]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.object_id}"


class Lease(models.Model):
    """At most one holder of a name at a time, such as the clock."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=80)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
