"""The other doors for residents: a spoken story, and a photo with a caption."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.forms.telling import TellForm, checked
from stories.models import Story
from stories.sounds import check_sound

NOT_HERE = ("photo", "caption", "frequency", "change", "spot", "point")


class SpokenForm(TellForm):
    door = Story.Door.SPOKEN
    sound = forms.FileField(
        label=_("Uw opname"),
        allow_empty_file=True,
        help_text=_("Hoogstens 20 MB, ongeveer tien minuten."),
        error_messages={"required": _("Neem eerst iets op, of kies een opname.")},
        widget=forms.FileInput(attrs={"accept": "audio/*", "capture": "user"}),
    )
    field_order = ("sound", "about", "feeling", "place", "consent")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text", *NOT_HERE):
            self.fields.pop(name, None)

    def clean_sound(self) -> Any:
        sound = self.cleaned_data["sound"]
        checked(check_sound, sound)
        return sound

    def clean(self) -> dict[str, Any]:
        fields = super().clean()
        wanted = ("sound", "about", "feeling", "place", "language", "form_token", "signs", "answers")
        return {name: fields[name] for name in wanted if name in fields}


class PhotoForm(TellForm):
    """A photo, and as its story the words that go with it."""

    door = Story.Door.PHOTO

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NOT_HERE[1:]:
            self.fields.pop(name, None)
        photo, text = self.fields["photo"], self.fields["text"]
        photo.required = True
        photo.error_messages["required"] = gettext("Kies eerst een foto.")
        text.label = gettext("Wat staat erop, en wat zegt dat over de buurt?")
        text.error_messages["required"] = gettext("Schrijf iets bij uw foto.")
        self.order_fields(["photo", "text", "about", "feeling", "place", "consent"])


class TypeOutForm(forms.Form):
    text = forms.CharField(
        label=_("Wat wordt er gezegd?"),
        help_text=_("Typ het zoals het gezegd is. Namen laat u later weg, bij het beoordelen."),
        error_messages={"required": _("Schrijf eerst op wat er gezegd wordt.")},
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, story: Story) -> None:
        super().__init__(data, auto_id=f"geluid-{story.pk}-%s")
