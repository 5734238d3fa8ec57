"""Evenings, walks, their tasks, and support."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, VersionField
from projects.models import Membership, Party, Project, Side, User
from stories.models import AvondTaak, Buurtwandeling, Verhalenavond


class GatheringForm(forms.Form):
    name = forms.CharField(
        label=_("Naam"),
        max_length=80,
        help_text=_("Bijvoorbeeld: verhalen bij de soep."),
        error_messages={"required": _("Geef een naam, zodat iedereen weet welke u bedoelt.")},
    )
    on = DayField(label=_("Wanneer"), error_messages={"required": _("Kies een dag.")})
    where = forms.CharField(label=_("Waar"), max_length=120, required=False)
    led_by = forms.CharField(label=_("Wie begeleidt?"), max_length=120, required=False)
    note = forms.CharField(
        label=_("Waar gaat het over?"),
        max_length=1000,
        required=False,
        help_text=_("Wat moet iemand weten die de verhalen later leest?"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EditGatheringForm(GatheringForm):
    version = VersionField()

    @classmethod
    def of(cls, gathering: Verhalenavond | Buurtwandeling) -> EditGatheringForm:
        return cls(initial={name: getattr(gathering, name) for name in cls.base_fields})


class TaskForm(forms.Form):
    party = forms.ModelChoiceField(
        label=_("Partij"), queryset=Party.objects.none(), required=False, empty_label=_("nog niemand")
    )
    who = forms.CharField(label=_("Wie"), max_length=120, required=False)
    done = forms.BooleanField(label=_("geregeld"), required=False)
    version = VersionField()

    def __init__(self, data: Any = None, *, task: AvondTaak, parties: list[Party]) -> None:
        start = {name: getattr(task, name) for name in ("party", "who", "done", "version")}
        super().__init__(data, initial=start, auto_id=f"taak-{task.pk}-%s")
        field: Any = self.fields["party"]
        field.queryset = Party.objects.of(task.evening.project)
        field.choices = [("", _("nog niemand")), *((party.pk, party.name) for party in parties)]


class SupportForm(forms.Form):
    supporter = forms.ModelChoiceField(
        label=_("Begeleider"), queryset=User.objects.none(), required=False, empty_label=_("nog niemand")
    )

    def __init__(self, data: Any = None, *, project: Project, **options: Any) -> None:
        super().__init__(data, **options)
        seats = Membership.objects.of(project).filter(side__in=(Side.WIJKPROFESSIONAL, Side.GEMEENTE))
        people = User.objects.filter(pk__in=seats.values("user_id")).order_by("name")
        self.fields["supporter"].queryset = people  # type: ignore[attr-defined]
