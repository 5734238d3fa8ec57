"""Asking for a file. Each form gives `language` and `options` for `request_file`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.models import Project
from stories.models import Language, StoryFile


class FileForm(forms.Form):
    """A file in one language, about no story in particular."""

    language = forms.ChoiceField(label=_("Taal"), choices=Language.choices, initial=Language.NL)

    def __init__(self, data: Any = None, *, project: Project) -> None:
        super().__init__(data, auto_id=f"{type(self).__name__.lower()}_%s")
        self.project = project

    def clean(self) -> dict[str, Any]:
        fields = self.cleaned_data
        options = {name: value for name, value in fields.items() if name != "language" and value}
        return {"language": fields.get("language", Language.NL), "options": options}


class PosterForm(FileForm):
    """The address of the form, large, for a wall."""


FILE_FORMS: dict[str, type[FileForm]] = {StoryFile.Kind.POSTER: PosterForm}
