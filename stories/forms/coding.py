"""Passages and what is said of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.sentences import Sentence


class QuoteForm(forms.Form):
    """From sentence to sentence; becomes characters."""

    first = forms.TypedChoiceField(label=_("Van zin"), coerce=int)
    last = forms.TypedChoiceField(label=_("Tot en met zin"), coerce=int)

    def __init__(self, data: Any = None, *, lines: list[Sentence]) -> None:
        super().__init__(data)
        self.lines = lines
        numbers = [(number, f"{number}. {line.text[:50]}") for number, line in enumerate(lines, 1)]
        for name in ("first", "last"):
            self.fields[name].choices = numbers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        if self.errors:
            return {}
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        if last < first:
            self.add_error("last", gettext("Kies een zin die niet voor de eerste staat."))
            return {}
        return {"start": self.lines[first - 1].start, "end": self.lines[last - 1].end}
