"""Each kind of data goes by itself when its time is up, with its files, whatever happens halfway."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from core.models import Job, Record
from core.private import files_in, keep_file
from projects.models import Project, User
from stories import actions
from stories.actions import keeping
from stories.models import (
    CareSignal,
    MaskedOriginal,
    Offer,
    RetentionRun,
    Story,
    StoryAudio,
    StoryFile,
    StoryPhoto,
    Withdrawal,
)
from stories.retention import ROUND, RULES, Period, months_before
from tests import builders
from tests.platform_live import Live, environment

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.make_aware(datetime(2026, 11, 22, 12))
type Login = Callable[[User], Client]
type Age = Callable[[Project, timedelta], list[Any]]


@pytest.fixture(autouse=True)
def private_folder(settings: Any, tmp_path: Path) -> Path:
    """A private folder of this test's own, also for a process that gets `tmp_path` as its DATA_DIR."""
    private = {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path / "private"}}
    settings.STORAGES = {**settings.STORAGES, "private": private}
    return tmp_path / "private"


@pytest.fixture
def project(db: None) -> Project:
    return builders.project(retention_months=24, ends=date(2026, 12, 12))


def file(name: str) -> str:
    keep_file(name, b"inhoud")
    return name


# Each makes one piece of data that is `age` old, and gives the rows that must go.
def a_told_one(project: Project, age: timedelta) -> list[Any]:
    story = builders.story(project, told_on=(NOW - age).date())
    photo = StoryPhoto.objects.create(
        story=story, job=Job.objects.create(task="x", state="done"), image=file("photos/a.jpg")
    )
    file("photos/a.klein.jpg")
    return [story, photo]


def a_rejected_one(project: Project, age: timedelta) -> list[Any]:
    return [
        builders.story(
            project, state="rejected", reason="reclame", judged_on=(NOW - age).date(), told_on=NOW.date()
        )
    ]


def a_masked_one(project: Project, age: timedelta) -> list[Any]:
    story = builders.story(project, told_on=NOW.date())
    return [MaskedOriginal.objects.create(story=story, text="Jansen", masked_at=NOW - age)]


def a_closed_signal(project: Project, age: timedelta) -> list[Any]:
    story = builders.story(project, state="care", told_on=NOW.date())
    signal = CareSignal.objects.create(story=story, why="zorg", handed_to="wijkteam", closed_at=NOW - age)
    return [story, signal]


def an_untyped_sound(project: Project, age: timedelta) -> list[Any]:
    story = builders.story(project, state="spoken", text="", told_on=NOW.date())
    sound = StoryAudio.objects.create(
        story=story, file=file("sounds/b"), media_type="audio/ogg", size=6, created_at=NOW - age
    )
    return [story, sound]


def a_file(project: Project, age: timedelta) -> list[Any]:
    job = Job.objects.create(task="stories.file", state="done")
    name = file(f"verhalenbestanden/{project.pk}-1.pdf")
    return [
        StoryFile.objects.create(project=project, job=job, kind="poster", file=name, created_at=NOW - age)
    ]


def a_withdrawal(project: Project, age: timedelta) -> list[Any]:
    return [Withdrawal.objects.create(project=project, on=(NOW - age).date(), where=["boekje"])]


def days(number: int) -> timedelta:
    return timedelta(days=number)


KINDS: list[tuple[str, Age, timedelta, timedelta]] = [
    ("verhaal", a_told_one, days(729), days(735)),
    ("afgewezen", a_rejected_one, days(30), days(31)),
    ("weggelaten", a_masked_one, days(29), days(31)),
    ("zorgsignaal", a_closed_signal, days(29), days(31)),
    ("geluid_oud", an_untyped_sound, days(89), days(91)),
    ("bestand", a_file, days(89), days(91)),
    ("intrekking", a_withdrawal, days(90), days(91)),
]


def gone(row: Any) -> bool:
    return not type(row).objects.filter(pk=row.pk).exists()


def numbers() -> dict[str, int]:
    return dict(RetentionRun.objects.values_list("kind", "number"))


@pytest.mark.parametrize(("kind", "make", "young", "old"), KINDS, ids=[kind for kind, *_ in KINDS])
def test_a_kind_stays_until_its_time_is_up(
    project: Project, kind: str, make: Age, young: timedelta, old: timedelta
) -> None:
    rows = make(project, young)
    assert actions.keep_retention(NOW) == 0
    assert not any(gone(row) for row in rows)
    assert numbers() == {ROUND: 0}


