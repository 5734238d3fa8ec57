""" "Ik doe mee": what a resident fills in, and what the kernteam does with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import SearchForm, VersionField
from projects.models import Project, Talent
from stories.actions.offers import contact_line, name_line
from stories.codes import read_token, sign_token
from stories.forms.telling import checked
from stories.models import Offer
from stories.retention import RULES


class OfferForm(forms.Form):
    """Its own form with its own token: nothing of the story is in it."""

    months = RULES["aanbod"].period.months

    name = forms.CharField(
        label=_("Uw naam"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        error_messages={"required": _("Vul uw naam in. Een voornaam is genoeg.")},
    )
    contact = forms.CharField(
        label=_("Uw telefoonnummer, e-mailadres of adres"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "dir": "auto"}),
        error_messages={
            "required": _(
                "Vul een telefoonnummer, een e-mailadres of een adres in. Dan kunnen wij u bereiken."
            )
        },
    )
    talents = forms.MultipleChoiceField(
        label=_("Waar bent u goed in?"),
        choices=Talent,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    wishes = forms.CharField(
        label=_("Waar wilt u aan meedoen?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "autocomplete": "off"}),
    )
    website = forms.CharField(required=False)
    form_token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, project: Project) -> None:
        super().__init__(data, auto_id="doe_mee_%s")
        self.purpose = f"meedoen.{project.pk}"

    @property
    def token(self) -> str:
        """After an error the form goes out with the same token, after a conflict with a fresh one."""
        known = self.is_bound and "form_token" not in self.errors
        fresh = getattr(self, "conflict", False) or not known
        return sign_token(self.purpose) if fresh else self.data["form_token"]

    def clean_name(self) -> str:
        return checked(name_line, self.cleaned_data["name"])

    def clean_contact(self) -> str:
        return checked(contact_line, self.cleaned_data["contact"])

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(gettext("Een onzichtbaar veld was ingevuld. Maak dat leeg."))
        return ""

    def clean_form_token(self) -> str:
        try:
            token, _seconds = read_token(self.purpose, self.cleaned_data["form_token"])
        except signing.BadSignature as bad:
            text = gettext("Dit formulier was te oud. Alles staat er nog: druk nog een keer op Versturen.")
            raise ValidationError(text) from bad
        return token

    def clean(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "website"}


class FollowForm(forms.Form):
    state = forms.ChoiceField(label=_("Stand"), choices=Offer.State)
    note = forms.CharField(
        label=_("Notitie van het kernteam"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = VersionField()

    @classmethod
    def of(cls, offer: Offer) -> FollowForm:
        return cls(initial={name: getattr(offer, name) for name in cls.base_fields})


class OfferPartyForm(forms.Form):
    name = forms.CharField(
        label=_("Naam op de lijst"), max_length=120, help_text=_("Iedereen in dit project ziet deze naam.")
    )
    with_contact = forms.BooleanField(
        label=_("Zet ook het telefoonnummer of adres erbij. De bewoner vindt dat goed: ik heb het gevraagd."),
        required=False,
    )


class OfferFilter(SearchForm):
    state = forms.ChoiceField(
        label=_("Stand"), choices=[("", _("alle")), *Offer.State.choices], required=False
    )

    field_order = ["q", "state"]

    @property
    def wanted_state(self) -> str:
        return self.cleaned_data.get("state", "") if self.is_valid() else ""
