"""Form fields that every room uses."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST = 2_147_483_647


class VersionField(forms.IntegerField):
    """The version of the row the form was filled from; see `core.cas.swap_version`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=MOST, widget=forms.HiddenInput, **options)


class DayField(forms.DateField):
    """A date by the picker of the browser, or typed as 12-12-2026."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d-%m-%Y"],
            **options,
        )


class SearchForm(forms.Form):
    """A box to search a list with; a text no row can hold is refused, not looked for."""

    q = forms.CharField(
        label=_("Zoeken"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )

    @property
    def words(self) -> str:
        return self.cleaned_data.get("q", "") if self.is_valid() else ""
