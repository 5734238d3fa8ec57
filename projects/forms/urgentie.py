from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import MOST, VersionField
from projects.models import PartyKind, RipenessCheck, UrgencyStatement


class UrgencyForm(forms.Form):
    text = forms.CharField(
        label=_("Wat is er aan de hand?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    tone = forms.ChoiceField(
        label=_("Is dit een zorg of een kans?"),
        choices=UrgencyStatement.Tone,
        widget=forms.RadioSelect,
    )
    felt_by = forms.CharField(
        label=_("Wie voelt dit?"),
        max_length=120,
        help_text=_("Bijvoorbeeld: ouders van jonge kinderen, of de wijkagent."),
    )
    felt_by_kind = forms.ChoiceField(
        label=_("Bij welke soort partij hoort dat?"), choices=[("", _("kies")), *PartyKind.choices]
    )
    since = forms.CharField(
        label=_("Sinds wanneer?"), max_length=60, help_text=_("Bijvoorbeeld: sinds vorige zomer.")
    )


class EditUrgencyForm(UrgencyForm):
    version = VersionField()

    @classmethod
    def of(cls, statement: UrgencyStatement) -> EditUrgencyForm:
        return cls(initial={name: getattr(statement, name) for name in cls.base_fields})


class RipenessForm(forms.Form):
    """`newest` is the answer the user saw, 0 for none."""

    newest = forms.IntegerField(min_value=0, max_value=MOST, widget=forms.HiddenInput, initial=0)
    answer = forms.ChoiceField(
        label=_("Is de tijd rijp?"), choices=RipenessCheck.Answer, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Waarom?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
