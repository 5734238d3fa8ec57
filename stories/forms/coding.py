"""Passages, and the themes that are given to them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import MOST
from projects.chapters import Chapter
from stories.models import Story, Theme
from stories.sentences import Sentence
from stories.texts import clean_text

MOST_NEW = 10
LONGEST_NAME = 60


class NamesField(forms.Field):
    """Names of new themes; empty ones do not count."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        names = [" ".join(clean_text(str(one)).split()) for one in value or []]
        found = list(dict.fromkeys(name for name in names if name))
        if any(len(name) > LONGEST_NAME for name in found):
            text = gettext("De naam van een thema mag hoogstens %(n)s tekens lang zijn.")
            raise ValidationError(text % {"n": LONGEST_NAME})
        if len(found) > MOST_NEW:
            raise ValidationError(gettext("Maak hoogstens %(n)s nieuwe thema’s tegelijk.") % {"n": MOST_NEW})
        return found


class ThemesForm(forms.Form):
    """The themes and the chapter of one quote."""

    chapter = forms.ChoiceField(label=_("Hoofdstuk van het citaat"), required=False)
    themes = forms.TypedMultipleChoiceField(
        label=_("Thema’s"),
        coerce=int,
        required=False,
        error_messages={"invalid_choice": _("Een van deze thema’s is er niet meer. Kies opnieuw.")},
    )
    new_themes = NamesField(label=_("Nieuw thema"), required=False)

    def __init__(
        self, data: Any = None, *, story: Story, known: Sequence[Theme] = (), initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.known = known
        same = gettext("Als het verhaal: %(chapter)s") % {"chapter": story.get_about_display()}
        self.fields["chapter"].choices = [("", same), *Chapter.choices]  # type: ignore[attr-defined]
        self.fields["themes"].choices = [(theme.pk, theme.name) for theme in known]  # type: ignore[attr-defined]

    @property
    def ticked(self) -> set[str]:
        return {str(one) for one in self["themes"].value() or []}

    @property
    def typed_names(self) -> list[str]:
        """What was typed for new themes, to show it again."""
        return [str(one) for one in self["new_themes"].value() or [] if str(one).strip()]


class QuoteForm(ThemesForm):
    """A passage as characters (marked with a script) or from sentence to sentence; becomes characters."""

    start = forms.IntegerField(required=False, min_value=0, max_value=MOST, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=1, max_value=MOST, widget=forms.HiddenInput)
    first = forms.TypedChoiceField(label=_("Van zin"), coerce=int, required=False, empty_value=None)
    last = forms.TypedChoiceField(label=_("Tot en met zin"), coerce=int, required=False, empty_value=None)

    def __init__(self, data: Any = None, *, lines: list[Sentence], **options: Any) -> None:
        super().__init__(data, **options)
        self.lines = lines
        numbers = [(number, f"{number}. {line.text[:50]}") for number, line in enumerate(lines, 1)]
        for name in ("first", "last"):
            self.fields[name].choices = numbers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        if self.errors:
            return {}
        found = self.cleaned_data
        kept = {name: found[name] for name in ("chapter", "themes", "new_themes")}
        if found["start"] is not None and found["end"] is not None:
            return {**kept, "start": found["start"], "end": found["end"]}
        first, last = found["first"], found["last"]
        for name, value in (("first", first), ("last", last)):
            if value is None:
                self.add_error(name, gettext("Kies een zin."))
                return {}
        if last < first:
            self.add_error("last", gettext("Kies een zin die niet voor de eerste staat."))
            return {}
        return {**kept, "start": self.lines[first - 1].start, "end": self.lines[last - 1].end}


class PassageForm(forms.Form):
    """Which piece of a story."""

    start = forms.IntegerField(min_value=0, max_value=MOST)
    end = forms.IntegerField(min_value=1, max_value=MOST)


def chapter_choices(first: str) -> Iterable[tuple[str, Any]]:
    return [("", first), *Chapter.choices]
