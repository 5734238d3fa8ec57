"""How each indicator is said in a sentence: `catalogue/wording.toml`, read once and checked. Pure."""

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from buurtscan.catalogue.loading import FOLDER, CatalogueError

PLACEHOLDERS = frozenset({"value", "amount", "number", "distance", "label", "side", "here", "base"})


@dataclass(frozen=True)
class Wording:
    """Either a share (`of`, `do`, `does`) or a `text`; see the file for what stands in it."""

    of: str = ""
    do: str = ""
    does: str = ""
    text: str = ""
    single: str = ""
    one: str = ""
    many: str = ""
    times: float = 1
    was: bool = False
    kin: str = ""


KEYS = frozenset(field.name for field in fields(Wording))


def load_wording(text: str) -> dict[str, Wording]:
    """Raises CatalogueError for what cannot become a sentence."""
    return {key: wording_of(key, entry) for key, entry in tomllib.loads(text).items()}


def wording_of(key: str, entry: Mapping[str, Any]) -> Wording:
    unknown = sorted(set(entry) - KEYS)
    if unknown:
        raise CatalogueError(f"wording.toml: {key} has unknown {unknown}")
    wording = Wording(**entry)
    share = bool(wording.of and wording.do and wording.does)
    if share == bool(wording.text):
        raise CatalogueError(f"wording.toml: {key} has to be a share or a text")
    used = placeholders(wording.text) | placeholders(wording.single)
    if used - PLACEHOLDERS or ("number" in used and not (wording.one and wording.many)):
        raise CatalogueError(f"wording.toml: {key} has a text that cannot be filled in")
    return wording


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


WORDING = load_wording((FOLDER / "wording.toml").read_text(encoding="utf-8"))
