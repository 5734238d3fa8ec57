"""The country around the demonstration project: how figures are spread, and the buurten that look like it.

Worked out of the national tables by `python -m tests.replica.make_demo`; so that the example shows places
and look-alikes without these tables. A pull of the tables puts its own in their place.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import accumulate

from buurtagenda.demo.content import table
from buurtscan.actions.reference import distribution_row, write_look_alikes
from buurtscan.catalogue import CATALOGUE
from buurtscan.figures import Figure
from buurtscan.models import AreaRow, Distribution, SourceTable
from buurtscan.national.distribution import Spread
from buurtscan.national.likeness import Near
from buurtscan.national.places import Compared, with_alike
from projects.models import Project

BASIS = "example"


def load_distributions(made_at: datetime) -> None:
    """What is there already stays."""
    rows = [
        distribution_row(row["indicator"], row["period"], "buurt", spread_in(row), BASIS)
        for row in table("distributions.csv")
        if row["indicator"] in CATALOGUE
    ]
    for row in rows:
        row.made_at = made_at
    Distribution.objects.bulk_create(rows, ignore_conflicts=True)


def spread_in(row: dict[str, str]) -> Spread:
    """`steps` are the differences between the values, in units of the last decimal."""
    unit = 10 ** CATALOGUE[row["indicator"]].decimals
    values = tuple(value / unit for value in accumulate(unpacked(row["steps"])))
    return Spread(values, tuple(unpacked(row["counts"])))


def unpacked(text: str) -> Iterator[int]:
    """`5 1*3` is 5 1 1 1."""
    for part in text.split():
        value, _star, times = part.partition("*")
        for _time in range(int(times or 1)):
            yield int(value)


def packed(numbers: Sequence[int]) -> str:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][0] == number:
            runs[-1] = number, runs[-1][1] + 1
        else:
            runs.append((number, 1))
    return " ".join(f"{number}*{times}" if times > 1 else str(number) for number, times in runs)


def load_look_alike_figures() -> None:
    """Needs the tables of `figures.load_facts`; the head of a column names table, period and measure."""
    tables = {row.table: row for row in SourceTable.objects.all()}
    rows: dict[tuple[str, str, str], dict[str, float]] = {}
    for line in table("look_alike_figures.csv"):
        for head, value in line.items():
            if head != "code" and value:
                name, period, measure = head.split()
                rows.setdefault((name, line["code"], period), {})[measure] = float(value)
    AreaRow.objects.bulk_create(
        (
            AreaRow(table=tables[name], code=code, period=period, values=values)
            for (name, code, period), values in rows.items()
        ),
        ignore_conflicts=True,
    )


def with_look_alikes(project: Project, figures: Sequence[Figure]) -> list[Figure]:
    """Where the country is held the scan found its own; else those of the example."""
    if any(figure.alike for figure in figures):
        return list(figures)
    rows = table("look_alikes.csv")
    near = [Near(row["code"], float(row["distance"])) for row in rows]
    found = with_alike(figures, [one.code for one in near])
    write_look_alikes(project, Compared(found, near, rows[0]["period"]))
    return found
