import csv
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.replica import Replica, running_replica, shapes

OWS = "/lbm-geo/lbm3/ows?service=WFS&version=2.0.0&request=GetFeature&outputFormat=application/json"
LOCATIE = "/pdok/bzk/locatieserver/search/v3_1"
OGC = "/pdok/cbs/wijken-en-buurten-2024/ogc/v1/collections"
WFS = "/pdok-service/cbs/wijkenbuurten/2024/wfs/v1_0?service=WFS&version=2.0.0&request=GetFeature"


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica() as running:
        yield running


def get(replica: Replica, path: str) -> requests.Response:
    with requests.Session() as session:
        return session.get(replica.url + path, timeout=60)


def docs(replica: Replica, path: str) -> list[dict[str, Any]]:
    response = get(replica, LOCATIE + path)
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["response"]["docs"]
    return found


def features(replica: Replica, path: str) -> list[dict[str, Any]]:
    response = get(replica, path)
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["features"]
    return found


def test_the_leefbaarometer_gives_scores_and_a_polygon(replica: Replica) -> None:
    [feature] = features(replica, f"{OWS}&typeNames=lbm3:buurtscore24&CQL_FILTER=id='BU05183620'")
    scores = feature["properties"]
    assert [scores[name] for name in ("kscore", "konv", "ksoc", "kwon", "kvrz", "kfys")] == [4, 1, 3, 3, 8, 5]
    assert feature["id"].startswith("buurtscore24.")
    assert feature["geometry"]["type"] == "Polygon"


def test_several_buurten_come_in_one_request_and_an_unscored_one_is_missing(replica: Replica) -> None:
    path = f"{OWS}&typeNames=lbm3:buurtscore24&CQL_FILTER=id IN ('BU05183620','BU18590004','BU04893052')"
    body = get(replica, path).json()
    assert {feature["properties"]["id"] for feature in body["features"]} == {"BU05183620", "BU18590004"}
    assert (body["totalFeatures"], body["numberMatched"], body["numberReturned"]) == (2, 2, 2)


@pytest.mark.parametrize("kind", ["wijkscore24", "gemeentescore24"])
def test_scores_of_wijken_and_gemeenten_are_a_valid_empty_collection(replica: Replica, kind: str) -> None:
    body = get(replica, f"{OWS}&typeNames=lbm3:{kind}&CQL_FILTER=id='WK051836'").json()
    assert (body["type"], body["features"], body["numberMatched"]) == ("FeatureCollection", [], 0)


@pytest.mark.parametrize(
    "path", [f"{OWS}&typeNames=lbm3:straatscore24", f"{OWS}&typeNames=lbm3:buurtscore24&CQL_FILTER=id=="]
)
def test_errors_of_the_leefbaarometer_are_xml(replica: Replica, path: str) -> None:
    response = get(replica, path)
    assert "xml" in response.headers["Content-Type"]
    assert "ExceptionReport" in response.text


def test_the_download_is_a_zip_with_the_known_header(replica: Replica) -> None:
    content = get(replica, "/lbm-files/resources/open-data-leefbaarometer-meting-2024.zip").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("Leefbaarometer-scores buurten 2002-2024.csv").decode()
    header, *lines = csv.reader(io.StringIO(text))
    assert header == "bu_code bu_naam jaar lbm afw fys onv soc vrz won".split()  # noqa: SIM905
    [row] = [line for line in lines if line[0] == "BU05183620"]
    assert row[1:5] == ["Moerwijk-Oost", "2024", "", "-0.231945"]


def test_free_search_finds_the_buurt_among_its_neighbours(replica: Replica) -> None:
    found = docs(replica, "/free?q=Moerwijk-Oost&fq=type:(buurt OR wijk)&fl=*")
    assert (found[0]["buurtcode"], found[0]["wijkcode"], found[0]["gemeentecode"]) == (
        "BU05183620",
        "WK051836",
        "0518",
    )
    assert found[0]["centroide_ll"].startswith("POINT(4.3")
    assert len(docs(replica, "/free?q=moerwijk&fq=type:buurt&rows=100")) >= 4


def test_without_a_filter_on_type_buurten_are_not_found(replica: Replica) -> None:
    assert docs(replica, "/free?q=Moerwijk-Oost") == []
    assert docs(replica, "/free?q=Emmen&fl=*")[0]["gemeentecode"] == "0114"


def test_a_postcode_finds_the_buurten_that_have_it(replica: Replica) -> None:
    assert "BU05183620" in {
        doc.get("buurtcode") for doc in docs(replica, "/free?q=2531&fq=type:buurt&fl=*&rows=100")
    }


def test_a_gemeente_is_found_by_the_name_that_people_use(replica: Replica) -> None:
    assert docs(replica, "/free?q=moerwijk-oost den haag&fq=type:buurt&fl=*")[0]["buurtcode"] == "BU05183620"


