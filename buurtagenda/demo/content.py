"""The demonstration project as data: what its `.toml` files say, with days and years filled in."""

import csv
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
type Entry = dict[str, Any]


class Content:
    def __init__(self, today: date) -> None:
        self.today = today
        self._data: Entry = read("content.toml") | read("scan.toml") | read("stories.toml")

    def __getitem__(self, name: str) -> Any:
        return self._data[name]

    def days_ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def filled(self, text: str) -> str:
        """`{jaar}` is the year after this one, so that the example stays in the future; `{vorig}` the one before."""
        return text.replace("{jaar}", str(self.today.year + 1)).replace("{vorig}", str(self.today.year - 1))


def read(name: str) -> Entry:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def table(name: str) -> list[Entry]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
