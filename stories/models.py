"""Residents' stories, their photo, and the quotes taken from them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Trim
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Job
from projects.chapters import Chapter
from projects.models import Project


class StoryQuerySet(models.QuerySet["Story"]):
    def of(self, project: Project) -> StoryQuerySet:
        return self.filter(project=project)

    def published(self) -> StoryQuerySet:
        return self.filter(state=Story.State.PUBLISHED)

    def to_judge(self) -> StoryQuerySet:
        return self.filter(state__in=[Story.State.SUBMITTED, Story.State.HELD])

    def rejected(self) -> StoryQuerySet:
        return self.filter(state=Story.State.REJECTED)

    def matching(self, *, q: str = "", about: str = "", feeling: str = "", door: str = "") -> StoryQuerySet:
        """Those that have all of what is filled in; `q` is looked for in the text and the place."""
        exact = {"about": about, "feeling": feeling, "door": door}
        found = self.filter(**{name: value for name, value in exact.items() if value})
        return found.filter(Q(text__icontains=q) | Q(place__icontains=q)) if q else found

    def for_list(self) -> StoryQuerySet:
        """Newest first, with the photo and the number of quotes."""
        counted = self.annotate(quote_count=models.Count("quotes"))
        return counted.select_related("photo").order_by("-told_on", "-pk")

    def by_place(self) -> Any:
        """Each place that is named, however it is spelled in capitals, with the number of stories; most first."""
        named = self.annotate(spot=Lower(Trim("place"))).exclude(spot="").order_by()
        counted = named.values("spot").annotate(name=models.Min(Trim("place")), number=models.Count("pk"))
        return counted.order_by("-number", "spot")

    def for_queue(self) -> StoryQuerySet:
        """Oldest first, with the photo and how far its job is."""
        return self.select_related("photo__job").order_by("told_on", "pk")

    def for_quotes(self) -> StoryQuerySet:
        return self.select_related("photo").prefetch_related("quotes")

    def count_by_state(self) -> dict[str, int]:
        """Numbers only: how many stories are in each state, 0 included."""
        counted = dict(self.order_by().values_list("state").annotate(models.Count("pk")))
        return {state: counted.get(state, 0) for state in Story.State.values}


class Story(models.Model):
    """What a resident tells. Withdrawing deletes the row, its photo and its quotes.

    `withdraw_hash` is the SHA-256 of the code the teller got; the code itself is not kept.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("nog te lezen")
        HELD = "held", _("aangehouden")
        PUBLISHED = "published", _("gepubliceerd")
        REJECTED = "rejected", _("afgewezen")

    class Feeling(models.TextChoices):
        GOOD = "goed", _("goed")
        BAD = "slecht", _("niet goed")
        BOTH = "allebei", _("allebei")

    class Door(models.TextChoices):
        FORM = "formulier", _("openbaar formulier")
        HELPER = "helper", _("verteld aan een verzamelaar")
        SESSION = "wijkwerksessie", _("verteld in een wijkwerksessie")

    class Reason(models.TextChoices):
        PERSONAL = "herkenbaar", _("iemand is herkenbaar")
        INSULTING = "kwetsend", _("kwetsend of discriminerend")
        SPAM = "reclame", _("reclame of onzin")
        OFF_TOPIC = "andere_buurt", _("gaat niet over deze buurt")
        OTHER = "anders", _("anders")

    project = models.ForeignKey(Project, models.CASCADE, related_name="stories")
    text = models.TextField(_("uw verhaal"), max_length=5000)
    about = models.CharField(_("waar gaat het over?"), max_length=14, choices=Chapter)
    feeling = models.CharField(_("goed of niet goed?"), max_length=8, choices=Feeling, blank=True)
    place = models.CharField(_("waar is het?"), max_length=120, blank=True)
    door = models.CharField(max_length=16, choices=Door, default=Door.FORM)
    state = models.CharField(max_length=10, choices=State, default=State.SUBMITTED)
    reason = models.CharField(max_length=14, choices=Reason, blank=True)
    reason_note = models.CharField(max_length=300, blank=True)
    withdraw_hash = models.CharField(max_length=64, blank=True)
    form_token = models.CharField(max_length=40, blank=True)
    told_on = models.DateField(default=timezone.localdate)

    objects: ClassVar[StoryQuerySet] = StoryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-told_on", "-pk"]
        indexes = [models.Index(fields=["project", "state"], name="story_project_state")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="story_has_text"),
            models.CheckConstraint(
                condition=Q(state__in=["submitted", "held", "published", "rejected"]),
                name="story_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(reason=""), name="rejected_story_has_reason"
            ),
            models.UniqueConstraint(
                fields=["form_token"], condition=~Q(form_token=""), name="one_story_per_form"
            ),
            models.UniqueConstraint(
                fields=["withdraw_hash"], condition=~Q(withdraw_hash=""), name="withdraw_code_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED


class StoryPhoto(models.Model):
    """A photo, re-encoded by a job. The original waits in the private folder and is never served."""

    story = models.OneToOneField(Story, models.CASCADE, related_name="photo")
    job = models.OneToOneField(Job, models.PROTECT)
    original = models.CharField(max_length=120, blank=True)
    image = models.CharField(max_length=120, blank=True)
    caption = models.CharField(_("wat staat erop?"), max_length=200, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.image


class QuoteQuerySet(models.QuerySet["Quote"]):
    def of(self, project: Project) -> QuoteQuerySet:
        return self.filter(story__project=project)

    def published(self) -> QuoteQuerySet:
        """Quotes of stories that are public now; a story that is taken back hides its quotes."""
        return self.filter(story__state=Story.State.PUBLISHED)

    def for_choice(self) -> QuoteQuerySet:
        return self.select_related("story").order_by("-story__told_on", "-story_id", "start")


class Quote(models.Model):
    """A passage of a story: characters `start` up to `end` (0-based, end exclusive)."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="quotes")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    objects: ClassVar[QuoteQuerySet] = QuoteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["start", "end"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="quote_has_length"),
            models.UniqueConstraint(fields=["story", "start", "end"], name="quote_once"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return self.story.text[self.start : self.end]
