from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gebieden.models import Area


class AreasField(forms.CharField):
    """Codes of buurten or wijken, typed with a space between them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=1000, **options)

    def prepare_value(self, value: Any) -> Any:
        return " ".join(area.code for area in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[Area]:
        codes = set(super().clean(value).replace(",", " ").upper().split())
        areas = list(Area.objects.newest().filter(code__in=codes))
        if len(areas) != len(codes):
            raise ValidationError(_("Een van deze codes kennen wij niet."))
        return areas
