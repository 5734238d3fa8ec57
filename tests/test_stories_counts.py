"""The counts of tellers: once a day, never under five, and never the difference of one person."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from projects.models import Project, User
from stories import tasks
from stories.actions.hearing import count_tellers, keep_answers
from stories.heard import counts_of, skipped_of
from stories.models import TellerAnswers, TellerCount
from tests import builders

pytestmark = pytest.mark.django_db

type Login = Callable[[User], Client]
DAY = date(2026, 11, 2)


def tellers(project: Project, number: int, **answers: str) -> None:
    """Answers that were moved already."""
    TellerAnswers.objects.bulk_create(TellerAnswers(project=project, **answers) for _ in range(number))


def shown(project: Project, question: str = "age") -> dict[str, int]:
    rows = TellerCount.objects.filter(project=project, question=question)
    return dict(rows.values_list("answer", "number"))


def test_numbers_of_five_and_more_are_kept_and_small_ones_only_as_fewer(project: Project) -> None:
    tellers(project, 12, age="25-44")
    tellers(project, 9, age="45-64")
    tellers(project, 3, age="65+")
    tellers(project, 2, age="15-24")
    count_tellers(DAY)
    assert shown(project) == {"": 26, "25-44": 12, "45-64": 9, "15-24": 0, "65+": 0, "0-14": 0}


def test_where_one_group_would_be_hidden_a_second_is_hidden_too(project: Project) -> None:
    tellers(project, 20, disability="nee")
    tellers(project, 1, disability="ja")
    count_tellers(DAY)
    assert shown(project, "disability") == {"": 21, "ja": 0}
    found = counts_of(project)["disability"]
    assert (found.few("ja"), found.few("nee"), found.number("nee")) == (True, False, None)


def test_the_database_itself_refuses_a_count_under_five(project: Project) -> None:
    for number in (1, 4):
        with pytest.raises(IntegrityError), transaction.atomic():
            TellerCount.objects.create(
                project=project, question="age", answer="65+", number=number, counted_on=DAY
            )


@pytest.mark.parametrize(("more", "total"), [(1, 20), (4, 20), (5, 25)])
def test_new_counts_come_only_with_five_new_answers_to_that_question(
    project: Project, more: int, total: int
) -> None:
    tellers(project, 20, age="25-44")
    count_tellers(DAY)
    tellers(project, more, age="65+")
    count_tellers(DAY + timedelta(days=1))
    assert shown(project)[""] == total


def test_five_new_tellers_of_whom_one_answered_a_question_change_nothing_of_it(project: Project) -> None:
    tellers(project, 20, age="25-44", disability="nee")
    count_tellers(DAY)
    tellers(project, 4, age="25-44")
    tellers(project, 1, age="25-44", disability="ja")
    count_tellers(DAY + timedelta(days=1))
    assert shown(project)[""] == 25
    assert shown(project, "disability")[""] == 20


def test_answers_that_wait_are_added_up_until_there_are_five(project: Project) -> None:
    tellers(project, 20, age="25-44")
    for day in range(5):
        count_tellers(DAY + timedelta(days=day))
        tellers(project, 1, age="65+")
        assert shown(project)[""] == 20
    count_tellers(DAY + timedelta(days=9))
    assert shown(project)["65+"] == 5


def test_a_day_has_one_count(project: Project) -> None:
    tellers(project, 20, age="25-44")
    count_tellers(DAY)
    tellers(project, 20, age="25-44")
    count_tellers(DAY)
    assert shown(project)[""] == 20
    count_tellers(DAY + timedelta(days=1))
    assert shown(project)[""] == 40


def test_counting_costs_the_same_however_many_answered(
    project: Project, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tellers(project, 3000, age="25-44", tenure="koop")
    with django_assert_num_queries(13):
        count_tellers(DAY)


def test_the_task_of_the_clock_moves_and_counts(project: Project) -> None:
    for _number in range(6):
        keep_answers(project, {"age": "65+"})
    tasks.count_tellers()
    assert TellerAnswers.objects.count() == 6
    tellers(project, 10, age="65+")
    TellerCount.objects.all().delete()
    tasks.count_tellers()
    assert counts_of(project)["age"].total == 16
    assert counts_of(project)["age"].counted_on == timezone.localdate()


def test_how_many_skipped_everything_is_said_and_a_few_only_as_few(project: Project) -> None:
    for _number in range(30):
        builders.story(project)
    builders.story(project, door="wijkwerksessie")
    builders.story(project, state="rejected", reason="reclame")
    tellers(project, 20, age="65+")
    count_tellers(DAY)
    found = skipped_of(counts_of(project))
    assert found is not None
    assert (found.stories, found.answered, found.skipped) == (30, 20, 10)
    tellers(project, 8, age="65+")
    count_tellers(DAY + timedelta(days=1))
    found = skipped_of(counts_of(project))
    assert found is not None
    assert found.skipped is None


def test_nothing_is_said_of_skipping_when_stories_went_and_answers_stayed(project: Project) -> None:
    builders.story(project)
    tellers(project, 20, age="65+")
    count_tellers(DAY)
    assert skipped_of(counts_of(project)) is None


def address(project: Project) -> str:
    return f"/p/{project.slug}/verhalen/gehoord/aantallen/"


def test_the_page_shows_numbers_with_their_date_and_nothing_under_five(
    project: Project, reader: User, login: Login
) -> None:
    tellers(project, 21, age="25-44")
    tellers(project, 3, age="65+")
    tellers(project, 2, age="15-24")
    count_tellers(DAY)
    page = login(reader).get(address(project)).content.decode()
    assert "Geteld op 2\xa0november 2026." in page
    assert '<td class="num">21</td>' in page
    assert page.count("minder dan 5") == 4
    assert '<td class="num">3</td>' not in page
    assert '<td class="num">0</td>' not in page


def test_who_may_see_the_counts(project: Project, login: Login, outsider: User, reader: User) -> None:
    assert login(outsider).get(address(project)).status_code == 404
    assert login(builders.member(project, "verzamelaar")).get(address(project)).status_code == 403
    assert login(reader).get(address(project)).status_code == 200
    assert login(reader).post(address(project)).status_code == 405
    assert Client().get(address(project)).status_code == 302


def test_the_counts_of_another_project_are_not_shown(project: Project, reader: User, login: Login) -> None:
    tellers(builders.project(), 20, age="65+")
    count_tellers(DAY)
    assert "Er is nog niets geteld." in login(reader).get(address(project)).content.decode()


def test_the_page_costs_the_same_whatever_was_counted(
    project: Project, reader: User, login: Login, django_assert_num_queries: Any
) -> None:
    client = login(reader)
    for answers in ({}, {"age": "65+"}, {"age": "65+", "tenure": "koop", "household": "alleen"}):
        if answers:
            tellers(project, 20, **answers)
            TellerCount.objects.all().delete()
            count_tellers(DAY)
        with django_assert_num_queries(5):
            client.get(address(project))
