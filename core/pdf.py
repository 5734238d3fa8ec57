"""HTML to a tagged PDF (PDF/UA-1), with our own files only: nothing is fetched from anywhere."""

import mimetypes
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import font_source_sans_pro
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.utils._os import safe_join
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

BASE = "https://pdf.invalid/"
FONTS = {"400": "SourceSansPro-Regular.ttf", "700": "SourceSansPro-Bold.ttf"}
_one_at_a_time = threading.Lock()  # a document takes about 150 MB while it is laid out


@dataclass(frozen=True)
class Pdf:
    data: bytes
    pages: int


class OurFiles(URLFetcher):  # type: ignore[misc]
    """Gives static files, the fonts, and the files it was handed by name (`file:photo-1`).

    Anything else stops the document, so that a text can never make the server fetch an address.
    """

    def __init__(self, handed: Mapping[str, Path]) -> None:
        super().__init__(allowed_protocols=("https", "handed"), fail_on_errors=True)
        self.handed = handed

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        file = self.find(url)
        if file is None:
            raise FatalURLFetchingError(f"not one of our own files: {url}")
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})

    def find(self, url: str) -> Path | None:
        parts = urlsplit(url)
        if parts.scheme == "handed":
            return self.handed.get(parts.path)
        if parts.scheme != "https" or parts.netloc != "pdf.invalid":
            return None
        path = unquote(parts.path)
        if path.startswith("/font/"):
            return font_file(path.removeprefix("/font/"))
        static = "/" + settings.STATIC_URL.lstrip("/")
        return static_file(path.removeprefix(static)) if path.startswith(static) else None


def static_file(name: str) -> Path | None:
    """A collected static file (with its hash in the name), or the one in the source."""
    try:
        collected = Path(safe_join(settings.STATIC_ROOT, name))
        found = finders.find(name)
    except (SuspiciousFileOperation, ValueError):
        return None
    if collected.is_file():
        return collected
    return Path(found) if isinstance(found, str) and Path(found).is_file() else None


def font_file(name: str) -> Path | None:
    if name not in FONTS.values():
        return None
    return Path(font_source_sans_pro.__file__).parent / "files" / name


@cache
def font_faces() -> str:
    """The whole Source Sans, wider than the subset of the pages (Greek, Cyrillic, Vietnamese)."""
    return "\n".join(
        f'@font-face {{ font-family: "Source Sans Pdf"; font-weight: {weight}; src: url("{BASE}font/{name}"); }}'
        for weight, name in FONTS.items()
    )


def render_pdf(html: str, handed: Mapping[str, Path] | None = None) -> Pdf:
    """Lay out `html` (with `<html lang>` and `<title>`) as PDF/UA-1.

    Static files by their own address; photos by `<img src="handed:name">` with `handed` naming
    their place on disk. Raises ValueError when the HTML asks for anything else.
    """
    fetcher = OurFiles(handed or {})
    fonts = FontConfiguration()
    with _one_at_a_time:
        try:
            faces = CSS(string=font_faces(), font_config=fonts, url_fetcher=fetcher, base_url=BASE)
            page = HTML(string=html, base_url=BASE, url_fetcher=fetcher)
            document = page.render(
                font_config=fonts, stylesheets=[faces], pdf_variant="pdf/ua-1", pdf_tags=True
            )
            return Pdf(document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True), len(document.pages))
        except FatalURLFetchingError as refused:
            raise ValueError(str(refused)) from refused
