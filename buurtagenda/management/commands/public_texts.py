"""`manage.py public_texts`: brings the files of translators in line with the Dutch texts of the pages."""

from typing import Any

from django.core.management.base import BaseCommand

from buurtagenda.public_texts import TRANSLATED, translations, write_translations


class Command(BaseCommand):
    help = "Adds new texts of the pages of residents to locale/, and takes out those that are gone."

    def handle(self, *args: Any, **options: Any) -> None:
        for language in TRANSLATED:
            catalog = translations(language)
            write_translations(language, catalog)
            lacking = sum(1 for text in catalog if text.id and not _whole(text.string))
            self.stdout.write(f"{language}: {len(catalog)} texts, {lacking} not translated yet")


def _whole(string: Any) -> bool:
    return all(string) if isinstance(string, list | tuple) else bool(string)
