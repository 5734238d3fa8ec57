"""One stop of a walk, entered on a phone on the way."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from stories.forms.telling import StoryForm
from stories.models import Buurtwandeling, Story

_OWN_NUMBER = re.compile(r"[0-9a-f-]{16,36}")


class StopForm(StoryForm):
    """Without a script the token of the page makes it one stop; a phone that keeps several stops before
    it sends them adds a number of its own to the token (`stop`), so that each is one stop however
    often it is sent."""

    door = Story.Door.WALK
    stop = forms.CharField(required=False, widget=forms.HiddenInput)
    consent = None  # type: ignore[assignment]
    field_order = ("text", "about", "feeling", "spot", "place", "photo", "caption")

    def __init__(self, *args: Any, walk: Buurtwandeling, **kwargs: Any) -> None:
        super().__init__(*args, project=walk.project, **kwargs)
        self.purpose = f"{self.door}.{walk.pk}"
        for name in ("frequency", "change"):
            self.fields.pop(name)
        text = self.fields["text"]
        text.label = gettext("Wat ziet of hoort u hier?")
        text.error_messages["required"] = gettext("Schrijf op wat u ziet of hoort.")
        self.fields["about"].error_messages["required"] = gettext("Kies waar het over gaat.")

    def clean_stop(self) -> str:
        number: str = self.cleaned_data["stop"]
        if number and not _OWN_NUMBER.fullmatch(number):
            raise ValidationError(gettext("Dit formulier klopt niet meer. Laad de pagina opnieuw."))
        return number

    def clean(self) -> dict[str, Any]:
        """What `submit_story` wants to know."""
        fields = super().clean()
        number = fields.pop("stop", "")
        if number and "form_token" in fields:
            fields["form_token"] = f"{fields['form_token']}.{number}"
        return fields
