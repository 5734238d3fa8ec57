"""Make what is made and not committed: the fonts of the pages (Latin and Latin-extended subsets of
Source Sans as WOFF2) and the translations in the form that gettext reads."""

import os
from pathlib import Path
from typing import Any

import font_source_sans_pro
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand
from fontTools import subset

WEIGHTS = {400: "SourceSansPro-Regular.ttf", 700: "SourceSansPro-Bold.ttf"}
LATIN = "U+0020-007E,U+00A0-017F,U+018F,U+0218-021B,U+0259,U+02BC,U+2010-2026,U+2030,U+20AC,U+2190-2193,U+2212,U+25B2,U+25BC,U+2713"


class Command(BaseCommand):
    help = "Makes the web fonts and the translations; does nothing for what is there and as new."

    def handle(self, *args: Any, **options: Any) -> None:
        make_fonts()
        make_translations()


def make_fonts() -> None:
    source = Path(font_source_sans_pro.__file__).parent / "files"
    target = Path(settings.BASE_DIR) / "static" / "build" / "fonts"
    target.mkdir(parents=True, exist_ok=True)
    for weight, name in WEIGHTS.items():
        file = target / f"source-sans-{weight}.woff2"
        if not file.exists():
            half = file.with_suffix(f".{os.getpid()}")
            subset.main(
                [str(source / name), f"--unicodes={LATIN}", "--flavor=woff2", f"--output-file={half}"]
            )
            half.replace(file)


def make_translations() -> None:
    """Every `.po` as a `.mo` beside it, whole or not at all."""
    for folder in settings.LOCALE_PATHS:
        for source in Path(folder).glob("*/LC_MESSAGES/*.po"):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            half = source.with_suffix(f".{os.getpid()}")
            with source.open("rb") as texts, half.open("wb") as file:
                write_mo(file, read_po(texts, locale=source.parts[-3]))
            half.replace(target)
