"""The steps of a moderator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import MOST
from stories.actions.faces import REMOVE
from stories.models import Story, StoryPhoto
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
    """A button for each finding sends `found`, the button for all of them `everything`."""

    found = forms.MultipleChoiceField(required=False)
    everything = forms.BooleanField(required=False)
    words = forms.CharField(
        label=_("Andere woorden, elk op een eigen regel"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, story: Story, concerns: dict[str, str]) -> None:
        """`concerns` are the findings in the story: the words, and what they look like."""
        super().__init__(data, story=story)
        self.concerns = concerns
        self.fields["found"].choices = list(concerns.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        lines = [clean_text(line) for line in self.cleaned_data.get("words", "").splitlines()]
        marked = self.concerns if self.cleaned_data.get("everything") else self.cleaned_data.get("found", [])
        words = [*marked, *filter(None, lines)]
        if not words and not self.errors:
            self.add_error("words", gettext("Zeg eerst welke woorden weg moeten."))
        return {"seen": self.cleaned_data.get("seen", ""), "words": words}


class FacesForm(JudgeForm):
    answer = forms.ChoiceField(
        label=_("Staan er herkenbare mensen op de foto?"),
        choices=[
            (StoryPhoto.Faces.NONE, _("Nee, niemand is te herkennen")),
            (StoryPhoto.Faces.AGREED, _("Ja, en ik weet dat zij het goed vinden (bij kinderen: hun ouders)")),
            (REMOVE, _("Ja, of ik twijfel: haal de foto weg. Dat kan niet terug")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een van de antwoorden.")},
    )


class CareForm(JudgeForm):
    why = forms.CharField(
        label=_("Wat maakt u bezorgd?"),
        max_length=300,
        help_text=_("Een zin. Schrijf geen namen op."),
        error_messages={"required": _("Schrijf in een zin wat u bezorgd maakt.")},
    )


class CloseCareForm(forms.Form):
    handed_to = forms.CharField(
        label=_("Aan wie gaf u het door?"),
        max_length=200,
        help_text=_(
            "Bijvoorbeeld: Veilig Thuis, op advies van de wijkprofessional. Was het niet nodig? Schrijf waarom."
        ),
        error_messages={"required": _("Schrijf aan wie u het doorgaf, of waarom dat niet nodig was.")},
    )

    def __init__(self, data: Any = None, *, story: Story) -> None:
        super().__init__(data, auto_id=f"verhaal-{story.pk}-%s")
        self.story = story


class NextForm(forms.Form):
    """`after` is the story that the moderator comes from."""

    after = forms.IntegerField(required=False, min_value=1, max_value=MOST)


class TogetherForm(forms.Form):
    """One step with several stories; each box carries the number of a story and the state on the screen."""

    MOST_AT_ONCE = 100

    chosen = forms.Field(required=False)
    verb = forms.ChoiceField(choices=[(verb, verb) for verb in ("publiceren", "aanhouden", "afwijzen")])
    reason = forms.ChoiceField(
        label=_("Reden (bij afwijzen)"),
        required=False,
        choices=[("", _("kies een reden")), *Story.Reason.choices],
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="samen-%s")
        self.boxes: list[str] = data.getlist("chosen")[: self.MOST_AT_ONCE] if data is not None else []

    def clean_chosen(self) -> list[tuple[int, str]]:
        pairs = [box.partition(":") for box in self.boxes]
        known = [
            (int(number), state)
            for number, _colon, state in pairs
            if number.isascii() and number.isdecimal() and int(number) <= MOST and state in Story.State.values
        ]
        if not known:
            raise forms.ValidationError(gettext("Zet eerst een vinkje bij de verhalen die u bedoelt."))
        return known

    def clean(self) -> dict[str, Any]:
        fields = self.cleaned_data
        if fields.get("verb") == "afwijzen" and "reason" not in self.errors and not fields.get("reason"):
            self.add_error("reason", gettext("Kies waarom u deze verhalen afwijst."))
        return fields
