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
from stories.actions.telling import MAX_CHANGE, short_text, story_text
from stories.codes import read_token, sign_token
from stories.forms.hearing import BackgroundQuestions
from stories.models import Language, Place, Story
from stories.photos import check_photo
from stories.squares import Point, point_of
from stories.suspicion import Signs, is_worked
from stories.texts import MAX_TEXT

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
FREQUENCY = [
    (Story.Frequency.ONCE, _("Een keer")),
    (Story.Frequency.SOMETIMES, _("Soms")),
    (Story.Frequency.OFTEN, _("Vaak")),
    (Story.Frequency.ALWAYS, _("Altijd")),
    ("", _("Dat weet ik niet")),
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
    frequency = forms.ChoiceField(
        label=_("Hoe vaak maakt u dit mee?"),
        choices=FREQUENCY,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Kies een van de antwoorden.")},
    )
    feeling = forms.ChoiceField(
        label=_("Is het goed of niet goed?"),
        choices=FEELING,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies of het goed is of niet goed.")},
    )
    change = forms.CharField(
        label=_("Wat moet er anders, of juist zo blijven?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "autocomplete": "off"}),
    )
    spot = forms.ModelChoiceField(
        label=_("Kies een plek"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=_("Ik weet het niet, of de plek staat er niet bij"),
        error_messages={"invalid_choice": _("Deze plek staat niet meer in de lijst.")},
    )
    point = forms.CharField(required=False, widget=forms.HiddenInput)
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
        spots: Any = self.fields["spot"]
        spots.queryset = Place.objects.of(project)
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

    def clean_change(self) -> str:
        return checked(short_text, self.cleaned_data["change"], MAX_CHANGE, "change")

    def clean_point(self) -> Point | None:
        """Who moved the point by hand gets an error nowhere near a field: without a map it is left out."""
        try:
            return point_of(self.cleaned_data["point"])
        except DomainError:
            return None

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


class TellForm(BackgroundQuestions, StoryForm):
    """The public form. What a machine fills in is set apart for the moderator, not thrown away."""

    consent = forms.BooleanField(
        label=_("Ja, u mag mijn verhaal gebruiken voor de buurtagenda."),
        error_messages={"required": _("Zet een vinkje als wij uw verhaal mogen gebruiken.")},
    )
    website = forms.CharField(required=False)
    work = forms.CharField(required=False)

    def __init__(self, *args: Any, language: str = Language.NL, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].label = _("Schrijf in uw eigen woorden waar het is")
        self.language = language

    def clean(self) -> dict[str, Any]:
        """What `receive_story` wants to know."""
        fields = super().clean()
        trapped, work = bool(fields.pop("website", "")), fields.pop("work", "")
        worked = is_worked(str(self.data.get("form_token", "")), work)
        return {**fields, "language": self.language, "signs": Signs(trapped, self.seconds, worked)}


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
