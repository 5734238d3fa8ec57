"""The codebook: looking for themes, writing them down, joining and splitting them."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import SearchForm, VersionField
from projects.models import User
from stories.forms.coding import chapter_choices
from stories.models import Story, Theme, ThemeQuerySet
from stories.texts import clean_text


class ThemeForm(forms.ModelForm):
    """The row is not touched: writing is for the action."""

    conflict = False
    version = VersionField()

    class Meta:
        model = Theme
        fields: ClassVar[list[str]] = ["name", "description", "chapter"]
        widgets: ClassVar[dict[str, Any]] = {"description": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("Kort, zoals u het samen noemt. Bijvoorbeeld: “donker plein”."),
            "description": _("Zo kiezen anderen het thema op dezelfde manier als u."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["chapter"].choices = chapter_choices(str(_("geen hoofdstuk")))  # type: ignore[attr-defined]
        if self.instance.pk is None:
            del self.fields["version"]

    def _post_clean(self) -> None:
        pass

    def start_from(self, theme: Theme) -> None:
        """After a conflict: what was typed stays, and the next click starts from what is there now."""
        self.data: Any = self.data.copy()  # type: ignore[attr-defined]
        self.data["version"] = theme.version

    def clean_name(self) -> str:
        name = " ".join(clean_text(self.cleaned_data["name"]).split())
        if not name:
            raise forms.ValidationError(_("Geef het thema een naam."))
        return name

    def clean_description(self) -> str:
        return " ".join(clean_text(self.cleaned_data["description"]).split())


class ThemeFilter(SearchForm):
    """Which themes, and in which order."""

    ORDERS: ClassVar[dict[str, Callable[[Theme], Any]]] = {
        "": lambda theme: (-theme.counts.quotes, theme.name.lower()),
        "naam": lambda theme: theme.name.lower(),
        "verhalen": lambda theme: (-theme.counts.stories, theme.name.lower()),
        "codeurs": lambda theme: (-theme.counts.coders, theme.name.lower()),
        "nieuw": lambda theme: -theme.created_at.timestamp(),
    }
    hoofdstuk = forms.ChoiceField(label=_("Hoofdstuk"), required=False)
    volgorde = forms.ChoiceField(label=_("Volgorde"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        orders = {
            "": _("meeste citaten eerst"),
            "naam": _("op naam"),
            "verhalen": _("meeste verhalen eerst"),
            "codeurs": _("meeste codeurs eerst"),
            "nieuw": _("nieuwste eerst"),
        }
        self.fields["hoofdstuk"].choices = chapter_choices(str(_("alle hoofdstukken")))  # type: ignore[attr-defined]
        self.fields["volgorde"].choices = list(orders.items())  # type: ignore[attr-defined]

    def narrow(self, themes: ThemeQuerySet) -> list[Theme]:
        """A project has at most some hundreds of themes: these are put in order here."""
        wanted = self.cleaned_data if self.is_valid() else {}
        found = themes.matching(wanted.get("q", ""), wanted.get("hoofdstuk", "")).with_counts()
        return sorted(found, key=self.ORDERS[wanted.get("volgorde", "")])


class QuoteFilter(forms.Form):
    """Which quotes of a theme."""

    hoofdstuk = forms.ChoiceField(label=_("Hoofdstuk"), required=False)
    codeur = forms.TypedChoiceField(label=_("Gekozen door"), required=False, coerce=int, empty_value=None)
    gevoel = forms.ChoiceField(
        label=_("Gevoel"), required=False, choices=[("", _("alles")), *Story.Feeling.choices]
    )

    def __init__(self, data: Any, *, coders: Sequence[User]) -> None:
        super().__init__(data)
        self.fields["hoofdstuk"].choices = chapter_choices(str(_("alle hoofdstukken")))  # type: ignore[attr-defined]
        self.fields["codeur"].choices = [("", _("iedereen")), *((one.pk, str(one)) for one in coders)]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        return self.cleaned_data if self.is_valid() else {}


class MergeForm(forms.Form):
    themes = forms.TypedMultipleChoiceField(
        coerce=int,
        widget=forms.MultipleHiddenInput,
        error_messages={"required": _("Kies twee of meer thema’s.")},
    )
    into = forms.TypedChoiceField(
        label=_("Welk thema blijft?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies welk thema blijft.")},
    )
    seen = forms.CharField(max_length=20_000, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, themes: Sequence[Theme], **options: Any) -> None:
        super().__init__(data, **options)
        choices = [(theme.pk, theme.name) for theme in themes]
        self.fields["themes"].choices = choices  # type: ignore[attr-defined]
        self.fields["into"].choices = choices  # type: ignore[attr-defined]


class SplitForm(forms.Form):
    """Which quotes go, and to where."""

    version = VersionField()
    name = forms.CharField(label=_("Naam van het nieuwe thema"), required=False, max_length=60)
    into = forms.TypedChoiceField(
        label=_("Of een thema dat er al is"), required=False, coerce=int, empty_value=None
    )
    quotes = forms.TypedMultipleChoiceField(
        label=_("Citaten"),
        coerce=int,
        error_messages={
            "required": _("Kies ten minste één citaat."),
            "invalid_choice": _("Een van deze citaten is er niet meer. Kies opnieuw."),
        },
    )

    def __init__(
        self, data: Any = None, *, quotes: Sequence[int], others: Sequence[Theme], initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["quotes"].choices = [(pk, str(pk)) for pk in quotes]  # type: ignore[attr-defined]
        self.fields["into"].choices = [("", _("geen")), *((one.pk, one.name) for one in others)]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        return " ".join(clean_text(self.cleaned_data["name"]).split())

    @property
    def ticked(self) -> set[str]:
        return {str(one) for one in self["quotes"].value() or []}
