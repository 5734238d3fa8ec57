"""Every way in which a source can fail, for every source. SES-WOA and Nabijheid are constructed tables."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from buurtscan.actions.pulls import NATIONALS
from buurtscan.models import AreaRow, SourceTable
from buurtscan.scanning import FETCHES, harvest, plan_of
from buurtscan.sources.harvest import Harvest
from buurtscan.target import target_of
from core.fetch import Fetcher, SourceFailed
from tests.buurtscan_help import scan, stored
from tests.replica import Replica
from tests.replica.constructed import SES

pytestmark = pytest.mark.django_db

BUURT = "BU05183620"
LASTING: list[tuple[str, dict[str, Any]]] = [
    ("reset", {}),
    ("slow", {"delay": 0.5}),
    ("trickle", {"delay": 0.3}),
    ("error500", {}),
    ("not_found", {}),
    ("truncated", {}),
    ("atom", {}),
    ("empty", {}),
    ("sentinels", {}),
    ("looping", {}),
]
# A sentinel and an empty list are the Leefbaarometer's way to say that an area has no score; it has no pages.
HARMLESS = {("leefbaarometer", "empty"), ("leefbaarometer", "sentinels"), ("leefbaarometer", "looping")}


@pytest.fixture(autouse=True)
def constructed(sources: Replica) -> Iterator[Replica]:
    before = sources.options
    sources.options = replace(before, constructed=True)
    yield sources
    sources.options = before


def asked(source: str) -> Harvest:
    return harvest(source, plan_of([target_of([BUURT])]))


def pull(source: str, fetcher: Fetcher) -> None:
    for national in NATIONALS[source](fetcher, None):
        for _batch in national.batches():
            pass


def values(found: dict[tuple[str, str], Any]) -> dict[tuple[str, str], Any]:
    return {key: figure for key, figure in found.items() if figure.value is not None}


@pytest.mark.parametrize(("kind", "options"), LASTING, ids=[kind for kind, _ in LASTING])
@pytest.mark.parametrize("source", FETCHES)
def test_what_does_not_pass_is_said_and_never_made_up(
    source: str, kind: Any, options: dict[str, Any], constructed: Replica, settings: Any
) -> None:
    settings.OPENDATA_TIMEOUT = 0.2
    constructed.faults.add(kind, "*", **options)
    found = asked(source)
    if (source, kind) == ("leefbaarometer", "looping"):
        assert not found.failed
        return
    assert [number for one in found.fetched for number in one.numbers] == []
    if (source, kind) not in HARMLESS:
        assert found.failed
        assert found.note.endswith(".")
        assert "Error" not in found.note
        assert not {"NoneType", "Traceback"} & set(found.note.split())


@pytest.mark.parametrize("kind", ["reset", "error500", "truncated"])
def test_what_passes_is_asked_again_and_changes_nothing(kind: Any, constructed: Replica) -> None:
    without = scan(BUURT)
    AreaRow.objects.all().delete()
    for path in ("*/cbs3/*", "*/cbs4/*", "*/derden/*", "*/lbm-geo/*", "*/lbm-files/*"):
        constructed.faults.add(kind, path, times=2)
    assert scan(BUURT) == without


def test_a_hiccup_of_one_slow_reply_changes_nothing(constructed: Replica, settings: Any) -> None:
    without = scan(BUURT)
    AreaRow.objects.all().delete()
    settings.OPENDATA_TIMEOUT = 1.0
    constructed.faults.add("slow", "*86134NED*", delay=1.3, times=1)
    constructed.faults.add("slow", "*50150NED*", delay=1.3, times=1)
    assert scan(BUURT) == without


@pytest.mark.parametrize("kind", ["reset", "error500", "atom", "empty", "sentinels", "looping", "not_found"])
def test_a_source_that_fails_keeps_its_figures_and_their_date(kind: Any, constructed: Replica) -> None:
    before = values(scan(BUURT))
    held, dates = stored(), dict(SourceTable.objects.values_list("table", "refreshed_at"))
    constructed.faults.add(kind, "*")
    assert values(scan(BUURT)) == before
    assert stored() == held
    if kind != "looping":  # the Leefbaarometer has no pages that could loop: it answered
        assert dict(SourceTable.objects.values_list("table", "refreshed_at")) == dates


def test_a_withdrawn_year_leaves_the_year_before(constructed: Replica) -> None:
    constructed.faults.add("withdrawn", table="85984NED")
    found = scan(BUURT)
    assert (found["inwoners", BUURT].status, found["inwoners", BUURT].period) == ("ok", "2020")
    assert found["goede_gezondheid", BUURT].value == 57.7


@pytest.mark.parametrize(
    ("source", "tables", "indicator"),
    [
        ("ses_woa", ["86092NED", "85163NED"], "ses_score"),
        ("nabijheid", ["86134NED", "85830NED"], "afstand_park"),
    ],
)
def test_a_source_whose_tables_are_all_withdrawn_says_so_and_keeps_what_it_gave(
    source: str, tables: list[str], indicator: str, constructed: Replica
) -> None:
    before = scan(BUURT)[indicator, BUURT]
    for table in tables:
        constructed.faults.add("withdrawn", f"*{table}*", table=table)
    constructed.faults.add("withdrawn", "*ODataCatalog*", table=tables[0])
    found = asked(source)
    assert found.failed == (len(tables) > 1)  # the catalogue still lists the other one: no proof
    constructed.faults.clear()
    constructed.options = replace(constructed.options, constructed=False)
    found = asked(source)
    assert (found.failed, found.fetched) == (False, [])
    assert found.note.startswith("Het CBS heeft de tabellen van")
    assert scan(BUURT)[indicator, BUURT].value == before.value


@pytest.mark.parametrize(
    ("source", "table", "columns", "words"),
    [
        ("politie", "47018NED", ["GeregistreerdeMisdrijven"], "geen"),
        ("ses_woa", "86092NED", [key for key, _, _ in SES], "de kolommen heten anders"),
    ],
)
def test_a_table_without_one_column_that_we_know_failed(
    source: str, table: str, columns: list[str], words: str, constructed: Replica
) -> None:
    renamed = columns[0] if len(columns) == 1 else ""
    if renamed:
        constructed.faults.add("vanished", f"*{table}*", column=renamed)
    else:
        constructed.faults.add("empty", f"*{table}/DataProperties*")
    found = asked(source)
    assert found.failed
    assert words in found.note or renamed
    assert [number for one in found.fetched for number in one.numbers] == []


def test_a_column_of_health_that_vanished_takes_only_its_own_figure(constructed: Replica) -> None:
    before = scan(BUURT)
    AreaRow.objects.all().delete()
    constructed.faults.add("vanished", "*50090NED*", column="Eenzaam")
    after = scan(BUURT)
    assert after["eenzaam", BUURT].status == "not_published"
    assert after["sterk_eenzaam", BUURT] == before["sterk_eenzaam", BUURT]


@pytest.mark.parametrize("kind", ["reset", "atom", "truncated", "error500"])
@pytest.mark.parametrize("source", NATIONALS)
def test_a_pull_that_fails_raises_what_went_wrong(source: str, kind: Any, constructed: Replica) -> None:
    constructed.faults.add(kind, "*")
    with Fetcher(timeout=1, deadline=2, pause=0.01) as fetcher, pytest.raises(SourceFailed) as failure:
        pull(source, fetcher)
    assert failure.value.message.endswith(".")


@pytest.mark.parametrize("source", ["kwb", "rivm", "politie", "ses_woa", "nabijheid"])
def test_a_pull_does_not_walk_in_circles(source: str, constructed: Replica) -> None:
    constructed.faults.add("looping", "*TypedDataSet*")
    with Fetcher() as fetcher, pytest.raises(SourceFailed, match="dezelfde bladzijde"):
        pull(source, fetcher)
