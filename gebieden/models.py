"""Areas of the Netherlands per year of boundaries (vintage)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Job

CODE_PATTERN = r"^(NL00|GM\d{4}|WK[0-9A-Z]{6}|BU[0-9A-Z]{8})$"


class Level(models.TextChoices):
    LAND = "land", _("Nederland")
    GEMEENTE = "gemeente", _("gemeente")
    WIJK = "wijk", _("wijk")
    BUURT = "buurt", _("buurt")


class AreaQuerySet(models.QuerySet["Area"]):
    def of_vintage(self, vintage: int) -> AreaQuerySet:
        return self.filter(vintage=vintage)

    def newest(self) -> AreaQuerySet:
        """Only the areas of the newest vintage that is loaded."""
        return self.filter(vintage=Area.objects.newest_vintage() or 0)

    def newest_vintage(self) -> int | None:
        return self.order_by("-vintage").values_list("vintage", flat=True).first()

    def buurten_in(self, gemeente: str) -> AreaQuerySet:
        """By their codes, as a range that an index can answer: it holds where a wijk is not loaded too."""
        number = gemeente.removeprefix("GM")
        after = f"{int(number) + 1:04d}"
        return self.filter(level=Level.BUURT, code__gte=f"BU{number}", code__lt=f"BU{after}")

    def without_geometry(self) -> AreaQuerySet:
        """Polygons are large; only a map needs them."""
        return self.defer("geometry")

    def for_loads(self) -> list[dict[str, Any]]:
        """Per vintage: the number of areas of each level, and of polygons."""
        counts = {
            level.value: models.Count("pk", filter=models.Q(level=level))
            for level in (Level.GEMEENTE, Level.WIJK, Level.BUURT)
        }
        drawn = models.Count("pk", filter=models.Q(geometry__isnull=False))
        rows = self.values("vintage").annotate(**counts, drawn=drawn).order_by("-vintage")
        return list(rows)


class Area(models.Model):
    """A country, gemeente, wijk or buurt as it was drawn in one year.

    `code` is the CBS code (NL00, GM0518, WK051836, BU05183620), unpadded; it is unique within
    a vintage. `parent` is the next level up.
    """

    code = models.CharField(max_length=10, validators=[RegexValidator(CODE_PATTERN)])
    vintage = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=8, choices=Level)
    name = models.CharField(max_length=120)
    gemeente_name = models.CharField(max_length=120, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    postcode = models.CharField(max_length=4, blank=True, db_index=True)
    inhabitants = models.PositiveIntegerField(null=True, blank=True)
    geometry = models.JSONField(null=True, blank=True)

    objects: ClassVar[AreaQuerySet] = AreaQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vintage", "code"], name="area_code_per_vintage"),
            models.CheckConstraint(
                condition=models.Q(level__in=["land", "gemeente", "wijk", "buurt"]), name="area_level_known"
            ),
        ]
        indexes = [models.Index(fields=["code"], name="area_code")]
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class AreaLoadQuerySet(models.QuerySet["AreaLoad"]):
    def finished(self) -> AreaLoadQuerySet:
        return self.filter(job__state__in=[Job.State.DONE, Job.State.FAILED])

    def done(self) -> AreaLoadQuerySet:
        return self.filter(job__state=Job.State.DONE)

    def latest_first(self) -> AreaLoadQuerySet:
        return self.select_related("job").order_by("-pk")


class AreaLoad(models.Model):
    """One load of all areas of one vintage from the open-data services, as a job.

    `vintage` is empty until the worker has found the newest one; `loaded` counts areas, `drawn`
    polygons; `note` says in Dutch what could not be had. `busy` is True for one load at most:
    the last one that was asked for.
    """

    job = models.OneToOneField(Job, models.CASCADE)
    vintage = models.PositiveSmallIntegerField(null=True, blank=True)
    polygons = models.BooleanField(default=True)
    loaded = models.PositiveIntegerField(default=0)
    drawn = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    busy = models.BooleanField(null=True, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AreaLoadQuerySet] = AreaLoadQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return str(self.vintage or _("nieuwste jaar"))
