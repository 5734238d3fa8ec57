from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
import requests

from tests.replica import Options, Replica, running_replica
from tests.replica.facts import FACTS

KWB = ("83765NED", "84583NED", "84799NED", "85984NED")
SMALL = Options(v3_limit=10, v3_page=10)


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica() as running:
        yield running


@pytest.fixture(scope="module")
def small() -> Iterator[Replica]:
    with running_replica(FACTS, SMALL) as running:
        yield running


def get(replica: Replica, path: str, **options: str) -> requests.Response:
    with requests.Session() as session:
        return session.get(
            replica.url + path, params={f"${name}": text for name, text in options.items()}, timeout=30
        )


def rows(replica: Replica, path: str, **options: str) -> list[dict[str, Any]]:
    response = get(replica, path, format="json", **options)
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["value"]
    return found


def typed(table: str, interface: str = "ODataApi", service: str = "cbs3") -> str:
    return f"/{service}/{interface}/odata/{table}/TypedDataSet"


def test_the_root_lists_the_sets_with_their_addresses(replica: Replica) -> None:
    found = rows(replica, "/cbs3/ODataApi/odata/85984NED")
    names = [
        "TableInfos",
        "UntypedDataSet",
        "TypedDataSet",
        "DataProperties",
        "CategoryGroups",
        "WijkenEnBuurten",
    ]
    assert [row["name"] for row in found] == names
    with requests.Session() as session:
        assert session.get(found[0]["url"], timeout=30).json()["value"][0]["Identifier"] == "85984NED"


@pytest.mark.parametrize("code", ["GM0518", "WK051836"])
def test_a_code_without_its_padding_finds_no_rows(replica: Replica, code: str) -> None:
    assert rows(replica, typed("84799NED"), filter=f"WijkenEnBuurten eq '{code}'") == []
    padded = rows(replica, typed("84799NED"), filter=f"WijkenEnBuurten eq '{code.ljust(10)}'")
    assert [row["WijkenEnBuurten"] for row in padded] == [code.ljust(10)]


def test_the_case_of_odata_in_the_address_does_not_matter(replica: Replica) -> None:
    assert get(replica, "/cbs3/ODataApi/OData/84799NED/TableInfos").status_code == 200


def test_startswith_for_a_gemeente_and_its_wijken_comes_in_one_request(replica: Replica) -> None:
    wanted = "startswith(WijkenEnBuurten,'BU0518') or startswith(WijkenEnBuurten,'WK0518')"
    found = rows(replica, typed("84799NED"), filter=wanted, select="WijkenEnBuurten")
    codes = {row["WijkenEnBuurten"].strip() for row in found}
    assert {"BU05183620", "WK051836"} <= codes
    assert all(code[2:6] == "0518" for code in codes)


def test_a_row_has_all_columns_in_the_order_of_the_service(replica: Replica) -> None:
    [row] = rows(replica, typed("84799NED"), filter="WijkenEnBuurten eq 'BU05183620'")
    assert len(row) == 118
    assert list(row)[:3] == ["ID", "WijkenEnBuurten", "Gemeentenaam_1"]
    assert row["Gemeentenaam_1"] == "'s-Gravenhage".ljust(40)
    assert (row["AantalInwoners_5"], row["GemiddeldeWoningwaarde_35"]) == (3150, None)
    assert isinstance(row["AantalInwoners_5"], int)


def test_untyped_figures_stand_to_the_right_in_eight_positions(replica: Replica) -> None:
    path = "/cbs3/ODataApi/odata/84583NED/UntypedDataSet"
    [row] = rows(replica, path, filter="WijkenEnBuurten eq 'BU05183620'")
    assert row["AantalInwoners_5"] == "    3245"
    assert row["TweeOnderEenKapWoning_51"] == "       ."
    assert row["GemiddeldInkomenPerInwoner_72"] == "    17.6"
    assert row["MeestVoorkomendePostcode_113"] == "      2531"


@pytest.mark.parametrize("table", KWB)
def test_the_column_tree_names_exactly_the_columns_of_the_data(replica: Replica, table: str) -> None:
    tree = rows(replica, f"/cbs3/ODataApi/odata/{table}/DataProperties")
    topics = {row["Key"] for row in tree if row["Type"] == "Topic"}
    [first] = rows(replica, typed(table), top="1")
    assert topics == set(first) - {"ID", "WijkenEnBuurten"}


def test_columns_that_share_a_name_stand_in_different_groups(replica: Replica) -> None:
    tree = rows(replica, "/cbs3/ODataApi/odata/84799NED/DataProperties")
    by_id = {row["ID"]: row for row in tree}
    pair = [row for row in tree if row["Key"].startswith("Appartement_")]
    above = [by_id[by_id[row["ParentID"]]["ParentID"]]["Title"] for row in pair]
    assert above == ["Gemiddeld elektriciteitsverbruik", "Gemiddeld aardgasverbruik"]


def test_the_columns_of_2024_carry_the_numbers_of_2024(replica: Replica) -> None:
    [row] = rows(replica, typed("85984NED"), filter="WijkenEnBuurten eq 'BU05183620'")
    assert row["GemiddeldeWOZWaardeVanWoningen_39"] == 228
    assert row["Koopwoningen_47"] == 16
    assert row["MeestVoorkomendePostcode_118"] == "      2531"
    assert "PersonenInArmoede_81" not in row


def test_an_area_without_inhabitants_has_nothing_but_nulls(replica: Replica) -> None:
    [row] = rows(replica, typed("85984NED"), filter="WijkenEnBuurten eq 'BU04893052'")
    assert row["AantalInwoners_5"] is None
    assert row["Koopwoningen_47"] is None


