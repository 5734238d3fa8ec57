"""What a teller says of themselves: kept apart from the story, and only ever counted.

Who could read the database while answers wait in the buffer could tell by order and time which
story they came with. Once a day they are moved: from then on nothing points back (see
docs/operators.md and tests/test_stories_relink.py, which tries).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import batched
from secrets import SystemRandom

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import DomainError
from projects.models import Project
from stories.hearing.groups import COVER
from stories.hearing.suppression import LEAST, published
from stories.models import Story, StoryQuerySet, TellerAnswers, TellerCount, WaitingAnswers
from stories.models.hearing import ANSWERS, EVERYBODY, QUESTIONS, STORIES
from stories.traces import leave_no_trace


@transaction.atomic
def keep_answers(project: Project, answers: Mapping[str, str]) -> None:
    """Put the answers in the buffer; nothing is written when every question was skipped.

    No record: who may read the table of records must not learn which story came with answers.
    Raises DomainError for an answer that was not offered.
    """
    given = {name: answers.get(name, "") for name in QUESTIONS}
    for name, answer in given.items():
        if answer and answer not in ANSWERS[name].values:
            raise DomainError(_("Kies een van de antwoorden, of laat deze vraag leeg."), field=name)
    if any(given.values()):
        WaitingAnswers.objects.create(project=project, **given)


def move_answers() -> int:
    """Out of the buffer, of each project where five or more wait. How many went; twice does no harm."""
    waiting = WaitingAnswers.objects.order_by().values("project").annotate(number=Count("pk"))
    enough = waiting.filter(number__gte=LEAST).values_list("project", flat=True)
    moved = sum(_move(project) for project in list(enough))
    leave_no_trace(WaitingAnswers, TellerAnswers)  # also what an earlier night could not yet clean away
    return moved


@transaction.atomic
def _move(project: int) -> int:
    """All answers of the project are written anew, shuffled, so that not even a batch can be told apart."""
    waiting = list(WaitingAnswers.objects.select_for_update().filter(project=project))
    if len(waiting) < LEAST:
        return 0
    kept = list(TellerAnswers.objects.select_for_update().filter(project=project))
    rows = [
        TellerAnswers(project_id=project, **{name: getattr(row, name) for name in QUESTIONS})
        for row in (*kept, *waiting)
    ]
    SystemRandom().shuffle(rows)
    for some in batched(waiting, 500):
        WaitingAnswers.objects.filter(pk__in=[row.pk for row in some]).delete()
    TellerAnswers.objects.filter(project=project).delete()
    TellerAnswers.objects.bulk_create(rows, batch_size=500)
    return len(waiting)


def count_tellers(today: date | None = None) -> None:
    """Publish new counts, once a day, of each question that five or more new tellers answered.

    With fewer, the difference between two days would tell what one person answered.
    """
    for project in Project.objects.filter(pk__in=TellerAnswers.objects.values("project")):
        _count(project, today or timezone.localdate())


@transaction.atomic
def _count(project: Project, today: date) -> None:
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)  # one count at a time
    rows = list(TellerAnswers.objects.filter(project=project).values_list(*QUESTIONS))
    before = _totals_before(project, today)
    for place, question in enumerate(QUESTIONS):
        given = Counter(row[place] for row in rows if row[place])
        if given.total() - before.get(question, 0) >= LEAST:
            _publish(project, question, dict(_shown(question, given)), today)
    if len(rows) - before.get(EVERYBODY, 0) >= LEAST:
        _publish(project, EVERYBODY, {"": len(rows)}, today)
        told = asked_stories(project).count()
        _publish(project, STORIES, {"": told} if told >= LEAST else {}, today)


def asked_stories(project: Project) -> StoryQuerySet:
    """The stories whose teller was asked: not those of a session or a walk, nor what was rejected."""
    unasked = [Story.Door.SESSION, Story.Door.WALK]
    return Story.objects.of(project).exclude(door__in=unasked).exclude(state=Story.State.REJECTED)


def _totals_before(project: Project, today: date) -> dict[str, int]:
    """What was published earlier; a question that was counted today already is not counted again."""
    rows = TellerCount.objects.filter(project=project, answer="")
    return {row.question: 10**9 if row.counted_on >= today else row.number for row in rows}


def _shown(question: str, given: Counter[str]) -> Iterator[tuple[str, int]]:
    """Rows to keep: numbers, 0 for fewer than five, and the total; nothing for what covers a small group."""
    found = published({answer: given[answer] for answer in COVER[question]})
    if found is None:
        return
    yield "", found.total
    yield from found.numbers
    yield from ((answer, 0) for answer in found.few)


def _publish(project: Project, question: str, numbers: Mapping[str, int], today: date) -> None:
    if not numbers:
        return
    TellerCount.objects.filter(project=project, question=question).delete()
    TellerCount.objects.bulk_create(
        TellerCount(project=project, question=question, answer=answer, number=number, counted_on=today)
        for answer, number in sorted(numbers.items())
    )
