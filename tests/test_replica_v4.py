from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.replica import Options, Replica, running_replica
from tests.replica.facts import FACTS, default_folder
from tests.replica.library import Library

BASE = "/cbs4/odata/v1/CBS"
KWB = ("83765NED", "84583NED", "84799NED", "85984NED")


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica() as running:
        yield running


def get(replica: Replica, path: str, **options: str) -> requests.Response:
    params = {f"${name}": text for name, text in options.items()}
    with requests.Session() as session:
        return session.get(replica.url + BASE + path, params=params, timeout=60)


def rows(replica: Replica, path: str, **options: str) -> list[dict[str, Any]]:
    response = get(replica, path, **options)
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["value"]
    return found


def test_one_request_gives_buurt_wijk_gemeente_and_country(replica: Replica) -> None:
    areas = "WijkenEnBuurten in ('BU05183620','WK051836','GM0518','NL00')"
    found = rows(replica, "/85984NED/Observations", filter=f"{areas} and Measure in ('T001036','M001642')")
    figures = {(row["WijkenEnBuurten"], row["Measure"]): row["Value"] for row in found}
    assert len(figures) == 8
    assert figures["BU05183620", "M001642"] == 228.0
    assert figures["NL00", "T001036"] == 17_942_942.0


def test_an_observation_has_the_shape_of_the_service(replica: Replica) -> None:
    wanted = "WijkenEnBuurten eq 'BU05183620' and Measure eq 'T001036'"
    [row] = rows(replica, "/83765NED/Observations", filter=wanted)
    assert list(row) == ["Id", "Measure", "ValueAttribute", "Value", "StringValue", "WijkenEnBuurten"]
    assert (row["ValueAttribute"], row["Value"], row["StringValue"]) == ("None", 3120.0, None)


def test_a_suppressed_figure_has_no_value_and_an_empty_column_no_observations(replica: Replica) -> None:
    suppressed = rows(
        replica, "/85984NED/Observations", filter="WijkenEnBuurten eq 'BU04893052' and Measure eq 'T001036'"
    )
    assert [(row["Value"], row["ValueAttribute"]) for row in suppressed] == [(None, "Impossible")]
    assert rows(replica, "/84799NED/Observations", filter="Measure eq 'M001642'") == []


def test_words_arrive_as_string_value(replica: Replica) -> None:
    [row] = rows(
        replica, "/85984NED/Observations", filter="WijkenEnBuurten eq 'BU05183620' and Measure eq 'PC000C'"
    )
    assert (row["Value"], row["StringValue"]) == (None, "2531")


def test_codes_are_not_padded(replica: Replica) -> None:
    assert rows(replica, "/85984NED/Observations", filter="WijkenEnBuurten eq 'GM0518    '") == []
    [member] = rows(replica, "/83765NED/WijkenEnBuurtenCodes", filter="Identifier eq 'WK051836'")
    assert (member["Title"], member["DimensionGroupId"]) == ("Wijk 36 Moerwijk", "GM0518")


@pytest.mark.parametrize("table", KWB)
def test_every_observed_measure_is_described_and_every_group_exists(replica: Replica, table: str) -> None:
    observed = {
        row["Measure"]
        for row in rows(replica, f"/{table}/Observations", filter="WijkenEnBuurten eq 'GM0518'")
    }
    codes = rows(replica, f"/{table}/MeasureCodes")
    groups = {row["Id"] for row in rows(replica, f"/{table}/MeasureGroups")}
    assert observed
    assert observed <= {row["Identifier"] for row in codes}
    assert {row["MeasureGroupId"] for row in codes} <= groups


@pytest.mark.parametrize("table", KWB)
def test_v3_and_v4_give_the_same_figure(replica: Replica, table: str) -> None:
    stored = Library(default_folder()).table("cbs", table)
    area = "BU05183620"
    row = dict(zip(stored.names, stored.rows[stored.plain_index.equal(area)[0]], strict=True))
    found = {
        item["Measure"]: item
        for item in rows(replica, f"/{table}/Observations", filter=f"WijkenEnBuurten eq '{area}'")
    }
    with requests.Session() as session:
        address = (
            f"{replica.url}/cbs3/ODataApi/odata/{table}/TypedDataSet?$filter=WijkenEnBuurten eq '{area}'"
        )
        wire = session.get(address, timeout=30).json()["value"][0]
    assert wire == row
    for column in stored.columns:
        if column.measure in found and column.datatype != "String":
            assert found[column.measure]["Value"] == wire[column.key]


def test_measures_keep_their_code_while_columns_move(replica: Replica) -> None:
    codes = {table: {row["Identifier"] for row in rows(replica, f"/{table}/MeasureCodes")} for table in KWB}
    assert "M003039" in codes["83765NED"]
    assert "M001642" not in codes["83765NED"]
    assert all("T001036" in known and "80200" in known for known in codes.values())
    assert {"M001642", "1014800", "M000224"} <= codes["85984NED"] & codes["84799NED"]


def test_pages_follow_each_other_until_all_is_read() -> None:
    with running_replica(FACTS, Options(v4_page=100)) as replica, requests.Session() as session:
        total = int(get(replica, "/83765NED/Observations/$count").text)
        url, seen = f"{replica.url}{BASE}/83765NED/Observations", []
        while url:
            page = session.get(url, timeout=30).json()
            seen += [row["Id"] for row in page["value"]]
            url = page.get("@odata.nextLink", "")
    assert len(seen) == len(set(seen)) == total > 100


def test_a_whole_table_comes_in_pages_of_a_hundred_thousand(replica: Replica) -> None:
    page = get(replica, "/83765NED/Observations").json()
    total = int(get(replica, "/83765NED/Observations/$count").text)
    assert len(page["value"]) == min(total, 100_000)
    assert ("@odata.nextLink" in page) == (total > 100_000)


def test_properties_name_the_licence_and_the_time_of_change(replica: Replica) -> None:
    properties = get(replica, "/85984NED/Properties").json()
    assert properties["License"] == "https://creativecommons.org/licenses/by/4.0/"
    assert properties["ObservationsModified"]
    [dimension] = rows(replica, "/85984NED/Dimensions")
    assert (dimension["Kind"], dimension["MapYear"]) == ("GeoDetail", "2024")


@pytest.mark.parametrize("table", ["86165NED", "47018NED"])
def test_a_table_that_is_not_there_is_not_found(replica: Replica, table: str) -> None:
    assert get(replica, f"/{table}/Observations").status_code == 404


def test_a_filter_that_v4_does_not_know_is_refused(replica: Replica) -> None:
    response = get(replica, "/85984NED/Observations", filter="substringof('BU',WijkenEnBuurten)")
    assert response.status_code == 400
    assert response.json()["error"]["message"]
