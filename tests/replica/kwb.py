"""Kerncijfers wijken en buurten: four years, each from another kind of file."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.replica import areas, measures, properties
from tests.replica.properties import Property
from tests.replica.reading import Columns, read_columns, read_json, rows_of
from tests.replica.tables import AREA, Column, Dimension, Row, Table

IDENTITY = ("Gemeentenaam_1", "SoortRegio_2", "Codering_3", "IndelingswijzigingWijkenEnBuurten_4")
KEYS_2019 = {"NettoArbeidsparticipatie_67": "Nettoarbeidsparticipatie_67"}


@cache
def tree_of_2020(folder: Path) -> tuple[Property, ...]:
    return properties.cleaned(rows_of(read_columns(folder, "cbs_84799NED_DataProperties")))


@cache
def measures_of_2020(folder: Path) -> dict[str, str]:
    codes = rows_of(read_columns(folder, "cbs_83765NED_v4_MeasureCodes"))
    return measures.measures_of_2020(tree_of_2020(folder), codes)


@cache
def members_of_2020(folder: Path) -> tuple[dict[str, Any], ...]:
    rows = rows_of(read_columns(folder, "cbs_84799NED_WijkenEnBuurten"))
    blank = {"Municipality": "", "DetailRegionCode": ""}
    return tuple(row | {name: row[name] or "" for name in blank} for row in rows)


def kwb_2020(folder: Path) -> Table:
    tree, codes = tree_of_2020(folder), measures_of_2020(folder)
    columns = _columns(tree, codes)
    raw = read_columns(folder, "cbs_84799NED_TypedDataSet")
    info = read_json(folder, "cbs_84799NED_Metadata")
    return _table("84799NED", "2020", tree, columns, _rows(raw, columns), members_of_2020(folder), info)


def kwb_2019(folder: Path) -> Table:
    raw = read_columns(folder, "cbs_84583NED_untyped_denhaag")
    old, codes = tree_of_2020(folder), measures_of_2020(folder)
    old_keys = [str(row["Key"]) for row in properties.topics(old)]
    keys = {key: KEYS_2019.get(key, key) for key in old_keys}
    tree = _of_year(properties.subset(old, keys, {}), 2019)
    columns = _columns(tree, {keys[key]: code for key, code in codes.items()})
    titles = areas.titles_of(members_of_2020(folder))
    members = areas.v3_members([code.strip() for code in raw[AREA]], titles)
    return _table("84583NED", "2019", tree, columns, _rows(raw, columns), members)


def kwb_2017(folder: Path) -> Table:
    raw = read_columns(folder, "cbs_83765NED_22columns")
    v4 = _v4_of_2017(folder)
    tree, columns = _tree_of_2017(folder, list(raw)[2:], v4)
    members = tuple(
        areas.v3_member(code["Identifier"], code["Title"], code["Description"]) for code in v4[f"{AREA}Codes"]
    )
    return _table("83765NED", "2017", tree, columns, _rows(raw, columns), members, v4=v4)


def kwb_2024(folder: Path) -> Table:
    raw = read_columns(folder, "kwb_2024_18columns")
    wire = dict(measures.COLUMNS_2024.values()) | {key: key for key in measures.IDENTITY_2024}
    old, codes = tree_of_2020(folder), measures_of_2020(folder)
    tree = _of_year(properties.subset(old, wire, measures.TITLES_2024), 2024)
    columns = _columns(tree, {wire[key]: code for key, code in codes.items() if key in wire})
    named = _named_as_2024(raw)
    titles = dict(zip(raw["code"], raw["naam"], strict=True))
    members = areas.v3_members(raw["code"], titles)
    return _table("85984NED", "2024", tree, columns, _rows(named, columns), members)


def _named_as_2024(raw: Columns) -> Columns:
    codes: Sequence[str] = raw["code"]
    titles = dict(zip(codes, raw["naam"], strict=True))
    named: Columns = {wire: raw[column] for column, (_, wire) in measures.COLUMNS_2024.items()}
    postcode = measures.COLUMNS_2024["postcode"][1]
    return named | {
        "ID": list(range(len(codes))),
        AREA: [areas.padded(code) for code in codes],
        "Gemeentenaam_1": [titles.get(areas.gemeente_of(code) or code, "").ljust(40) for code in codes],
        "SoortRegio_2": [areas.kind_of(code).ljust(10) for code in codes],
        "Codering_3": [areas.padded(code) for code in codes],
        postcode: [(value or ".").rjust(10) for value in named[postcode]],
    }


def _v4_of_2017(folder: Path) -> dict[str, Any]:
    names = ("Dimensions", "MeasureCodes", "MeasureGroups", f"{AREA}Codes", f"{AREA}Groups")
    return {
        name: [_v4_row(row) for row in rows_of(read_columns(folder, f"cbs_83765NED_v4_{name}"))]
        for name in names
    }


def _v4_row(row: Mapping[str, Any]) -> dict[str, Any]:
    fixed = {name: int(row[name]) for name in ("Index", "Decimals") if name in row}
    return {**row, **fixed, "Description": row["Description"] or ""}


def _tree_of_2017(
    folder: Path, keys: Sequence[str], v4: Mapping[str, Any]
) -> tuple[list[Property], list[Column]]:
    """v4 kept the numbering of the v3 tree: the Index of a measure is the ID of its column."""
    old = tree_of_2020(folder)
    measure_of = {key.rpartition("_")[0]: code for key, code in measures_of_2020(folder).items()}
    measure_of |= {"GemiddeldeWoningwaarde": "M003039", "Koopwoningen": "1014800_1"}
    identity = properties.subset(old, {key: key for key in IDENTITY}, {})
    codes = {code["Identifier"]: code for code in v4["MeasureCodes"]}
    groups = {group["Id"]: group for group in v4["MeasureGroups"]}
    columns = [_column(key, codes[measure_of[key.rpartition("_")[0]]]) for key in keys if key not in IDENTITY]
    leaves = [_topic_of_2017(column, codes[str(column.measure)], groups) for column in columns]
    above = _groups_above([codes[str(column.measure)]["MeasureGroupId"] for column in columns], groups)
    tree = [*_of_year(identity, 2017), *sorted([*above, *leaves], key=lambda row: row["ID"])]
    return tree, [*(Column(key, "String") for key in IDENTITY), *columns]


def _column(key: str, code: Mapping[str, Any]) -> Column:
    return Column(key, code["DataType"], code["Decimals"], code["Identifier"])


def _topic_of_2017(column: Column, code: Mapping[str, Any], groups: Mapping[str, Any]) -> Property:
    parent = groups[code["MeasureGroupId"]]["Index"]
    row = properties.topic_property(
        code["Index"], parent, column, code["Title"], code["Unit"], code["Description"]
    )
    return row | {"PresentationType": code["PresentationType"]}


def _groups_above(ids: Sequence[str], groups: Mapping[str, Any]) -> list[Property]:
    wanted: dict[str, Property] = {}
    for identity in ids:
        group = groups[identity]
        while group and group["Id"] not in wanted:
            parent = groups.get(group["ParentId"] or "")
            above = parent["Index"] if parent else None
            row = properties.group_property(group["Index"], above, group["Title"], group["Description"])
            wanted[group["Id"]], group = row, parent
    return list(wanted.values())


def _of_year(tree: Sequence[Property], year: int) -> tuple[Property, ...]:
    return tuple(row | {"MapYear": year} if row["Type"] == "GeoDetail" else row for row in tree)


def _columns(tree: Sequence[Property], codes: Mapping[str, str]) -> list[Column]:
    return [
        Column(row["Key"], row["Datatype"], row["Decimals"], codes.get(row["Key"]))
        for row in properties.topics(tree)
    ]


def _rows(raw: Columns, columns: Sequence[Column]) -> tuple[Row, ...]:
    cells: list[Sequence[Any]] = [[int(identity) for identity in raw["ID"]], raw[AREA]]
    cells += [[column.read(value) for value in raw[column.key]] for column in columns]
    return tuple(zip(*cells, strict=True))


def _table(
    identifier: str,
    year: str,
    tree: Sequence[Property],
    columns: Sequence[Column],
    rows: tuple[Row, ...],
    members: tuple[dict[str, Any], ...],
    info: dict[str, Any] | None = None,
    v4: dict[str, Any] | None = None,
) -> Table:
    dimension = Dimension(AREA, "Wijken en buurten", "GeoDetail", members)
    title = f"Kerncijfers wijken en buurten {year}"
    v4 = v4 or _v4(year, tree, columns, members)
    return Table(identifier, title, year, (dimension,), tuple(columns), rows, tuple(tree), info or {}, v4)


def _v4(
    year: str, tree: Sequence[Property], columns: Sequence[Column], members: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    dimension = {
        "Identifier": AREA,
        "Title": "Wijken en buurten",
        "Description": "",
        "Kind": "GeoDetail",
        "MapYear": year,
        "ReleasePolicy": None,
    }
    return {
        "Dimensions": [dimension],
        "MeasureCodes": properties.measure_codes(tree, columns),
        "MeasureGroups": properties.measure_groups(tree),
        f"{AREA}Codes": areas.v4_codes(members),
        f"{AREA}Groups": areas.v4_groups(members),
    }
