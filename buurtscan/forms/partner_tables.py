"""Forms for the tables of partners: a file or pasted table, the meaning of its columns, and typed rows."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtscan.forms.rows import RowForm
from buurtscan.models import PartnerTable
from buurtscan.partners.cells import LONGEST, as_text
from buurtscan.partners.files import MAX_BYTES, Cell
from buurtscan.partners.tables import Mapping
from buurtscan.partners.words import NOTATIONS, ROLES
from core.forms import VersionField
from projects.chapters import Chapter

NO_CHAPTER = ("", _("kies een hoofdstuk"))
LONGEST_CELL = 500


class TableForm(RowForm):
    class Meta:
        model = PartnerTable
        fields: ClassVar[list[str]] = ["partner", "title", "source_note", "url", "visibility"]
        widgets: ClassVar[dict[str, Any]] = {
            "visibility": forms.RadioSelect,
            "source_note": forms.Textarea(attrs={"rows": 2}),
        }
        labels: ClassVar[dict[str, Any]] = {
            "partner": _("Van wie zijn de cijfers?"),
            "title": _("Waar gaan ze over?"),
            "source_note": _("Bron en toelichting"),
            "url": _("Link naar de bron"),
            "visibility": _("Wie mag ze zien?"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "partner": _("Bijvoorbeeld: de naam van de woningcorporatie, de GGD of de school"),
            "title": _("Bijvoorbeeld: Huurachterstand per complex"),
            "source_note": _("Hoe is er geteld, en wanneer? Geen namen van bewoners."),
            "url": _("Een adres dat begint met https://"),
        }


class EditTableForm(TableForm):
    version = VersionField()


class NewTableForm(TableForm):
    chapter = forms.ChoiceField(
        label=_("Bij welk hoofdstuk horen de cijfers?"),
        required=False,
        choices=[("", _("dat staat in de tabel, of kies ik straks")), *Chapter.choices],
    )
    file = forms.FileField(
        label=_("Bestand (.csv of .xlsx)"), required=False, allow_empty_file=True, max_length=160
    )
    pasted = forms.CharField(
        label=_("Of plak hier een tabel"),
        required=False,
        strip=False,
        max_length=MAX_BYTES // 4,
        widget=forms.Textarea(attrs={"rows": 5, "class": "pasted"}),
        help_text=_("Kopieer de cellen in Excel, met de koppen erbij, en plak ze hier."),
    )


class SheetForm(forms.Form):
    version = VersionField()
    sheet = forms.TypedChoiceField(label=_("Blad"), coerce=int)
    heading = forms.IntegerField(
        label=_("In welke rij staan de koppen?"),
        min_value=0,
        max_value=2_000,
        help_text=_("0: er zijn geen koppen"),
    )

    def __init__(self, table: PartnerTable, data: Any = None) -> None:
        now = Mapping.of(table.mapping)
        initial = {"version": table.version, "sheet": now.sheet, "heading": now.heading}
        super().__init__(data, initial=initial, auto_id="blad_%s")
        sheet: Any = self.fields["sheet"]
        sheet.choices = [(number, one["name"]) for number, one in enumerate(table.cells)]
        if len(table.cells) < 2:
            sheet.widget = forms.HiddenInput()


class MappingForm(forms.Form):
    """One box a column, and what holds for all figures. Boxes to correct a cell are in the data as
    `cel-<row>-<column>`."""

    conflict = False
    version = VersionField()
    chapter = forms.ChoiceField(
        label=_("Hoofdstuk voor alle cijfers"), required=False, choices=[NO_CHAPTER, *Chapter.choices]
    )
    label = forms.CharField(label=_("Naam voor alle cijfers"), required=False, max_length=LONGEST["label"])
    year = forms.CharField(label=_("Jaar voor alle cijfers"), required=False, max_length=LONGEST["year"])
    unit = forms.CharField(label=_("Eenheid voor alle cijfers"), required=False, max_length=LONGEST["unit"])
    place = forms.CharField(label=_("Plaats voor alle cijfers"), required=False, max_length=LONGEST["place"])
    notation = forms.ChoiceField(
        label=_("Hoe zijn de getallen geschreven?"),
        required=False,
        choices=NOTATIONS,
        widget=forms.RadioSelect,
    )
    only_good = forms.BooleanField(
        label=_("Plaats alleen de goede rijen. Laat de rijen met een fout weg."), required=False
    )

    def __init__(self, table: PartnerTable, data: Any = None) -> None:
        self.table, self.now = table, Mapping.of(table.mapping)
        initial = {
            name: getattr(self.now, name)
            for name in ("chapter", "label", "year", "unit", "place", "notation")
        }
        super().__init__(data, initial={**initial, "version": table.version})
        for number, role in enumerate(self.now.roles):
            field = forms.ChoiceField(required=False, choices=ROLES, initial=role, label="")
            self.fields[f"kolom-{number}"] = field

    def mapping(self) -> Mapping:
        """As it is filled in; as it is kept while the form is new."""
        if not self.is_bound:
            return self.now
        said = self.cleaned_data
        roles = tuple(said[f"kolom-{number}"] for number in range(len(self.now.roles)))
        texts = {name: said[name] for name in ("chapter", "label", "year", "unit", "place", "notation")}
        return Mapping(roles=roles, heading=self.now.heading, sheet=self.now.sheet, **texts)

    def cells(self) -> list[dict[str, Any]]:
        """The cells of the draft, with what was corrected."""
        sheets: list[dict[str, Any]] = [dict(sheet) for sheet in self.table.cells]
        if not self.is_bound or not 0 <= self.now.sheet < len(sheets):
            return sheets
        rows: list[list[Cell]] = [list(row) for row in sheets[self.now.sheet]["rows"]]
        for line, column, text in self.corrections():
            if line <= len(rows) and column < len(self.now.roles):
                row = rows[line - 1]
                row.extend([""] * (column + 1 - len(row)))
                if as_text(row[column]) != text:
                    row[column] = text
        sheets[self.now.sheet]["rows"] = rows
        return sheets

    def corrections(self) -> list[tuple[int, int, str]]:
        found = []
        for name in self.data:
            place = re.fullmatch(r"cel-([1-9][0-9]{0,3})-([0-9]{1,2})", name)
            text = str(self.data[name]).strip().replace("\x00", "")
            if place and len(text) <= LONGEST_CELL:
                found.append((int(place[1]), int(place[2]), text))
        return found

    def renew(self) -> None:
        """After a conflict: what was chosen stays, and the next click starts from what is there now."""
        newest = PartnerTable.objects.filter(pk=self.table.pk).values_list("version", flat=True).first()
        self.data: Any = self.data.copy()
        self.data["version"] = newest