@pytest.mark.parametrize(("kind", "make", "young", "old"), KINDS, ids=[kind for kind, *_ in KINDS])
def test_a_kind_goes_with_its_files_and_is_counted_once(
    project: Project, kind: str, make: Age, young: timedelta, old: timedelta, private_folder: Path
) -> None:
    rows = make(project, old)
    assert actions.keep_retention(NOW) == 1
    assert all(gone(row) for row in rows)
    assert [path for path in private_folder.rglob("*") if path.is_file()] == []
    assert actions.keep_retention(NOW) == 0
    assert numbers() == {kind: 1, ROUND: 1}
    assert RetentionRun.objects.filter(project=project, on=NOW.date()).count() == 2


def test_every_rule_is_kept_by_somebody() -> None:
    elsewhere = {"foto_origineel"}  # every ten minutes, by forget_originals
    assert set(RULES) == set(keeping.STEPS) | elsewhere


def test_the_sound_of_a_typed_story_goes_after_a_week_and_the_words_stay(project: Project) -> None:
    story = builders.story(project, told_on=NOW.date())
    sound = StoryAudio.objects.create(
        story=story,
        file=file("sounds/c"),
        media_type="audio/ogg",
        size=6,
        created_at=NOW - days(20),
        typed_at=NOW - days(6),
    )
    assert actions.keep_retention(NOW) == 0
    assert actions.keep_retention(NOW + days(2)) == 1
    sound.refresh_from_db()
    assert (sound.file, sound.deleted_on) == ("", (NOW + days(2)).date())
    assert files_in("sounds") == []
    assert Story.objects.filter(pk=story.pk).exists()


def test_offers_stay_a_year_after_the_agenda_was_due(project: Project) -> None:
    Offer.objects.create(project=project, name="Een bewoner", contact="06", offered_on=date(2026, 1, 1))
    assert actions.keep_retention(timezone.make_aware(datetime(2027, 12, 12, 12))) == 0
    assert actions.keep_retention(timezone.make_aware(datetime(2027, 12, 13, 12))) == 1
    assert not Offer.objects.exists()


def test_a_closed_signal_of_a_story_that_went_back_goes_alone(project: Project) -> None:
    story = builders.story(project, told_on=NOW.date())
    CareSignal.objects.create(story=story, why="zorg", handed_to="wijkteam", closed_at=NOW - days(40))
    assert actions.keep_retention(NOW) == 1
    assert not CareSignal.objects.exists()
    assert Story.objects.filter(pk=story.pk).exists()


def test_an_open_signal_stays_however_old(project: Project) -> None:
    story = builders.story(project, state="care", told_on=NOW.date())
    CareSignal.objects.create(story=story, why="zorg", opened_at=NOW - days(400))
    assert actions.keep_retention(NOW) == 0


def test_each_project_has_its_own_promise(project: Project) -> None:
    short = builders.project(retention_months=6)
    stories = [builders.story(one, told_on=NOW.date() - days(300)) for one in (project, short)]
    assert actions.keep_retention(NOW) == 1
    assert [gone(story) for story in stories] == [False, True]
    assert RetentionRun.objects.get(kind="verhaal").project == short
    assert Record.objects.get(verb="forget").object_id == str(stories[1].pk)


def test_more_than_fits_in_one_transaction_goes_all_the_same(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "AT_ONCE", 2)
    for _ in range(5):
        builders.story(project, told_on=NOW.date() - days(900))
    assert actions.keep_retention(NOW) == 5
    assert numbers() == {"verhaal": 5, ROUND: 5}


def test_originals_of_photos_are_logged_too(project: Project) -> None:
    story = builders.story(project)
    StoryPhoto.objects.create(
        story=story,
        job=Job.objects.create(task="x"),
        original=file("originals/x"),
        created_at=timezone.now() - timedelta(minutes=61),
    )
    assert actions.forget_originals() == 1
    assert files_in("originals") == []
    assert numbers() == {"foto_origineel": 1}


def test_the_log_itself_goes_after_two_years(project: Project) -> None:
    RetentionRun.objects.create(project=project, kind="verhaal", on=NOW.date() - days(740), number=3)
    actions.keep_retention(NOW)
    assert numbers() == {ROUND: 0}


# --- halfway --------------------------------------------------------------------------------
def test_files_without_a_row_are_swept_after_a_day(project: Project, private_folder: Path) -> None:
    for name in ("photos/wees.jpg", "photos/wees.klein.jpg", "sounds/wees", "photos/vers.jpg"):
        file(name)
        age = 60 if "vers" in name else 90_000
        os.utime(private_folder / name, (time.time() - age,) * 2)
    kept = a_told_one(project, days(1))
    for name in ("photos/a.jpg", "photos/a.klein.jpg"):
        os.utime(private_folder / name, (time.time() - 90_000,) * 2)
    assert keeping.sweep_files(timezone.now()) == 3
    assert sorted(files_in("photos")) == ["photos/a.jpg", "photos/a.klein.jpg", "photos/vers.jpg"]
    assert not any(gone(row) for row in kept)


