"""What the area picker shows: what was chosen, what was sought, what was found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gebieden.codes import level_of
from gebieden.models import Area
from gebieden.newest import gazetteer
from gebieden.search import LONGEST, Entry, Found

MOST_CODES = 100
FIND = "find_areas"


@dataclass(frozen=True)
class Choice:
    """What a form sent. `searching` when the search button was pressed, or something was typed and nothing chosen."""

    codes: tuple[str, ...] = ()
    q: str = ""
    searching: bool = False

    @classmethod
    def sent(cls, data: Mapping[str, Any], *names: str) -> "Choice":
        codes = tuple(clean_codes(code for name in names for code in all_of(data, name)))
        q = str(data.get("q") or "")[:LONGEST].strip()
        return cls(codes, q, FIND in data or bool(q and not codes))


@dataclass(frozen=True)
class Picker:
    chosen: list[Entry]
    q: str
    found: Found
    any_areas: bool

    @property
    def asked(self) -> bool:
        return bool(self.q)


def picker(choice: Choice) -> Picker:
    areas = gazetteer()
    found = areas.find(choice.q) if choice.q else Found([])
    unchosen = [entry for entry in found.hits if entry.code not in choice.codes]
    return Picker(chosen(choice.codes), choice.q, Found(unchosen, found.total), bool(areas.entries))


def chosen(codes: Iterable[str]) -> list[Entry]:
    """The areas with these codes, each in its newest vintage; unknown codes are left out."""
    known = [code for code in codes if is_code(code)]
    fields = ("code", "level", "name", "gemeente_name", "postcode", "inhabitants")
    rows = Area.objects.filter(code__in=known).order_by("vintage").values_list(*fields) if known else []
    newest = {row[0]: Entry(*row) for row in rows}
    return [newest[code] for code in known if code in newest]


def is_code(text: str) -> bool:
    try:
        level_of(text)
    except ValueError:
        return False
    return True


def clean_codes(codes: Iterable[Any]) -> list[str]:
    """Each code once, without spaces around it, in the order given."""
    return list(dict.fromkeys(str(code).strip().upper() for code in codes if str(code).strip()))


def all_of(data: Mapping[str, Any], name: str) -> list[Any]:
    """All values under a name, of a QueryDict or of a plain dict."""
    if hasattr(data, "getlist"):
        return list(data.getlist(name))
    value = data.get(name) or []
    return list(value) if isinstance(value, list | tuple) else [value]
