"""Asking for a file. Each form gives `language` and `options` for `request_file`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from projects.chapters import Chapter
from projects.models import Project
from stories.files.booklet import chosen_stories
from stories.forms.finding import FilterForm
from stories.models import Language, StoryFile, Theme
from stories.texts import clean_text


class FileForm(forms.Form):
    """What every file is asked for with; `options` are kept as they were typed."""

    def __init__(self, data: Any = None, *, project: Project) -> None:
        super().__init__(data, auto_id=f"{type(self).__name__.lower()}_%s")
        self.project = project

    def clean(self) -> dict[str, Any]:
        fields = self.cleaned_data
        options = {name: value for name, value in fields.items() if name != "language" and value}
        return {"language": fields.get("language", Language.NL), "options": options}


class PosterForm(FileForm):
    """The address of the form, large, for a wall."""

    language = forms.ChoiceField(label=_("Taal"), choices=Language.choices, initial=Language.NL)


class PaperForm(PosterForm):
    return_to = forms.CharField(
        label=_("Waar levert iemand het in?"),
        required=False,
        max_length=120,
        help_text=_("Dit komt onderaan te staan. Bijvoorbeeld: de balie van het buurthuis."),
    )

    def clean_return_to(self) -> str:
        return clean_text(self.cleaned_data["return_to"])


class BookletForm(FilterForm):
    """The stories are chosen as on the story wall."""

    title = forms.CharField(label=_("Titel van het boekje"), max_length=80)

    field_order = ("title", "order", "q", "about", "theme", "feeling", "door", "language")

    def __init__(self, data: Any = None, *, project: Project) -> None:
        super().__init__(data, project=project, auto_id="bookletform_%s", initial={"order": "hoofdstuk"})
        self.project = project

    def clean_title(self) -> str:
        title = clean_text(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError(_("Geef het boekje een titel."))
        return " ".join(title.split())

    def clean(self) -> dict[str, Any]:
        """The filter as it was typed, since the worker fills in the same form again."""
        if self.errors:
            return {}
        names = [name for name in self.fields if name != "title" and self.data.get(name)]
        options = {"title": self.cleaned_data["title"], **{name: self.data[name] for name in names}}
        try:
            chosen_stories(self.project, options)
        except DomainError as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return {"language": Language.NL, "options": options}


class QuotesForm(FileForm):
    """All quotes, or those of one theme or chapter."""

    theme = forms.TypedChoiceField(label=_("Thema"), required=False, coerce=int, empty_value=None)
    chapter = forms.ChoiceField(
        label=_("Hoofdstuk"), required=False, choices=[("", _("alle hoofdstukken")), *Chapter.choices]
    )

    def __init__(self, data: Any = None, *, project: Project) -> None:
        super().__init__(data, project=project)
        themes = Theme.objects.of(project).order_by("name").values_list("pk", "name")
        self.fields["theme"].choices = [("", _("alle thema’s")), *themes]  # type: ignore[attr-defined]


class QuotesInWordForm(QuotesForm):
    """The same, with names of fields of its own on the page."""


FILE_FORMS: dict[str, Any] = {
    StoryFile.Kind.POSTER: PosterForm,
    StoryFile.Kind.PAPER: PaperForm,
    StoryFile.Kind.BOOKLET: BookletForm,
    StoryFile.Kind.QUOTES_XLSX: QuotesForm,
    StoryFile.Kind.QUOTES_DOCX: QuotesInWordForm,
}
