"""Looking for stories."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from projects.chapters import Chapter
from projects.models import Project
from stories.models import Buurtwandeling, Language, Place, Story, StoryQuerySet, Theme, Verhalenavond
from stories.squares import Point, point_of

AS_THE_METHOD = Case(*[When(about=chapter, then=place) for place, chapter in enumerate(Chapter.values)])
ORDERS: dict[str, tuple[Any, ...]] = {
    "": ("-told_on", "-pk"),
    "oud": ("told_on", "pk"),
    "plek": ("place", "-told_on", "-pk"),
    "hoofdstuk": (AS_THE_METHOD, "-told_on", "-pk"),
}
ORDER_NAMES = [
    ("", _("nieuwste eerst")),
    ("oud", _("oudste eerst")),
    ("plek", _("op plek")),
    ("hoofdstuk", _("op hoofdstuk")),
]


class FilterForm(forms.Form):
    """What a list of published stories is narrowed to; every field may be left empty."""

    q = forms.CharField(
        label=_("Zoek in de verhalen"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )
    about = forms.ChoiceField(
        label=_("Hoofdstuk"), required=False, choices=[("", _("alle hoofdstukken")), *Chapter.choices]
    )
    theme = forms.ModelChoiceField(
        label=_("Thema"), required=False, queryset=Theme.objects.none(), empty_label=_("alle thema's")
    )
    feeling = forms.ChoiceField(
        label=_("Gevoel"), required=False, choices=[("", _("alles")), *Story.Feeling.choices]
    )
    door = forms.ChoiceField(
        label=_("Hoe verteld"), required=False, choices=[("", _("alles")), *Story.Door.choices]
    )
    language = forms.ChoiceField(
        label=_("Taal"), required=False, choices=[("", _("alle talen")), *Language.choices]
    )
    evening = forms.ModelChoiceField(
        label=_("Verhalenavond"),
        required=False,
        queryset=Verhalenavond.objects.none(),
        empty_label=_("alles"),
    )
    walk = forms.ModelChoiceField(
        label=_("Buurtwandeling"),
        required=False,
        queryset=Buurtwandeling.objects.none(),
        empty_label=_("alles"),
    )
    spot = forms.ModelChoiceField(
        label=_("Plek"), required=False, queryset=Place.objects.none(), empty_label=_("alle plekken")
    )
    vak = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    order = forms.ChoiceField(label=_("Volgorde"), required=False, choices=ORDER_NAMES)

    FEW = ("q", "about", "order")

    def __init__(self, data: Any = None, *, project: Project, **options: Any) -> None:
        super().__init__(data, **options)
        own: dict[str, Any] = {
            "theme": Theme.objects.of(project),
            "evening": Verhalenavond.objects.of(project),
            "walk": Buurtwandeling.objects.of(project),
            "spot": Place.objects.of(project),
        }
        for name, rows in own.items():
            field: Any = self.fields[name]
            field.queryset = rows

    def clean_vak(self) -> Point | None:
        """The middle of a square, as the list of the map writes it."""
        try:
            return point_of(self.cleaned_data["vak"])
        except DomainError as refusal:
            raise ValidationError(refusal.message) from refusal

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields behind "Meer keuzes"."""
        return [field for field in self.visible_fields() if field.name not in self.FEW]

    @property
    def few(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FEW]

    @property
    def narrowed(self) -> bool:
        """Something of what is behind "Meer keuzes" is chosen."""
        return any(self.data.get(field.name) for field in self.more)

    def narrow(self, stories: StoryQuerySet) -> StoryQuerySet:
        """These stories as asked for, in the order asked for; all of them when something was wrong."""
        if not self.is_valid():
            return stories
        wanted = dict(self.cleaned_data)
        order, square = wanted.pop("order"), wanted.pop("vak")
        found = stories.matching(**wanted)
        if square:
            found = found.filter(lat=square.lat, lon=square.lon)
        return found.order_by(*ORDERS[order])

    @property
    def refusals(self) -> list[str]:
        """Every error, with the name of its field where that is not beside it."""
        return [
            gettext("%(field)s: %(error)s") % {"field": self[name].label, "error": error}
            for name, errors in self.errors.items()
            for error in errors
        ]
