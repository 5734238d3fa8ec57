from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from projects.models import BouwsteenStatus

State = BouwsteenStatus.State


class StatusForm(forms.Form):
    """`was` is the state the user saw: whoever was first wins."""

    was = forms.ChoiceField(choices=State, widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("Hoe staat het ervoor?"), choices=State)
    reason = forms.CharField(
        label=_("Reden"),
        max_length=300,
        required=False,
        help_text=_("Alleen nodig als u “niet nodig” kiest."),
    )

    @classmethod
    def of(cls, status: BouwsteenStatus) -> StatusForm:
        return cls(
            initial={"was": status.state, "state": status.state, "reason": status.reason},
            auto_id=f"id_{status.bouwsteen}_%s",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("state") == State.NIET_NODIG and not cleaned.get("reason"):
            self.add_error("reason", gettext("Schrijf op waarom deze bouwsteen niet nodig is."))
        return cleaned
