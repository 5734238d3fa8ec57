from collections import defaultdict
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agenda.forms.base import FieldsOf, RowsField
from agenda.models import Inzicht
from agenda.models.inzichten import InzichtQuerySet
from agenda.passages import Passage, runs
from buurtscan.models import ScanFigure
from core.forms import VersionField
from projects.chapters import Chapter
from projects.models import Project
from stories.models import Quote, Story, Theme
from stories.sentences import sentences


class PassagesField(forms.Field):
    """Sentences of published stories, as "<story>-<number of the sentence>"; neighbours become one."""

    widget = forms.MultipleHiddenInput
    project: Project

    def clean(self, value: Any) -> list[Passage]:
        numbers: defaultdict[int, set[int]] = defaultdict(set)
        for one in value or []:
            story, number = self.split(str(one))
            numbers[story].add(number)
        stories = Story.objects.of(self.project).published().in_bulk(list(numbers))
        if len(stories) != len(numbers):
            raise self.unknown()
        return [passage for pk, chosen in numbers.items() for passage in self.of(stories[pk], chosen)]

    def split(self, value: str) -> tuple[int, int]:
        story, _dash, number = value.partition("-")
        if not (story.isascii() and story.isdigit() and number.isascii() and number.isdigit()):
            raise self.unknown()
        if len(story) > 18 or len(number) > 6:
            raise self.unknown()
        return int(story), int(number)

    def of(self, story: Story, chosen: set[int]) -> list[Passage]:
        parts = sentences(story.text)
        if max(chosen) >= len(parts):
            raise self.unknown()
        return [Passage(story, parts[first].start, parts[last].end) for first, last in runs(chosen)]

    def unknown(self) -> ValidationError:
        return ValidationError(gettext("Kies zinnen uit gepubliceerde verhalen van dit project."))


class InzichtForm(FieldsOf):
    version = VersionField()
    figures: Any = RowsField(
        ScanFigure.objects.none(),
        required=False,
        label=_("Cijfers"),
        error_messages={
            "invalid_choice": _("Kies alleen cijfers van dit project."),
            "invalid_pk_value": _("Kies alleen cijfers van dit project."),
        },
    )
    quotes: Any = RowsField(
        Quote.objects.none(),
        required=False,
        label=_("Uitspraken van bewoners"),
        error_messages={
            "invalid_choice": _("Kies alleen uitspraken uit gepubliceerde verhalen van dit project."),
            "invalid_pk_value": _("Kies alleen uitspraken uit gepubliceerde verhalen van dit project."),
        },
    )
    passages: Any = PassagesField(required=False, label=_("Zinnen uit verhalen"))

    class Meta:
        model = Inzicht
        fields: ClassVar[list[str]] = ["title", "chapter", "relation", "text", "figures", "quotes"]
        widgets: ClassVar[dict[str, Any]] = {
            "relation": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("Bijvoorbeeld: “Het donkere plein is de plek, niet de hele buurt.”"),
        }

    def __init__(self, project: Project, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["figures"].queryset = ScanFigure.objects.of(project)  # type: ignore[attr-defined]
        self.fields["quotes"].queryset = Quote.objects.of(project).published()  # type: ignore[attr-defined]
        self.fields["passages"].project = project  # type: ignore[attr-defined]
        self.fields["chapter"].choices = [("", _("Kies een hoofdstuk")), *Chapter.choices]  # type: ignore[attr-defined]
        self.fields["relation"].choices = Inzicht.Relation.choices  # type: ignore[attr-defined]
        if self.instance.pk is None:
            del self.fields["version"]

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """All but the choice of evidence, which has its own part of the page."""
        return [self[name] for name in ("title", "chapter", "relation", "text")]


class FindForm(forms.Form):
    """What to look for among the figures and the stories."""

    figure_q = forms.CharField(label=_("Zoek een cijfer"), required=False, max_length=100)
    figure_chapter = forms.ChoiceField(label=_("Hoofdstuk van het cijfer"), required=False)
    story_q = forms.CharField(label=_("Zoek in de verhalen"), required=False, max_length=100)
    story_chapter = forms.ChoiceField(label=_("Hoofdstuk van het verhaal"), required=False)
    story_theme = forms.ChoiceField(label=_("Thema van een citaat"), required=False)

    def __init__(self, *args: Any, project: Project, **options: Any) -> None:
        super().__init__(*args, **options)
        themes = Theme.objects.of(project).order_by("name").values_list("pk", "name")
        self.fields["story_theme"].choices = [("", _("Alle thema’s")), *themes]  # type: ignore[attr-defined]
        for name in ("figure_chapter", "story_chapter"):
            self.fields[name].choices = [("", _("Alle hoofdstukken")), *Chapter.choices]  # type: ignore[attr-defined]

    def value(self, name: str) -> str:
        """What was filled in, or nothing when it cannot be looked for."""
        if not self.is_bound:
            return str(self.initial.get(name, ""))
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


class InzichtFilter(forms.Form):
    hoofdstuk = forms.ChoiceField(label=_("Hoofdstuk"), required=False)
    verband = forms.ChoiceField(label=_("Hoe horen ze bij elkaar?"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        every = {"hoofdstuk": Chapter.choices, "verband": Inzicht.Relation.choices}
        for name, choices in every.items():
            self.fields[name].choices = [("", _("alle")), *choices]  # type: ignore[attr-defined]

    def narrow(self, rows: InzichtQuerySet) -> InzichtQuerySet:
        if not self.is_valid():
            return rows.none()
        wanted = {"chapter": self.cleaned_data["hoofdstuk"], "relation": self.cleaned_data["verband"]}
        return rows.filter(**{name: value for name, value in wanted.items() if value})

    @property
    def is_narrow(self) -> bool:
        return any(self.data.get(name) for name in self.fields)
