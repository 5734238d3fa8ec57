"""Reading a codebook in: first the file, then what it would do, then yes."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from stories.coding.codebook import MAX_BYTES, Incoming, Line, checked, read_codebook


class CodebookFileForm(forms.Form):
    file = forms.FileField(
        label=_("Bestand met het codeboek"),
        help_text=_(
            "Een tabel (.csv) met de kolommen thema, omschrijving en hoofdstuk, of een REFI-QDA Codebook (.qdc)."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.qdc,.xml"}),
        error_messages={"required": _("Kies een bestand."), "empty": _("Dit bestand is leeg.")},
    )
    found: Incoming

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(gettext("Uw bestand is groter dan 1 MB. Een codeboek is kleiner."))
        try:
            self.found = read_codebook(file.name, file.read())
        except DomainError as refused:
            raise ValidationError(refused.message) from refused
        return file


class CodebookLinesForm(forms.Form):
    """What was shown, sent back; it is judged again."""

    lines: Any = forms.CharField(widget=forms.HiddenInput, max_length=600_000)

    def clean_lines(self) -> tuple[Line, ...]:
        try:
            rows = json.loads(self.cleaned_data["lines"])
            found = checked([Line(str(row[0]), str(row[1]), str(row[2])) for row in rows])
        except (ValueError, TypeError, LookupError, DomainError, RecursionError) as broken:
            raise ValidationError(gettext("Kies het bestand opnieuw.")) from broken
        if not found.lines or found.faults:
            raise ValidationError(gettext("Kies het bestand opnieuw."))
        return found.lines


def as_text(found: Incoming) -> str:
    return json.dumps([[line.name, line.description, line.chapter] for line in found.lines])
