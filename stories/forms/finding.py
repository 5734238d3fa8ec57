"""Looking for stories."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.chapters import Chapter
from stories.models import Story


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Zoek in de verhalen"), required=False, max_length=100)
    about = forms.ChoiceField(
        label=_("Hoofdstuk"), required=False, choices=[("", _("alle hoofdstukken")), *Chapter.choices]
    )
    feeling = forms.ChoiceField(
        label=_("Gevoel"), required=False, choices=[("", _("alles")), *Story.Feeling.choices]
    )
    door = forms.ChoiceField(
        label=_("Hoe verteld"), required=False, choices=[("", _("alles")), *Story.Door.choices]
    )
