"""A place that residents can choose."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import VersionField
from stories.forms.telling import checked
from stories.models import Place
from stories.squares import Point, point_of


class PlaceForm(forms.Form):
    name = forms.CharField(
        label=_("Naam"),
        max_length=80,
        help_text=_("Zoals bewoners het noemen. Nooit een huisadres."),
        error_messages={"required": _("Geef de plek een naam.")},
    )
    kind = forms.ChoiceField(
        label=_("Soort plek"),
        choices=[("", _("kies")), *Place.Kind.choices],
        error_messages={"required": _("Kies wat voor plek het is.")},
    )
    point = forms.CharField(
        label=_("Waar op de kaart?"),
        max_length=60,
        required=False,
        help_text=_(
            "Tik op de kaart, of schrijf twee getallen, zoals 52.0512, 4.2932. Een straat ronden wij af op 100 meter."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )

    def clean_point(self) -> Point | None:
        return checked(point_of, self.cleaned_data["point"])


class EditPlaceForm(PlaceForm):
    version = VersionField()

    @classmethod
    def of(cls, place: Place) -> EditPlaceForm:
        known = place.lat is not None and place.lon is not None
        point = str(Point(place.lat or 0, place.lon or 0)) if known else ""
        return cls(initial={"name": place.name, "kind": place.kind, "version": place.version, "point": point})
