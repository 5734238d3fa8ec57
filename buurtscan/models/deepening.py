"""What partners add to the open figures: their tables, figures read elsewhere, pictures, known policy."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.cas import Versioned
from core.models import Job
from projects.chapters import Chapter
from projects.models import Project, User


class Visibility(models.TextChoices):
    PROJECT = "project", _("iedereen die het project mag lezen")
    KERNTEAM = "kernteam", _("alleen het kernteam")


class PartnerTable(Versioned):
    """Figures of a partner (corporatie, wijkagent, GGD, school), uploaded or typed.

    While it is a draft, `cells` keeps what was read (a list of sheets, each a `name` and `rows` of cells as
    in `partner_files`) and `mapping` what the user said each column is (`partner_tables.Mapping`). Publishing
    makes the figures and empties `cells`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("nog niet geplaatst")
        PUBLISHED = "published", _("geplaatst")
        UNDONE = "undone", _("teruggehaald")

    project = models.ForeignKey(Project, models.CASCADE, related_name="partner_tables")
    partner = models.CharField(_("van wie"), max_length=120)
    title = models.CharField(_("waar gaat het over"), max_length=160)
    source_note = models.CharField(_("bron en toelichting"), max_length=500, blank=True)
    url = models.URLField(_("link naar de bron"), max_length=300, blank=True)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.KERNTEAM)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    file_name = models.CharField(max_length=160, blank=True)
    cells = models.JSONField(default=list, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class PartnerFigureQuerySet(models.QuerySet["PartnerFigure"]):
    def of(self, project: Project) -> PartnerFigureQuerySet:
        """Only those of tables that are published."""
        return self.filter(table__project=project, table__state=PartnerTable.State.PUBLISHED)

    def visible(self, *, kernteam: bool) -> PartnerFigureQuerySet:
        return self if kernteam else self.filter(table__visibility=Visibility.PROJECT)

    def for_chapter(self, chapter: str) -> Any:
        return self.filter(chapter=chapter).select_related("table").order_by("table_id", "row")


class PartnerFigure(models.Model):
    """One number of a partner's table. `value` in `unit`; `place` says where, in the partner's words."""

    table = models.ForeignKey(PartnerTable, models.CASCADE, related_name="figures")
    row = models.PositiveIntegerField()
    chapter = models.CharField(max_length=14, choices=Chapter)
    label = models.CharField(max_length=160)
    value = models.FloatField()
    unit = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects: ClassVar[PartnerFigureQuerySet] = PartnerFigureQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "row"], name="partner_figure_once")]
        ordering = ["row"]

    def __str__(self) -> str:
        return self.label


class PolicyFact(Versioned):
    """Something already known that will change the buurt: what comes, when, where, and who does it."""

    class Kind(models.TextChoices):
        NIEUWBOUW = "nieuwbouw", _("nieuwbouw")
        SLOOP = "sloop", _("sloop")
        RENOVATIE = "renovatie", _("renovatie")
        SCHOOL = "school", _("school")
        AARDGASVRIJ = "aardgasvrij", _("aardgasvrij")
        OPENBARE_RUIMTE = "openbare_ruimte", _("straat, plein of groen")
        VOORZIENING = "voorziening", _("voorziening")
        ANDERS = "anders", _("iets anders")

    project = models.ForeignKey(Project, models.CASCADE, related_name="policy_facts")
    chapter = models.CharField(max_length=14, choices=Chapter)
    kind = models.CharField(_("soort"), max_length=16, choices=Kind)
    what = models.CharField(_("wat komt er"), max_length=200)
    where = models.CharField(_("waar"), max_length=120, blank=True)
    who = models.CharField(_("wie doet het"), max_length=120)
    starts = models.PositiveSmallIntegerField(_("vanaf (jaar)"))
    ends = models.PositiveSmallIntegerField(_("tot en met (jaar)"), null=True, blank=True)
    source_note = models.CharField(_("hoe weten we dit"), max_length=300, blank=True)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PROJECT)
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["starts", "ends", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="policy_fact_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(starts__gte=1990, starts__lte=2100), name="policy_fact_in_our_time"
            ),
        ]

    def __str__(self) -> str:
        return self.what


class ScanPicture(models.Model):
    """A picture of a map made elsewhere (Veerkrachtkaart, KIS Wijkmonitor) to talk about.

    `original` waits in the private folder until the job has made `file` of it without metadata.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="scan_pictures")
    chapter = models.CharField(max_length=14, choices=Chapter)
    title = models.CharField(_("wat laat de kaart zien"), max_length=160)
    alt = models.CharField(_("beschrijving voor wie de kaart niet ziet"), max_length=500)
    source_note = models.CharField(_("bron"), max_length=300)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.KERNTEAM)
    job = models.OneToOneField(Job, models.CASCADE)
    original = models.CharField(max_length=120, blank=True)
    file = models.CharField(max_length=120, blank=True)
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.title
