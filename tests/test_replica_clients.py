"""The public clients of the statistics office read the replica as if it were the office."""

from collections.abc import Iterator
from pathlib import Path

import cbsodata
import cbsodata4
import pytest

from tests.replica import Options, Replica, running_replica
from tests.replica.facts import FACTS

pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning",
    "ignore::pytest.PytestUnraisableExceptionWarning",
    "ignore:The inplace keyword",
)


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica() as running:
        yield running


@pytest.fixture
def http(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cbsodata.options, "use_https", False)


def host(replica: Replica, service: str) -> str:
    return f"{replica.url.removeprefix('http://')}/{service}"


@pytest.mark.usefixtures("http")
def test_cbsodata_lists_the_tables_of_both_services(replica: Replica) -> None:
    listed = cbsodata.get_table_list(catalog_url=host(replica, "cbs3"))
    assert [row["Identifier"] for row in listed] == ["83765NED", "84583NED", "84799NED", "85984NED"]
    derden = cbsodata.get_table_list(catalog_url=host(replica, "derden"))
    assert [row["Identifier"] for row in derden] == ["47018NED", "50090NED", "50150NED"]


@pytest.mark.usefixtures("http")
def test_cbsodata_reads_the_description_of_a_table(replica: Replica) -> None:
    info = cbsodata.get_info("84799NED", catalog_url=host(replica, "cbs3"))
    assert (info["Title"], info["ReasonDelivery"]) == ("Kerncijfers wijken en buurten 2020", "Herontwerp")
    tree = cbsodata.get_meta("84799NED", "DataProperties", catalog_url=host(replica, "cbs3"))
    assert len(tree) == 157


@pytest.mark.usefixtures("http")
def test_cbsodata_reads_rows_and_puts_names_in_the_place_of_codes(replica: Replica) -> None:
    # this client gives the typed set when `typed` is left out, and the untyped set when it is asked for
    wanted = "WijkenEnBuurten eq 'WK051836  '"
    [row] = cbsodata.get_data("85984NED", filters=wanted, catalog_url=host(replica, "cbs3"))
    assert row["WijkenEnBuurten"] == "Wijk 36 Moerwijk"
    wanted = "WijkenEnBuurten eq 'BU05183620' and Perioden eq '2024JJ00'"
    [row] = cbsodata.get_data("47018NED", filters=wanted, catalog_url=host(replica, "derden"))
    assert (row["WijkenEnBuurten"], row["Perioden"], row["GeregistreerdeMisdrijven_1"]) == (
        "Moerwijk-Oost",
        "2024",
        309,
    )


@pytest.mark.usefixtures("http")
def test_cbsodata_follows_the_pages_to_the_end() -> None:
    with running_replica(FACTS, Options(v3_page=10)) as replica:
        found = cbsodata.get_data(
            "84799NED", select=["ID", "AantalInwoners_5"], catalog_url=host(replica, "cbs3")
        )
        pages = [target for _, target in replica.requests if "TypedDataSet" in target]
    assert len(found) == len({row["ID"] for row in found}) > 20
    assert len(pages) == -(-len(found) // 10)


def test_cbsodata4_reads_metadata_and_observations(replica: Replica, tmp_path: Path) -> None:
    base = f"{replica.url}/cbs4/odata/v1"
    meta = cbsodata4.get_metadata("83765NED", base_url=base)
    assert meta.title == "Kerncijfers wijken en buurten 2017"
    assert meta.measurecode_mapping["M003039"] == "Gemiddelde woningwaarde"
    found = cbsodata4.get_observations(
        "83765NED", download_dir=tmp_path / "2017", base_url=base, WijkenEnBuurten=["BU05183620", "NL00"]
    )
    figures = found.set_index(["WijkenEnBuurten", "Measure"])["Value"]
    assert figures["BU05183620", "T001036"] == 3120
    assert figures["NL00", "T001036"] == 17_081_507


def test_cbsodata4_pivots_and_labels(replica: Replica, tmp_path: Path) -> None:
    base = f"{replica.url}/cbs4/odata/v1"
    wide = cbsodata4.get_wide_data(
        "85984NED", download_dir=tmp_path / "2024", base_url=base, WijkenEnBuurten="BU05183620"
    )
    labelled = cbsodata4.add_label_columns(
        cbsodata4.get_observations("85984NED", download_dir=tmp_path / "2024", base_url=base)
    )
    assert wide["Gemiddelde WOZ-waarde van woningen"].tolist() == [228]
    assert set(labelled["WijkenEnBuurtenLabel"]) == {"Moerwijk-Oost"}
    assert not labelled["MeasureLabel"].isna().any()


def test_cbsodata4_knows_the_list_of_datasets(replica: Replica) -> None:
    listed = cbsodata4.get_datasets(base_url=f"{replica.url}/cbs4/odata/v1")
    assert "85984NED" in set(listed["Identifier"])
