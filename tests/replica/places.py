"""Everything that can be found by name: areas of 2024 with their polygons, and a few postcodes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.replica import areas, shapes
from tests.replica.library import Library
from tests.replica.reading import MissingTable, read_columns

LEVELS = {"Gemeente": "gemeente", "Wijk": "wijk", "Buurt": "buurt"}
POLYGONS = {
    "gemeente": ("gemeenten_2024", "gemeentecode"),
    "wijk": ("wijken_2024", "wijkcode"),
    "buurt": ("leefbaarometer_2024_buurten", "id"),
}


SPOKEN = {"'s-Gravenhage": "Den Haag", "'s-Hertogenbosch": "Den Bosch"}


@dataclass(frozen=True)
class Place:
    kind: str
    code: str
    name: str
    gemeente: str
    wijk: str = ""
    postcode: str = ""
    geometry: dict[str, Any] | None = None

    @cached_property
    def centre(self) -> shapes.Point | None:
        return shapes.centroid(self.geometry) if self.geometry else None

    @cached_property
    def box(self) -> shapes.Box | None:
        return shapes.box(self.geometry) if self.geometry else None

    @cached_property
    def words(self) -> str:
        spoken = SPOKEN.get(self.gemeente or self.name, "")
        return " ".join((self.name, self.gemeente, spoken, self.code, self.postcode)).lower()

    @property
    def identity(self) -> str:
        return f"{self.kind[:3]}-{self.postcode if self.kind == 'postcode' else self.code}"

    @property
    def label(self) -> str:
        if self.kind == "gemeente":
            return f"Gemeente {self.name}"
        return f"{self.name}, {self.gemeente}"


def places(library: Library) -> list[Place]:
    found: list[Place] = library.kept("places", lambda: [*_areas(library), *_postcodes(library)])
    return found


def geometries(library: Library, kind: str) -> dict[str, dict[str, Any]]:
    stem, key = POLYGONS[kind]
    return {feature["properties"][key]: feature["geometry"] for feature in library.geojson(stem)}


def _areas(library: Library) -> Iterator[Place]:
    try:
        raw = read_columns(library.folder, "kwb_2024_18columns")
    except MissingTable:
        return
    names: dict[str, str] = dict(zip(raw["code"], raw["naam"], strict=True))
    shape = {kind: geometries(library, kind) for kind in POLYGONS}
    for code, postcode in zip(raw["code"], raw["postcode"], strict=True):
        kind = LEVELS.get(areas.kind_of(code))
        if kind:
            gemeente, wijk = names.get(areas.gemeente_of(code), ""), names.get(areas.wijk_of(code), "")
            yield Place(kind, code, names[code], gemeente, wijk, postcode or "", shape[kind].get(code))


def _postcodes(library: Library) -> Iterator[Place]:
    """Postcodes stand behind a row number and a comma; their buurt codes have no prefix."""
    try:
        raw = read_columns(library.folder, "CONVERSION_PC6_HEAD_100")
    except MissingTable:
        return
    postcodes = [value.rpartition(",")[2] for value in raw.get("PC6") or raw[",PC6"]]
    buurt_of = dict(zip(postcodes, raw["Buurt2025"], strict=True))
    by_code = {place.code: place for place in _areas(library)}
    for postcode, bare in buurt_of.items():
        buurt = by_code.get(f"BU{bare}")
        if buurt:
            yield Place(
                "postcode", buurt.code, postcode, buurt.gemeente, buurt.wijk, postcode, buurt.geometry
            )
