from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MinValueValidator, URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, VersionField
from gebieden.fields import AreasField
from gebieden.picker import FIND
from projects.models import Project, Side

FIRST_DAY = MinValueValidator(date(2000, 1, 1), _("Kies een datum na 1 januari 2000."))


class ProjectForm(forms.Form):
    name = forms.CharField(
        label=_("Naam van de buurt of het project"),
        max_length=80,
        help_text=_("Bijvoorbeeld de naam van de buurt. Elke naam mag één keer voorkomen."),
    )
    areas = AreasField(label=_("Over welk gebied gaat het?"))
    starts = DayField(label=_("Begint op"), validators=[FIRST_DAY])
    ends = DayField(label=_("Agenda klaar op"), help_text=_("U kunt deze dag later nog veranderen."))
    controller = forms.CharField(
        label=_("Wie bewaart de verhalen?"),
        max_length=120,
        required=False,
        help_text=_("De organisatie die voor de verhalen zorgt, zoals de gemeente. Bewoners zien deze naam."),
    )
    controller_email = forms.EmailField(
        label=_("E-mailadres voor vragen over privacy"), max_length=254, required=False
    )
    report_url = forms.URLField(
        label=_("Meldpagina van de gemeente"),
        max_length=200,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("Hier melden bewoners een kapotte lamp of losse stoeptegel. Dat is geen verhaal."),
    )
    retention_months = forms.IntegerField(
        label=_("Verhalen bewaren: hoeveel maanden?"),
        min_value=1,
        max_value=120,
        initial=24,
        help_text=_("Daarna gooit het systeem de verhalen zelf weg."),
    )
    stories_open = forms.BooleanField(
        label=_("Bewoners kunnen nu verhalen insturen"), required=False, initial=True
    )

    def full_clean(self) -> None:
        """Who presses the search button of the picker is not done yet: no errors elsewhere."""
        super().full_clean()
        if FIND in self.data:
            for name in set(self.errors) - {"areas"}:
                del self.errors[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", gettext("De agenda kan niet klaar zijn voordat u begint."))
        return cleaned


class CreateProjectForm(ProjectForm):
    side = forms.ChoiceField(
        label=_("Namens wie doet u zelf mee?"),
        choices=[("", _("kies later")), *Side.choices],
        required=False,
        help_text=_("U wordt de coördinator van dit project."),
    )


class EditProjectForm(ProjectForm):
    version = VersionField()

    @classmethod
    def of(cls, project: Project) -> EditProjectForm:
        names = [name for name in cls.base_fields if name != "areas"]
        areas = list(project.areas.defer("geometry"))
        return cls(initial={**{name: getattr(project, name) for name in names}, "areas": areas})


class StateForm(forms.Form):
    """`was` is the state the user saw: whoever was first wins."""

    was = forms.ChoiceField(choices=Project.State, widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("Hoe staat het project ervoor?"), choices=Project.State)
    reason = forms.CharField(
        label=_("Reden"),
        max_length=300,
        required=False,
        help_text=_("Nodig als u het project pauzeert of stopt. Iedereen kan de reden lezen."),
    )

    @classmethod
    def of(cls, project: Project, wanted: str = "") -> StateForm:
        state = wanted if wanted in Project.State.values else project.state
        return cls(initial={"was": project.state, "state": state, "reason": project.state_reason})
