"""The figures that everyone may check by hand, asked over HTTP."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.replica import Replica, running_replica
from tests.replica.facts import FACTS, default_folder
from tests.replica.library import SERVICES, Library

# code: inhabitants 2017, 2020, 2024; WOZ 2024; owned % 2024; crimes per 1000 in 2024; score 2024; healthy % 2024
CHECKS = {
    "BU05183620": (3120, 3150, 3360, 228, 16, 92.0, 4, 57.7),
    "BU01140800": (4765, 4800, 4825, 246, 61, 19.5, 6, 72.3),
    "BU01140801": (6135, 6090, 5940, 234, 62, 24.6, 6, 69.8),
    "BU04892039": (5295, 5395, 5465, 438, 70, 20.5, 6, 76.3),
    "BU01602806": (3445, 3355, 3290, 272, 76, 12.5, 7, 76),
    "BU18590004": (315, 285, 300, 409, 83, 10.0, 7, 79.3),
    "BU03920801": (2140, 2035, 2250, 422, 40, 39.1, 7, 70.8),
    "BU03920802": (1150, 1345, 1320, 374, 18, 51.5, 5, 60.2),
    "BU03920803": (1515, 1630, 1500, 385, 14, 100.7, 6, 63.5),
    "BU03920804": (525, 535, 1230, 419, 29, 32.5, 6, 71.6),
}
FOLDERS = sorted({FACTS, default_folder()})
MOST_BYTES = 400_000


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: "facts" if folder == FACTS else "national")
def replica(request: pytest.FixtureRequest) -> Iterator[Replica]:
    with running_replica(request.param) as running:
        yield running


def one(replica: Replica, path: str) -> dict[str, Any]:
    with requests.Session() as session:
        body = session.get(replica.url + path, timeout=60).json()
    [found] = body.get("value") or body["features"]
    return dict(found)


def figure(
    replica: Replica, table: str, column: str, code: str, service: str = "cbs3", more: str = ""
) -> Any:
    address = f"/{service}/ODataApi/odata/{table}/TypedDataSet"
    return one(replica, f"{address}?$filter=WijkenEnBuurten eq '{code.ljust(10)}'{more}&$format=json")[column]


@pytest.mark.parametrize("code", CHECKS)
def test_a_neighbourhood_has_the_figures_that_were_published(replica: Replica, code: str) -> None:
    in_2024 = figure(replica, "85984NED", "AantalInwoners_5", code)
    year = " and Perioden eq '2024JJ00'"
    crimes = figure(replica, "47018NED", "GeregistreerdeMisdrijven_1", code, "derden", year)
    wfs = "/lbm-geo/lbm3/ows?service=WFS&request=GetFeature&outputFormat=application/json"
    scored = one(replica, f"{wfs}&typeNames=lbm3:buurtscore24&CQL_FILTER=id='{code}'")
    found = (
        figure(replica, "83765NED", "AantalInwoners_5", code),
        figure(replica, "84799NED", "AantalInwoners_5", code),
        in_2024,
        figure(replica, "85984NED", "GemiddeldeWOZWaardeVanWoningen_39", code),
        figure(replica, "85984NED", "Koopwoningen_47", code),
        round(crimes / in_2024 * 1000, 1),
        scored["properties"]["kscore"],
        figure(replica, "50150NED", "GoedErvarenGezondheid_4", code, "derden", year),
    )
    assert found == CHECKS[code]


def test_the_country_has_its_published_figures(replica: Replica) -> None:
    columns = (
        "AantalInwoners_5",
        "GemiddeldeWOZWaardeVanWoningen_39",
        "GemiddeldInkomenPerInwoner_78",
        "Koopwoningen_47",
    )
    assert [figure(replica, "85984NED", column, "NL00") for column in columns] == [17_942_942, 378, 34.9, 57]
    year = " and Perioden eq '2024JJ00'"
    assert figure(replica, "50150NED", "GoedErvarenGezondheid_4", "NL01", "derden", year) == 72.8


def test_an_amsterdam_buurt_has_letters_in_its_code(replica: Replica) -> None:
    assert figure(replica, "85984NED", "AantalInwoners_5", "BU0363AD03") == 500
    assert figure(replica, "85984NED", "Gemeentenaam_1", "WK0363AD").strip() == "Amsterdam"


def test_the_facts_are_small_and_their_sources_are_named() -> None:
    files = [path for path in FACTS.iterdir() if path.suffix in (".csv", ".json", ".geojson")]
    text = (FACTS / "README.md").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in files) < MOST_BYTES
    assert "CC BY 4.0" in text
    for path in files:
        assert path.name.split("_")[0] in text


@pytest.mark.parametrize("identifier", [name for tables in SERVICES.values() for name in tables])
def test_every_committed_fact_is_a_row_of_the_national_table(identifier: str) -> None:
    service = next(name for name, tables in SERVICES.items() if identifier in tables)
    small = Library(FACTS).table(service, identifier)
    national = Library(default_folder()).table(service, identifier)
    rows = {row[1:] for row in national.rows}
    assert small.names == national.names
    assert small.rows
    assert all(row[1:] in rows for row in small.rows)
