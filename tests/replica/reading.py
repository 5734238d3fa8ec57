"""Reads a folder of tables; the same stem may be parquet, CSV or gzipped CSV."""

import csv
import gzip
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

Columns = dict[str, list[Any]]


class MissingTable(LookupError):
    pass


def find(folder: Path, stem: str, endings: Sequence[str]) -> Path:
    for ending in endings:
        path = folder / f"{stem}{ending}"
        if path.exists():
            return path
    raise MissingTable(stem)


def read_columns(folder: Path, stem: str) -> Columns:
    path = find(folder, stem, (".parquet", ".csv", ".csv.gz"))
    return _parquet(path) if path.suffix == ".parquet" else _csv(path)


def read_json(folder: Path, stem: str) -> Any:
    path = find(folder, stem, (".json", ".geojson", ".geojson.gz"))
    return json.loads(_bytes(path))


def rows_of(columns: Columns) -> list[dict[str, Any]]:
    names = list(columns)
    return [dict(zip(names, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _parquet(path: Path) -> Columns:
    columns: Columns = pq.read_table(path).to_pydict()
    return {name: [_nothing_for_nan(value) for value in values] for name, values in columns.items()}


def _nothing_for_nan(value: Any) -> Any:
    return None if isinstance(value, float) and value != value else value


def _csv(path: Path) -> Columns:
    text = _bytes(path).decode("utf-8-sig")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    header, *rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    return {name: [row[position] or None for row in rows] for position, name in enumerate(header)}


def _bytes(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content
