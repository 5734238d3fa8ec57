"""Who can read the whole database tries to tell which answers came with which story.

While answers wait in the buffer that can be done, and the first test does it, so that we know the
attack works. After the move every attack must do no better than chance.
"""

import logging
import time
from itertools import product
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from core.models import Job, Record
from projects.models import Project
from stories import actions
from stories.actions.hearing import count_tellers, keep_answers, move_answers
from stories.models import Story, TellerAnswers, TellerCount, WaitingAnswers
from stories.models.hearing import ANSWERS, QUESTIONS
from stories.traces import leave_no_trace
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 40
CHANCE = 10  # of 40 in a random order one fits by chance; ten or more once in ten million times


def people(number: int = MANY, seed: int = 1) -> list[dict[str, str]]:
    """Everybody answers something else, so that one right guess is really right."""
    every = [
        dict(zip(QUESTIONS, found, strict=True))
        for found in product(*(ANSWERS[name].values for name in QUESTIONS))
    ]
    return Random(seed).sample(every, number)


def tell(project: Project, persons: list[dict[str, str]]) -> None:
    """Each in a transaction of its own, as in use."""
    for number, answers in enumerate(persons):
        actions.submit_story(
            project, text=f"Verhaal {number}.", about="wonen", feeling="goed", answers=answers
        )


def rows(model: type[Any], order: str) -> list[tuple[str, ...]]:
    """The answers as somebody reads them who looks at the file itself."""
    names = ", ".join(f'"{name}"' for name in QUESTIONS)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {names} FROM "{model._meta.db_table}" ORDER BY {order}')  # noqa: S608
        return [tuple(row) for row in cursor.fetchall()]


def orders() -> list[str]:
    """Place in the table, key, and in PostgreSQL the number of the transaction."""
    postgres = ["ctid", "xmin::text::bigint, ctid", "id"]
    return postgres if connection.vendor == "postgresql" else ["rowid", "id"]


def right_guesses(model: type[Any], order: str, told: list[dict[str, str]]) -> int:
    """Stories have a number in the order of telling: put the answers beside it."""
    guesses = rows(model, order)
    truth = [tuple(person.values()) for person in told]
    return max(
        sum(guess == right for guess, right in zip(one, truth, strict=True))
        for one in (guesses, list(reversed(guesses)))
    )


def test_before_the_move_the_order_of_the_buffer_tells_everything(project: Project) -> None:
    told = people()
    tell(project, told)
    assert right_guesses(WaitingAnswers, orders()[0], told) == MANY


def test_after_the_move_order_and_key_tell_no_more_than_chance(project: Project) -> None:
    told = people()
    tell(project, told)
    assert move_answers() == MANY
    assert not WaitingAnswers.objects.exists()
    for order in orders():
        assert right_guesses(TellerAnswers, order, told) < CHANCE, order


def test_the_number_of_the_transaction_is_one_for_all_and_of_no_story(project: Project) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps no number of a transaction")
    tell(project, people(12))
    move_answers()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT xmin::text FROM stories_telleranswers")
        moved = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT DISTINCT xmin::text FROM stories_story")
        of_stories = {row[0] for row in cursor.fetchall()}
    assert len(moved) == 1
    assert not moved & of_stories


def test_a_later_batch_cannot_be_told_from_an_earlier_one(project: Project) -> None:
    told = people()
    tell(project, told[:20])
    move_answers()
    keys = set(TellerAnswers.objects.values_list("pk", flat=True))
    tell(project, told[20:])
    move_answers()
    assert not keys & set(TellerAnswers.objects.values_list("pk", flat=True))
    later = {tuple(person.values()) for person in told[20:]}
    for order in orders():
        last = rows(TellerAnswers, order)[20:]
        assert 2 <= sum(row in later for row in last) <= 18, order  # 10 by chance; outside once in 10 million


def test_records_jobs_and_logs_say_nothing(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    told = people(8)
    caplog.set_level(logging.DEBUG)
    tell(project, told[:4])
    with_answers = list(Record.objects.values_list("verb", "kind", "object_id").order_by("pk"))
    for number in range(4):
        actions.submit_story(project, text=f"Zonder {number}.", about="wonen", feeling="goed")
    tell(project, told[4:])
    before = Record.objects.count()
    move_answers()
    count_tellers()
    assert Record.objects.count() == before
    assert {(verb, kind) for verb, kind, _pk in with_answers} == {("submit", "stories.story")}
    assert set(Record.objects.values_list("verb", "kind")) == {("submit", "stories.story")}
    assert not Job.objects.exists()
    said = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("stories"))
    assert not any(str(key).replace("-", "") in said.replace("-", "") for key in Story.objects.values("pk"))
    assert said == ""


