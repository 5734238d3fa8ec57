import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.replica import Replica, running_replica
from tests.replica.facts import FACTS

ROOT = Path(__file__).parent.parent
TYPED = "/cbs3/ODataApi/odata/85984NED/TypedDataSet?$filter=WijkenEnBuurten eq 'BU05183620'&$format=json"
TREE = "/cbs3/ODataApi/odata/85984NED/DataProperties?$format=json"
OBSERVED = "/cbs4/odata/v1/CBS/85984NED/Observations?$filter=WijkenEnBuurten eq 'BU05183620'"
POLYGON = "/pdok/cbs/wijken-en-buurten-2024/ogc/v1/collections/buurten/items?buurtcode=BU05183620"
SEARCH = "/pdok/bzk/locatieserver/search/v3_1/free?q=moerwijk&fq=type:buurt"


@pytest.fixture(scope="module")
def running() -> Iterator[Replica]:
    with running_replica(FACTS) as replica:
        yield replica


@pytest.fixture
def replica(running: Replica) -> Iterator[Replica]:
    yield running
    running.faults.clear()
    running.clear_requests()


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


def row(replica: Replica, session: requests.Session) -> dict[str, Any]:
    found: dict[str, Any] = session.get(replica.url + TYPED, timeout=10).json()["value"][0]
    return found


def test_a_reset_breaks_the_connection_and_the_next_try_succeeds(
    replica: Replica, session: requests.Session
) -> None:
    replica.faults.add("reset", times=1)
    with pytest.raises(requests.ConnectionError):
        session.get(replica.url + TYPED, timeout=10)
    assert session.get(replica.url + TYPED, timeout=10).status_code == 200


