"""What is worked out of whole tables, against the plainest way to work it out; the tables are constructed."""

from statistics import median

import pytest
from django.utils import timezone

from buurtscan.actions import refresh_reference, request_reference
from buurtscan.models import AreaRow, Distribution, Likeness, SourceTable
from buurtscan.national.distribution import Spread, spread_of
from buurtscan.national.likeness import FEATURES
from buurtscan.national.places import spreads_of
from buurtscan.tasks import reference
from core.models import Job

pytestmark = pytest.mark.django_db
BUURTEN = 120


def table(
    name: str = "85984NED", source: str = "kwb", mark: str = "2026-01-01", vintage: int = 2024
) -> SourceTable:
    return SourceTable.objects.create(
        source=source,
        table=name,
        vintage=vintage,
        modified=mark,
        columns={"T001036": "AantalInwoners_5"},
        refreshed_at=timezone.now(),
    )


def code(number: int) -> str:
    """Each in a gemeente of its own."""
    return f"BU{number:04}0000"


def numbers(number: int) -> dict[str, float]:
    """A buurt of a country in which everything rises evenly."""
    people = 250.0 + number
    return {
        "T001036": people,
        "1050010_2": people / 2,
        "ST0003": 100.0 + 10 * number,
        "1014800": float(number % 90),
        "A047047": float(number % 60),
        "ZW10290": float(number % 70),
        "10680": 40.0,
        "53050": 30.0,
        "80200": 50.0 + number % 30,
    }


def fill(owner: SourceTable, period: str = "2024", size: int = BUURTEN) -> None:
    AreaRow.objects.bulk_create(
        AreaRow(table=owner, code=code(number), period=period, values=numbers(number))
        for number in range(size)
    )


def test_the_spread_of_a_share_is_that_of_all_buurten_with_the_figure() -> None:
    fill(table())
    refresh_reference()
    row = Distribution.objects.get(indicator="koopwoningen", period="2024", level="buurt")
    shares = sorted(numbers(number)["1014800"] for number in range(BUURTEN))
    assert row.number == BUURTEN
    assert row.median == median(shares)
    assert [
        value for value, times in zip(row.values, row.counts, strict=True) for _ in range(times)
    ] == shares


def test_a_rate_of_two_sources_is_spread_once_both_are_there() -> None:
    fill(table())
    refresh_reference()
    assert not Distribution.objects.filter(indicator="misdrijven", number__gt=0).exists()
    police = table("47018NED", "politie", "2026-02-01")
    AreaRow.objects.bulk_create(
        AreaRow(table=police, code=code(number), period="2024", values={"0.0.0": 10.0})
        for number in range(110)
    )
    refresh_reference()
    row = Distribution.objects.get(indicator="misdrijven", period="2024", level="buurt")
    assert row.number == 110
    assert max(row.values) == 40.0  # 10 misdrijven, 250 inwoners


def test_a_count_has_no_spread() -> None:
    fill(table())
    refresh_reference()
    assert not Distribution.objects.filter(indicator="inwoners").exists()


def test_a_true_zero_counts_and_what_is_not_published_does_not() -> None:
    owner = table()
    fill(owner)
    AreaRow.objects.filter(code=code(0)).update(values=numbers(0) | {"1014800": 0.0})
    without = numbers(1)
    del without["1014800"]
    AreaRow.objects.filter(code=code(1)).update(values=without)
    refresh_reference()
    row = Distribution.objects.get(indicator="koopwoningen", period="2024", level="buurt")
    assert (row.values[0], row.number) == (0.0, BUURTEN - 1)


def test_a_table_that_only_scans_brought_in_is_no_national_picture() -> None:
    owner = table()
    fill(owner)
    SourceTable.objects.update(columns={})
    assert refresh_reference() == 0
    assert not Distribution.objects.exists()
    assert not Likeness.objects.exists()


