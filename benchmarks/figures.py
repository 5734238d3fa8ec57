"""Every number of the national tables beside what the store has of it after a pull.

Both ways: each published number must be in the store, unchanged, and the store must have no other. The
column of a KWB measure is found here by its code in v4, while the pull finds it by its name in v3.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.measuring import started

type Key = tuple[str, str, str]  # code, period, measure


@dataclass
class Compared:
    """What came of one table. `columns` are the ones that the catalogue has, of all it has with numbers."""

    table: str
    columns: str
    equal: int = 0
    wrong: int = 0
    lost: int = 0
    invented: int = 0

    @property
    def sound(self) -> bool:
        return not (self.wrong or self.lost or self.invented)


def compared(replica: Any, database: str) -> str:
    """The table of the report, made by a child process with the database."""
    import os
    import subprocess

    env = {**os.environ, **replica.environ(), "DATABASE_URL": database, "REDIS_URL": ""}
    env["DJANGO_SETTINGS_MODULE"] = "buurtagenda.settings"
    command = [sys.executable, "-m", "benchmarks.figures"]
    return subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


def published() -> Iterator[tuple[str, str, Iterable[tuple[Key, float]]]]:
    """Of each table: its name, which columns, and every number it publishes of our measures."""
    from tests.replica.facts import default_folder
    from tests.replica.library import CBS, DERDEN, Library

    library = Library(default_folder())
    for name in CBS:
        yield kwb(library.table("cbs", name))
    for name in DERDEN:
        yield third_party(library.table("derden", name))
    yield scores(library)


def kwb(table: Any) -> tuple[str, str, Iterable[tuple[Key, float]]]:
    from buurtscan.catalogue import measures_of
    from buurtscan.sources.tables import KWB

    year = next(one.vintage for one in KWB if one.name == table.identifier)
    by_code = {code: one.id for one in measures_of("kwb") if one.exists_in(year) for code in one.v4}
    known = {
        order: by_code[column.measure] for order, _, column in table.measured if column.measure in by_code
    }
    places = [(place, known[order]) for order, place, _ in table.measured if order in known]
    area = table.names.index("WijkenEnBuurten")

    def numbers() -> Iterator[tuple[Key, float]]:
        for row in table.rows:
            for place, measure in places:
                if is_number(row[place]):
                    yield (str(row[area]).strip(), str(year), measure), float(row[place])

    return table.identifier, f"{len(places)} of {len(table.measured)}", numbers()


def third_party(table: Any) -> tuple[str, str, Iterable[tuple[Key, float]]]:
    from buurtscan.catalogue import measures_of

    names = {name.base: one.id for one in measures_of("rivm") for name in one.v3}
    bases = {place: name.rpartition("_")[0] for place, name in enumerate(table.names)}
    police = "SoortMisdrijf" in table.names
    kinds = {one.id for one in measures_of("politie")}
    places = {
        place: names.get(base, "") for place, base in bases.items() if base in names or (police and base)
    }

    def numbers() -> Iterator[tuple[Key, float]]:
        for values in table.rows:
            row = dict(zip(table.names, values, strict=True))
            code = str(row["WijkenEnBuurten"]).strip()
            code = "NL00" if code == "NL01" else code
            for place, measure in places.items():
                kind = str(row["SoortMisdrijf"]).strip() if police else measure
                if is_number(values[place]) and (not police or kind in kinds):
                    yield (code, str(row["Perioden"])[:4], kind), float(values[place])

    return table.identifier, f"{len(places)} of {sum(map(bool, bases.values()))}", numbers()


def scores(library: Any) -> tuple[str, str, Iterable[tuple[Key, float]]]:
    from buurtscan.sources.leefbaarometer import CLASSES, MEASURES

    def numbers() -> Iterator[tuple[Key, float]]:
        for feature in library.geojson("leefbaarometer_2024_buurten"):
            properties = feature["properties"]
            for measure in MEASURES:
                value = properties.get(measure)
                if is_number(value) and value > -99_990 and not (measure in CLASSES and not 1 <= value <= 9):
                    yield (properties["id"], str(properties.get("year") or 2024), measure), float(value)

    return "lbm3-2024", str(len(MEASURES)), numbers()


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def stored(table: str, periods: set[str]) -> dict[Key, float]:
    from buurtscan.models import AreaRow

    rows = AreaRow.objects.filter(table__table=table, period__in=periods).order_by()
    found: dict[Key, float] = {}
    for code, period, values in rows.values_list("code", "period", "values").iterator(chunk_size=2_000):
        found.update({(code, period, measure): value for measure, value in values.items()})
    return found


def compare(table: str, columns: str, numbers: Iterable[tuple[Key, float]]) -> Compared:
    wanted = dict(numbers)
    held = stored(table, {period for _, period, _ in wanted})
    outcome = Counter(
        "lost" if key not in held else "equal" if held[key] == value else "wrong"
        for key, value in wanted.items()
    )
    invented = sum(key not in wanted for key in held)
    return Compared(table, columns, outcome["equal"], outcome["wrong"], outcome["lost"], invented)


def main() -> None:
    started()
    found = [compare(*one) for one in published()]
    print("Every number of the tables beside the store")
    print(f"{'':<10} {'columns':>10} {'equal':>10} {'wrong':>7} {'lost':>7} {'not published':>14}")
    total = Compared("together", "", *(sum(getattr(one, name) for one in found) for name in COUNTS))
    for one in [*found, total]:
        print(
            f"{one.table:<10} {one.columns:>10} {one.equal:>10} {one.wrong:>7} {one.lost:>7}"
            f" {one.invented:>14}{'' if one.sound else '  NOT THE SAME'}"
        )


COUNTS = ("equal", "wrong", "lost", "invented")

if __name__ == "__main__":
    main()
