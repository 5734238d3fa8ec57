from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stories.models import Story


class TranslateForm(forms.Form):
    translation = forms.CharField(
        label=_("In het Nederlands"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "lang": "nl"}),
        help_text=_("Zo letterlijk als kan. Laat het leeg om de vertaling weg te halen."),
    )
    translated_by = forms.CharField(
        label=_("Vertaald door"),
        max_length=80,
        required=False,
        help_text=_("De naam van wie vertaalde, of de naam van het vertaalprogramma."),
    )
    seen = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, story: Story, name: str) -> None:
        start = {
            "translation": story.translation,
            "translated_by": story.translated_by or name,
            "seen": story.translation,
        }
        super().__init__(data, initial=start)

    def clean_seen(self) -> str:
        """As it was kept: a browser sends \\r\\n for each line."""
        return str(self.cleaned_data["seen"]).replace("\r\n", "\n")
