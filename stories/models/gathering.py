"""How stories come in: evenings, walks, public places, and who supports the residents who collect."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.cas import Versioned
from projects.models import Party, Project, User


class PlaceQuerySet(models.QuerySet["Place"]):
    def of(self, project: Project) -> PlaceQuerySet:
        return self.filter(project=project)


class Place(Versioned):
    """A place in the neighbourhood that residents can choose: only a public one has an exact point.

    `lat` and `lon` are WGS 84; of a street they are the middle of a square of about 100 metres.
    """

    class Kind(models.TextChoices):
        SQUARE = "plein", _("plein")
        PARK = "park", _("park of groen")
        SHOPS = "winkels", _("winkels of markt")
        SCHOOL = "school", _("school of kinderopvang")
        MEETING = "ontmoeten", _("buurthuis of andere plek om elkaar te ontmoeten")
        PLAY = "spelen", _("speelplek of sportveld")
        STOP = "halte", _("halte of station")
        WATER = "water", _("water")
        STREET = "straat", _("straat")
        OTHER = "anders", _("andere openbare plek")

    project = models.ForeignKey(Project, models.CASCADE, related_name="places")
    name = models.CharField(_("naam"), max_length=80)
    kind = models.CharField(_("soort plek"), max_length=10, choices=Kind)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)

    objects: ClassVar[PlaceQuerySet] = PlaceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint("project", Lower("name"), name="place_name_per_project"),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True) | Q(lat__isnull=False, lon__isnull=False),
                name="place_point_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        return self.kind != self.Kind.STREET


class GatheringQuerySet[M: Gathering](models.QuerySet[M]):
    def of(self, project: Project) -> GatheringQuerySet[M]:
        return self.filter(project=project)


class Gathering(Versioned):
    """What evenings and walks share: a name, a day, a place and what the makers want to remember."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="%(class)ss")
    name = models.CharField(_("naam"), max_length=80)
    on = models.DateField(_("op"))
    where = models.CharField(_("waar"), max_length=120, blank=True)
    note = models.TextField(_("waar ging het over?"), max_length=1000, blank=True)
    led_by = models.CharField(_("wie begeleidt?"), max_length=120, blank=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.name


class Verhalenavond(Gathering):
    """Many stories in a row; the evening is their context."""

    objects: ClassVar[GatheringQuerySet[Verhalenavond]] = GatheringQuerySet.as_manager()  # type: ignore[assignment]


class Buurtwandeling(Gathering):
    """A walk with stops; each stop is a story with a place, a photo or an observation."""

    objects: ClassVar[GatheringQuerySet[Buurtwandeling]] = GatheringQuerySet.as_manager()  # type: ignore[assignment]

    def next_stop(self) -> int:
        """The number of the next stop, from 1."""
        last = self.stories.aggregate(last=models.Max("walk_stop"))["last"]
        return (last or 0) + 1


class AvondTaak(Versioned):
    """Something that must be done for a verhalenavond, and which party (or person) does it."""

    class Kind(models.TextChoices):
        PROGRAMME = "programma", _("programma maken")
        COMMUNICATION = "communicatie", _("uitnodigen en bekendmaken")
        TRAINING = "trainen", _("vertellers trainen")
        MODERATING = "modereren", _("de avond leiden")
        FILMING = "filmen", _("filmen en foto's maken")
        CATERING = "catering", _("eten en drinken")

    evening = models.ForeignKey(Verhalenavond, models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=12, choices=Kind)
    party = models.ForeignKey(Party, models.SET_NULL, null=True, blank=True, related_name="+")
    who = models.CharField(_("wie"), max_length=120, blank=True)
    done = models.BooleanField(_("geregeld"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["evening", "kind"], name="task_once_per_evening")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Steun(models.Model):
    """The professional whom a resident who collects stories can turn to."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="supports")
    collector = models.ForeignKey(User, models.CASCADE, related_name="+")
    supporter = models.ForeignKey(User, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "collector"], name="one_supporter_per_collector"),
            models.CheckConstraint(
                condition=~Q(collector=models.F("supporter")), name="supporter_is_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collector_id}: {self.supporter_id}"
