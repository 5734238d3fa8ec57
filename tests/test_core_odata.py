"""The OData clients against the replica of the services."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest

from core.fetch import Fetcher, NotFound, SourceFailed, TooManyRows
from core.odata import (
    ColumnMissing,
    Columns,
    ColumnsMoved,
    OData3,
    OData4,
    all_of,
    any_of,
    equals,
    literal,
    one_of,
    padded,
    startswith,
)
from core.odata.v3 import cell
from core.odata.v4 import observation
from tests.replica import Options, Replica, running_replica
from tests.replica.facts import FACTS

SMALL = Options(v3_page=10, v4_page=20)
AREA = "WijkenEnBuurten"
MOERWIJK = "BU05183620"


@pytest.fixture(scope="module")
def running() -> Iterator[Replica]:
    with running_replica(Path(FACTS), SMALL) as replica:
        yield replica


@pytest.fixture
def replica(running: Replica) -> Iterator[Replica]:
    running.clear_requests()
    yield running
    running.faults.clear()


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(timeout=5, pause=0.01) as made:
        yield made


@pytest.fixture
def cbs(replica: Replica, fetcher: Fetcher) -> OData3:
    return OData3(fetcher, replica.environ()["OPENDATA_CBS_V3_URL"])


@pytest.fixture
def cbs4(replica: Replica, fetcher: Fetcher) -> OData4:
    return OData4(fetcher, replica.environ()["OPENDATA_CBS_V4_URL"])


# --- writing filters ----------------------------------------------------------------------


def test_codes_are_padded_and_quotes_doubled() -> None:
    assert padded("GM0518") == "GM0518    "
    assert padded(" NL01 ", 20) == "NL01" + " " * 16
    assert literal("'s-Gravenhage") == "'''s-Gravenhage'"
    assert equals("SoortMisdrijf", "0.0.0", 6) == "SoortMisdrijf eq '0.0.0 '"
    assert startswith(AREA, "BU0518") == "startswith(WijkenEnBuurten,'BU0518')"


def test_long_lists_of_codes_become_several_short_filters() -> None:
    filters = list(any_of(AREA, [f"GM{number:04}" for number in range(60)]))
    assert [text.count(" eq ") for text in filters] == [25, 25, 10]
    assert filters[0].startswith("(WijkenEnBuurten eq 'GM0000    ' or ")
    assert list(any_of(AREA, [])) == []


def test_lists_for_v4_are_not_padded() -> None:
    assert one_of("Measure", ["T001036 ", "M'1"]) == "Measure in ('T001036','M''1')"
    assert all_of("a eq 1", "", "b eq 2") == "a eq 1 and b eq 2"


# --- columns ------------------------------------------------------------------------------


def test_a_column_is_found_by_its_base_name_whatever_its_number(cbs: OData3, replica: Replica) -> None:
    columns = cbs.columns("84799NED")
    assert columns.key("aantalinwoners") == "AantalInwoners_5"
    assert columns.dimensions == (AREA,)
    assert columns.column("Koopwoningen").unit == "%"
    replica.faults.add("shifted", "*84799NED*", by=3)
    assert cbs.columns("84799NED").key("AantalInwoners") == "AantalInwoners_8"


def test_a_name_that_occurs_twice_needs_its_group(cbs: OData3) -> None:
    columns = cbs.columns("84799NED")
    with pytest.raises(ColumnMissing, match="2 kolommen Appartement"):
        columns.key("Appartement")
    assert columns.key("Appartement", "Gemiddeld elektriciteitsverbruik") == "Appartement_48"
    assert columns.key("Appartement", "gemiddeld aardgasverbruik") == "Appartement_56"
    assert not columns.has("Appartement", "Inkomen")


def test_a_column_that_is_gone_is_said_to_be_missing(cbs: OData3) -> None:
    with pytest.raises(ColumnMissing, match="geen kolom PersonenInArmoede"):
        cbs.columns("84799NED").key("PersonenInArmoede")


def test_strange_properties_do_not_crash() -> None:
    columns = Columns.of(
        [{}, {"Type": "Topic", "ID": 1, "ParentID": 1, "Key": None}, {"odata.type": "Cbs.OData.Topic"}]
    )
    assert not columns.has("AantalInwoners")


# --- v3 -----------------------------------------------------------------------------------


def test_rows_have_plain_texts_numbers_and_none(cbs: OData3) -> None:
    select = [
        AREA,
        "AantalInwoners_5",
        "Woningvoorraad_34",
        "Gemeentenaam_1",
        "IndelingswijzigingWijkenEnBuurten_4",
    ]
    found = list(cbs.rows("84799NED", filter=equals(AREA, "NL00", 10), select=select))
    assert found == [
        {
            AREA: "NL00",
            "AantalInwoners_5": 17407585,
            "Woningvoorraad_34": None,
            "Gemeentenaam_1": "Nederland",
            "IndelingswijzigingWijkenEnBuurten_4": None,
        }
    ]


def test_an_unpadded_code_would_find_nothing(cbs: OData3) -> None:
    assert list(cbs.rows("84799NED", filter=equals(AREA, "GM0518"))) == []
    assert len(list(cbs.rows("84799NED", filter=equals(AREA, "GM0518", 10)))) == 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  x ", "x"),
        ("       .", None),
        ("", None),
        (None, None),
        (0, 0),
        (2.5, 2.5),
        (True, None),
        ([], None),
    ],
)
def test_a_cell_is_a_text_a_number_or_nothing(value: Any, expected: Any) -> None:
    assert cell(value) == expected


def test_the_small_interface_refuses_too_many_rows(fetcher: Fetcher) -> None:
    with running_replica(Path(FACTS), Options(v3_limit=10)) as strict:
        cbs = OData3(fetcher, strict.environ()["OPENDATA_CBS_V3_URL"])
        with pytest.raises(TooManyRows):
            list(cbs.rows("84799NED"))


def test_bulk_follows_the_links_to_the_last_page(cbs: OData3, replica: Replica) -> None:
    codes = [row[AREA] for row in cbs.rows("84799NED", select=[AREA], bulk=True)]
    assert len(codes) == len(set(codes)) > 20
    asked = [unquote_plus(target) for _method, target in replica.requests]
    assert len(asked) == -(-len(codes) // 10)
    assert all("/ODataFeed/odata/84799NED/TypedDataSet?$format=json" in target for target in asked)


def test_bulk_reads_a_page_at_a_time(cbs: OData3, replica: Replica) -> None:
    next(cbs.rows("84799NED", bulk=True))
    assert len(replica.requests) == 1


def test_members_of_a_dimension_are_listed(cbs: OData3) -> None:
    titles = {row["Key"]: row["Title"] for row in cbs.members("84799NED", AREA)}
    assert titles[MOERWIJK] == "Moerwijk-Oost"


def test_a_link_that_leads_nowhere_new_stops(cbs: OData3, cbs4: OData4, replica: Replica) -> None:
    replica.faults.add("looping", "*TypedDataSet*")
    replica.faults.add("looping", "*Observations*")
    with pytest.raises(SourceFailed, match="steeds dezelfde bladzijde"):
        list(cbs.rows("84799NED", bulk=True))
    with pytest.raises(SourceFailed, match="steeds dezelfde bladzijde"):
        list(cbs4.observations("85984NED"))


@pytest.mark.parametrize("kind", ["reset", "error500", "truncated"])
def test_a_hiccup_halfway_loses_no_rows(cbs: OData3, replica: Replica, kind: Any) -> None:
    whole = list(cbs.rows("84799NED", bulk=True))
    replica.faults.add(kind, "*TypedDataSet*", after=1, times=2)
    assert list(cbs.rows("84799NED", bulk=True)) == whole


def test_a_revision_between_two_questions_is_noticed(cbs: OData3, replica: Replica) -> None:
    key = cbs.columns("84799NED").key("Koopwoningen")
    replica.faults.add("shifted", "*84799NED*")
    with pytest.raises(ColumnsMoved) as failure:
        list(cbs.rows("84799NED", select=[AREA, key], filter=equals(AREA, MOERWIJK, 10)))
    assert failure.value.transient
    key = cbs.columns("84799NED").key("Koopwoningen")
    assert list(cbs.rows("84799NED", select=[key], filter=equals(AREA, MOERWIJK, 10)))


def test_a_wrong_filter_is_not_taken_for_a_revision(cbs: OData3) -> None:
    with pytest.raises(SourceFailed, match="begrijpt de vraag niet") as failure:
        list(cbs.rows("84799NED", select=[AREA], filter="Koopwoningen_40 eq 1"))
    assert not isinstance(failure.value, ColumnsMoved)


def test_modified_is_the_key_of_a_cache(cbs: OData3, replica: Replica) -> None:
    before = cbs.modified("84799NED")
    assert cbs.catalogue()["84799NED"] == before
    replica.faults.add("shifted", "*84799NED*")
    assert cbs.modified("84799NED") > before


def test_a_service_without_a_catalogue_has_an_empty_one(cbs: OData3, replica: Replica) -> None:
    replica.faults.add("not_found", "*ODataCatalog*")
    assert cbs.catalogue() == {}


def test_an_unknown_table_is_not_found(cbs: OData3, cbs4: OData4) -> None:
    for ask in (cbs.modified, cbs.columns, cbs4.modified):
        with pytest.raises(NotFound):
            ask("00000NED")


@pytest.mark.parametrize("kind", ["atom", "not_found"])
def test_what_is_no_data_fails(cbs: OData3, cbs4: OData4, replica: Replica, kind: Any) -> None:
    replica.faults.add(kind)
    with pytest.raises(SourceFailed):
        list(cbs.rows("84799NED", bulk=True))
    with pytest.raises(SourceFailed):
        list(cbs4.observations("85984NED"))


# --- v4 -----------------------------------------------------------------------------------


def test_observations_have_a_value_or_a_text(cbs4: OData4) -> None:
    wanted = all_of(one_of(AREA, [MOERWIJK]), one_of("Measure", ["T001036", "PC000C"]))
    found = {item.measure: item for item in cbs4.observations("85984NED", filter=wanted)}
    assert (found["T001036"].code, found["T001036"].value, found["T001036"].text) == (MOERWIJK, 3360, None)
    assert (found["PC000C"].value, found["PC000C"].text) == (None, "2531")


def test_observations_come_from_all_pages(cbs4: OData4, replica: Replica) -> None:
    found = [(item.code, item.measure) for item in cbs4.observations("83765NED")]
    assert len(found) == len(set(found)) > 100
    assert len(replica.requests) == -(-len(found) // 20)


def test_both_protocols_give_the_same_figures(cbs: OData3, cbs4: OData4) -> None:
    key = cbs.columns("85984NED").key("AantalInwoners")
    three = {row[AREA]: row[key] for row in cbs.rows("85984NED", bulk=True) if row[key] is not None}
    four = {
        item.code: item.value for item in cbs4.observations("85984NED", filter=one_of("Measure", ["T001036"]))
    }
    assert three == {code: value for code, value in four.items() if value is not None}


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ({"Value": None, "ValueAttribute": "Impossible"}, None),
        ({"Value": 0, "ValueAttribute": "Secret"}, None),
        ({"Value": 0, "ValueAttribute": "None"}, 0),
        ({"Value": 3, "ValueAttribute": "Provisional"}, 3),
        ({}, None),
        ({"Value": "12"}, None),
    ],
)
def test_what_is_not_published_is_never_zero(row: dict[str, Any], value: float | None) -> None:
    assert observation(row, AREA).value == value


def test_codes_and_measures_of_v4_are_listed(cbs4: OData4) -> None:
    assert any(row["Identifier"] == MOERWIJK for row in cbs4.codes("83765NED"))
    assert any(row["Identifier"] == "T001036" for row in cbs4.measures("83765NED"))
    assert cbs4.modified("83765NED")
