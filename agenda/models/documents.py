from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Job
from projects.models import Project, User


class AgendaDocumentQuerySet(models.QuerySet["AgendaDocument"]):
    def of(self, project: Project) -> AgendaDocumentQuerySet:
        return self.filter(project=project)

    def kept(self) -> AgendaDocumentQuerySet:
        """Those that have a file."""
        return self.exclude(file="")

    def for_agenda(self) -> AgendaDocumentQuerySet:
        return self.select_related("job")


class AgendaDocument(models.Model):
    """The agenda as a file, rendered by a job and kept in the private folder.

    `number` counts the documents of a project. `quote_ids` and `quotes_mark` say which words of
    residents are in the file: once a story is withdrawn or changed, the file is not given out.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="agenda_documents")
    job = models.OneToOneField(Job, models.CASCADE)
    number = models.PositiveSmallIntegerField(default=1)
    with_concept = models.BooleanField(_("ook de afspraken die nog concept zijn"), default=True)
    file = models.CharField(max_length=120, blank=True)
    pages = models.PositiveSmallIntegerField(default=0)
    quote_ids = models.JSONField(default=list, blank=True)
    quotes_mark = models.CharField(max_length=64, blank=True)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[AgendaDocumentQuerySet] = AgendaDocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="agenda_document_number_once")
        ]

    def __str__(self) -> str:
        return self.file
