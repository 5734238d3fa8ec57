"""What goes because its time is up: each kind of each project in a transaction of its own.

A round that is cut off is finished by the next one. Files go after the commit; the sweep finds what was
left of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.private import files_in, forget_file
from core.records import record_all
from projects.models import Project
from stories import sounds
from stories.actions.counting import note_run
from stories.actions.files import forget, forget_files_with
from stories.actions.withdrawing import erase_stories
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
from stories.photos import PICTURES, small_name
from stories.retention import LOG_MONTHS, ROUND, RULES, months_before

AT_ONCE = 500  # stories in one transaction
GRACE = timedelta(days=1)  # a file may be older than the row that is about to name it


def keep_retention(now: datetime | None = None) -> int:
    """One round through every project. How many pieces of data went; again gives nothing more."""
    now = now or timezone.now()
    gone = sum(_round(project, now) for project in Project.objects.order_by("pk").iterator())
    limit = months_before(timezone.localdate(now), LOG_MONTHS)
    RetentionRun.objects.filter(on__lt=limit).delete()
    sweep_files(now)
    return gone


def _round(project: Project, now: datetime) -> int:
    gone = 0
    for kind, forget_due in STEPS.items():
        while number := _step(project, kind, forget_due, now):
            gone += number
    with transaction.atomic():
        note_run(project.pk, ROUND, gone, now)
    return gone


@transaction.atomic
def _step(project: Project, kind: str, forget_due: Callable[[Project, datetime], int], now: datetime) -> int:
    number = forget_due(project, now)
    if number:
        note_run(project.pk, kind, number, now)
    return number


# --- one kind of one project --------------------------------------------------------------
def _told(project: Project, now: datetime) -> int:
    limit = months_before(timezone.localdate(now), project.retention_months)
    return _forget_stories(project, Q(told_on__lt=limit))


def _rejected(project: Project, now: datetime) -> int:
    limit = timezone.localdate(RULES["afgewezen"].period.before(now))
    long_ago = Q(judged_on__lt=limit) | Q(judged_on__isnull=True, told_on__lt=limit)
    return _forget_stories(project, Q(state=Story.State.REJECTED) & long_ago)


def _forget_stories(project: Project, due: Q) -> int:
    stories = list(Story.objects.of(project).filter(due).order_by("pk")[:AT_ONCE])
    ids = [story.pk for story in stories]
    if ids:
        record_all("forget", stories, by=None)
        forget_files_with(project, ids)
        erase_stories(Story.objects.filter(pk__in=ids))
    return len(ids)


def _masked(project: Project, now: datetime) -> int:
    old = MaskedOriginal.objects.filter(story__project=project)
    late = old.filter(masked_at__lt=RULES["weggelaten"].period.before(now))
    return late.delete()[0]


def _typed_sounds(project: Project, now: datetime) -> int:
    limit = RULES["geluid"].period.before(now)
    typed = StoryAudio.objects.filter(story__project=project, typed_at__lt=limit).exclude(file="")
    return _forget_sounds(typed.values_list("pk", "file"), now)


def _old_sounds(project: Project, now: datetime) -> int:
    limit = RULES["geluid_oud"].period.before(now)
    old = StoryAudio.objects.filter(story__project=project, created_at__lt=limit)
    untyped = old.filter(story__state=Story.State.SPOKEN).values_list("story_id", flat=True)
    empty = _forget_stories(project, Q(pk__in=list(untyped)))
    return empty + _forget_sounds(old.exclude(file="").values_list("pk", "file"), now)


def _forget_sounds(sounds_due: Iterable[tuple[int, str]], now: datetime) -> int:
    files = dict(sounds_due)
    for name in files.values():
        transaction.on_commit(partial(forget_file, name))
    rows = StoryAudio.objects.filter(pk__in=files)
    return rows.update(file="", deleted_on=timezone.localdate(now))


def _care(project: Project, now: datetime) -> int:
    limit = RULES["zorgsignaal"].period.before(now)
    closed = CareSignal.objects.filter(story__project=project, closed_at__lt=limit)
    out_of_the_queue = closed.filter(story__state=Story.State.CARE).values_list("story_id", flat=True)
    number = _forget_stories(project, Q(pk__in=list(out_of_the_queue)))
    return number + closed.exclude(story__state=Story.State.CARE).delete()[0]


def _files(project: Project, now: datetime) -> int:
    limit = RULES["bestand"].period.before(now)
    late = list(StoryFile.objects.of(project).filter(created_at__lt=limit).select_related("job"))
    for file in late:
        forget(file)
    return len(late)


def _offers(project: Project, now: datetime) -> int:
    limit = months_before(timezone.localdate(now), RULES["aanbod"].period.months)
    return Offer.objects.of(project).delete()[0] if project.ends < limit else 0


def _withdrawals(project: Project, now: datetime) -> int:
    limit = timezone.localdate(RULES["intrekking"].period.before(now))
    return Withdrawal.objects.filter(project=project, on__lt=limit).delete()[0]


STEPS: dict[str, Callable[[Project, datetime], int]] = {
    "verhaal": _told,
    "afgewezen": _rejected,
    "zorgsignaal": _care,
    "weggelaten": _masked,
    "geluid": _typed_sounds,
    "geluid_oud": _old_sounds,
    "bestand": _files,
    "aanbod": _offers,
    "intrekking": _withdrawals,
}


# --- files that no row names --------------------------------------------------------------
def sweep_files(now: datetime) -> int:
    """Pictures and sounds of which the row is gone, a day old or more. How many went."""
    pictures = set(StoryPhoto.objects.exclude(image="").values_list("image", flat=True))
    known = pictures | {small_name(name) for name in pictures}
    known |= set(StoryAudio.objects.exclude(file="").values_list("file", flat=True))
    names = [name for folder in (PICTURES, sounds.FOLDER) for name in files_in(folder)]
    orphans = [name for name in names if name not in known and _is_old(name, now)]
    for name in orphans:
        forget_file(name)
    return len(orphans)


def _is_old(name: str, now: datetime) -> bool:
    try:
        return storages["private"].get_modified_time(name) < now - GRACE
    except FileNotFoundError:
        return False
