from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import VersionField
from projects.models import Invitation, Membership, Role, Side, User


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Rol"), choices=Role, initial=Role.KERNTEAMLID)
    side = forms.ChoiceField(
        label=_("Namens wie?"),
        choices=[("", _("niet van toepassing")), *Side.choices],
        required=False,
        help_text=_("Nodig voor een kernteamlid."),
    )
    moderator = forms.BooleanField(
        label=_("Is moderator: leest en beoordeelt verhalen die nog niemand zag"), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("role") == Role.KERNTEAMLID and cleaned.get("side") == "":
            self.add_error("side", gettext("Kies namens wie dit kernteamlid meedoet."))
        return cleaned


class MemberForm(RoleForm):
    version = VersionField()

    @classmethod
    def of(cls, membership: Membership) -> MemberForm:
        return cls(initial={name: getattr(membership, name) for name in cls.base_fields})


class InviteForm(RoleForm):
    field_order = ["name", "email"]
    name = forms.CharField(label=_("Naam"), max_length=80)
    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        help_text=_("Op dit adres komt een mail met een link. De link werkt 14 dagen."),
    )


class JoinForm(forms.Form):
    """Makes the account of somebody who was invited."""

    name = forms.CharField(
        label=_("Uw naam"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Kies een wachtwoord"),
        max_length=128,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "Minstens 10 tekens. Wilt u geen wachtwoord? Dan mailen wij u bij het inloggen steeds een code."
        ),
    )

    def __init__(self, data: Any, *, invitation: Invitation) -> None:
        super().__init__(data, initial={"name": invitation.name})
        self.email = invitation.email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            name = self.cleaned_data.get("name", "")
            validate_password(password, User(email=self.email, name=name))
        return password
