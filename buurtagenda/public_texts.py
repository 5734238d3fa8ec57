"""The texts of the pages of residents, and their translations in `locale/`.

The Dutch text is the key. Only what a resident can meet is listed here, so that a translator sees
nothing of the pages of the kernteam.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from stories.models import Language

TEMPLATES = (
    "agenda/teller.html",
    "base.html",
    "components/demo_banner.html",
    "components/field.html",
    "stories/closed.html",
    "stories/code.html",
    "stories/door.html",
    "stories/files/paper.html",
    "stories/files/poster.html",
    "stories/languages.html",
    "stories/offer.html",
    "stories/offer_thanks.html",
    "stories/offer_withdraw.html",
    "stories/offer_withdrawn.html",
    "stories/report.html",
    "stories/tell.html",
    "stories/teller_base.html",
    "stories/thanks.html",
    "stories/too_many.html",
    "stories/who_keeps.html",
    "stories/withdraw.html",
    "stories/withdrawn.html",
    "stories/parts/background.html",
    "stories/parts/meedoen.html",
    "stories/parts/meedoen_form.html",
    "stories/parts/onward.html",
    "stories/parts/point_map.html",
    "stories/parts/step.html",
)
# Of a module only what residents meet: classes and functions by name, or all of it.
MODULES: dict[str, tuple[str, ...]] = {
    "agenda/following.py": (),
    "projects/models/partijen.py": ("Talent",),
    "stories/actions/offers.py": (),
    "stories/actions/telling.py": (),
    "stories/actions/withdrawing.py": (),
    "stories/forms/hearing.py": ("background_question",),
    "stories/forms/offers.py": ("OfferForm",),
    "stories/forms/spoken.py": ("SpokenForm", "PhotoForm"),
    "stories/forms/telling.py": (),
    "stories/models/hearing.py": ("Answers",),
    "stories/models/telling.py": ("Reason", "Feeling", "Frequency"),
    "stories/photos.py": (),
    "stories/sounds.py": (),
}
KEYWORDS = {"gettext": None, "gettext_lazy": None, "_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
TRANSLATED = [language for language in Language if language != Language.NL]


def po_file(language: str) -> Path:
    return Path(settings.BASE_DIR) / "locale" / language / "LC_MESSAGES" / "django.po"


def dutch_texts() -> Catalog:
    """Every text of the listed files; two files that say the same share one entry."""
    catalog = Catalog(locale="nl")
    for name, source in _sources():
        for line, texts, _comments, context in extract(
            "babel.messages.extract:extract_python", source, keywords=KEYWORDS
        ):
            if _is_text(texts):
                catalog.add(texts, locations=[(name, line)], context=context)
    return catalog


def _sources() -> Iterator[tuple[str, io.BytesIO]]:
    root = Path(settings.BASE_DIR)
    for name, wanted in MODULES.items():
        yield name, io.BytesIO(_parts((root / name).read_text(encoding="utf-8"), wanted).encode())
    for name in TEMPLATES:
        path = f"templates/{name}"
        text = templatize((root / path).read_text(encoding="utf-8"), origin=name)
        yield path, io.BytesIO(f"# coding: utf-8\n{text}".encode())


def _parts(source: str, wanted: tuple[str, ...]) -> str:
    """The classes and functions of these names, however deep they stand; all of it when none is named."""
    if not wanted:
        return source
    named = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name in wanted
    ]
    if {node.name for node in named} != set(wanted):
        raise LookupError(f"One of {wanted} is not there any more.")
    return "\n".join(dedent(ast.get_source_segment(source, node, padded=True) or "") for node in named)


def _is_text(texts: Any) -> bool:
    first = texts[0] if isinstance(texts, tuple) else texts
    return bool(first and first.strip())


def translations(language: str) -> Catalog:
    """What is translated so far, brought in line with the Dutch texts."""
    path = po_file(language)
    known = read_po(io.BytesIO(path.read_bytes()), locale=language) if path.exists() else _new(language)
    known.update(dutch_texts(), no_fuzzy_matching=True, update_creation_date=False)
    known.obsolete.clear()
    return known


def _new(language: str) -> Catalog:
    comment = "# The texts of the pages of residents. The Dutch text is the key."
    return Catalog(locale=language, project="Buurtagenda", version="1", header_comment=comment, fuzzy=False)


def write_translations(language: str, catalog: Catalog) -> None:
    path = po_file(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=110, sort_output=True, no_location=True, omit_header=False)
