"""Writes the small folder of facts from the national tables: `python -m tests.replica.make_facts FOLDER`."""

import argparse
import csv
import json
import math
import shutil
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.replica.areas import gemeente_of, wijk_of
from tests.replica.derden import RIVM_YEARS
from tests.replica.facts import FACTS, default_folder
from tests.replica.reading import Columns, read_columns, read_json

BUURTEN = (
    "BU01140800",
    "BU01140801",
    "BU01140807",
    "BU01140809",
    "BU01602806",
    "BU0363AD03",
    "BU03920801",
    "BU03920802",
    "BU03920803",
    "BU03920804",
    "BU04892039",
    "BU04893052",
    "BU05183620",
    "BU05183637",
    "BU05183638",
    "BU05183639",
    "BU18590004",
    "BU18590006",
)
OUTSIDE = ("GM0998", "WK099899", "WK008899")  # abroad and water, which polygons have and figures have not
AREAS = frozenset([*BUURTEN, *map(wijk_of, BUURTEN), *map(gemeente_of, BUURTEN), *OUTSIDE, "NL00", "NL01"])
BY_AREA = {
    "cbs_84799NED_TypedDataSet": "WijkenEnBuurten",
    "cbs_84799NED_WijkenEnBuurten": "Key",
    "cbs_83765NED_22columns": "WijkenEnBuurten",
    "cbs_83765NED_v4_WijkenEnBuurtenCodes": "Identifier",
    "cbs_84583NED_untyped_denhaag": "WijkenEnBuurten",
    "kwb_2024_18columns": "code",
    "politie_totaal_2021-2025": "code",
    "rivm_goed_ervaren_gezondheid_2012-2024": "code",
    **{f"rivm_50090NED_untyped_{year}": "WijkenEnBuurten" for year in RIVM_YEARS},
}
WHOLE = (
    "cbs_84799NED_DataProperties",
    "cbs_83765NED_v4_Dimensions",
    "cbs_83765NED_v4_MeasureCodes",
    "cbs_83765NED_v4_MeasureGroups",
    "leefbaarometer_wijken_amstelveen_2014-2022",
)
POLYGONS = {"leefbaarometer_2024_buurten": "id", "wijken_2024": "wijkcode", "gemeenten_2024": "gemeentecode"}
TOLERANCES = {"leefbaarometer_2024_buurten": 0.00005, "wijken_2024": 0.0005, "gemeenten_2024": 0.003}
NAMES = frozenset({"wijkcode", "wijknaam", "gemeentecode", "gemeentenaam"})
LONGEST_TEXT = 160

Point = list[float]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.replica.make_facts")
    parser.add_argument("tables", type=Path, nargs="?", default=default_folder())
    tables = parser.parse_args().tables
    if tables == FACTS:
        parser.error("name the folder of national tables")
    for stem, key in BY_AREA.items():
        write_csv(stem, kept(read_columns(tables, stem), lambda code: code in AREAS, key))
    groups = read_columns(tables, "cbs_83765NED_v4_WijkenEnBuurtenGroups")
    write_csv(
        "cbs_83765NED_v4_WijkenEnBuurtenGroups", kept(groups, lambda code: code in {*AREAS, "WBGM"}, "Id")
    )
    for stem in WHOLE:
        write_csv(stem, shortened(read_columns(tables, stem)))
    shutil.copy(tables / "cbs_84799NED_Metadata.json", FACTS)
    for stem, key in POLYGONS.items():
        write_polygons(stem, key, read_json(tables, stem)["features"])


def kept(columns: Columns, wanted: Callable[[str], bool], key: str) -> Columns:
    places = [place for place, code in enumerate(columns[key]) if wanted(str(code).strip())]
    return {name: [values[place] for place in places] for name, values in columns.items()}


def shortened(columns: Columns) -> Columns:
    if "Description" not in columns:
        return columns
    return columns | {
        "Description": [" ".join((text or "").split())[:LONGEST_TEXT] for text in columns["Description"]]
    }


def write_csv(stem: str, columns: Columns) -> None:
    with (FACTS / f"{stem}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=_delimiter(columns), lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def _delimiter(columns: Collection[str]) -> str:
    return ";" if len(columns) > 100 else ","


def write_polygons(stem: str, key: str, features: Iterable[dict[str, Any]]) -> None:
    found = [_simple(stem, feature) for feature in features if feature["properties"][key] in AREAS]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in found)
    text = f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
    (FACTS / f"{stem}.geojson").write_text(text, encoding="utf-8")


def _simple(stem: str, feature: dict[str, Any]) -> dict[str, Any]:
    properties = feature["properties"]
    if stem != "leefbaarometer_2024_buurten":
        properties = {name: value for name, value in properties.items() if name in NAMES}
    geometry = _simple_geometry(feature["geometry"], TOLERANCES[stem])
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _simple_geometry(geometry: dict[str, Any], tolerance: float) -> dict[str, Any]:
    """Of many parts the largest four, of each part the outer ring."""
    many = geometry["type"] == "MultiPolygon"
    outer = [polygon[0] for polygon in (geometry["coordinates"] if many else [geometry["coordinates"]])]
    rings = [_rounded(_thinned_ring(ring, tolerance)) for ring in sorted(outer, key=len, reverse=True)[:4]]
    coordinates = [[ring] for ring in rings]
    return {"type": geometry["type"], "coordinates": coordinates if many else coordinates[0]}


def _thinned_ring(ring: Sequence[Point], tolerance: float) -> list[Point]:
    half = len(ring) // 2
    thin = _thinned(ring[: half + 1], tolerance)[:-1] + _thinned(ring[half:], tolerance)
    return thin if len(thin) >= 4 else list(ring)


def _thinned(line: Sequence[Point], tolerance: float) -> list[Point]:
    """Douglas-Peucker: keeps the farthest point when it is farther than the tolerance."""
    first, last = line[0], line[-1]
    far, place = max(((_offset(point, first, last), at) for at, point in enumerate(line)), default=(0.0, 0))
    if far <= tolerance:
        return [first, last]
    return _thinned(line[: place + 1], tolerance)[:-1] + _thinned(line[place:], tolerance)


def _offset(point: Point, first: Point, last: Point) -> float:
    dx, dy = last[0] - first[0], last[1] - first[1]
    length = math.hypot(dx, dy)
    px, py = point[0] - first[0], point[1] - first[1]
    return abs(dx * py - dy * px) / length if length else math.hypot(px, py)


def _rounded(ring: Iterable[Point]) -> list[Point]:
    return [[round(value, 5) for value in point[:2]] for point in ring]


if __name__ == "__main__":
    main()
