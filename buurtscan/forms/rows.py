from typing import Any

from django import forms

from core.cas import Versioned


class RowForm(forms.ModelForm):
    """The fields of a model, cleaned. The row is not touched: writing is for the action."""

    conflict = False

    def _post_clean(self) -> None:
        pass

    def renew(self, row: Versioned) -> None:
        """After a conflict: what was typed stays, and the next click starts from what is there now."""
        newest = type(row)._default_manager.filter(pk=row.pk).values_list("version", flat=True).first()
        if newest is not None:
            self.data: Any = self.data.copy()
            self.data["version"] = newest
