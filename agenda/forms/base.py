from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.cas import Versioned

MOST_DIGITS = 18


class RowsField(forms.ModelMultipleChoiceField):
    """Rows by id; an id that no row can have is refused like any other unknown one."""

    def _check_values(self, value: Any) -> Any:
        for one in value:
            if len(str(one)) > MOST_DIGITS:
                message = self.error_messages["invalid_choice"]
                raise ValidationError(message, code="invalid_choice", params={"value": one})
        return super()._check_values(value)  # type: ignore[misc]


class FieldsOf(forms.ModelForm):
    """The fields of a model, cleaned. The row is not touched: writing is for the action."""

    conflict = False

    def _post_clean(self) -> None:
        pass

    def renew(self, row: Versioned) -> None:
        """After a conflict: what was typed stays, and the next click starts from what is there now."""
        newest = type(row)._default_manager.filter(pk=row.pk).values_list("version", flat=True).first()
        if "version" in self.fields and newest is not None:
            self.data: Any = self.data.copy()
            self.data["version"] = newest
