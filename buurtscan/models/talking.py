"""What the kernteam says about the figures: questions, marks, duiding, notes, what is not shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.cas import Versioned
from projects.chapters import Chapter
from projects.models import Project, User


class ScanQuestionQuerySet(models.QuerySet["ScanQuestion"]):
    def of(self, project: Project) -> ScanQuestionQuerySet:
        return self.filter(project=project)


class ScanQuestion(Versioned):
    """A question the kernteam wants the scan to answer, tied to one or more chapters.

    `answered` is what the figures say about it, `unanswered` what they cannot say; `indicators` are the
    figures that were chosen for it.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="scan_questions")
    text = models.CharField(_("vraag"), max_length=300)
    chapters = models.JSONField(default=list)
    indicators = models.JSONField(default=list, blank=True)
    answered = models.TextField(_("wat de cijfers zeggen"), max_length=2_000, blank=True)
    unanswered = models.TextField(_("wat de cijfers niet zeggen"), max_length=2_000, blank=True)
    position = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ScanQuestionQuerySet] = ScanQuestionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["position", "created_at", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def chapter_names(self) -> list[tuple[str, str]]:
        """Each chapter it is tied to, with its label, in the order of the method."""
        return [(name, str(Chapter(name).label)) for name in Chapter.values if name in self.chapters]


class FigureMarkQuerySet(models.QuerySet["FigureMark"]):
    def of(self, project: Project) -> FigureMarkQuerySet:
        return self.filter(project=project)

    def for_page(self, indicators: Iterable[str]) -> FigureMarkQuerySet:
        """With the author, the oldest first."""
        return self.filter(indicator__in=list(indicators)).select_related("author")


class FigureMark(Versioned):
    """A figure that a member calls a zorg or a kans, with why. Members may disagree: one mark each."""

    class Kind(models.TextChoices):
        ZORG = "zorg", _("zorg")
        KANS = "kans", _("kans")

    project = models.ForeignKey(Project, models.CASCADE, related_name="figure_marks")
    indicator = models.CharField(max_length=60)
    kind = models.CharField(max_length=4, choices=Kind)
    reason = models.CharField(_("waarom"), max_length=300)
    author = models.ForeignKey(User, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[FigureMarkQuerySet] = FigureMarkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "indicator", "author"], name="figure_mark_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="figure_mark_has_reason"),
        ]
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.indicator} {self.kind}"


class DuidingQuerySet(models.QuerySet["Duiding"]):
    def of(self, project: Project) -> DuidingQuerySet:
        return self.filter(project=project)

    def history(self, chapter: str) -> DuidingQuerySet:
        """The newest first, with author."""
        return self.filter(chapter=chapter).select_related("author").order_by("-number")


class Duiding(models.Model):
    """What the kernteam sees in a chapter. Each change is a new row with the next `number`; the highest
    number counts, the others are its history. An empty text takes the duiding away."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="duidingen")
    chapter = models.CharField(max_length=14, choices=Chapter)
    number = models.PositiveIntegerField()
    text = models.TextField(_("duiding"), max_length=4_000, blank=True)
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[DuidingQuerySet] = DuidingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "chapter", "number"], name="duiding_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.chapter} {self.number}"


class ScanNoteQuerySet(models.QuerySet["ScanNote"]):
    def of(self, project: Project, chapter: str) -> ScanNoteQuerySet:
        return self.filter(project=project, chapter=chapter)

    def newest_first(self) -> ScanNoteQuerySet:
        return self.order_by("-created_at", "-pk")


class ScanNote(models.Model):
    """What somebody noticed while the scan was on the wall ("wat valt u op?")."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="scan_notes")
    chapter = models.CharField(max_length=14, choices=Chapter)
    text = models.CharField(_("wat valt op"), max_length=500)
    key = models.UUIDField(unique=True)
    noted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ScanNoteQuerySet] = ScanNoteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="scan_note_says_something")]

    def __str__(self) -> str:
        return self.text


class HiddenFigure(models.Model):
    """A figure that is left out of presentation, note and slides; on the page it stays."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="hidden_figures")
    indicator = models.CharField(max_length=60)
    hidden_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "indicator"], name="hidden_figure_once")]

    def __str__(self) -> str:
        return self.indicator
