"""The steps of a moderator."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.models import Story
from stories.personal import findings
from stories.texts import clean_text


class JudgeForm(forms.Form):
    """A step with a story; `seen` is the state the moderator saw."""

    seen = forms.ChoiceField(choices=Story.State, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, story: Story) -> None:
        super().__init__(data, initial={"seen": story.state}, auto_id=f"verhaal-{story.pk}-%s")


class RejectForm(JudgeForm):
    reason = forms.ChoiceField(
        label=_("Waarom wijst u het af?"),
        choices=[("", _("kies een reden")), *Story.Reason.choices],
        error_messages={"required": _("Kies waarom u dit verhaal afwijst.")},
    )
    note = forms.CharField(label=_("Toelichting voor andere moderatoren"), required=False, max_length=300)


class MaskForm(JudgeForm):
    found = forms.MultipleChoiceField(
        label=_("Gevonden"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=_("Andere woorden, elk op een eigen regel"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, story: Story) -> None:
        super().__init__(data, story=story)
        pieces = [(story.text[each.start : each.end], each.kind) for each in findings(story.text)]
        choices = {text: f"{text} ({kind})" for text, kind in pieces}
        self.fields["found"].choices = list(choices.items())  # type: ignore[attr-defined]
        if not choices:
            del self.fields["found"]

    def clean(self) -> dict[str, Any]:
        lines = [clean_text(line) for line in self.cleaned_data.get("words", "").splitlines()]
        words = [*self.cleaned_data.get("found", []), *filter(None, lines)]
        if not words and not self.errors:
            self.add_error("words", gettext("Zeg eerst welke woorden weg moeten."))
        return {"seen": self.cleaned_data.get("seen", ""), "words": words}
