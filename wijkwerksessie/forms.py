import secrets
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from projects.chapters import Chapter
from stories.texts import MAX_CARD, clean_text
from wijkwerksessie.join_codes import read_join_code
from wijkwerksessie.models import Card, Round, Wijkwerksessie

MOST_LINES, MOST_BESIDE_CARDS = 8, 200


def new_token() -> str:
    return secrets.token_urlsafe(16)


class CardText(forms.CharField):
    """One line of at most 280 characters; length and emptiness are judged after cleaning."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        messages = {
            "required": _("Schrijf eerst iets op uw kaartje."),
            "max_length": _("Uw kaartje is te lang: %(show_value)d tekens. Er passen 280 tekens op."),
        }
        options = {"max_length": MAX_CARD, "error_messages": messages, **options}
        super().__init__(**options)
        self.widget.attrs.update(rows=4, dir="auto", autocomplete="off")

    def to_python(self, value: Any) -> str:
        return " ".join(clean_text(super().to_python(value) or "").split())


class TokenForm(forms.Form):
    """A form whose second sending is recognised."""

    form_token = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("form_token", new_token())


class CardForm(TokenForm):
    text = CardText(label=_("Uw kaartje"), help_text=_("Hoogstens 280 tekens. Noem geen namen of adressen."))


def rounds_of(sessie: Wijkwerksessie, kind: str) -> forms.ModelChoiceField:
    """Asks for a round of this kind only when there are more of them."""
    field = forms.ModelChoiceField(
        sessie.rounds.filter(kind=kind), label=_("Bij welke ronde?"), empty_label=None
    )
    known = list(field.queryset[:2]) if field.queryset is not None else []
    if len(known) == 1:
        field.widget = forms.HiddenInput()
        field.initial = known[0].pk
    return field


class PaperCardForm(TokenForm):
    """A card that somebody wrote on paper."""

    text = CardText(label=_("Wat staat er op het kaartje?"))

    def __init__(self, *args: Any, sessie: Wijkwerksessie, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["round"] = rounds_of(sessie, Round.Kind.KAARTJES)
        self.order_fields(["round", "text"])
        if sessie.current_round is not None and sessie.current_round.cards_round_id:
            self.initial.setdefault("round", sessie.current_round.cards_round_id)


class PaperDotsForm(forms.Form):
    """Dots that were counted by hand on one card."""

    number = forms.IntegerField(label=_("Nummer van het kaartje"), min_value=1, max_value=100_000)
    dots = forms.IntegerField(label=_("Aantal stippen op papier"), min_value=0, max_value=1000)

    def __init__(self, *args: Any, sessie: Wijkwerksessie, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["round"] = rounds_of(sessie, Round.Kind.STEMMEN)
        self.order_fields(["round", "number", "dots"])
        if sessie.current_round is not None and sessie.current_round.asks_votes:
            self.initial.setdefault("round", sessie.current_round.pk)


class JoinForm(forms.Form):
    code = forms.CharField(
        label=_("Code van zes cijfers"),
        max_length=40,
        error_messages={"required": _("Vul de zes cijfers in. Ze staan op het scherm in de zaal.")},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "123 456", "class": "code"}
        ),
    )

    def clean_code(self) -> str:
        code = read_join_code(self.cleaned_data["code"])
        if not code:
            raise ValidationError(_("Een code heeft zes cijfers, zoals 123 456."))
        return code


class SessieForm(forms.ModelForm):
    class Meta:
        model = Wijkwerksessie
        fields: ClassVar[list[str]] = ["title", "held_on", "place"]
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "held_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        }


class SessieEditForm(SessieForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class RoundForm(forms.ModelForm):
    """Texts stay short enough to be read from eight metres."""

    class Meta:
        model = Round
        fields: ClassVar[list[str]] = ["kind", "title", "text", "minutes", "about", "cards_from", "dots"]
        labels: ClassVar[dict[str, Any]] = {"about": _("Over welk hoofdstuk gaan de kaartjes?")}
        help_texts: ClassVar[dict[str, Any]] = {
            "text": _("Bij uitleg hoogstens 8 regels. Bij kaartjes en stemmen hoogstens 200 tekens."),
            "cards_from": _("Alleen voor een stemronde."),
            "dots": _("Alleen voor een stemronde: 1 tot en met 10."),
        }
        widgets: ClassVar[dict[str, forms.Widget]] = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, sessie: Wijkwerksessie, before: int | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        sources = sessie.rounds.filter(kind=Round.Kind.KAARTJES)
        if before is not None:
            sources = sources.filter(position__lt=before)
        self.fields["cards_from"].queryset = sources  # type: ignore[attr-defined]
        self.fields["cards_from"].empty_label = _("geen")  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("Kies een soort")), *Round.Kind.choices]  # type: ignore[attr-defined]
        self.fields["about"].choices = [("", _("geen hoofdstuk")), *Chapter.choices]  # type: ignore[attr-defined]
        self.fields["dots"].required = False

    def clean_dots(self) -> int:
        return self.cleaned_data.get("dots") or 3

    def clean_text(self) -> str:
        return clean_text(self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        text, kind = cleaned.get("text", ""), cleaned.get("kind")
        if kind == Round.Kind.UITLEG and text.count("\n") >= MOST_LINES:
            self.add_error("text", _("Gebruik hoogstens 8 regels. Dan past de uitleg op het scherm."))
        if kind != Round.Kind.UITLEG and len(text) > MOST_BESIDE_CARDS:
            self.add_error("text", _("Gebruik hoogstens 200 tekens. Dan blijft er ruimte voor de kaartjes."))
        if kind != Round.Kind.STEMMEN:
            cleaned["cards_from"] = None
        return cleaned


class RoundEditForm(RoundForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class MoveForm(forms.Form):
    position = forms.IntegerField(min_value=0, max_value=32_000, widget=forms.HiddenInput)
    earlier = forms.TypedChoiceField(
        choices=[("1", ""), ("0", "")], coerce=lambda value: value == "1", widget=forms.HiddenInput
    )


class CurrentForm(forms.Form):
    """What a button of the facilitator knows of the session: the round that was on the screen."""

    current = forms.IntegerField(min_value=1, max_value=2**62, widget=forms.HiddenInput)


class StepForm(CurrentForm):
    direction = forms.ChoiceField(choices=[("next", ""), ("previous", "")])


class MinutesForm(CurrentForm):
    added = forms.IntegerField(min_value=0, max_value=1000, widget=forms.HiddenInput)
    minutes = forms.TypedChoiceField(choices=[("1", ""), ("5", "")], coerce=int)


class ResultsForm(CurrentForm):
    shown = forms.TypedChoiceField(choices=[("1", ""), ("0", "")], coerce=lambda value: value == "1")


class DotForm(forms.Form):
    """Give or take back the dot on one card, in the round that the phone showed."""

    round = forms.IntegerField(min_value=1, max_value=2**62)
    card = forms.IntegerField(min_value=1, max_value=2**62)
    way = forms.ChoiceField(choices=[("give", ""), ("take", "")])


class PublishForm(forms.Form):
    """The cards on one page: a tick and a chapter for each, and a chapter for the rest."""

    rest = forms.ChoiceField(
        label=_("Hoofdstuk voor alle kaartjes waarbij u niets anders kiest"),
        choices=[("", _("Kies een hoofdstuk")), *Chapter.choices],
        required=False,
    )

    def __init__(self, *args: Any, cards: list[Card], **options: Any) -> None:
        super().__init__(*args, **options)
        self.cards = cards
        for card in cards:
            self.fields[f"card_{card.pk}"] = forms.BooleanField(
                required=False, initial=True, label=_("Kaartje %(number)d") % {"number": card.number}
            )
            self.fields[f"about_{card.pk}"] = forms.ChoiceField(
                required=False,
                initial=card.round.about,
                label=_("Hoofdstuk van kaartje %(number)d") % {"number": card.number},
                choices=[("", _("zoals onderaan gekozen")), *Chapter.choices],
            )

    def rows(self) -> list[tuple[Card, forms.BoundField, forms.BoundField]]:
        return [(card, self[f"card_{card.pk}"], self[f"about_{card.pk}"]) for card in self.cards]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        rest = cleaned.get("rest") or ""
        ticked = [card for card in self.cards if cleaned.get(f"card_{card.pk}")]
        chosen = {card.pk: cleaned.get(f"about_{card.pk}") or rest for card in ticked}
        if any(not about for about in chosen.values()):
            self.add_error("rest", _("Kies een hoofdstuk, of kies er een bij elk kaartje."))
        return {"chosen": chosen}
