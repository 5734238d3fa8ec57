"""Small tables that nobody published, to try the adapters of sources of which the facts have no table.

Off unless `Options(constructed=True)`. Names of columns and groups are those of the real tables; the
numbers are made up: the place of the area and of the column, and nothing else, decides them.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from tests.replica import areas, properties
from tests.replica.properties import Property
from tests.replica.tables import AREA, Column, Dimension, Row, Table

CODES = ("NL00", "GM0518", "WK051836", "BU05183620", "BU05183637")
TITLE = "CONSTRUCTED, not published by anyone"

# key, group, v4 measure
SES = (
    ("GemiddeldePercentielgroep_6", "Financiële welvaart", None),
    ("GemiddeldePercentielgroep_10", "Vermogen", None),
    ("GemiddeldeScore_29", "Totaalscore", None),
    ("GemiddeldeScore_31", "Deelscore financiële welvaart", None),
    ("GemiddeldeScore_33", "Deelscore opleidingsniveau", None),
    ("GemiddeldeScore_35", "Deelscore arbeidsverleden", None),
)
NABIJHEID = (
    ("AfstandTotHuisartsenpost_9", "Huisartsenpost", "D000027"),
    ("AfstandTotApotheek_10", "Apotheek", "D000010"),
    ("AfstandTotZiekenhuis_11", "Ziekenhuis (incl. buitenpolikliniek)", "D000056_1"),
    ("AfstandTotZiekenhuis_15", "Ziekenhuis (excl. buitenpolikliniek)", "D000056_2"),
    ("AfstandTotParkOfPlantsoen_77", "Openbaar groen", "D000039"),
    ("AfstandTotTreinstationsTotaal_90", "Treinstation", "D000052"),
    ("AfstandTotBibliotheek_92", "Bibliotheek", "D000015"),
)


def ses_value(code: str, year: int, column: int) -> float:
    """Some are below zero, as the real scores are; the newest year lacks one buurt."""
    return round((CODES.index(code) - 2) / 10 + column / 100 + (year - 2020) / 1000, 3)


def km(code: str, year: int, column: int) -> float:
    return round(CODES.index(code) + column / 10 + (year - 2020) / 10, 1)


def ses(identifier: str, vintage: int, years: Sequence[int]) -> Callable[[Path], Table]:
    def make(_folder: Path) -> Table:
        rows = [
            (f"{year}JJ00", code, [ses_value(code, year, place) for place in range(len(SES))])
            for year in years
            for code in CODES
            if (code, year) != ("BU05183637", years[-1])
        ]
        members = tuple({"Key": f"{year}JJ00", "Title": str(year), "Description": None} for year in years)
        return _table(
            identifier, vintage, SES, rows, Dimension("Perioden", "Perioden", "TimeDimension", members)
        )

    return make


def nabijheid(identifier: str, year: int) -> Callable[[Path], Table]:
    def make(_folder: Path) -> Table:
        rows = [("", code, [km(code, year, place) for place in range(len(NABIJHEID))]) for code in CODES]
        return _table(identifier, year, NABIJHEID, rows)

    return make


def _table(
    identifier: str,
    vintage: int,
    named: Sequence[tuple[str, str, str | None]],
    values: Sequence[tuple[str, str, Sequence[float]]],
    time: Dimension | None = None,
) -> Table:
    members = areas.v3_members(CODES, dict.fromkeys(CODES, TITLE))
    place = Dimension(AREA, "Wijken en buurten", "GeoDetail", members)
    dimensions = (place, time) if time else (place,)
    columns = tuple(Column(key, "Double", 3, measure) for key, _, measure in named)
    rows = tuple(_row(number, *value, with_time=bool(time)) for number, value in enumerate(values))
    tree = _tree(dimensions, columns, [group for _, group, _ in named], vintage)
    return Table(identifier, TITLE, str(vintage), dimensions, columns, rows, tree, {})


def _row(number: int, period: str, code: str, values: Sequence[float], *, with_time: bool) -> Row:
    return (number, areas.padded(code), *([period] if with_time else []), *values)


def _tree(
    dimensions: Sequence[Dimension], columns: Sequence[Column], groups: Sequence[str], vintage: int
) -> tuple[Property, ...]:
    heads = [
        properties.dimension_property(place, dimension, str(vintage) if place == 0 else None)
        for place, dimension in enumerate(dimensions)
    ]
    rows, identity = [*heads], len(heads)
    for column, group in zip(columns, groups, strict=True):
        rows.append(properties.group_property(identity, None, group))
        rows.append(properties.topic_property(identity + 1, identity, column, "Waarde", "km"))
        identity += 2
    return tuple(rows)


CBS: dict[str, Callable[[Path], Table]] = {
    "86092NED": ses("86092NED", 2024, (2021, 2022, 2023)),
    "85163NED": ses("85163NED", 2021, (2019, 2020, 2021)),
    "86134NED": nabijheid("86134NED", 2024),
    "85830NED": nabijheid("85830NED", 2023),
}
