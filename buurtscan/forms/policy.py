"""Forms for known policy and for pictures of maps."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtscan.forms.partner_tables import NO_CHAPTER
from buurtscan.forms.rows import RowForm
from buurtscan.models import PolicyFact, ScanPicture
from core.forms import VersionField
from projects.chapters import Chapter

FIRST_YEAR, LAST_YEAR = 1990, 2100


class PolicyFactForm(RowForm):
    chapter = forms.ChoiceField(
        label=_("Bij welk hoofdstuk hoort dit?"),
        choices=[NO_CHAPTER, *Chapter.choices],
        error_messages={"required": _("Kies een hoofdstuk.")},
    )
    starts = forms.IntegerField(
        label=_("Vanaf welk jaar?"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=_("Bijvoorbeeld: 2027"),
    )
    ends = forms.IntegerField(
        label=_("Tot en met welk jaar?"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=_("Laat leeg als het één jaar duurt, of als u het niet weet."),
    )

    class Meta:
        model = PolicyFact
        fields: ClassVar[list[str]] = [
            "what",
            "kind",
            "chapter",
            "starts",
            "ends",
            "where",
            "who",
            "source_note",
            "visibility",
        ]
        widgets: ClassVar[dict[str, Any]] = {"visibility": forms.RadioSelect}
        labels: ClassVar[dict[str, Any]] = {
            "what": _("Wat komt er?"),
            "kind": _("Wat voor iets is het?"),
            "where": _("Waar?"),
            "who": _("Wie doet het?"),
            "source_note": _("Hoe weten wij dit?"),
            "visibility": _("Wie mag dit zien?"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "what": _("Bijvoorbeeld: 120 woningen worden gesloopt en nieuw gebouwd"),
            "where": _("Een straat, plein of complex"),
            "who": _("Bijvoorbeeld: gemeente, woningcorporatie, schoolbestuur"),
            "source_note": _("Bijvoorbeeld: raadsbesluit van 12 maart 2026"),
        }


class EditPolicyFactForm(PolicyFactForm):
    version = VersionField()


class EditPictureForm(RowForm):
    """`mark` says which words the form was filled from."""

    mark = forms.CharField(max_length=64, widget=forms.HiddenInput)
    chapter = forms.ChoiceField(
        label=_("Bij welk hoofdstuk hoort de kaart?"),
        choices=[NO_CHAPTER, *Chapter.choices],
        error_messages={"required": _("Kies een hoofdstuk.")},
    )

    class Meta:
        model = ScanPicture
        fields: ClassVar[list[str]] = ["title", "chapter", "alt", "source_note", "visibility"]
        widgets: ClassVar[dict[str, Any]] = {
            "visibility": forms.RadioSelect,
            "alt": forms.Textarea(attrs={"rows": 3}),
        }
        labels: ClassVar[dict[str, Any]] = {
            "title": _("Wat laat de kaart zien?"),
            "alt": _("Beschrijf de kaart voor wie haar niet ziet"),
            "source_note": _("Van wie is de kaart, en van wanneer?"),
            "visibility": _("Wie mag de kaart zien?"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("Bijvoorbeeld: Veerkracht per buurt, 2024"),
            "alt": _("Wat ziet u? Bijvoorbeeld: het noorden is donkerder dan het zuiden."),
            "source_note": _("Bijvoorbeeld: Veerkrachtkaart, gekregen van de woningcorporatie, mei 2026"),
        }


class PictureForm(EditPictureForm):
    mark = None  # type: ignore[assignment]
    file = forms.FileField(
        label=_("Het plaatje (JPEG, PNG of WebP)"),
        allow_empty_file=True,
        error_messages={"required": _("Kies een plaatje.")},
    )
    field_order = ["title", "chapter", "file"]
