"""Who tells, as counts only; whom we must still look for; and who wants to help.

Nothing here points to a story, and no row here keeps a time of the day.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Count, F, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.cas import Versioned
from projects.models import Project, Talent, User
from stories.models.telling import Story

QUESTIONS = ("age", "lives", "tenure", "disability", "household")
EVERYBODY = "everybody"  # in the place of a question: all who answered something
STORIES = "stories"  # and all stories that were told by then


class Answers(models.Model):
    """The background questions of the form; an empty answer is a question that was skipped."""

    class Age(models.TextChoices):
        TO_14 = "0-14", _("jonger dan 15")
        TO_24 = "15-24", _("15 tot 25 jaar")
        TO_44 = "25-44", _("25 tot 45 jaar")
        TO_64 = "45-64", _("45 tot 65 jaar")
        FROM_65 = "65+", _("65 jaar of ouder")

    class Lives(models.TextChoices):
        UNDER_2 = "0-2", _("korter dan 2 jaar")
        TO_10 = "2-10", _("2 tot 10 jaar")
        OVER_10 = "10+", _("langer dan 10 jaar")
        NOT = "niet", _("ik woon er niet")

    class Tenure(models.TextChoices):
        SOCIAL = "corporatie", _("ik huur van een corporatie")
        RENT = "huur", _("ik huur van iemand anders")
        OWN = "koop", _("mijn huis is een koophuis")
        OTHER = "anders", _("anders")

    class Disability(models.TextChoices):
        YES = "ja", _("ja")
        NO = "nee", _("nee")

    class Household(models.TextChoices):
        ALONE = "alleen", _("alleen")
        COUPLE = "samen", _("met een partner, zonder kinderen")
        CHILDREN = "kinderen", _("met kinderen")
        OTHER = "anders", _("anders")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    age = models.CharField(_("hoe oud bent u?"), max_length=8, choices=Age, blank=True)
    lives = models.CharField(_("hoe lang woont u hier?"), max_length=8, choices=Lives, blank=True)
    tenure = models.CharField(
        _("huurt u of is uw huis een koophuis?"), max_length=10, choices=Tenure, blank=True
    )
    disability = models.CharField(
        _("heeft u een beperking of ziekte die lang duurt?"), max_length=3, choices=Disability, blank=True
    )
    household = models.CharField(_("met wie woont u?"), max_length=8, choices=Household, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return ""


ANSWERS: dict[str, type[models.TextChoices]] = {
    "age": Answers.Age,
    "lives": Answers.Lives,
    "tenure": Answers.Tenure,
    "disability": Answers.Disability,
    "household": Answers.Household,
}


class WaitingAnswers(Answers):
    """The buffer: answers wait here until there are five or more, then a daily job moves them shuffled."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")


class TellerAnswers(Answers):
    """Answers that nobody can find back to a story. Read only by the daily count."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")


class TellerCount(models.Model):
    """How many tellers gave an answer, as counted on `counted_on`: what pages may read.

    Never a number under five: 0 is "fewer than five", and an answer without a row is not shown either.
    Without an answer it is the total of the question.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="teller_counts")
    question = models.CharField(max_length=12)
    answer = models.CharField(max_length=12, blank=True)
    number = models.PositiveIntegerField()
    counted_on = models.DateField()

    class Meta:
        ordering = ["question", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "question", "answer"], name="one_count_per_answer"),
            models.CheckConstraint(condition=Q(number=0) | Q(number__gte=5), name="no_count_under_five"),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.answer}"


class OutreachTaskQuerySet(models.QuerySet["OutreachTask"]):
    def of(self, project: Project) -> OutreachTaskQuerySet:
        return self.filter(project=project)

    def for_list(self) -> OutreachTaskQuerySet:
        """What is to be done first, the earliest day on top; then what was done, the newest on top.

        Adds `stories_since`: all stories from that day on, never those of a group.
        """
        told = Story.objects.filter(
            project=models.OuterRef("project"), told_on__gte=models.OuterRef("done_on")
        )
        number = told.exclude(state=Story.State.REJECTED).order_by().values("project").annotate(n=Count("pk"))
        rows = self.annotate(stories_since=Coalesce(Subquery(number.values("n")), 0))
        return rows.order_by(F("done_on").desc(nulls_first=True), "on", "pk")


class OutreachTask(Versioned):
    """Somebody goes out to people who were not heard yet."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="outreach_tasks")
    whom = models.CharField(_("wie wilt u horen?"), max_length=120)
    how = models.CharField(_("wat gaat u doen?"), max_length=300)
    owner = models.CharField(_("wie doet het?"), max_length=120)
    where = models.CharField(_("waar?"), max_length=120)
    on = models.DateField(_("wanneer?"))
    done_on = models.DateField(_("gedaan op"), null=True, blank=True)
    outcome = models.CharField(_("wat kwam eruit?"), max_length=300, blank=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[OutreachTaskQuerySet] = OutreachTaskQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(whom="") & ~Q(how="") & ~Q(owner="") & ~Q(where=""), name="outreach_is_concrete"
            )
        ]

    def __str__(self) -> str:
        return self.whom

    @property
    def days_late(self) -> int:
        """Days since the day it should have been done; 0 when done, or when that day is still to come."""
        return 0 if self.done_on else max(0, (timezone.localdate() - self.on).days)


class OfferQuerySet(models.QuerySet["Offer"]):
    def of(self, project: Project) -> OfferQuerySet:
        return self.filter(project=project)

    def in_state(self, state: str) -> OfferQuerySet:
        return self.filter(state=state) if state else self

    def search(self, words: str) -> OfferQuerySet:
        """Every word occurs in the name, the wishes, the note or a talent."""
        found = self
        for word in words.split():
            talents = [talent.value for talent in Talent if word.lower() in str(talent.label).lower()]
            named = Q()
            for talent in talents:
                named |= Q(talents__icontains=f'"{talent}"')
            texts = Q(name__icontains=word) | Q(wishes__icontains=word) | Q(note__icontains=word)
            found = found.filter(texts | named)
        return found


class Offer(Versioned):
    """ "Ik doe mee": a resident who wants to help. Stored apart from every story: no key, no time."""

    class State(models.TextChoices):
        NEW = "nieuw", _("nieuw")
        CONTACTED = "gesproken", _("contact gehad")
        INVITED = "uitgenodigd", _("uitgenodigd")
        CLOSED = "afgerond", _("afgerond")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="offers")
    name = models.CharField(_("uw naam"), max_length=80)
    contact = models.CharField(_("uw telefoonnummer of e-mailadres"), max_length=120)
    talents = models.JSONField(default=list, blank=True)
    wishes = models.CharField(_("waar wilt u aan meedoen?"), max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.NEW)
    note = models.CharField(_("notitie van het kernteam"), max_length=300, blank=True)
    offered_on = models.DateField(default=timezone.localdate)
    form_token = models.CharField(max_length=40, blank=True)

    objects: ClassVar[OfferQuerySet] = OfferQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-offered_on", "name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(contact=""), name="offer_can_be_reached"),
            models.UniqueConstraint(
                fields=["form_token"], condition=~Q(form_token=""), name="one_offer_per_form"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def talents_in_words(self) -> list[str]:
        return [str(talent.label) for talent in Talent if talent.value in self.talents]
