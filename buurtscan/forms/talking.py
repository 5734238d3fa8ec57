"""What the kernteam writes about the figures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtscan.models import FigureMark, ScanQuestion
from core.forms import MOST, VersionField
from projects.chapters import Chapter


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Renewable(forms.Form):
    def renew(self, name: str, value: int) -> None:
        """After a conflict: what was typed stays, and the next click starts from what is there now."""
        self.data: Any = self.data.copy()
        self.data[name] = value


class QuestionForm(Renewable):
    text = forms.CharField(
        label=_("Uw vraag"),
        max_length=300,
        widget=area(3),
        help_text=_("Eén zin die eindigt met een vraagteken. Bijvoorbeeld: “Vinden jongeren hier werk?”"),
    )
    chapters = forms.MultipleChoiceField(
        label=_("Bij welke hoofdstukken hoort de vraag?"),
        choices=Chapter.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies ten minste één hoofdstuk.")},
    )


class EditQuestionForm(QuestionForm):
    version = VersionField()

    @classmethod
    def of(cls, question: ScanQuestion) -> EditQuestionForm:
        return cls(initial={name: getattr(question, name) for name in ("text", "chapters", "version")})


class AnswerForm(Renewable):
    """`choices` are the figures that there are in the chapters of the question, by chapter."""

    version = VersionField()
    indicators = forms.MultipleChoiceField(
        label=_("Welke cijfers zeggen hier iets over?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Kies cijfers uit de hoofdstukken van deze vraag.")},
    )
    answered = forms.CharField(
        label=_("Wat de cijfers hierover zeggen"), max_length=2_000, required=False, widget=area(5)
    )
    unanswered = forms.CharField(
        label=_("Wat de cijfers niet zeggen"),
        max_length=2_000,
        required=False,
        widget=area(4),
        help_text=_("Wat wilt u nog aan bewoners vragen? Van wie gaat dit cijfer eigenlijk niet?"),
    )

    def __init__(
        self, choices: Iterable[tuple[str, list[tuple[str, str]]]], *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["indicators"].choices = list(choices)  # type: ignore[attr-defined]

    @classmethod
    def of(cls, question: ScanQuestion, choices: Iterable[tuple[str, list[tuple[str, str]]]]) -> AnswerForm:
        return cls(choices, initial={name: getattr(question, name) for name in cls.base_fields})


class MoveForm(forms.Form):
    was = forms.IntegerField(min_value=0, max_value=MOST)
    direction = forms.ChoiceField(choices=[("omhoog", "omhoog"), ("omlaag", "omlaag")])


class MarkForm(Renewable):
    """`version` is that of one's own mark, 0 for none."""

    version = forms.IntegerField(min_value=0, max_value=MOST, widget=forms.HiddenInput, initial=0)
    kind = forms.ChoiceField(
        label=_("Wat is dit cijfer voor u?"), choices=FigureMark.Kind, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Waarom?"), max_length=300, widget=area(3))

    @classmethod
    def of(cls, mark: FigureMark | None) -> MarkForm:
        names = ("version", "kind", "reason")
        return cls(initial={name: getattr(mark, name) for name in names} if mark else {"version": 0})


class HideForm(forms.Form):
    """What the figure should be after the click, so that two clicks are one."""

    hidden = forms.ChoiceField(choices=[("1", "1"), ("0", "0")])


class DuidingForm(Renewable):
    """`number` is that of the text that was on the screen, 0 for none."""

    number = forms.IntegerField(min_value=0, max_value=MOST, widget=forms.HiddenInput, initial=0)
    text = forms.CharField(
        label=_("Wat ziet u in deze cijfers?"),
        max_length=4_000,
        required=False,
        widget=area(10),
        help_text=_("Noem gerust wat u niet zeker weet. Een lege tekst haalt de duiding weg."),
    )


class RestoreForm(forms.Form):
    older = forms.IntegerField(min_value=1, max_value=MOST, widget=forms.HiddenInput)
    number = forms.IntegerField(min_value=0, max_value=MOST, widget=forms.HiddenInput)


class NoteForm(forms.Form):
    """`key` is drawn when the form is shown: a double click sends it twice."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    chapter = forms.ChoiceField(label=_("Bij welk hoofdstuk?"), choices=Chapter.choices)
    text = forms.CharField(
        label=_("Wat valt u op?"), max_length=500, widget=area(4), help_text=_("Noem geen namen.")
    )
