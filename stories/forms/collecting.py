"""The story of somebody else, entered by a member."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.forms.hearing import BackgroundQuestions
from stories.forms.telling import StoryForm
from stories.models import Story


class CollectForm(BackgroundQuestions, StoryForm):
    """The story of somebody else, entered by a member."""

    door = Story.Door.HELPER
    consent = forms.BooleanField(
        label=_("De verteller vindt het goed dat wij dit verhaal gebruiken. Ik heb het gevraagd."),
        error_messages={"required": _("Vraag eerst of de verteller het goed vindt.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = gettext("Het verhaal")
