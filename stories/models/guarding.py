"""What moderators keep beside a story: the words they left out, and what worried them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.models import User
from stories.models.telling import Story


class MaskedOriginal(models.Model):
    """What stood in a story before words were left out: kept for the moderator, for as long as agreed.

    `gaps` are, for each field, the pieces that were left out: [start, end] in what stood there.
    """

    story = models.ForeignKey(Story, models.CASCADE, related_name="originals")
    text = models.TextField()
    place = models.CharField(max_length=120, blank=True)
    caption = models.CharField(max_length=200, blank=True)
    change = models.TextField(blank=True)
    translation = models.TextField(blank=True)
    gaps = models.JSONField(default=dict)
    masked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    masked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-masked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.story_id}: {self.masked_at:%Y-%m-%d}"


class CareSignal(models.Model):
    """A story that shows somebody in danger: never public, with what the moderators did about it."""

    story = models.OneToOneField(Story, models.CASCADE, related_name="care")
    why = models.CharField(_("wat maakt u bezorgd?"), max_length=300)
    opened_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    handed_to = models.CharField(_("aan wie doorgegeven?"), max_length=200, blank=True)
    closed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="care_signal_has_why"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(handed_to=""),
                name="closed_care_signal_was_handed_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.story_id}"