@pytest.mark.parametrize(("kind", "status"), [("error500", 500), ("not_found", 404)])
def test_an_error_comes_as_a_page_of_html(
    replica: Replica, session: requests.Session, kind: Any, status: int
) -> None:
    replica.faults.add(kind, times=2)
    answers = [session.get(replica.url + TYPED, timeout=10) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [status, status, 200]
    assert "<html>" in answers[0].text


def test_only_the_addresses_of_the_pattern_are_hit(replica: Replica, session: requests.Session) -> None:
    replica.faults.add("error500", "*85984NED/Typed*BU05183620*")
    assert session.get(replica.url + TYPED, timeout=10).status_code == 500
    assert session.get(replica.url + TREE, timeout=10).status_code == 200


def test_a_slow_reply_passes_the_patience_of_the_client(replica: Replica, session: requests.Session) -> None:
    replica.faults.add("slow", delay=0.5, times=1)
    with pytest.raises(requests.Timeout):
        session.get(replica.url + TYPED, timeout=0.1)
    assert session.get(replica.url + TYPED, timeout=10).ok


def test_a_trickle_defeats_a_timeout_between_bytes(replica: Replica, session: requests.Session) -> None:
    replica.faults.add("trickle", delay=0.05, times=1)
    start = time.monotonic()
    assert session.get(replica.url + TYPED, timeout=0.3).json()["value"]
    assert time.monotonic() - start > 0.4


def test_atom_comes_where_json_was_asked(replica: Replica, session: requests.Session) -> None:
    replica.faults.add("atom")
    answer = session.get(replica.url + TYPED, timeout=10)
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert answer.text.startswith("<?xml")


def test_json_can_stop_halfway(replica: Replica, session: requests.Session) -> None:
    replica.faults.add("truncated")
    with pytest.raises(requests.JSONDecodeError):
        session.get(replica.url + TYPED, timeout=10).json()


def test_a_reply_can_be_valid_and_empty(replica: Replica, session: requests.Session) -> None:
    replica.faults.add("empty")
    assert session.get(replica.url + TYPED, timeout=10).json()["value"] == []
    assert session.get(replica.url + POLYGON, timeout=10).json()["features"] == []
    assert session.get(replica.url + SEARCH, timeout=10).json()["response"]["docs"] == []


def test_figures_can_become_negative_sentinels(replica: Replica, session: requests.Session) -> None:
    replica.faults.add("sentinels")
    assert row(replica, session)["AantalInwoners_5"] == -99997
    assert session.get(replica.url + OBSERVED, timeout=10).json()["value"][1]["Value"] == -99997
    [feature] = session.get(replica.url + POLYGON, timeout=10).json()["features"]
    assert feature["properties"]["aantal_inwoners"] == -99997
    assert feature["geometry"]["coordinates"][0][0][0] > 0


def test_columns_can_move_between_the_tree_and_the_data(replica: Replica, session: requests.Session) -> None:
    replica.faults.add("shifted", "*TypedDataSet*")
    keys = {item["Key"] for item in session.get(replica.url + TREE, timeout=10).json()["value"]}
    assert "Koopwoningen_47" in keys
    moved = row(replica, session)
    assert moved["Koopwoningen_48"] == 16
    assert "Koopwoningen_47" not in moved


def test_columns_can_move_after_a_number_of_requests(replica: Replica, session: requests.Session) -> None:
    replica.faults.add("shifted", after=1, by=2)
    assert "Koopwoningen_47" in row(replica, session)
    assert "Koopwoningen_49" in row(replica, session)
    info = "/cbs3/ODataApi/odata/85984NED/TableInfos"
    revised = session.get(replica.url + info, timeout=10).json()["value"][0]["Modified"]
    replica.faults.clear()
    assert revised != session.get(replica.url + info, timeout=10).json()["value"][0]["Modified"]


def test_asking_for_a_column_that_moved_is_refused(replica: Replica, session: requests.Session) -> None:
    replica.faults.add("shifted", "*TypedDataSet*")
    assert session.get(f"{replica.url}{TYPED}&$select=Koopwoningen_47", timeout=10).status_code == 400


def test_a_column_can_vanish(replica: Replica, session: requests.Session) -> None:
    replica.faults.add("vanished", column="Koopwoningen")
    assert "Koopwoningen_47" not in row(replica, session)
    keys = {item["Key"] for item in session.get(replica.url + TREE, timeout=10).json()["value"]}
    assert "Koopwoningen_47" not in keys
    assert "GemiddeldeWOZWaardeVanWoningen_39" in keys


@pytest.mark.parametrize("path", [TYPED, OBSERVED])
def test_a_next_link_can_lead_nowhere_new(replica: Replica, session: requests.Session, path: str) -> None:
    replica.faults.add("looping")
    first = session.get(replica.url + path, timeout=10).json()
    link = first.get("odata.nextLink") or first["@odata.nextLink"]
    assert session.get(link, timeout=10).json()["value"] == first["value"]


def test_the_links_of_pdok_can_loop_too(replica: Replica, session: requests.Session) -> None:
    replica.faults.add("looping")
    links = session.get(replica.url + POLYGON, timeout=10).json()["links"]
    assert [link["rel"] for link in links] == ["self", "next"]


def test_requests_are_remembered_until_cleared(replica: Replica, session: requests.Session) -> None:
    session.get(replica.url + TREE, timeout=10)
    assert [(method, target.split("?")[0]) for method, target in replica.requests] == [
        ("GET", TREE.split("?")[0])
    ]
    replica.clear_requests()
    assert replica.requests == []


def test_an_unknown_fault_is_refused(replica: Replica, session: requests.Session) -> None:
    with pytest.raises(ValueError, match="unknown fault"):
        replica.faults.add("earthquake")  # type: ignore[arg-type]
    answer = session.post(f"{replica.url}/_faults", json={"kind": "earthquake"}, timeout=10)
    assert answer.status_code == 400


def test_a_separate_process_serves_and_takes_faults_over_http(session: requests.Session) -> None:
    with child_process() as url:
        assert session.get(url + TYPED, timeout=10).ok
        faults = [{"kind": "error500", "path": "TypedDataSet", "times": 1}]
        assert session.post(f"{url}/_faults", json=faults, timeout=10).json()[0]["kind"] == "error500"
        assert session.get(url + TYPED, timeout=10).status_code == 500
        session.post(f"{url}/_faults", json={"kind": "not_found"}, timeout=10)
        assert session.delete(f"{url}/_faults", timeout=10).json() == []
        assert session.get(url + TYPED, timeout=10).ok


def test_the_settings_point_at_paths_of_one_server(replica: Replica) -> None:
    settings = replica.environ()
    assert len(settings) == 7
    assert settings["OPENDATA_CBS_V4_URL"] == f"{replica.url}/cbs4/odata/v1/CBS"
    assert all(value.startswith(replica.url) for value in settings.values())


@contextmanager
def child_process() -> Iterator[str]:
    command = [sys.executable, "-m", "tests.replica", "--port", "0", "--tables", str(FACTS)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", url)
        try:
            yield url
        finally:
            process.terminate()
