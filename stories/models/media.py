"""What comes with a story: its photo and its sound."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Job
from projects.models import User
from stories.models.telling import Story


class StoryPhoto(models.Model):
    """A photo, re-encoded by a job. The original waits in the private folder and is never served.

    `faces` is what a moderator saw on it; a photo without that answer is not made public.
    """

    class Faces(models.TextChoices):
        NONE = "geen", _("er staat niemand herkenbaar op")
        AGREED = "mag", _("er staan mensen herkenbaar op, en zij vinden het goed")

    story = models.OneToOneField(Story, models.CASCADE, related_name="photo")
    job = models.OneToOneField(Job, models.PROTECT)
    original = models.CharField(max_length=120, blank=True)
    image = models.CharField(max_length=120, blank=True)
    caption = models.CharField(_("wat staat erop?"), max_length=200, blank=True)
    faces = models.CharField(max_length=4, choices=Faces, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.image


class StoryAudio(models.Model):
    """A spoken story in the private folder, for who types it out; gone when its time is up.

    `deleted_on` tells that the sound was there and is gone.
    """

    story = models.OneToOneField(Story, models.CASCADE, related_name="audio")
    file = models.CharField(max_length=120, blank=True)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    typed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    typed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    deleted_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.media_type} {self.pk}"
