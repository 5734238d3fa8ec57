"""Column trees: DataProperties for v3, and the measure lists of v4 that follow from them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.replica.tables import Column, Dimension

Property = dict[str, Any]

COMMON = ("ID", "Position", "ParentID", "Type", "Key", "Title", "Description")
EXTRA = {
    "GeoDetail": ("MapYear",),
    "Topic": ("Datatype", "Unit", "Decimals", "Default", "PresentationType"),
}
NUMBERS = frozenset({"ID", "Position", "ParentID", "Decimals", "MapYear"})


def cleaned(rows: Iterable[Mapping[str, Any]]) -> tuple[Property, ...]:
    """Rows of a stored DataProperties dump in the shape of the wire."""
    return tuple(_clean(row) for row in rows)


def _clean(row: Mapping[str, Any]) -> Property:
    wanted = COMMON + EXTRA.get(str(row["Type"]), ())
    return {"odata.type": row["odata_type"]} | {name: _cell(name, row[name]) for name in wanted}


def _cell(name: str, value: Any) -> Any:
    if name in NUMBERS:
        return None if value is None else int(float(value))
    return value if name == "Description" else value or ""


def dimension_property(position: int, dimension: Dimension, map_year: str | None = None) -> Property:
    values = (position, position, None, dimension.kind, dimension.key, dimension.title, "")
    row: Property = {"odata.type": f"Cbs.OData.{dimension.kind}"} | dict(zip(COMMON, values, strict=True))
    return row | ({"MapYear": int(map_year)} if map_year else {})


def group_property(identity: int, parent: int | None, title: str, description: str = "") -> Property:
    values = (identity, None, parent, "TopicGroup", "", title, description)
    return {"odata.type": "Cbs.OData.TopicGroup"} | dict(zip(COMMON, values, strict=True))


def topic_property(
    identity: int, parent: int | None, column: Column, title: str, unit: str, description: str = ""
) -> Property:
    values = (identity, number_of(column.key), parent, "Topic", column.key, title, description)
    kind = "Absolute" if unit == "aantal" else "Relative"
    extra = (column.datatype, unit, column.decimals, "Impossible", kind)
    row: Property = {"odata.type": "Cbs.OData.Topic"} | dict(zip(COMMON, values, strict=True))
    return row | dict(zip(EXTRA["Topic"], extra, strict=True))


def number_of(key: str) -> int:
    return int(key.rpartition("_")[2])


def humanised(key: str) -> str:
    """A readable title for a column of which only the key is known."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", re.sub(r"_\d+$", "", key))
    return words[:1] + words[1:].lower()


def topics(rows: Iterable[Property]) -> list[Property]:
    return [row for row in rows if row["Type"] == "Topic"]


def subset(
    rows: Sequence[Property], keys: Mapping[str, str], titles: Mapping[str, str]
) -> tuple[Property, ...]:
    """The tree of the columns in `keys` (old key: new key), with the groups above them."""
    by_id = {row["ID"]: row for row in rows}
    kept = {row["ID"] for row in rows if row["Key"] in keys}
    for identity in tuple(kept):
        while (parent := by_id[identity]["ParentID"]) is not None:
            kept.add(identity := parent)
    return tuple(_rekeyed(row, keys, titles) for row in rows if row["ID"] in kept or _is_dimension(row))


def _rekeyed(row: Property, keys: Mapping[str, str], titles: Mapping[str, str]) -> Property:
    if row["Type"] != "Topic":
        return row
    key = keys[row["Key"]]
    return row | {"Key": key, "Position": number_of(key), "Title": titles.get(key, row["Title"])}


def _is_dimension(row: Property) -> bool:
    return row["Type"] not in ("Topic", "TopicGroup")


def measure_codes(rows: Sequence[Property], columns: Sequence[Column]) -> list[dict[str, Any]]:
    measures = {column.key: column.measure for column in columns if column.measure}
    return [_measure_code(row, measures[row["Key"]]) for row in topics(rows) if row["Key"] in measures]


def _measure_code(row: Property, measure: str) -> dict[str, Any]:
    return {
        "Identifier": measure,
        "Index": row["ID"],
        "Title": row["Title"],
        "Description": row["Description"] or "",
        "MeasureGroupId": _group_id(row["ParentID"]),
        "DataType": row["Datatype"],
        "Unit": row["Unit"],
        "Format": None,
        "Decimals": row["Decimals"],
        "PresentationType": row["PresentationType"],
    }


def measure_groups(rows: Sequence[Property]) -> list[dict[str, Any]]:
    return [
        {
            "Id": _group_id(row["ID"]),
            "Index": row["ID"],
            "Title": row["Title"],
            "Description": row["Description"] or "",
            "ParentId": _group_id(row["ParentID"]),
        }
        for row in rows
        if row["Type"] == "TopicGroup"
    ]


def _group_id(identity: int | None) -> str | None:
    return None if identity is None else f"G{identity:06d}"
