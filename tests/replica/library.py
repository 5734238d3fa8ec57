"""All tables of one folder, each read at its first use and kept."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.replica import constructed, derden, kwb
from tests.replica.reading import MissingTable, read_json
from tests.replica.tables import Table

CBS: dict[str, Callable[[Path], Table]] = {
    "83765NED": kwb.kwb_2017,
    "84583NED": kwb.kwb_2019,
    "84799NED": kwb.kwb_2020,
    "85984NED": kwb.kwb_2024,
}
DERDEN: dict[str, Callable[[Path], Table]] = {
    "47018NED": derden.police,
    "50090NED": derden.health_2012_2020,
    "50150NED": derden.health_2012_2024,
}
SERVICES = {"cbs": CBS, "derden": DERDEN}


@dataclass(frozen=True)
class Options:
    """Limits of the services; tests make them small. `constructed` adds tables that nobody published."""

    v3_limit: int = 10_000
    v3_page: int = 10_000
    v3_conditions: int = 40
    v4_page: int = 100_000
    constructed: bool = False


@dataclass(frozen=True)
class Revision:
    """How the tables differ from the stored ones for one request."""

    shift: int = 0
    gone: str = ""


@dataclass
class Library:
    folder: Path
    options: Options = Options()
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _kept: dict[Any, Any] = field(default_factory=dict)

    def kept(self, key: Any, make: Callable[[], Any]) -> Any:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = make()
            return self._kept[key]

    def makers(self, service: str) -> dict[str, Callable[[Path], Table]]:
        return SERVICES[service] | (constructed.CBS if self.options.constructed and service == "cbs" else {})

    def table(self, service: str, identifier: str, revision: Revision = Revision()) -> Table:
        make = self.makers(service).get(identifier)
        if make is None:
            raise MissingTable(identifier)
        table: Table = self.kept(identifier, lambda: make(self.folder))
        if revision.shift:
            table = self.kept((identifier, revision.shift), lambda: table.shifted(revision.shift))
        if revision.gone:
            whole = table
            table = self.kept((identifier, revision), lambda: whole.without(revision.gone))
        return table

    def tables(self, service: str) -> list[Table]:
        found = []
        for identifier in self.makers(service):
            try:
                found.append(self.table(service, identifier))
            except MissingTable:
                continue
        return found

    def warm(self) -> None:
        """Reads all tables now, for who cannot wait a few seconds at the first question."""
        for service in SERVICES:
            for table in self.tables(service):
                table.prepare()

    def geojson(self, stem: str) -> list[dict[str, Any]]:
        """The features of a file of polygons; nothing when the folder has no such file."""
        features: list[dict[str, Any]] = self.kept(stem, lambda: self._features(stem))
        return features

    def _features(self, stem: str) -> list[dict[str, Any]]:
        try:
            features: list[dict[str, Any]] = read_json(self.folder, stem)["features"]
        except MissingTable:
            return []
        return features
