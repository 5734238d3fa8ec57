from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtscan.models import ScanFigure
from core.cas import Versioned
from projects.chapters import Chapter
from projects.models import Project, User
from stories.models import Quote, QuoteQuerySet


def published_quotes() -> QuoteQuerySet:
    """Quotes as any page, PDF or export may show them: of published stories only."""
    return Quote.objects.published().select_related("story").order_by("story__told_on", "story_id", "start")


class InzichtQuerySet(models.QuerySet["Inzicht"]):
    def of(self, project: Project) -> InzichtQuerySet:
        return self.filter(project=project)

    def about(self, chapter: str) -> InzichtQuerySet:
        return self.filter(chapter=chapter)

    def with_evidence(self) -> InzichtQuerySet:
        """With its figures, its published quotes and the votes for their stories."""
        return self.prefetch_related(
            Prefetch("figures", ScanFigure.objects.order_by("indicator", "pk")),
            Prefetch("quotes", published_quotes().prefetch_related("story__support")),
        )

    def for_tellen_vertellen(self) -> InzichtQuerySet:
        return self.with_evidence().prefetch_related("agendapunten")


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

    objects: ClassVar[InzichtQuerySet] = InzichtQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.title
