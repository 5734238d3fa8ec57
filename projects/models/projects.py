from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.cas import Versioned
from gebieden.models import Area

if TYPE_CHECKING:
    from projects.models.bouwstenen import BouwsteenStatus


class ProjectQuerySet(models.QuerySet["Project"]):
    def of(self, user: Any) -> ProjectQuerySet:
        """The projects a user may open: as a member, or all as beheerder."""
        if user.is_superuser:
            return self
        return self.filter(memberships__user=user).distinct()

    def search(self, words: str) -> ProjectQuerySet:
        """Every word occurs in the name of the project or of one of its areas."""
        found = self
        for word in words.split():
            areas = Project.areas.through.objects.filter(
                Q(area__name__icontains=word) | Q(area__gemeente_name__icontains=word)
            )
            found = found.filter(Q(name__icontains=word) | Q(pk__in=areas.values("project_id")))
        return found

    def for_list(self) -> ProjectQuerySet:
        areas = Area.objects.defer("geometry")
        return self.prefetch_related(models.Prefetch("areas", areas)).order_by("name")

    def with_role_of(self, user: Any) -> ProjectQuerySet:
        """Adds `role`: the role of this user in the project, None without membership."""
        mine = FilteredRelation("memberships", condition=Q(memberships__user=user))
        return self.annotate(mine=mine, role=F("mine__role"))


class Project(Versioned):
    """One neighbourhood on its way to a buurtagenda.

    `areas` is one buurt, one wijk, or a chosen set of buurten of one vintage.
    """

    class State(models.TextChoices):
        LOOPT = "loopt", _("loopt")
        GEPAUZEERD = "gepauzeerd", _("gepauzeerd")
        GESTOPT = "gestopt", _("gestopt: nu niet opportuun")
        VASTGESTELD = "vastgesteld", _("agenda vastgesteld")
        AFGESLOTEN = "afgesloten", _("afgesloten")

    name = models.CharField(_("naam"), max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    areas: models.ManyToManyField[Area, Any] = models.ManyToManyField(Area, related_name="projects")
    starts = models.DateField(_("begint op"))
    ends = models.DateField(_("agenda klaar op"))
    state = models.CharField(max_length=12, choices=State, default=State.LOOPT)
    state_reason = models.CharField(max_length=300, blank=True)
    controller = models.CharField(_("wie de verhalen bewaart"), max_length=120, blank=True)
    controller_email = models.EmailField(_("e-mailadres voor vragen over privacy"), blank=True)
    report_url = models.URLField(_("meldpagina van de gemeente"), blank=True)
    retention_months = models.PositiveSmallIntegerField(_("bewaartermijn in maanden"), default=24)
    stories_open = models.BooleanField(_("het verhalenformulier is open"), default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[ProjectQuerySet] = ProjectQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="project_ends_after_start"),
            models.CheckConstraint(
                condition=Q(state__in=["loopt", "gepauzeerd", "gestopt", "vastgesteld", "afgesloten"]),
                name="project_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["gepauzeerd", "gestopt"]) | ~Q(state_reason=""),
                name="project_pause_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def statuses(self) -> dict[str, BouwsteenStatus]:
        """What the kernteam said of each bouwsteen it said something of; one query per page."""
        return {status.bouwsteen: status for status in self.bouwstenen.all()}

    def status_of(self, bouwsteen: str) -> BouwsteenStatus:
        """The state of a bouwsteen; unsaved and "niet begonnen" when nobody said anything yet."""
        return self.statuses.get(bouwsteen) or self.bouwstenen.model(project=self, bouwsteen=bouwsteen)

    def get_absolute_url(self) -> str:
        return reverse("project", args=[self.slug])
