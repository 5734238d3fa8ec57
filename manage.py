#!/usr/bin/env python
import importlib
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from environs import EnvError


def main() -> None:
    settings = os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buurtagenda.settings")
    try:
        importlib.import_module(settings)
    except (ImproperlyConfigured, EnvError) as refusal:
        sys.exit(f"Buurtagenda does not start: {refusal}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
