"""Make the fonts of the pages: Latin and Latin-extended subsets of Source Sans as WOFF2."""

import os
from pathlib import Path
from typing import Any

import font_source_sans_pro
from django.conf import settings
from django.core.management.base import BaseCommand
from fontTools import subset

WEIGHTS = {400: "SourceSansPro-Regular.ttf", 700: "SourceSansPro-Bold.ttf"}
LATIN = "U+0020-007E,U+00A0-017F,U+018F,U+0218-021B,U+0259,U+02BC,U+2010-2026,U+2030,U+20AC,U+2190-2193,U+2212,U+25B2,U+25BC,U+2713"


class Command(BaseCommand):
    help = "Makes the web fonts once; does nothing when they are there."

    def handle(self, *args: Any, **options: Any) -> None:
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
