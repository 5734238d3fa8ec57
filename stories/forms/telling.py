"""The form of a story. The rules are those of the actions; here they become errors beside the field."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from projects.chapters import Chapter
from projects.models import Project
from stories.actions.telling import story_text
from stories.codes import read_token, sign_token
from stories.models import Story
from stories.photos import check_photo
from stories.texts import MAX_TEXT

QUICKEST = 3  # seconds: nobody reads and fills in the form faster

ABOUT = [
    (Chapter.LEEFOMGEVING, _("De straat: groen, afval, verkeer, pleinen")),
    (Chapter.SAMENLEVEN, _("Elkaar kennen en helpen, buren, feesten")),
    (Chapter.WONEN, _("Mijn huis, de huur, het gebouw")),
    (Chapter.VEILIGHEID, _("Veilig of niet veilig, overlast")),
    (Chapter.WERK, _("Werk, geld, rondkomen, meedoen")),
    (Chapter.ONDERWIJS, _("Kinderen, jongeren, school, taal")),
    (Chapter.GEZONDHEID, _("Gezondheid, zorg, sport, eenzaamheid")),
    (Chapter.ALGEMEEN, _("Iets anders")),
]
FEELING = [
    (Story.Feeling.GOOD, _("Goed, dit moet blijven")),
    (Story.Feeling.BAD, _("Niet goed, dit moet anders")),
    (Story.Feeling.BOTH, _("Allebei")),
]


def checked[T](rule: Callable[..., T], *args: Any) -> T:
    """What the rule gives; its refusal is an error of the field."""
    try:
        return rule(*args)
    except DomainError as refusal:
        raise ValidationError(refusal.message) from refusal


class StoryForm(forms.Form):
    """One story, and the token that makes it one story however often it is sent."""

    text = forms.CharField(
        label=_("Uw verhaal"),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Schrijf eerst uw verhaal.")},
    )
    about = forms.ChoiceField(
        label=_("Waar gaat het over?"),
        choices=ABOUT,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waar uw verhaal over gaat.")},
    )
    feeling = forms.ChoiceField(
        label=_("Is het goed of niet goed?"),
        choices=FEELING,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies of het goed is of niet goed.")},
    )
    place = forms.CharField(
        label=_("Waar is het?"),
        max_length=120,
        required=False,
        help_text=_("Bijvoorbeeld: op het plein bij de bakker. Geef geen huisadres."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    photo = forms.FileField(
        label=_("Foto"),
        required=False,
        allow_empty_file=True,
        help_text=_("Hoogstens 10 MB. Wij halen de plaats en de tijd uit de foto."),
        widget=forms.FileInput(attrs={"accept": "image/*,.heic,.heif"}),
    )
    caption = forms.CharField(
        label=_("Wat staat er op de foto?"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    consent = forms.BooleanField()
    form_token = forms.CharField(required=False, widget=forms.HiddenInput)

    door: str = Story.Door.FORM

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose = f"{self.door}.{project.pk}"
        self.seconds = 0.0

    @property
    def token(self) -> str:
        """After an error the form goes out with the same token, after a conflict with a fresh one."""
        known = self.is_bound and "form_token" not in self.errors
        fresh = getattr(self, "conflict", False) or not known
        return sign_token(self.purpose) if fresh else self.data["form_token"]

    def clean_text(self) -> str:
        return checked(story_text, self.cleaned_data["text"], MAX_TEXT)

    def clean_photo(self) -> Any:
        photo = self.cleaned_data["photo"]
        if photo:
            checked(check_photo, photo)
        return photo or None

    def clean_form_token(self) -> str:
        try:
            token, self.seconds = read_token(self.purpose, self.cleaned_data["form_token"])
        except signing.BadSignature as bad:
            text = gettext("Dit formulier was te oud. Alles staat er nog: druk nog een keer op Versturen.")
            raise ValidationError(text) from bad
        return token

    def clean(self) -> dict[str, Any]:
        """What `submit_story` wants to know."""
        fields = {name: value for name, value in self.cleaned_data.items() if name != "consent"}
        return {**fields, "door": self.door}


class TellForm(StoryForm):
    """The public form. What a machine fills in is set apart for the moderator, not thrown away."""

    consent = forms.BooleanField(
        label=_("Ja, u mag mijn verhaal gebruiken voor de buurtagenda."),
        error_messages={"required": _("Zet een vinkje als wij uw verhaal mogen gebruiken.")},
    )
    website = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        fields = super().clean()
        trapped = bool(fields.pop("website", ""))
        return {**fields, "held_note": self._suspicion(trapped)}

    def _suspicion(self, trapped: bool) -> str:
        if trapped:
            return gettext("Misschien van een computer: een onzichtbaar veld was ingevuld.")
        if self.seconds < QUICKEST:
            return gettext("Misschien van een computer: het formulier was binnen 3 seconden terug.")
        return ""


class WithdrawForm(forms.Form):
    code = forms.CharField(
        label=_("Uw code"),
        max_length=80,
        help_text=_(
            "De code heeft vier groepjes van vier. Hoofdletters, spaties en streepjes maken niet uit."
        ),
        error_messages={"required": _("Vul uw code in.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
