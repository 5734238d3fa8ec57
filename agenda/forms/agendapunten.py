from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from agenda.actions.agendapunten import DOWN, UP
from agenda.forms.base import FieldsOf, RowsField
from agenda.models import Agendapunt, Idea, Inzicht
from agenda.picker import numbers
from core.forms import MOST, VersionField
from projects.models import Party, Project

OFFERED = 100


def as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


class AgendapuntForm(FieldsOf):
    version = VersionField()

    class Meta:
        model = Agendapunt
        fields: ClassVar[list[str]] = [
            "title",
            "wat",
            "waar",
            "wanneer",
            "trekker",
            "helpers",
            "quick_win",
            "inzichten",
            "idea",
        ]
        field_classes: ClassVar[dict[str, Any]] = {"helpers": RowsField, "inzichten": RowsField}
        widgets: ClassVar[dict[str, Any]] = {
            "wat": forms.Textarea(attrs={"rows": 4}),
            "helpers": forms.CheckboxSelectMultiple,
            "inzichten": forms.CheckboxSelectMultiple,
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("Kort, bijvoorbeeld: Licht op het plein"),
            "wat": _(
                "Noem aantallen en dingen die u later kunt zien. Bijvoorbeeld: zes lantaarns aan de oostkant."
            ),
            "waar": _("Noem een straat, plein of gebouw."),
            "inzichten": _("De nieuwste staan hier. Vindt u een inzicht niet? Begin dan bij dat inzicht."),
            "wanneer": _("Noem een datum, maand of vaste dag. Bijvoorbeeld: klaar vóór 1 maart 2027."),
        }

    def __init__(self, project: Project, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        of_project: dict[str, Any] = {
            "trekker": Party.objects.filter(project=project),
            "helpers": Party.objects.filter(project=project),
            "inzichten": Inzicht.objects.of(project),
            "idea": Idea.objects.of(project),
        }
        for name, rows in of_project.items():
            field: Any = self.fields[name]
            field.queryset = rows
        self.fields["trekker"].empty_label = _("nog niet bekend")  # type: ignore[attr-defined]
        self.fields["idea"].empty_label = _("geen")  # type: ignore[attr-defined]
        for name in ("inzichten", "idea"):
            self.shorten(name)
        if self.instance.pk is None:
            del self.fields["version"]

    def shorten(self, name: str) -> None:
        """Offer what is chosen and the newest rows; any row of the project can still be sent."""
        field: Any = self.fields[name]
        chosen = numbers(str(getattr(one, "pk", one)) for one in as_list(self[name].value()))
        newest = field.queryset.order_by("-pk").values_list("pk", flat=True)[:OFFERED]
        offered = field.queryset.filter(pk__in={*newest, *chosen})
        empty = [("", field.empty_label)] if name == "idea" else []
        field.choices = [*empty, *((row.pk, str(row)) for row in offered)]


class StateForm(forms.Form):
    """`was` is the state the user saw: whoever was first wins."""

    was = forms.ChoiceField(choices=Agendapunt.State, widget=forms.HiddenInput)
    state = forms.ChoiceField(choices=Agendapunt.State, widget=forms.HiddenInput)


class MoveForm(forms.Form):
    was = forms.IntegerField(min_value=0, max_value=MOST, widget=forms.HiddenInput)
    direction = forms.ChoiceField(choices=[(UP, UP), (DOWN, DOWN)], widget=forms.HiddenInput)


class DeleteForm(forms.Form):
    version = VersionField()


class DocumentForm(forms.Form):
    with_concept = forms.BooleanField(
        label=_("Neem ook afspraken op die nog concept zijn"), required=False, initial=True
    )
