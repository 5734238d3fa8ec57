from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from agenda.forms.base import FieldsOf
from agenda.models import Idea, PolicyLine
from core.forms import VersionField
from projects.models import Project


class PolicyLineForm(FieldsOf):
    version = VersionField()
    starts = forms.IntegerField(label=_("Van jaar"), required=False, min_value=1990, max_value=2100)
    ends = forms.IntegerField(label=_("Tot en met jaar"), required=False, min_value=1990, max_value=2100)

    class Meta:
        model = PolicyLine
        fields: ClassVar[list[str]] = ["title", "owner", "summary", "url", "starts", "ends", "budget"]
        widgets: ClassVar[dict[str, Any]] = {"summary": forms.Textarea(attrs={"rows": 4})}
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("Bijvoorbeeld: Uitvoeringsplan openbare verlichting"),
            "owner": _("Gemeente, woningcorporatie of een andere partij"),
            "url": _("Een adres dat begint met https://"),
            "budget": _("Bijvoorbeeld: € 50.000 per jaar"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk is None:
            del self.fields["version"]


class IdeaForm(FieldsOf):
    version = VersionField()

    class Meta:
        model = Idea
        fields: ClassVar[list[str]] = ["title", "text", "fit", "policy_line", "answer", "answered_by"]
        widgets: ClassVar[dict[str, Any]] = {
            "fit": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 4}),
            "answer": forms.Textarea(attrs={"rows": 3}),
        }
        labels: ClassVar[dict[str, Any]] = {"fit": _("Past dit idee in het beleid?")}
        help_texts: ClassVar[dict[str, Any]] = {
            "answer": _("Kan het, kan het deels of kan het niet? En waarom?"),
            "answered_by": _("Naam of functie, bijvoorbeeld: gemeente, team Openbare Ruimte"),
        }

    def __init__(self, project: Project, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fit: Any = self.fields["fit"]
        fit.choices = [("", _("nog niet bekeken")), *Idea.Fit.choices]
        line: Any = self.fields["policy_line"]
        line.queryset = PolicyLine.objects.of(project)
        line.empty_label = _("geen")
        if self.instance.pk is None:
            del self.fields["version"]