def test_several_filters_hold_together(replica: Replica) -> None:
    found = docs(replica, "/free?q=oost&fq=type:buurt&fq=gemeentecode:0518&fl=*&rows=100")
    assert {doc["gemeentecode"] for doc in found} == {"0518"}


def test_suggest_gives_little_and_lookup_the_rest(replica: Replica) -> None:
    body = get(replica, f"{LOCATIE}/suggest?q=karoling&fq=type:buurt").json()
    [doc] = [doc for doc in body["response"]["docs"] if "Haarlem" in doc["weergavenaam"]]
    assert set(doc) == {"type", "weergavenaam", "id", "score"}
    assert "<b>Karoling</b>" in body["highlighting"][doc["id"]]["suggest"][0]
    assert docs(replica, f"/lookup?id={doc['id']}")[0]["buurtcode"] == "BU03920803"


def test_reverse_finds_the_buurt_around_a_point(replica: Replica) -> None:
    [doc] = docs(replica, "/reverse?lat=52.05&lon=4.303&type=buurt&fl=buurtcode,buurtnaam,afstand")
    assert doc == {"buurtcode": "BU05183620", "buurtnaam": "Moerwijk-Oost", "afstand": 0.0}
    assert docs(replica, "/reverse?lat=54.5&lon=3.0&type=buurt") == []


@pytest.mark.parametrize("path", ["/free?q=x&unknown=1", "/free?q=x&rows=101", "/reverse?lat=x&lon=1"])
def test_the_locatieserver_refuses_what_it_does_not_know(replica: Replica, path: str) -> None:
    assert get(replica, LOCATIE + path).status_code == 400


def test_a_buurt_of_pdok_has_figures_of_2024_and_a_polygon(replica: Replica) -> None:
    [feature] = features(replica, f"{OGC}/buurten/items?f=json&buurtcode=BU05183620")
    named = feature["properties"]
    assert (named["buurtnaam"], named["wijkcode"], named["gemeentecode"]) == (
        "Moerwijk-Oost",
        "WK051836",
        "GM0518",
    )
    assert (named["aantal_inwoners"], named["gemiddelde_woningwaarde"], named["percentage_koopwoningen"]) == (
        3360,
        228,
        16,
    )
    assert shapes.contains(feature["geometry"], (4.303, 52.05))


def test_missing_figures_of_pdok_are_negative(replica: Replica) -> None:
    [feature] = features(replica, f"{OGC}/wijken/items?wijkcode=WK099899")
    assert feature["properties"]["gemeentenaam"] == "Buitenland"
    assert feature["properties"]["aantal_inwoners"] == -99997


@pytest.mark.parametrize(("collection", "key"), [("buurten", "buurtcode"), ("gemeenten", "gemeentecode")])
def test_a_gemeente_selects_its_features(replica: Replica, collection: str, key: str) -> None:
    found = features(replica, f"{OGC}/{collection}/items?gemeentecode=GM0518&limit=1000")
    assert {feature["properties"][key][2:6] for feature in found} == {"0518"}


def test_pages_of_pdok_are_linked_by_cursor(replica: Replica) -> None:
    url, codes = f"{replica.url}{OGC}/gemeenten/items?f=json&limit=3", []
    with requests.Session() as session:
        for _ in range(3):
            body = session.get(url, timeout=30).json()
            codes += [feature["properties"]["gemeentecode"] for feature in body["features"]]
            url = next((link["href"] for link in body["links"] if link["rel"] == "next"), "")
            if not url:
                break
    assert len(codes) == len(set(codes)) >= 8


@pytest.mark.parametrize("options", ["bbox=4.3,52.0,4.3,52.0", "limit=0", "cursor=x!", "aantal_inwoners=5"])
def test_pdok_refuses_what_it_cannot_do(replica: Replica, options: str) -> None:
    assert get(replica, f"{OGC}/buurten/items?{options}").status_code == 400


def test_a_box_selects_what_it_touches(replica: Replica) -> None:
    found = features(replica, f"{OGC}/buurten/items?bbox=4.302,52.049,4.304,52.051&limit=100")
    assert "BU05183620" in {feature["properties"]["buurtcode"] for feature in found}
    assert {feature["properties"]["gemeentecode"] for feature in found} == {"GM0518"}


def test_the_wfs_of_pdok_uses_camel_case_and_start_index(replica: Replica) -> None:
    path = f"{WFS}&typeNames=wijkenbuurten:gemeenten&outputFormat=application/json&srsName=EPSG:4326&count=2"
    first, second = features(replica, f"{path}&startIndex=0"), features(replica, f"{path}&startIndex=2")
    assert len(first) == len(second) == 2
    assert first[0]["properties"].keys() >= {"gemeentecode", "gemeentenaam", "aantalInwoners"}
    assert first[0]["id"] != second[0]["id"]
    assert "xml" in get(replica, f"{WFS}&typeNames=wijkenbuurten:straten").headers["Content-Type"]
