"""The page of all sources: what we hold of each, how fresh it is, what failed, and who may refresh."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtscan.actions.extents import count_extents
from buurtscan.models import AreaRow, Pull, ScanSource, Source, SourceTable, TableExtent
from buurtscan.source_states import STALE_AFTER, ago, source_states, years_in_words
from core.models import Job, Record
from projects.models import Project, User
from tests import builders
from tests.scan_pages_help import scan_of

pytestmark = pytest.mark.django_db

type Login = Callable[[User], Client]


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.fixture
def beheerder(db: None) -> User:
    return builders.user(is_superuser=True)


def table(name: str = "85984NED", source: str = "kwb", *, days: int = 0, **fields: Any) -> SourceTable:
    then = timezone.now() - timedelta(days=days)
    defaults = {"vintage": 2024, "modified": "2026-03-11T02:00:00", "columns": {"T001036": "x"}}
    return SourceTable.objects.create(source=source, table=name, refreshed_at=then, **{**defaults, **fields})


def pull(source: str = "kwb", state: str = "done", *, days: int = 0, error: str = "", **fields: Any) -> Pull:
    then = timezone.now() - timedelta(days=days)
    job = Job.objects.create(task="buurtscan.pull", state=state, error=error, finished_at=then)
    return Pull.objects.create(source=source, job=job, **fields)


def state_of(source: str, project: Project | None = None) -> Any:
    scanned = scan_of(project).sources.all() if project else ()
    return next(one for one in source_states(scanned) if one.source == source)


# --- gates -------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["coordinator", "colleague", "reader"])
def test_every_member_may_read_where_figures_come_from(
    who: str, project: Project, login: Login, request: Any
) -> None:
    response = login(request.getfixturevalue(who)).get(reverse("scan_sources", args=[project.slug]))
    assert response.status_code == 200
    assert all(str(source.label).split("'")[0] in text_of(response) for source in Source)
    assert "Haal voor heel Nederland op" not in text_of(response)


def test_an_outsider_finds_no_sources_of_a_project(project: Project, outsider: User, login: Login) -> None:
    assert login(outsider).get(reverse("scan_sources", args=[project.slug])).status_code == 404
    assert Client().get(reverse("scan_sources", args=[project.slug])).status_code == 302


def test_a_collector_may_not_read_the_sources_of_a_project(project: Project, login: Login) -> None:
    collector = builders.member(project, "verzamelaar")
    assert login(collector).get(reverse("scan_sources", args=[project.slug])).status_code == 403


@pytest.mark.parametrize("who", ["coordinator", "reader", "outsider"])
def test_only_the_beheerder_sees_and_refreshes_the_sources_of_the_installation(
    who: str, project: Project, login: Login, request: Any
) -> None:
    client = login(request.getfixturevalue(who))
    assert client.get(reverse("sources")).status_code == 404
    assert client.post(reverse("source_refresh", args=["kwb"])).status_code == 404
    assert not Pull.objects.exists()


def test_without_an_account_there_are_no_sources_of_the_installation(client: Client) -> None:
    assert client.get(reverse("sources")).status_code in (302, 404)
    assert client.post(reverse("source_refresh", args=["kwb"])).status_code in (302, 404)
    assert not Pull.objects.exists()


def test_pages_take_no_post_and_a_refresh_no_get(
    project: Project, beheerder: User, coordinator: User, login: Login
) -> None:
    assert login(coordinator).post(reverse("scan_sources", args=[project.slug])).status_code == 405
    assert login(beheerder).post(reverse("sources")).status_code == 405
    assert login(beheerder).get(reverse("source_refresh", args=["kwb"])).status_code == 405


# --- refreshing --------------------------------------------------------------------------------
def test_the_beheerder_asks_for_a_refresh_and_a_second_click_asks_nothing_new(
    beheerder: User, login: Login
) -> None:
    client = login(beheerder)
    response = client.post(reverse("source_refresh", args=["kwb"]), follow=True)
    assert "wordt opgehaald. De oude cijfers blijven staan" in text_of(response)
    client.post(reverse("source_refresh", args=["kwb"]))
    assert Pull.objects.get().source == "kwb"
    assert Record.objects.get(verb="pull").actor_id == beheerder.pk


def test_what_is_no_source_cannot_be_refreshed(beheerder: User, login: Login) -> None:
    assert login(beheerder).post(reverse("source_refresh", args=["bestaat-niet"])).status_code == 404


def test_a_running_refresh_is_followed_and_has_no_button(beheerder: User, login: Login) -> None:
    pull(state="running")
    page = text_of(login(beheerder).get(reverse("sources")))
    assert 'hx-trigger="every 5s"' in page
    assert "Wordt opgehaald…" in page
    assert 'id="refresh-kwb"' not in page
    assert 'id="refresh-politie"' in page
    part = login(beheerder).get(reverse("sources"), headers={"HX-Request": "true"})
    assert "<html" not in text_of(part)


# --- what is said --------------------------------------------------------------------------------
def test_of_every_table_is_said_what_we_hold_and_since_when(
    project: Project, reader: User, login: Login
) -> None:
    held = table(days=3)
    for code in ("BU00010001", "BU00010002"):
        AreaRow.objects.create(table=held, code=code, period="2024", values={"T001036": 1})
    AreaRow.objects.create(table=held, code="BU00010001", period="2023", values={"T001036": 1})
    count_extents()
    page = text_of(login(reader).get(reverse("scan_sources", args=[project.slug])))
    assert "2 gebieden, 2023–2024" in page
    assert "3 dagen geleden" in page
    assert "<td>11 maart 2026</td>" in page
    assert "CC BY 4.0" in page
    assert "CC0 1.0" in page
    assert "https://opendata.cbs.nl/statline/#/CBS/nl/dataset/85984NED/table" in page


def test_a_table_is_counted_when_it_came_in_and_not_again() -> None:
    held = table()
    assert [extent.areas for extent in count_extents()] == [0]
    assert count_extents() == []
    SourceTable.objects.filter(pk=held.pk).update(refreshed_at=timezone.now() + timedelta(seconds=1))
    AreaRow.objects.create(table=held, code="BU00010001", period="2024", values={"T001036": 1})
    assert [extent.areas for extent in count_extents()] == [1]
    assert TableExtent.objects.get().periods == ["2024"]


def test_a_table_that_only_scans_asked_is_not_called_whole() -> None:
    table(modified="", columns={})
    assert count_extents() == []
    assert state_of("kwb").tables[0].held == "alleen de gebieden van de projecten"


@pytest.mark.parametrize("mark", ["", "sha256:0812ab", "onzin"])
def test_a_mark_that_is_no_day_is_not_shown_as_one(mark: str) -> None:
    table(modified=mark)
    assert state_of("kwb").tables[0].changed == ""


def test_a_source_that_is_long_silent_is_called_stale() -> None:
    table(days=60)
    pull(days=STALE_AFTER.days + 1)
    assert state_of("kwb").stale
    pull(days=1)
    state = state_of("kwb")
    assert not state.stale
    assert state.checked == "gisteren"


def test_a_source_that_we_hold_nothing_of_is_not_stale() -> None:
    state = state_of("rivm")
    assert not state.stale
    assert state.checked == "nog nooit"


def test_what_failed_last_is_said_and_what_is_shown_meanwhile(beheerder: User, login: Login) -> None:
    table(days=3)
    pull(days=3)
    pull(state="failed", error="85984NED: de bron geeft een fout (500)")
    page = text_of(login(beheerder).get(reverse("sources")))
    assert "85984NED: de bron geeft een fout (500)" in page
    assert "Zolang tonen wij de cijfers die er al waren, van" in page
    pull()
    assert state_of("kwb").problem == ""


def test_what_the_last_scan_of_the_project_did_not_get_is_said(project: Project) -> None:
    scan = scan_of(project)
    row = ScanSource.objects.create(
        scan=scan, source="rivm", state="failed", message="Geen antwoord.", finished_at=timezone.now()
    )
    assert state_of("rivm", project).problem == "Geen antwoord."
    assert not state_of("rivm", project).partly
    ScanSource.objects.filter(pk=row.pk).update(state="done", message="Eén tabel ontbrak.")
    assert state_of("rivm", project).partly
    ScanSource.objects.filter(pk=row.pk).update(state="done", message="")
    assert state_of("rivm", project).problem == ""
    assert state_of("rivm", project).checked == "vandaag"


def test_a_pull_of_one_year_says_nothing_of_the_whole_source() -> None:
    pull(state="failed", error="kapot", only_year=2019)
    assert state_of("kwb").pull is None


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "vandaag"),
        (1, "gisteren"),
        (3, "3 dagen geleden"),
        (59, "59 dagen geleden"),
        (100, "3 maanden geleden"),
        (800, "2 jaar geleden"),
        (-1, "vandaag"),
    ],
)
def test_time_is_said_in_words(days: int, said: str) -> None:
    now = datetime(2026, 9, 4, 12, tzinfo=timezone.get_current_timezone())
    assert ago(now - timedelta(days=days), now) == said
    assert ago(None, now) == "nog nooit"


def test_years_are_said_as_a_range() -> None:
    assert [years_in_words(found) for found in ([], ["2024"], ["2019", "2022"])] == ["", "2024", "2019–2022"]


# --- cost ----------------------------------------------------------------------------------------
def test_the_page_counts_no_rows_and_asks_the_same_with_more_tables(
    project: Project, reader: User, login: Login, django_assert_num_queries: Any
) -> None:
    client = login(reader)
    address = reverse("scan_sources", args=[project.slug])
    table()
    client.get(address)
    with django_assert_num_queries(8) as first:
        client.get(address)
    assert not any("buurtscan_arearow" in query["sql"] for query in first.captured_queries)
    for number in range(3):
        held = table(f"8000{number}NED")
        pull(days=number)
        AreaRow.objects.create(table=held, code="BU00010001", period="2024", values={"T001036": 1})
    count_extents()
    with django_assert_num_queries(8):
        client.get(address)
