"""A live session: rounds on a projector, cards and votes from phones without an account."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.cas import Versioned
from projects.chapters import Chapter
from projects.models import Project, User
from stories.models import Story

MAX_DOTS, MAX_MINUTES = 10, 180


def _counted(rows: QuerySet[Any], total: Count | Sum) -> Coalesce:
    """`total` of the rows that point to the outer row, 0 if there are none."""
    per_owner = rows.order_by().values("owner").annotate(total=total).values("total")
    return Coalesce(Subquery(per_owner, output_field=models.IntegerField()), 0)


class SessieQuerySet(models.QuerySet["Wijkwerksessie"]):
    def of(self, project: Project) -> SessieQuerySet:
        return self.filter(project=project)

    def for_list(self) -> SessieQuerySet:
        """Newest first, with the numbers of participants and of cards that are not hidden."""
        people = Participant.objects.filter(sessie=OuterRef("pk")).annotate(owner=F("sessie"))
        cards = Card.objects.visible().filter(round__sessie=OuterRef("pk")).annotate(owner=F("round__sessie"))
        return self.annotate(
            participant_count=_counted(people, Count("pk")), card_count=_counted(cards, Count("pk"))
        )

    def for_phone(self) -> SessieQuerySet:
        return self.select_related("project", "current_round__cards_from")

    def for_screen(self) -> SessieQuerySet:
        return self.select_related("current_round__cards_from")


class Wijkwerksessie(Versioned):
    """A session, and where it stands now.

    `change` goes up with everything a projector or facilitator must show, `phone_change` with what
    a phone must show: they ask for it every few seconds.
    """

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
    round_ends_at = models.DateTimeField(null=True, blank=True)
    minutes_added = models.PositiveSmallIntegerField(default=0)
    results_shown = models.BooleanField(default=False)
    change = models.PositiveIntegerField(default=1)
    phone_change = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[SessieQuerySet] = SessieQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "live", "closed"]), name="sessie_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="live") | Q(round_started_at__isnull=False), name="live_sessie_has_begun"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_prepared(self) -> bool:
        return self.state == self.State.PREPARED

    @property
    def is_live(self) -> bool:
        return self.state == self.State.LIVE

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def spaced_code(self) -> str:
        """ "482 913", as it is read aloud."""
        return f"{self.join_code[:3]} {self.join_code[3:]}"


class Round(Versioned):
    class Kind(models.TextChoices):
        UITLEG = "uitleg", _("uitleg")
        KAARTJES = "kaartjes", _("kaartjes op een vraag")
        STEMMEN = "stemmen", _("stemmen met stippen")

    sessie = models.ForeignKey(Wijkwerksessie, models.CASCADE, related_name="rounds")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("soort ronde"), max_length=8, choices=Kind)
    title = models.CharField(_("titel of vraag"), max_length=160)
    text = models.TextField(_("uitleg op het scherm"), max_length=600, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minuten"), default=10, validators=[MinValueValidator(1), MaxValueValidator(MAX_MINUTES)]
    )
    about = models.CharField(_("hoofdstuk"), max_length=14, choices=Chapter, blank=True)
    cards_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stemmen op de kaartjes van"),
    )
    dots = models.PositiveSmallIntegerField(
        _("stippen per persoon"), default=3, validators=[MinValueValidator(1), MaxValueValidator(MAX_DOTS)]
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["sessie", "position"], name="round_position_once"),
            models.CheckConstraint(condition=Q(dots__gte=1, dots__lte=MAX_DOTS), name="dots_one_to_ten"),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=MAX_MINUTES), name="round_lasts_one_to_180_minutes"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def asks_cards(self) -> bool:
        return self.kind == self.Kind.KAARTJES

    @property
    def asks_votes(self) -> bool:
        return self.kind == self.Kind.STEMMEN

    @property
    def cards_round_id(self) -> int | None:
        """The round whose cards belong on the screen in this round."""
        return self.pk if self.asks_cards else self.cards_from_id


class Participant(models.Model):
    """A phone in the room; no name, only the hash of a random key in its cookie."""

    sessie = models.ForeignKey(Wijkwerksessie, models.CASCADE, related_name="participants")
    key_hash = models.CharField(max_length=64)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sessie", "key_hash"], name="participant_key_once")]

    def __str__(self) -> str:
        return f"{self.pk}"


class CardQuerySet(models.QuerySet["Card"]):
    def of(self, sessie: Wijkwerksessie) -> CardQuerySet:
        return self.filter(round__sessie=sessie)

    def shown(self) -> CardQuerySet:
        """On the projector and the phones."""
        return self.filter(state=Card.State.SHOWN)

    def visible(self) -> CardQuerySet:
        """Not hidden, and not become a story that was taken down afterwards."""
        published = Q(state=Card.State.PUBLISHED, story__state=Story.State.PUBLISHED)
        return self.filter(Q(state=Card.State.SHOWN) | published)

    def with_dots(self, round_id: int | None = None) -> CardQuerySet:
        """`dots`: how often the card was chosen, by phone and on paper, in one round or in all."""
        of_round: dict[str, int] = {} if round_id is None else {"round_id": round_id}
        votes = Vote.objects.filter(card=OuterRef("pk"), **of_round).annotate(owner=F("card"))
        paper = PaperDots.objects.filter(card=OuterRef("pk"), **of_round).annotate(owner=F("card"))
        return self.annotate(paper=_counted(paper, Sum("dots"))).annotate(
            dots=_counted(votes, Count("pk")) + F("paper")
        )

    def most_chosen_first(self) -> CardQuerySet:
        """After `with_dots`."""
        return self.order_by(F("dots").desc(), "number")

    def with_mine(self, participant: Participant, round: Round) -> CardQuerySet:
        """`mine`: this participant gave it a dot in this round."""
        votes = Vote.objects.filter(card=OuterRef("pk"), participant=participant, round=round)
        return self.annotate(mine=Exists(votes))

    def for_report(self, most: int) -> CardQuerySet:
        """The `most` most chosen cards of each round, without a query per round."""
        chosen = self.visible().with_dots()
        place = Window(RowNumber(), partition_by=F("round_id"), order_by=[F("dots").desc(), F("number")])
        return chosen.annotate(place=place).filter(place__lte=Value(most)).order_by("place")


class Card(models.Model):
    """A card on a question. It is on the projector at once, unless the facilitator hides it;
    after the session, published cards become stories of the project. Without a participant it
    was written on paper. `number` counts within its round."""

    class State(models.TextChoices):
        SHOWN = "shown", _("op het scherm")
        HIDDEN = "hidden", _("van het scherm")
        PUBLISHED = "published", _("verhaal van het project")

    round = models.ForeignKey(Round, models.CASCADE, related_name="cards")
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, related_name="cards")
    number = models.PositiveIntegerField()
    text = models.CharField(_("uw kaartje"), max_length=280)
    state = models.CharField(max_length=10, choices=State, default=State.SHOWN)
    form_token = models.CharField(max_length=40)
    story = models.OneToOneField(Story, models.CASCADE, null=True, blank=True, related_name="card")
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[CardQuerySet] = CardQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-number", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["form_token"], name="one_card_per_form"),
            models.UniqueConstraint(fields=["round", "number"], name="card_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="card_has_text"),
            models.CheckConstraint(
                condition=Q(state__in=["shown", "hidden", "published"]), name="card_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_hidden(self) -> bool:
        return self.state == self.State.HIDDEN

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED


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


class PaperDots(models.Model):
    """Dots that were counted by hand, of people without a phone."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="paper_dots")
    card = models.ForeignKey(Card, models.CASCADE, related_name="paper_dots")
    dots = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "card"], name="paper_dots_once"),
            models.CheckConstraint(condition=Q(dots__lte=1000), name="paper_dots_to_1000"),
        ]

    def __str__(self) -> str:
        return f"{self.dots}"
