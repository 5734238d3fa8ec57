"""Writes the country around the demonstration project: `python -m tests.replica.make_demo`.

Reads the store of this installation: first bring in the national tables (`manage.py pull`) from a replica
with OPENDATA_TABLES, or from the services.
"""

import csv
import os
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buurtagenda.settings")
django.setup()

from buurtagenda.demo.reference import packed  # noqa: E402
from buurtscan.catalogue import CATALOGUE  # noqa: E402
from buurtscan.figures import Figure  # noqa: E402
from buurtscan.models import AreaRow  # noqa: E402
from buurtscan.national.distribution import Spread, has_place, keys_of  # noqa: E402
from buurtscan.national.places import spreads_of  # noqa: E402
from buurtscan.scanning import compared_from_store  # noqa: E402
from buurtscan.target import target_of  # noqa: E402
from tests.replica.areas import gemeente_of, wijk_of  # noqa: E402
from tests.replica.facts import default_folder  # noqa: E402
from tests.replica.reading import read_columns  # noqa: E402

DEMO = Path(__file__).parents[2] / "buurtagenda" / "demo"
AREA = "BU05183620"
VINTAGE = 2024


def main() -> None:
    target = target_of([AREA])
    found = compared_from_store(list(CATALOGUE.values()), target, frozenset())
    write(
        "figures.csv",
        ["source", "table", "vintage", "code", "measure", "period", "value"],
        facts(target.all_codes),
    )
    codes = [one.code for one in found.near]
    spreads = spreads_of("buurt", keys_of(found.figures))
    write(
        "distributions.csv",
        ["indicator", "period", "steps", "counts"],
        (
            distribution_line(name, period, spread)
            for (name, period), spread in sorted(spreads.items())
            if spread.enough
        ),
    )
    write(
        "look_alikes.csv",
        ["code", "distance", "period"],
        ([one.code, one.distance, found.period] for one in found.near),
    )
    head, lines = look_alike_figures(codes, found.figures)
    write("look_alike_figures.csv", head, lines)
    write(
        "look_alike_areas.csv",
        ["code", "vintage", "level", "parent", "name", "gemeente_name", "postcode", "inhabitants"],
        areas_of(codes),
    )


def write(name: str, head: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    with (DEMO / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(lines)


def facts(codes: Sequence[str]) -> list[tuple[object, ...]]:
    """Every published number of the area and of those it is compared with, in every period."""
    rows = AreaRow.objects.filter(code__in=codes).select_related("table")
    return sorted(
        (row.table.source, row.table.table, row.table.vintage, row.code, measure, row.period, f"{value:.12g}")
        for row in rows
        for measure, value in row.values.items()
    )


def distribution_line(indicator: str, period: str, spread: Spread) -> list[str]:
    unit = 10 ** CATALOGUE[indicator].decimals
    whole = [round(value * unit) for value in spread.values]
    steps = [whole[0], *(after - before for before, after in pairwise(whole))]
    return [indicator, period, packed(steps), packed(spread.counts)]


def look_alike_figures(
    codes: Sequence[str], figures: Iterable[Figure]
) -> tuple[list[str], list[list[object]]]:
    """Only what the figures of the area need, in the period they have."""
    needed = {
        (measure, figure.period)
        for figure in figures
        if figure.role == "asked" and has_place(figure)
        for measure in CATALOGUE[figure.indicator].all_measures
    }
    cells: dict[str, dict[str, float]] = {code: {} for code in codes}
    rows = AreaRow.objects.filter(code__in=codes, period__in={period for _, period in needed})
    for code, period, values, name in rows.values_list("code", "period", "values", "table__table"):
        for measure, value in values.items():
            if (measure, period) in needed:
                cells[code][f"{name} {period} {measure}"] = value
    heads = sorted({head for row in cells.values() for head in row})
    return ["code", *heads], [
        [code, *(f"{row[h]:.12g}" if h in row else "" for h in heads)] for code, row in cells.items()
    ]


def areas_of(codes: Sequence[str]) -> list[list[object]]:
    """The ten with the wijk and gemeente they lie in, the largest first."""
    raw = read_columns(default_folder(), "kwb_2024_18columns")
    place = {code: number for number, code in enumerate(raw["code"])}
    gemeenten = sorted({str(gemeente_of(code)) for code in codes} - {str(gemeente_of(AREA))})
    wijken = sorted({str(wijk_of(code)) for code in codes})
    above = {"gemeente": "NL00"}
    lines: list[list[object]] = []
    for level, some in (("gemeente", gemeenten), ("wijk", wijken), ("buurt", list(codes))):
        for code in some:
            parent = above.get(level) or str(gemeente_of(code) if level == "wijk" else wijk_of(code))
            gemeente = raw["naam"][place[str(gemeente_of(code))]]
            lines.append(
                [
                    code,
                    VINTAGE,
                    level,
                    parent,
                    raw["naam"][place[code]],
                    "" if level == "gemeente" else gemeente,
                    raw["postcode"][place[code]] or "" if level == "buurt" else "",
                    round(float(raw["inwoners"][place[code]])),
                ]
            )
    return lines


if __name__ == "__main__":
    main()
