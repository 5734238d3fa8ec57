"""A form field for one wijk, one buurt, or a set of buurten."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gebieden.models import Area, Level
from gebieden.picker import MOST_CODES, Choice, clean_codes, is_code, picker


class AreasWidget(forms.Widget):
    """Search box, results and what was chosen; its search button works without JavaScript."""

    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Choice:
        return Choice.sent(data, name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def id_for_label(self, id_: str | None) -> str:
        return ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        described = (attrs or {}).get("aria-describedby", "")
        context = {"picker": picker(choice_of(value)), "name": name, "described": described}
        return render_to_string("gebieden/areas_widget.html", context)


class AreasField(forms.Field):
    """Codes in, areas out: one wijk or some buurten, of the newest vintage that has them all."""

    widget = AreasWidget

    def clean(self, value: Any) -> list[Area]:
        choice = choice_of(value)
        if choice.searching:
            raise ValidationError(_("Kies een gebied uit wat wij vonden."), code="searching")
        if not choice.codes:
            if self.required:
                raise ValidationError(_("Kies een wijk of een buurt."), code="required")
            return []
        if len(choice.codes) > MOST_CODES:
            raise ValidationError(_("Kies minder buurten: hooguit %(most)s.") % {"most": MOST_CODES})
        areas = areas_of(choice.codes)
        check_levels(areas)
        return areas

    def has_changed(self, initial: Any, data: Any) -> bool:
        return sorted(choice_of(initial).codes) != sorted(choice_of(data).codes)


def choice_of(value: Any) -> Choice:
    """From what a form sent, from areas, or from plain codes."""
    if isinstance(value, Choice):
        return value
    if isinstance(value, str):
        value = [value]
    items = value if isinstance(value, Iterable) else []
    return Choice(tuple(clean_codes(item.code if isinstance(item, Area) else item for item in items)))


def areas_of(codes: Iterable[str]) -> list[Area]:
    """The areas of the newest vintage in which all codes exist. Raises ValidationError."""
    wanted = list(codes)
    known: dict[int, dict[str, Area]] = {}
    for area in Area.objects.filter(code__in=filter(is_code, wanted)).without_geometry():
        known.setdefault(area.vintage, {})[area.code] = area
    whole = [vintage for vintage, areas in known.items() if len(areas) == len(wanted)]
    if whole:
        return [known[max(whole)][code] for code in wanted]
    best = known[max(known)] if known else {}
    missing = ", ".join(code[:20] for code in wanted if code not in best)
    raise ValidationError(
        _("Dit gebied kennen wij niet: %(codes)s.") % {"codes": missing[:200]}, code="unknown"
    )


def check_levels(areas: list[Area]) -> None:
    levels = {area.level for area in areas}
    if not levels <= {Level.WIJK, Level.BUURT}:
        raise ValidationError(_("Kies een wijk of een buurt, geen gemeente."), code="level")
    if len(levels) > 1:
        raise ValidationError(_("Kies een wijk of kies buurten, niet allebei."), code="mixed")
    if levels == {Level.WIJK} and len(areas) > 1:
        raise ValidationError(_("Kies één wijk. Is uw gebied anders? Kies dan losse buurten."), code="wijken")
