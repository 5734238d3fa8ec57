from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation only; every message says "u"."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Dit account is uitgezet. Vraag het aan uw coördinator."),
        "cannot_remove_primary_email": _("Dit is het adres waarmee u inlogt. U kunt het niet weghalen."),
        "duplicate_email": _("Dit adres hoort al bij uw account."),
        "email_password_mismatch": _("Het e-mailadres of het wachtwoord klopt niet."),
        "email_taken": _("Er is al een account met dit adres."),
        "enter_current_password": _("Typ het wachtwoord dat u nu hebt."),
        "incorrect_code": _("Deze code klopt niet."),
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "invalid_or_expired_key": _("Deze link klopt niet of is verlopen."),
        "invalid_login": _("Inloggen lukte niet."),
        "invalid_password_reset": _("Deze link klopt niet of is al gebruikt."),
        "rate_limited": _("U probeert het te vaak achter elkaar. Wacht een paar minuten."),
        "same_as_current": _("Kies iets anders dan wat u nu hebt."),
        "too_many_login_attempts": _("Het ging te vaak mis. Wacht vijf minuten en probeer het opnieuw."),
        "unverified_primary_email": _("Bevestig eerst uw e-mailadres."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
