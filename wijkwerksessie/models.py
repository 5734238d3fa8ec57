"""A live session: rounds on a projector, cards and votes from phones without an account."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.chapters import Chapter
from projects.models import Project, User
from stories.models import Story


class Wijkwerksessie(models.Model):
    """`change` goes up with everything a projector or phone must show: they ask for it."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("voorbereid")
        LIVE = "live", _("bezig")
        CLOSED = "closed", _("afgelopen")

    project = models.ForeignKey(Project, models.CASCADE, related_name="sessies")
    title = models.CharField(_("titel"), max_length=120)
    held_on = models.DateField(_("datum"))
    place = models.CharField(_("plek"), max_length=120, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.PREPARED)
    join_code = models.CharField(max_length=6, unique=True)
    current_round = models.ForeignKey("Round", models.SET_NULL, null=True, blank=True, related_name="+")
    round_started_at = models.DateTimeField(null=True, blank=True)
    change = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class Round(models.Model):
    class Kind(models.TextChoices):
        UITLEG = "uitleg", _("uitleg")
        KAARTJES = "kaartjes", _("kaartjes op een vraag")
        STEMMEN = "stemmen", _("stemmen met stippen")

    sessie = models.ForeignKey(Wijkwerksessie, models.CASCADE, related_name="rounds")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("soort"), max_length=8, choices=Kind)
    title = models.CharField(_("titel of vraag"), max_length=160)
    text = models.TextField(_("uitleg op het scherm"), max_length=600, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minuten"), default=10)
    about = models.CharField(_("hoofdstuk"), max_length=14, choices=Chapter, blank=True)
    cards_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stemmen op de kaartjes van"),
    )
    dots = models.PositiveSmallIntegerField(_("stippen per persoon"), default=3)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["sessie", "position"], name="round_position_once"),
            models.CheckConstraint(condition=Q(dots__gte=1, dots__lte=10), name="dots_one_to_ten"),
        ]

    def __str__(self) -> str:
        return self.title


class Participant(models.Model):
    """A phone (or a helper with paper) in the room; no name, only a random key in its cookie."""

    sessie = models.ForeignKey(Wijkwerksessie, models.CASCADE, related_name="participants")
    key_hash = models.CharField(max_length=64)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sessie", "key_hash"], name="participant_key_once")]

    def __str__(self) -> str:
        return f"{self.pk}"


class Card(models.Model):
    """A card on a question. It is on the projector at once, unless the facilitator hides it;
    after the session, published cards become stories of the project."""

    class State(models.TextChoices):
        SHOWN = "shown", _("op het scherm")
        HIDDEN = "hidden", _("van het scherm")
        PUBLISHED = "published", _("verhaal van het project")

    round = models.ForeignKey(Round, models.CASCADE, related_name="cards")
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, related_name="cards")
    text = models.CharField(_("uw kaartje"), max_length=280)
    state = models.CharField(max_length=10, choices=State, default=State.SHOWN)
    form_token = models.CharField(max_length=40)
    story = models.OneToOneField(Story, models.SET_NULL, null=True, blank=True, related_name="card")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["form_token"], name="one_card_per_form"),
            models.CheckConstraint(condition=~Q(text=""), name="card_has_text"),
        ]

    def __str__(self) -> str:
        return self.text


class Vote(models.Model):
    """One dot of one participant on one card in one round of voting."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="votes")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="votes")
    card = models.ForeignKey(Card, models.CASCADE, related_name="votes")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "participant", "card"], name="one_dot_per_card")
        ]

    def __str__(self) -> str:
        return f"{self.card_id}"
