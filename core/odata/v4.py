"""OData v4: datasets.cbs.nl. Long tables: one observation for each area and measure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from core.fetch import Fetcher
from core.odata.pages import Row, pages
from core.odata.v3 import cell

AREA = "WijkenEnBuurten"


@dataclass(frozen=True, slots=True)
class Observation4:
    """`value` is None for what is not published; `text` holds measures that are texts."""

    code: str
    measure: str
    value: float | None
    text: str | None


class OData4:
    """The tables of one catalogue. `base_url` ends with the name of the catalogue, such as …/CBS."""

    def __init__(self, fetcher: Fetcher, base_url: str) -> None:
        self.fetcher = fetcher
        self.base_url = base_url.rstrip("/")

    def modified(self, table: str) -> str:
        """Changes when the figures of the table do. Empty when the service does not say."""
        properties = self.fetcher.json(self._url(table, "Properties"))
        found = properties if isinstance(properties, dict) else {}
        return str(found.get("ObservationsModified") or found.get("Modified") or "")

    def observations(
        self,
        table: str,
        *,
        filter: str = "",
        dimension: str = AREA,
    ) -> Iterator[Observation4]:
        """A page at a time. What is not published has no value, or no observation at all."""
        params = {"$filter": filter} if filter else None
        for page in pages(self.fetcher, self._url(table, "Observations"), params):
            yield from (observation(row, dimension) for row in page)

    def codes(self, table: str, dimension: str = AREA) -> Iterator[Row]:
        """The members of a dimension: Identifier, Title, DimensionGroupId, …"""
        yield from self._set(table, f"{dimension}Codes")

    def measures(self, table: str) -> Iterator[Row]:
        """MeasureCodes: Identifier, Title, Unit, Decimals, …"""
        yield from self._set(table, "MeasureCodes")

    def _set(self, table: str, name: str) -> Iterator[Row]:
        for page in pages(self.fetcher, self._url(table, name)):
            yield from page

    def _url(self, table: str, name: str) -> str:
        return f"{self.base_url}/{quote(table, safe='')}/{quote(name, safe='')}"


def observation(row: Mapping[str, Any], dimension: str) -> Observation4:
    value, text = cell(row.get("Value")), cell(row.get("StringValue"))
    number = None if isinstance(value, str) else value
    if number == 0 and row.get("ValueAttribute") not in (None, "", "None"):
        number = None  # a zero that is marked as something else than a figure is no figure
    return Observation4(
        code=str(row.get(dimension) or "").strip(),
        measure=str(row.get("Measure") or "").strip(),
        value=number,
        text=None if text is None else str(text),
    )
