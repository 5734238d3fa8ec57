"""Residents' stories: what is told, the photo, the sound, and what the moderator did."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Trim
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.chapters import Chapter
from projects.models import Project, User
from stories.models.gathering import Buurtwandeling, Place, Verhalenavond
from stories.search import asked_for


class Language(models.TextChoices):
    """The languages of the public form; each is named in itself."""

    NL = "nl", "Nederlands"
    EN = "en", "English"
    TR = "tr", "Türkçe"
    AR = "ar", "العربية"
    PL = "pl", "Polski"
    UK = "uk", "Українська"

    @property
    def direction(self) -> str:
        return "rtl" if self is Language.AR else "ltr"


class StoryQuerySet(models.QuerySet["Story"]):
    def of(self, project: Project) -> StoryQuerySet:
        return self.filter(project=project)

    def published(self) -> StoryQuerySet:
        return self.filter(state=Story.State.PUBLISHED)

    def to_judge(self) -> StoryQuerySet:
        return self.filter(state__in=[Story.State.SUBMITTED, Story.State.HELD, Story.State.SECOND])

    def spoken(self) -> StoryQuerySet:
        """Those that somebody must still type out."""
        return self.filter(state=Story.State.SPOKEN)

    def held(self) -> StoryQuerySet:
        return self.filter(state=Story.State.HELD)

    def for_second_reader(self) -> StoryQuerySet:
        return self.filter(state=Story.State.SECOND)

    def rejected(self) -> StoryQuerySet:
        return self.filter(state=Story.State.REJECTED)

    def for_care(self) -> StoryQuerySet:
        """Those that show somebody in danger: open signals first."""
        related = self.filter(state=Story.State.CARE).select_related("care__opened_by", "care__closed_by")
        open_first = F("care__closed_at").desc(nulls_first=True)
        return related.select_related("photo__job", "claimed_by", "first_reader").order_by(open_first, "pk")

    def matching(self, *, q: str = "", theme: Any = None, **exact: Any) -> StoryQuerySet:
        """Those that have all of what is filled in. Of `q` every word must be there (`stories.search`);
        `exact` are fields, such as `about`, `language`, `evening` or `spot`."""
        found = self.filter(asked_for(q), **{name: value for name, value in exact.items() if value})
        return found.filter(pk__in=theme.codings.order_by().values("quote__story_id")) if theme else found

    def for_list(self) -> StoryQuerySet:
        """Newest first, with the photo and the number of quotes."""
        same = self.model._default_manager.filter(pk=models.OuterRef("pk")).order_by()
        number = models.Subquery(same.annotate(number=models.Count("quotes")).values("number"))
        counted = self.annotate(quote_count=number).defer(
            "stems"
        )  # of the page alone: a join counts all stories first
        return counted.select_related("photo").order_by("-told_on", "-pk")

    def by_place(self) -> Any:
        """Each place that is named, however it is spelled in capitals, with the number of stories; most first."""
        named = self.annotate(spelled=Lower(Trim("place"))).exclude(spelled="").order_by()
        counted = named.values("spelled").annotate(name=models.Min(Trim("place")), number=models.Count("pk"))
        return counted.order_by("-number", "spelled")

    def free_for(self, user: Any, now: datetime) -> StoryQuerySet:
        """Those that no other moderator has in front of them."""
        free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now) | Q(claimed_by__isnull=True)
        return self.filter(free | Q(claimed_by_id=getattr(user, "pk", None)))

    def next_for(self, user: Any, now: datetime) -> StoryQuerySet:
        """What this moderator can read now, oldest first: not what they were the first reader of."""
        unread = Q(state=Story.State.SUBMITTED)
        second = Q(state=Story.State.SECOND) & (Q(first_reader__isnull=True) | ~Q(first_reader_id=user.pk))
        return self.filter(unread | second).free_for(user, now).order_by("told_on", "pk")

    def for_queue(self) -> StoryQuerySet:
        """Oldest first, with the photo, how far its job is, and what moderators did so far."""
        return self.select_related("photo__job", "claimed_by", "first_reader").order_by("told_on", "pk")

    def for_quotes(self) -> StoryQuerySet:
        return self.select_related("photo").prefetch_related("quotes")

    def count_by_state(self) -> dict[str, int]:
        """Numbers only: how many stories are in each state, 0 included."""
        counted = dict(self.order_by().values_list("state").annotate(models.Count("pk")))
        return {state: counted.get(state, 0) for state in Story.State.values}


class Story(models.Model):
    """What a resident tells. Withdrawing deletes the row, its photo and its quotes.

    `withdraw_hash` is the SHA-256 of the code the teller got; the code itself is not kept.
    `lat` and `lon` (WGS 84) are the middle of a square of about 100 metres, never a door; the exact
    point of a public place stands with `spot`. `stems` is what the search looks through: it changes
    with every change of text, translation or place. A spoken story has no text until it is typed out.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("nog te lezen")
        HELD = "held", _("aangehouden")
        PUBLISHED = "published", _("gepubliceerd")
        REJECTED = "rejected", _("afgewezen")
        SPOKEN = "spoken", _("nog uit te typen")
        SECOND = "second", _("wacht op een tweede moderator")
        CARE = "care", _("zorgsignaal")

    class Feeling(models.TextChoices):
        GOOD = "goed", _("goed")
        BAD = "slecht", _("niet goed")
        BOTH = "allebei", _("allebei")

    class Door(models.TextChoices):
        FORM = "formulier", _("openbaar formulier")
        HELPER = "helper", _("verteld aan een verzamelaar")
        INTERVIEW = "interview", _("interview")
        MINI_INTERVIEW = "mini_interview", _("mini-interview door een bewoner")
        PAPER = "papier", _("formulier op papier")
        EVENING = "verhalenavond", _("verhalenavond")
        WALK = "buurtwandeling", _("buurtwandeling")
        PHOTO = "foto", _("foto met bijschrift")
        SPOKEN = "gesproken", _("ingesproken verhaal")
        SESSION = "wijkwerksessie", _("verteld in een wijkwerksessie")

    class Frequency(models.TextChoices):
        ONCE = "eenmalig", _("een keer")
        SOMETIMES = "soms", _("soms")
        OFTEN = "vaak", _("vaak")
        ALWAYS = "altijd", _("altijd")

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
    frequency = models.CharField(_("hoe vaak?"), max_length=8, choices=Frequency, blank=True)
    change = models.TextField(_("wat moet er anders?"), max_length=1000, blank=True)
    place = models.CharField(_("waar is het?"), max_length=120, blank=True)
    spot = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="stories")
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    language = models.CharField(_("taal"), max_length=2, choices=Language, default=Language.NL)
    translation = models.TextField(_("in het Nederlands"), max_length=6000, blank=True)
    translated_by = models.CharField(_("vertaald door"), max_length=80, blank=True)
    stems = models.TextField(blank=True, editable=False)
    door = models.CharField(max_length=16, choices=Door, default=Door.FORM)
    state = models.CharField(max_length=10, choices=State, default=State.SUBMITTED)
    reason = models.CharField(max_length=14, choices=Reason, blank=True)
    reason_note = models.CharField(max_length=300, blank=True)
    sensitive = models.BooleanField(_("gevoelig: twee moderatoren"), default=False)
    first_reader = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    claimed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    claimed_until = models.DateTimeField(null=True, blank=True)
    judged_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    evening = models.ForeignKey(Verhalenavond, models.SET_NULL, null=True, blank=True, related_name="stories")
    walk = models.ForeignKey(Buurtwandeling, models.SET_NULL, null=True, blank=True, related_name="stories")
    walk_stop = models.PositiveSmallIntegerField(_("halte"), default=0)
    withdraw_hash = models.CharField(max_length=64, blank=True)
    form_token = models.CharField(max_length=40, blank=True)
    told_on = models.DateField(default=timezone.localdate)

    objects: ClassVar[StoryQuerySet] = StoryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-told_on", "-pk"]
        indexes = [
            models.Index(fields=["project", "state"], name="story_project_state"),
            models.Index(fields=["project", "state", "-told_on", "-id"], name="story_newest_first"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text="") | Q(state="spoken"), name="story_has_text"),
            models.CheckConstraint(
                condition=Q(
                    state__in=["submitted", "held", "published", "rejected", "spoken", "second", "care"]
                ),
                name="story_state_known",
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True) | Q(lat__isnull=False, lon__isnull=False),
                name="story_point_whole",
            ),
            models.CheckConstraint(
                condition=Q(translation="") | ~Q(translated_by=""), name="translation_has_name"
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

    def in_front_of(self, user: Any, now: datetime) -> User | None:
        """The colleague of `user` who has this story before them now."""
        busy = self.claimed_until is not None and self.claimed_until > now
        return self.claimed_by if busy and self.claimed_by_id != getattr(user, "pk", None) else None
