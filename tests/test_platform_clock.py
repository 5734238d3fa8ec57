from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import current_app, shared_task
from celery.beat import ScheduleEntry
from django.utils import timezone

from core.clock import LOOK_EVERY, LeasedScheduler, release_lease, take_lease
from core.models import Lease

struck: list[str] = []


@shared_task(name="tests.strike")
def strike() -> None:
    struck.append("bong")


@pytest.fixture(autouse=True)
def nothing_struck_yet() -> None:
    struck.clear()


def clock(tmp_path: Path, holder: str) -> LeasedScheduler:
    """A clock with one thing to do that is always due."""
    made = LeasedScheduler(app=current_app, schedule_filename=str(tmp_path / holder), lazy=True)
    made.holder = holder
    made.setup_schedule()
    made.schedule.clear()
    entry: dict[str, Any] = {"task": "tests.strike", "schedule": timedelta(microseconds=1), "args": ()}
    made.schedule["strike"] = ScheduleEntry(
        name="strike", app=current_app, last_run_at=timezone.now() - timedelta(hours=1), **entry
    )
    return made


@pytest.mark.django_db
def test_of_two_clocks_one_sends_and_the_other_stays_silent(tmp_path: Path) -> None:
    first, second = clock(tmp_path, "first"), clock(tmp_path, "second")
    first.tick()
    assert len(struck) == 1
    assert second.tick() == LOOK_EVERY
    assert len(struck) == 1
    assert Lease.objects.get().holder == "first"


@pytest.mark.django_db
def test_the_second_clock_takes_over_when_the_first_went_silent(tmp_path: Path) -> None:
    clock(tmp_path, "first").tick()
    Lease.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    second = clock(tmp_path, "second")
    second.tick()
    assert len(struck) == 2
    assert Lease.objects.get().holder == "second"


@pytest.mark.django_db
def test_a_clock_that_stops_hands_over_at_once(tmp_path: Path) -> None:
    first, second = clock(tmp_path, "first"), clock(tmp_path, "second")
    first.tick()
    first.close()
    second.tick()
    assert len(struck) == 2


@pytest.mark.django_db
def test_a_clock_that_stops_leaves_the_lease_of_another_alone(tmp_path: Path) -> None:
    first, second = clock(tmp_path, "first"), clock(tmp_path, "second")
    first.tick()
    second.close()
    assert Lease.objects.get().holder == "first"


@pytest.mark.django_db
def test_a_lease_is_renewed_by_its_holder_only() -> None:
    assert take_lease("clock", "one")
    assert take_lease("clock", "one")
    assert not take_lease("clock", "two")
    release_lease("clock", "two")
    assert not take_lease("clock", "two")
    release_lease("clock", "one")
    assert take_lease("clock", "two")


def test_a_clock_without_a_database_waits_and_lives_on(tmp_path: Path, db_is_away: None) -> None:
    made = clock(tmp_path, "first")
    assert made.tick() == LOOK_EVERY
    made.close()
    assert struck == []


@pytest.fixture
def db_is_away(django_db_blocker: Any) -> Any:
    """A database that was there and no longer answers."""
    from django.db import connection

    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"], connection.connection
        connection.settings_dict["NAME"] = "/nowhere/at/all"
        connection.connection = None
        yield
        connection.close()
        connection.settings_dict["NAME"], connection.connection = before
