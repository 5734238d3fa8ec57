"""Telling the screens that there is something new: in the same write, so that none misses it."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from core.errors import Conflict
from wijkwerksessie.models import Wijkwerksessie


def for_screens() -> dict[str, Any]:
    """New for the projector and the facilitator."""
    return {"change": F("change") + 1}


def for_everybody() -> dict[str, Any]:
    """New for them and for every phone."""
    return {**for_screens(), "phone_change": F("phone_change") + 1}


def announce(sessie: Wijkwerksessie, changes: dict[str, Any], **expected: Any) -> None:
    """Write the news, and hold the session's row until the end of the transaction.

    Raises Conflict if the session is no longer as `expected`: the round is over, say.
    """
    if Wijkwerksessie.objects.filter(pk=sessie.pk, **expected).update(**changes) != 1:
        raise Conflict(_("Dit kan nu niet meer: de wijkwerksessie is intussen verder gegaan."))
