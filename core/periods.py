"""The years something lasts."""

from typing import Any

from django.utils.translation import gettext as _

from core.errors import DomainError


def check_years(fields: dict[str, Any]) -> None:
    """Raises DomainError beside `ends` when it lies before `starts`; either may be unknown."""
    starts, ends = fields.get("starts"), fields.get("ends")
    if starts and ends and ends < starts:
        raise DomainError(_("Het laatste jaar ligt voor het eerste jaar."), "ends")