def test_a_kind_that_fails_undoes_nothing_of_the_others_and_counts_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, masked = a_told_one(project, days(900)), a_masked_one(project, days(40))

    def broken(project: Project, now: datetime) -> int:
        MaskedOriginal.objects.all().delete()
        raise RuntimeError("the power went")

    whole = dict(keeping.STEPS)
    monkeypatch.setitem(keeping.STEPS, "weggelaten", broken)
    with pytest.raises(RuntimeError):
        actions.keep_retention(NOW)
    assert [gone(told[0]), gone(masked[0])] == [True, False]
    assert numbers() == {"verhaal": 1}
    monkeypatch.setitem(keeping.STEPS, "weggelaten", whole["weggelaten"])
    assert actions.keep_retention(NOW) == 1
    assert numbers() == {"verhaal": 1, "weggelaten": 1, ROUND: 1}


KILLED_HALFWAY = """
import time
import django
django.setup()
from stories.actions import keeping

def slow(name):
    print("HALFWAY", flush=True)
    time.sleep(600)

keeping.forget_file = slow
keeping.keep_retention()
"""


@pytest.mark.worker
def test_a_round_that_is_killed_is_finished_by_the_next(
    project: Project, tmp_path: Path, private_folder: Path
) -> None:
    now = timezone.now()
    old = builders.story(project, told_on=now.date() - days(900))
    typed = builders.story(project)
    sound = StoryAudio.objects.create(
        story=typed,
        file=file("sounds/c"),
        media_type="audio/ogg",
        size=6,
        created_at=now - days(20),
        typed_at=now - days(8),
    )
    notice = Withdrawal.objects.create(project=project, on=now.date() - days(100), where=["boekje"])
    killed = Live(["-c", KILLED_HALFWAY], environment(tmp_path), tmp_path / "round.log")
    killed.says("HALFWAY")
    killed.kill()
    sound.refresh_from_db()
    assert (gone(old), sound.file, gone(notice)) == (True, "", False)
    assert files_in("sounds") == ["sounds/c"]
    assert actions.keep_retention() == 1
    assert gone(notice)
    assert numbers() == {"verhaal": 1, "geluid": 1, "intrekking": 1, ROUND: 1}
    os.utime(private_folder / "sounds/c", (time.time() - 90_000,) * 2)
    actions.keep_retention()
    assert files_in("sounds") == []


# --- the clock and the page -----------------------------------------------------------------
def test_the_clock_knows_both_rounds() -> None:
    tasks = {entry["task"]: entry["schedule"] for entry in django_settings.CELERY_BEAT_SCHEDULE.values()}
    assert tasks["stories.keep_retention"] <= timedelta(hours=6)
    assert tasks["stories.forget_originals"] <= timedelta(minutes=15)


def test_periods_are_said_in_words() -> None:
    words = [
        period.in_words(24) for period in (Period(hours=1), Period(days=30), Period(months=12), Period())
    ]
    assert words == ["1 uur", "30 dagen", "12 maanden", "24 maanden"]
    assert Period().in_words(1) == "1 maand"


@pytest.mark.parametrize(
    ("day", "months", "limit"),
    [
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2026, 1, 1), 1, date(2025, 12, 1)),
        (date(2026, 11, 22), 24, date(2024, 11, 22)),
    ],
)
def test_months_are_counted_back(day: date, months: int, limit: date) -> None:
    assert months_before(day, months) == limit


def keeping_page(project: Project) -> str:
    return f"/p/{project.slug}/verhalen/bewaren/"


def test_the_page_is_for_the_coordinator(
    client: Client, project: Project, login: Login, coordinator: User, colleague: User, outsider: User
) -> None:
    assert client.get(keeping_page(project))["Location"].startswith("/account/login/")
    assert login(outsider).get(keeping_page(project)).status_code == 404
    assert login(colleague).get(keeping_page(project)).status_code == 403
    assert login(coordinator).post(keeping_page(project)).status_code == 405
    page = login(coordinator).get(keeping_page(project)).content.decode()
    assert "Er is nog geen ronde gedaan" in page
    assert all(str(rule.what) in page.replace("&#x27;", "'") for rule in RULES.values())


def test_the_page_shows_what_went_without_what_it_was(
    project: Project, login: Login, coordinator: User
) -> None:
    builders.story(project, text="Een zeldzaam woord: kwiebus.", told_on=NOW.date() - days(900))
    actions.keep_retention(NOW)
    page = login(coordinator).get(keeping_page(project)).content.decode()
    assert "Laatste ronde: 22 november 2026" in page.replace("\xa0", " ")
    assert "24 maanden" in page
    assert "kwiebus" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_number_of_questions(
    project: Project, login: Login, coordinator: User, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        RetentionRun.objects.create(project=project, kind="verhaal", on=NOW.date() - days(number), number=1)
    client = login(coordinator)
    with django_assert_num_queries(7):
        client.get(keeping_page(project))
