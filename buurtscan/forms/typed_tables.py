"""A table that is typed row by row, without a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as gettext_now
from django.utils.translation import gettext_lazy as _

from buurtscan.actions.deepening import TYPED_ROLES, outcome_of, typed_cells, typed_mapping
from buurtscan.forms.partner_tables import NO_CHAPTER, EditTableForm, TableForm
from buurtscan.models import PartnerTable
from buurtscan.partners.cells import LONGEST
from buurtscan.partners.numbers import Kind
from buurtscan.partners.tables import Mapping
from buurtscan.partners.words import problem_in_words, why_in_words
from projects.chapters import Chapter

FIRST_ROWS, MORE_ROWS, MOST_ROWS = 5, 5, 200


class TypedTableForm(TableForm):
    chapter = forms.ChoiceField(
        label=_("Bij welk hoofdstuk horen de cijfers?"),
        choices=[NO_CHAPTER, *Chapter.choices],
        error_messages={"required": _("Kies een hoofdstuk.")},
    )


class TypedDraftForm(EditTableForm, TypedTableForm):
    pass


class TypedRow(forms.Form):
    label = forms.CharField(label=_("Naam van het cijfer"), required=False, max_length=LONGEST["label"])
    value = forms.CharField(label=_("Getal"), required=False, max_length=40)
    unit = forms.CharField(label=_("Eenheid"), required=False, max_length=LONGEST["unit"])
    year = forms.CharField(label=_("Jaar"), required=False, max_length=LONGEST["year"])
    place = forms.CharField(label=_("Plaats"), required=False, max_length=LONGEST["place"])

    def texts(self) -> list[str]:
        return [self.cleaned_data.get(role, "") for role in TYPED_ROLES]


class TypedRows(forms.BaseFormSet):
    """What was typed, row by row; each error beside the box it belongs to."""

    problem = ""

    def rows(self) -> list[list[str]]:
        return [form.texts() for form in self.forms]

    def has_figures(self, chapter: str) -> bool:
        """True when every row that has something is a figure; else the boxes say what is wrong."""
        outcome = outcome_of(typed_cells(self.rows()), typed_mapping(chapter))
        for trouble in [*outcome.errors, *outcome.left_out]:
            role = TYPED_ROLES[trouble.place.column]
            dutch = gettext_now("Schrijf getallen op de Nederlandse manier, zoals 1.234,5.")
            words = dutch if trouble.why == Kind.OTHER_NOTATION else why_in_words(trouble)
            self.forms[trouble.line - 2].add_error(role, words)
        troubled = bool(outcome.errors or outcome.left_out)
        if outcome.problems and not troubled:
            empty = outcome.problems == ["nothing"]
            words = problem_in_words(outcome.problems[0], outcome)
            self.problem = gettext_now("Vul ten minste één rij in.") if empty else words
        return not troubled and not self.problem


TypedRowSet: Any = forms.formset_factory(
    TypedRow, formset=TypedRows, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
)


def typed_rows(data: Any, table: PartnerTable | None) -> TypedRows:
    """Empty rows to begin with, the rows of a draft, or what was sent."""
    if data is not None:
        bound: TypedRows = TypedRowSet(data, prefix="rij")
        return bound
    kept = table.cells[0]["rows"][1:] if table and table.cells else []
    shown = [dict(zip(TYPED_ROLES, row, strict=False)) for row in kept]
    shown += [{}] * (1 if shown else FIRST_ROWS)
    fresh: TypedRows = TypedRowSet(prefix="rij", initial=shown[:MOST_ROWS])
    return fresh


def with_more_rows(data: Any) -> Any:
    """The same form with some empty rows at its end."""
    more = data.copy()
    given = str(data.get("rij-TOTAL_FORMS", ""))
    now = int(given) if given.isascii() and given.isdigit() and len(given) < 5 else FIRST_ROWS
    more["rij-TOTAL_FORMS"] = str(min(now + MORE_ROWS, MOST_ROWS))
    return more


def at_first_empty(rows: TypedRows) -> TypedRows:
    """The page goes on in the first row that was added."""
    first = max(0, len(rows.forms) - MORE_ROWS)
    for form in rows.forms[first : first + 1]:
        form.fields["label"].widget.attrs["data-focus"] = "1"
    return rows


def kept_chapter(table: PartnerTable) -> str:
    return Mapping.of(table.mapping).chapter
