"""The story of somebody else, entered by a member."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from projects.models import Project
from stories.forms.hearing import BackgroundQuestions
from stories.forms.telling import StoryForm
from stories.models import Language, Story, Verhalenavond

Door = Story.Door
DOORS = [
    (Door.HELPER, _("iemand vertelde het mij")),
    (Door.INTERVIEW, _("een interview")),
    (Door.MINI_INTERVIEW, _("een mini-interview: drie korte vragen")),
    (Door.PAPER, _("een formulier op papier")),
    (Door.EVENING, _("een verhalenavond")),
]


class CollectForm(BackgroundQuestions, StoryForm):
    """The story of somebody else, and how it came in."""

    way = forms.ChoiceField(
        label=_("Hoe hoorde u dit verhaal?"),
        choices=DOORS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe u dit verhaal hoorde.")},
    )
    evening = forms.ModelChoiceField(
        label=_("Welke verhalenavond?"), queryset=Verhalenavond.objects.none(), required=False
    )
    told_on = DayField(label=_("Op welke dag is het verteld?"), required=False)
    language = forms.ChoiceField(label=_("In welke taal schrijft u het op?"), choices=Language.choices)
    consent = forms.BooleanField(
        label=_("De verteller vindt het goed dat wij dit verhaal gebruiken. Ik heb het gevraagd."),
        error_messages={"required": _("Vraag eerst of de verteller het goed vindt.")},
    )
    door = Door.HELPER
    HOW = ("way", "evening", "told_on")
    field_order = (*HOW, "language")

    def __init__(
        self, *args: Any, project: Project, evening: Verhalenavond | None = None, **kwargs: Any
    ) -> None:
        """`evening` is the one somebody is entering the stories of."""
        told_on = evening.on if evening else timezone.localdate()
        initial = {
            "way": Door.EVENING if evening else Door.HELPER,
            "evening": evening,
            "told_on": min(told_on, timezone.localdate()),
            "language": Language.NL,
        }
        super().__init__(*args, project=project, initial=initial, **kwargs)
        self.fields["text"].label = gettext("Het verhaal")
        evenings: Any = self.fields["evening"]
        evenings.queryset = Verhalenavond.objects.of(project)
        evenings.empty_label = gettext("geen verhalenavond")

    @property
    def how(self) -> list[forms.BoundField]:
        """How the story came in: of an evening the page knows it already."""
        return [self[name] for name in self.HOW]

    @property
    def told(self) -> list[forms.BoundField]:
        """What the teller said."""
        return [field for field in self.without_background if field.name not in self.HOW]

    def clean_told_on(self) -> date:
        told_on: date = self.cleaned_data["told_on"] or timezone.localdate()
        if told_on > timezone.localdate():
            raise ValidationError(gettext("Deze dag moet nog komen. Kies de dag waarop het verteld is."))
        return told_on

    def clean(self) -> dict[str, Any]:
        """What `submit_story` wants to know."""
        fields = super().clean()
        way = fields.pop("way", self.door)
        if way == Door.EVENING and not fields.get("evening") and "evening" not in self.errors:
            self.add_error("evening", gettext("Kies de avond. Staat hij er niet bij? Vraag het kernteam."))
        if way != Door.EVENING:
            fields["evening"] = None
        return {**fields, "door": way}