def test_members_have_padded_keys_and_their_gemeente(replica: Replica) -> None:
    path = "/cbs3/ODataApi/odata/84799NED/WijkenEnBuurten"
    [row] = rows(replica, path, filter="Key eq 'WK051836  '")
    assert (row["Title"], row["Municipality"], row["DetailRegionCode"]) == (
        "Wijk 36 Moerwijk",
        "GM0518",
        "WK051836",
    )
    found = rows(replica, path, filter="substringof('Moerwijk',Title)", select="Key,Title")
    assert {"Moerwijk-Oost", "Moerwijk-West"} <= {row["Title"] for row in found}


def test_the_year_2019_knows_only_den_haag_and_no_country(replica: Replica) -> None:
    found = rows(replica, typed("84583NED"), select="WijkenEnBuurten")
    assert {row["WijkenEnBuurten"][2:6] for row in found} == {"0518"}


def test_more_rows_than_the_limit_is_an_error_of_the_api(small: Replica) -> None:
    response = get(small, typed("84799NED"), format="json")
    assert response.status_code == 500
    assert "10" in response.json()["odata.error"]["message"]["value"]
    assert len(rows(small, typed("84799NED"), top="10", skip="10")) == 10


def test_the_feed_gives_pages_with_a_link_to_follow_unchanged(small: Replica) -> None:
    whole, url = [], small.url + typed("84799NED", "ODataFeed") + "?$format=json&$select=WijkenEnBuurten"
    with requests.Session() as session:
        while url:
            page = session.get(url, timeout=30).json()
            assert len(page["value"]) <= 10
            whole += [row["WijkenEnBuurten"] for row in page["value"]]
            url = page.get("odata.nextLink", "")
    assert len(whole) == len(set(whole)) > 20


def test_the_feed_pages_at_ten_thousand_rows_by_itself(replica: Replica) -> None:
    page = get(replica, typed("84799NED", "ODataFeed"), format="json", select="WijkenEnBuurten").json()
    total = int(get(replica, typed("84799NED") + "/$count").text)
    assert len(page["value"]) == min(total, 10_000)
    assert ("odata.nextLink" in page) == (total > 10_000)


def test_the_feed_speaks_atom_unless_asked_for_json(replica: Replica) -> None:
    response = get(replica, typed("84799NED", "ODataFeed"), top="2")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    assert len(ElementTree.fromstring(response.content)) == 3  # noqa: S314


def test_an_unknown_table_is_a_page_of_html(replica: Replica) -> None:
    response = get(replica, typed("86165NED"), format="json")
    assert response.status_code == 404
    assert response.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("option", "text"), [("filter", "Koopwoningen_40 eq 1"), ("select", "Koopwoningen_39"), ("top", "ten")]
)
def test_a_query_that_the_service_does_not_support_is_refused(
    replica: Replica, option: str, text: str
) -> None:
    response = get(replica, typed("84799NED"), **{option: text})
    assert response.status_code == 400
    assert "odata.error" in response.json()


def test_a_very_long_chain_of_codes_fails(replica: Replica) -> None:
    chain = " or ".join(f"WijkenEnBuurten eq 'BU{number:08d}'" for number in range(60))
    assert get(replica, typed("84799NED"), filter=chain).status_code == 500


def test_the_catalogue_finds_tables_by_identifier(replica: Replica) -> None:
    wanted = "Identifier eq '85984NED' or Identifier eq '84799NED' or Identifier eq '86165NED'"
    found = rows(replica, "/cbs3/ODataCatalog/Tables", filter=wanted)
    assert [(row["Identifier"], row["Period"]) for row in found] == [
        ("84799NED", "2020"),
        ("85984NED", "2024"),
    ]
    assert all(row["Modified"] for row in found)
    derden = rows(replica, "/derden/ODataCatalog/Tables", select="Identifier")
    assert [row["Identifier"] for row in derden] == ["47018NED", "50090NED", "50150NED"]


def test_crime_has_padded_kinds_and_no_wijken(replica: Replica) -> None:
    wanted = "WijkenEnBuurten eq 'BU05183620' and Perioden eq '2024JJ00'"
    [row] = rows(replica, typed("47018NED", service="derden"), filter=wanted)
    assert (row["SoortMisdrijf"], row["GeregistreerdeMisdrijven_1"]) == ("0.0.0 ", 309)
    assert rows(replica, typed("47018NED", service="derden"), filter="startswith(WijkenEnBuurten,'WK')") == []


def test_health_of_the_country_stands_under_nl01(replica: Replica) -> None:
    path = typed("50090NED", service="derden")
    wanted = (
        "Leeftijd eq '20300' and Marges eq 'MW00000' and Perioden eq '2020JJ00' and WijkenEnBuurten eq '{}'"
    )
    [row] = rows(replica, path, filter=wanted.format("NL01      "))
    assert row["ErvarenGezondheidGoedZeerGoed_4"] == 78.4
    assert row["Codering_3"] == "NL01".ljust(20)
    assert rows(replica, path, filter=wanted.format("NL00      ")) == []


def test_the_newest_health_table_has_the_one_indicator_that_is_known(replica: Replica) -> None:
    wanted = "WijkenEnBuurten eq 'NL01      ' and Perioden eq '2024JJ00'"
    [row] = rows(replica, typed("50150NED", service="derden"), filter=wanted)
    assert row["GoedErvarenGezondheid_4"] == 72.8
    assert not any(name.endswith("_5") for name in row)
