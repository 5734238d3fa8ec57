"""The scan as a file to take away."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Job
from projects.models import Project, User


class TakeawayQuerySet(models.QuerySet["Takeaway"]):
    def of(self, project: Project) -> TakeawayQuerySet:
        return self.filter(project=project)

    def kept(self) -> TakeawayQuerySet:
        """Those that have a file."""
        return self.exclude(file="")

    def for_list(self) -> TakeawayQuerySet:
        """The newest first, with job. One query."""
        return self.select_related("job")


class Takeaway(models.Model):
    """One rendering of the scan by a job: `file` lies in the private folder.

    It never holds what only the kernteam may see, nor a figure that is hidden. `holds` names what is in
    it (indicators, tables of partners, policy facts): once one of these is hidden, taken back or no
    longer for everybody, the file is not given out.
    """

    class Kind(models.TextChoices):
        NOTE = "note", _("notitie van twee pagina's (PDF)")
        SLIDES = "slides", _("presentatie (PowerPoint)")
        WORKBOOK = "workbook", _("werkblad (Excel)")
        CSV = "csv", _("tabel (CSV)")
        JSON = "json", _("gegevens (JSON)")

    project = models.ForeignKey(Project, models.CASCADE, related_name="takeaways")
    job = models.OneToOneField(Job, models.CASCADE)
    kind = models.CharField(max_length=8, choices=Kind)
    file = models.CharField(max_length=120, blank=True)
    size = models.PositiveIntegerField(default=0)
    holds = models.JSONField(default=dict, blank=True)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[TakeawayQuerySet] = TakeawayQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
