"""Make the beheerder of this installation, who starts the first project."""

import getpass
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse

from projects.actions import create_beheerder


class Command(BaseCommand):
    help = "Makes a beheerder. The password comes from BEHEERDER_PASSWORD or is asked for; empty is allowed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        password = os.environ.get("BEHEERDER_PASSWORD") or asked_password()
        try:
            validate_email(options["email"])
            if password:
                validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user, created = create_beheerder(options["email"], name=options["name"][:80], password=password)
        self.stdout.write(
            f"{user.email} is nu beheerder." if created else f"{user.email} was er al en is nu beheerder."
        )
        page = "account_login" if password else "account_request_login_code"
        how = "met het wachtwoord" if password else "met een code per mail"
        self.stdout.write(f"Log in {how}: {settings.SITE_URL}{reverse(page)}")


def asked_password() -> str:
    """Typed without echo; "" when nobody is at the keyboard."""
    if not sys.stdin.isatty():
        return ""
    return getpass.getpass("Wachtwoord (leeg: inloggen met een code per mail): ")
