"""Tables of third parties: registered crime and health."""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.replica import areas, properties
from tests.replica.kwb import members_of_2020
from tests.replica.reading import Columns, MissingTable, read_columns
from tests.replica.tables import AREA, Column, Dimension, Row, Table

TOTAL = "0.0.0 "
ADULTS = "20300"
VALUE = "MW00000"
RIVM_YEARS = ("2012", "2016", "2020")


def police(folder: Path) -> Table:
    raw = read_columns(folder, "politie_totaal_2021-2025")
    column = Column("GeregistreerdeMisdrijven_1")
    offence = _plain_dimension("SoortMisdrijf", "Soort misdrijf", {TOTAL: "Totaal misdrijven"})
    area, periods = _area_dimension(folder, raw["code"]), _period_dimension(raw["jaar"])
    lines = zip(raw["code"], raw["jaar"], raw["geregistreerde_misdrijven"], strict=True)
    rows = tuple(
        (number, TOTAL, areas.padded(code), _period(year), column.read(value))
        for number, (code, year, value) in enumerate(lines)
    )
    title = "Geregistreerde misdrijven; wijken en buurten, jaarcijfers"
    dimensions = (offence, area, periods)
    return _table("47018NED", title, dimensions, [(column, "Geregistreerde misdrijven", "aantal")], rows)


def health_2012_2020(folder: Path) -> Table:
    raws = [read_columns(folder, f"rivm_50090NED_untyped_{year}") for year in RIVM_YEARS]
    keys = list(raws[0])[5:]
    columns = [
        Column(key, "Double", 1) if position >= 3 else Column(key, "String")
        for position, key in enumerate(keys)
    ]
    rows = sorted(
        (row for raw in raws for row in _health_rows(raw, columns)), key=lambda row: int(str(row[0]))
    )
    codes = [code.strip() for code in raws[0][AREA]]
    titles = areas.titles_of(members_of_2020(folder)) | {"NL01": "Nederland"}
    area = Dimension(AREA, "Wijken en buurten", "GeoDetail", areas.v3_members(codes, titles))
    described = [(column, properties.humanised(column.key), _unit(column)) for column in columns]
    title = "Gezondheid per wijk en buurt; 2012/2016/2020"
    return _table("50090NED", title, _health_dimensions(area, RIVM_YEARS), described, tuple(rows))


def health_2012_2024(folder: Path) -> Table:
    raw = read_columns(folder, "rivm_goed_ervaren_gezondheid_2012-2024")
    codes = ["NL01" if code == "NL00" else code for code in raw["code"]]
    column = Column("GoedErvarenGezondheid_4", "Double", 1)
    lines = zip(codes, raw["jaar"], raw["goed_ervaren_gezondheid_pct"], strict=True)
    rows = tuple(
        (number, ADULTS, VALUE, areas.padded(code), _period(year), column.read(value))
        for number, (code, year, value) in enumerate(lines)
    )
    dimensions = _health_dimensions(_area_dimension(folder, codes), raw["jaar"])
    title = "Gezondheid per wijk en buurt; 2012/2016/2020/2022/2024"
    return _table("50150NED", title, dimensions, [(column, "Goed ervaren gezondheid", "%")], rows)


def _health_rows(raw: Columns, columns: Sequence[Column]) -> Iterable[Row]:
    keys = ("Leeftijd", "Marges", AREA, "Perioden")
    cells: list[Sequence[Any]] = [[int(identity) for identity in raw["ID"]], *(raw[key] for key in keys)]
    cells += [[column.read(value) for value in raw[column.key]] for column in columns]
    return zip(*cells, strict=True)


def _health_dimensions(area: Dimension, years: Iterable[str]) -> tuple[Dimension, ...]:
    age = _plain_dimension("Leeftijd", "Leeftijd", {ADULTS: "18 jaar of ouder"})
    margins = _plain_dimension("Marges", "Marges", {VALUE: "Waarde"})
    return age, margins, area, _period_dimension(years)


def _unit(column: Column) -> str:
    return "%" if column.datatype == "Double" else "code"


def _period(year: str) -> str:
    return f"{year}JJ00"


def _period_dimension(years: Iterable[str]) -> Dimension:
    members = _members({_period(year): year for year in sorted(set(years))})
    return Dimension("Perioden", "Perioden", "TimeDimension", tuple(row | {"Status": ""} for row in members))


def _plain_dimension(key: str, title: str, titles: dict[str, str]) -> Dimension:
    return Dimension(
        key, title, "Dimension", tuple(row | {"CategoryGroupID": None} for row in _members(titles))
    )


def _members(titles: dict[str, str]) -> list[dict[str, Any]]:
    return [{"Key": key, "Title": title, "Description": ""} for key, title in titles.items()]


def _area_dimension(folder: Path, codes: Iterable[str]) -> Dimension:
    members = areas.v3_members(dict.fromkeys(codes), names_of_2024(folder) | {"NL01": "Nederland"})
    return Dimension(AREA, "Wijken en buurten", "GeoDetail", members)


@cache
def names_of_2024(folder: Path) -> dict[str, str]:
    try:
        raw = read_columns(folder, "kwb_2024_18columns")
    except MissingTable:
        return {}
    return dict(zip(raw["code"], raw["naam"], strict=True))


def _table(
    identifier: str,
    title: str,
    dimensions: tuple[Dimension, ...],
    columns: Sequence[tuple[Column, str, str]],
    rows: tuple[Row, ...],
) -> Table:
    heads = [
        properties.dimension_property(position, dimension) for position, dimension in enumerate(dimensions)
    ]
    first = len(heads)
    leaves = [
        properties.topic_property(first + offset, None, column, name, unit)
        for offset, (column, name, unit) in enumerate(columns)
    ]
    years = [member["Title"] for member in dimensions[-1].members]
    plain = tuple(column for column, _, _ in columns)
    return Table(
        identifier, title, f"{years[0]} - {years[-1]}", dimensions, plain, rows, (*heads, *leaves), {}
    )