def test_a_table_of_one_gemeente_is_no_national_picture() -> None:
    """However many buurten it has."""
    owner = table()
    AreaRow.objects.bulk_create(
        AreaRow(table=owner, code=f"BU0518{number:04}", period="2024", values=numbers(number))
        for number in range(300)
    )
    refresh_reference()
    assert not Distribution.objects.filter(number__gt=0).exists()
    assert not Likeness.objects.exists()


def test_the_second_refresh_has_nothing_to_do() -> None:
    fill(table())
    assert refresh_reference() > 0
    made = Distribution.objects.values_list("made_at", flat=True)
    before, alike = set(made), Likeness.objects.get().made_at
    assert refresh_reference() == 0
    assert set(made) == before
    assert Likeness.objects.get().made_at == alike


def test_only_what_rests_on_a_changed_table_is_made_again() -> None:
    fill(table())
    older = table("84799NED", mark="2025-01-01", vintage=2020)
    fill(older, "2020")
    refresh_reference()
    old = Distribution.objects.get(indicator="koopwoningen", period="2024", level="buurt").made_at
    SourceTable.objects.filter(pk=older.pk).update(modified="2025-06-01")
    AreaRow.objects.filter(table=older, code=code(3)).update(values=numbers(3) | {"1014800": 99.0})
    assert refresh_reference() > 0
    assert Distribution.objects.get(indicator="koopwoningen", period="2024", level="buurt").made_at == old
    newer = Distribution.objects.get(indicator="koopwoningen", period="2020", level="buurt")
    assert newer.values[-1] == 99.0


def test_a_stopped_refresh_goes_on_where_it_was() -> None:
    fill(table())
    fill(table("84799NED", vintage=2020), "2020")
    everything = refresh_reference()
    Distribution.objects.filter(period="2020").delete()
    assert 0 < refresh_reference() < everything


def test_of_one_period_in_two_tables_the_newest_table_counts() -> None:
    old, new = table("50090NED", "rivm", vintage=2020), table("50120NED", "rivm", vintage=2022)
    for owner, value in ((old, 10.0), (new, 20.0)):
        AreaRow.objects.bulk_create(
            AreaRow(table=owner, code=code(number), period="2020", values={"roken": value})
            for number in range(BUURTEN)
        )
    refresh_reference()
    assert Distribution.objects.get(indicator="roken", period="2020", level="buurt").values == [20.0]


@pytest.mark.parametrize("name", ["vroeger", "inwoners", "stedelijkheid"])
def test_what_has_no_place_or_left_the_catalogue_loses_its_spread(name: str) -> None:
    fill(table())
    Distribution.objects.create(
        indicator=name,
        period="2024",
        level="buurt",
        number=1,
        median=1,
        values=[1],
        counts=[1],
        basis="x",
    )
    refresh_reference()
    assert not Distribution.objects.filter(indicator=name).exists()


def test_the_year_with_the_most_features_is_used_for_likeness() -> None:
    newest = table("86165NED", vintage=2025)
    AreaRow.objects.bulk_create(
        AreaRow(table=newest, code=code(number), period="2025", values={"T001036": 300.0, "ST0003": 100.0})
        for number in range(BUURTEN)
    )
    fill(table())
    refresh_reference()
    found = Likeness.objects.get()
    assert found.period == "2024"
    assert tuple(found.scale["features"]) == FEATURES
    assert len(found.features) == BUURTEN


def test_the_job_does_the_work_and_is_asked_for_once() -> None:
    fill(table())
    job = request_reference()
    assert request_reference() == job
    reference(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert Distribution.objects.exists()
    assert request_reference() != job


def test_spreads_come_in_one_query(django_assert_num_queries: object) -> None:
    fill(table())
    refresh_reference()
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = spreads_of("buurt", {("koopwoningen", "2024"), ("roken", "2022"), ("huurwoningen", "1999")})
    assert set(found) == {("koopwoningen", "2024")}
    shares = [numbers(number)["1014800"] for number in range(BUURTEN)]
    assert found["koopwoningen", "2024"] == spread_of(shares, 0)
    assert isinstance(found["koopwoningen", "2024"], Spread)