def test_no_row_keeps_a_time(project: Project) -> None:
    for model in (WaitingAnswers, TellerAnswers):
        assert {field.name for field in model._meta.get_fields()} == {"id", "project", *QUESTIONS}


def test_fewer_than_five_keep_waiting_and_five_are_moved(project: Project) -> None:
    tell(project, people(4))
    assert move_answers() == 0
    assert WaitingAnswers.objects.count() == 4
    keep_answers(project, {"age": "65+"})
    assert move_answers() == 5
    assert (WaitingAnswers.objects.count(), TellerAnswers.objects.count()) == (0, 5)


def test_moving_twice_moves_once(project: Project) -> None:
    told = people(7)
    tell(project, told)
    assert (move_answers(), move_answers()) == (7, 0)
    kept = sorted(TellerAnswers.objects.values_list(*QUESTIONS))
    assert kept == sorted(tuple(person.values()) for person in told)


def test_each_project_waits_for_its_own_five(project: Project) -> None:
    other = builders.project()
    tell(project, people(3))
    tell(other, people(3, seed=2))
    assert move_answers() == 0


def test_a_move_that_breaks_off_leaves_everything_waiting(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(project, people(6))

    def breaks(*_args: Any, **_options: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(TellerAnswers.objects, "bulk_create", breaks)
    with pytest.raises(KeyboardInterrupt):
        move_answers()
    assert (WaitingAnswers.objects.count(), TellerAnswers.objects.count()) == (6, 0)
    monkeypatch.undo()
    assert move_answers() == 6


def test_what_waited_is_gone_from_the_file_itself(project: Project) -> None:
    """SQLite leaves deleted rows where they are unless it is told to zero them."""
    if connection.vendor != "sqlite":
        pytest.skip("the files of PostgreSQL are looked at below")
    tell(project, people(6))
    keys = [key.hex.encode() for key in WaitingAnswers.objects.values_list("pk", flat=True)]
    file = Path(connection.settings_dict["NAME"])

    def bytes_now() -> bytes:
        log = file.with_name(f"{file.name}-wal")
        return file.read_bytes() + (log.read_bytes() if log.exists() else b"")

    assert all(key in bytes_now() for key in keys)
    move_answers()
    assert not any(key in bytes_now() for key in keys)


def test_the_pages_of_the_buffer_are_given_back(project: Project) -> None:
    """In PostgreSQL a deleted row keeps the number of the transaction that also wrote its story."""
    if connection.vendor != "postgresql":
        pytest.skip("the file of SQLite is looked at above")
    tell(project, people(6))
    move_answers()
    assert any(size_of_buffer() == 0 for _night in range(40))


def size_of_buffer() -> int:
    """In bytes. While another transaction is busy, such as one that keeps statistics, a later night cleans."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('stories_waitinganswers')")
        size = int(cursor.fetchone()[0])
    if size:
        time.sleep(0.25)
        move_answers()
    return size


def test_a_cleaning_that_fails_is_told_without_any_row(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere = SimpleNamespace(_meta=SimpleNamespace(db_table="bestaat_niet"))
    leave_no_trace(elsewhere)  # type: ignore[arg-type]
    if connection.vendor == "postgresql":
        assert "could not be cleaned away" in caplog.text
        assert "bestaat_niet" not in caplog.text
    else:
        assert caplog.text == ""


def test_one_story_of_today_does_not_show_in_the_counts(project: Project) -> None:
    """Four waited, one comes in today: the five are moved together, and counted together."""
    for _number in range(10):
        keep_answers(project, {"age": "25-44"})
    move_answers()
    count_tellers()
    counted = list(TellerCount.objects.order_by("pk").values_list("question", "answer", "number"))
    keep_answers(project, {"age": "65+"})
    move_answers()
    TellerCount.objects.update(counted_on="2026-01-01")
    count_tellers()
    assert list(TellerCount.objects.order_by("pk").values_list("question", "answer", "number")) == counted
