"""The questions about the teller, and what hearing asks of the kernteam and of who wants to help."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, VersionField
from stories.models import OutreachTask, WaitingAnswers
from stories.models.hearing import ANSWERS, QUESTIONS


def background_question(name: str) -> forms.ChoiceField:
    """One question with the words of the model; no answer is an answer too."""
    return forms.ChoiceField(
        label=capfirst(str(WaitingAnswers._meta.get_field(name).verbose_name)),  # type: ignore[union-attr]
        choices=ANSWERS[name].choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Kies een van de antwoorden, of laat deze vraag leeg.")},
    )


class BackgroundQuestions(forms.Form):
    """Put this first among the parents of a form; the form then gives `answers` to its action.

    The page shows templates/stories/parts/background.html. Its button `skip` leaves out all answers.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in QUESTIONS:
            self.fields[name] = background_question(name)

    @property
    def background(self) -> list[forms.BoundField]:
        """The questions, for the page."""
        return [self[name] for name in QUESTIONS]

    @property
    def without_background(self) -> list[forms.BoundField]:
        """The visible fields of the form itself."""
        return [field for field in self.visible_fields() if field.name not in QUESTIONS]

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        given = {name: fields.pop(name, "") for name in QUESTIONS}
        if "skip" not in self.data:
            return {**fields, "answers": given}
        for name in QUESTIONS:
            self.errors.pop(name, None)
        return {**fields, "answers": {}}


class OutreachForm(forms.Form):
    """Concrete enough to be done: who, what, where and when."""

    whom = forms.CharField(label=_("Wie wilt u horen?"), max_length=120)
    how = forms.CharField(
        label=_("Wat gaat u doen?"),
        max_length=300,
        help_text=_(
            "Bijvoorbeeld: met koffie naar de ingang van de flat, en mensen vragen naar hun verhaal."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = forms.CharField(
        label=_("Wie doet het?"), max_length=120, help_text=_("Eén naam: die zorgt dat het gebeurt.")
    )
    where = forms.CharField(label=_("Waar?"), max_length=120)
    on = DayField(label=_("Wanneer?"))


class EditOutreachForm(OutreachForm):
    version = VersionField()

    @classmethod
    def of(cls, task: OutreachTask) -> "EditOutreachForm":
        return cls(initial={name: getattr(task, name) for name in cls.base_fields})


class FinishOutreachForm(forms.Form):
    done_on = DayField(label=_("Wanneer is het gedaan?"))
    outcome = forms.CharField(
        label=_("Wat kwam eruit?"),
        max_length=300,
        required=False,
        help_text=_("Schrijf geen namen op."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = VersionField()


class ReopenOutreachForm(forms.Form):
    version = VersionField()
