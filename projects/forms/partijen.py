from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import SearchForm, VersionField
from projects.models import Commitment, Party, PartyKind, Talent

GIVES = {
    Commitment.MEEPRATEN: _("meepraten: komt als er iets te bespreken is"),
    Commitment.MEEDENKEN: _("meedenken: werkt mee aan plannen"),
    Commitment.MEEDOEN: _("meedoen: steekt de handen uit de mouwen"),
    Commitment.TREKKEN: _("trekken: zorgt dat het gebeurt"),
}


class PartyForm(forms.Form):
    name = forms.CharField(label=_("Naam"), max_length=120, help_text=_("Een organisatie of een persoon."))
    kind = forms.ChoiceField(label=_("Soort"), choices=[("", _("kies")), *PartyKind.choices])
    gives = forms.ChoiceField(
        label=_("Wat wil deze partij doen?"), choices=list(GIVES.items()), widget=forms.RadioSelect
    )
    motive = forms.CharField(
        label=_("Waarom doet deze partij mee?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    talents = forms.MultipleChoiceField(
        label=_("Wat kan deze partij goed?"),
        choices=Talent,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Zo vindt u later wie kan filmen, koken of een gesprek leiden."),
    )
    contact = forms.CharField(label=_("Contactpersoon"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        required=False,
        help_text=_("Alleen mensen van dit project zien de contactpersoon en het adres."),
    )


class EditPartyForm(PartyForm):
    version = VersionField()

    @classmethod
    def of(cls, party: Party) -> EditPartyForm:
        return cls(initial={name: getattr(party, name) for name in cls.base_fields})


class PartyFilter(SearchForm):
    kind = forms.ChoiceField(
        label=_("Soort"), choices=[("", _("alle soorten")), *PartyKind.choices], required=False
    )

    field_order = ["q", "kind"]

    @property
    def wanted_kind(self) -> str:
        return self.cleaned_data.get("kind", "") if self.is_valid() else ""
