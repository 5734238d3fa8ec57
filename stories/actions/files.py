"""Files made of stories: asked for once, made by a worker, gone as soon as a story in it is no longer public."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.jobs import request_job
from core.private import files_in, forget_file
from core.records import record
from projects.models import Project
from stories.files.listing import FORMS, UNFINISHED
from stories.files.making import held_ids, may_be_shown
from stories.models import Language, StoryFile

TASK = "stories.file"
FOLDER = "verhalenbestanden"
KEPT = 12  # of each kind in a project


@transaction.atomic
def request_file(
    project: Project,
    kind: str,
    *,
    language: str = Language.NL,
    options: dict[str, Any] | None = None,
    by: Any,
) -> StoryFile:
    """Ask for it. While the same one is being made, that one is the answer."""
    if kind not in FORMS or language not in Language.values:
        raise DomainError(_("Dit bestand kennen wij niet."))
    Project.objects.select_for_update().get(pk=project.pk)
    same = StoryFile.objects.of(project).filter(kind=kind, language=language, job__state__in=UNFINISHED)
    busy = next((one for one in same if one.options == (options or {})), None)
    if busy is not None:
        return busy
    file = StoryFile.objects.create(
        project=project,
        kind=kind,
        language=language,
        options=options or {},
        job=request_job(TASK),
        asked_by=by,
    )
    record("request_file", file, by=by)
    return file


def forget_older(file: StoryFile) -> None:
    """The newest of each is kept, and no more than a handful of each kind."""
    older = StoryFile.objects.of(file.project).filter(kind=file.kind, pk__lt=file.pk).select_related("job")
    rest = 1
    for one in older:
        same = (one.language, one.options) == (file.language, file.options)
        rest += not same
        if same or rest > KEPT:
            forget(one)


@transaction.atomic
def forget(file: StoryFile) -> None:
    """The row goes with its job; the file after that, so that no row ever names a file that is gone."""
    record("forget_file", file, by=None)
    name = file.file or name_of(file)
    file.job.delete()
    transaction.on_commit(lambda: forget_file(name))


def forget_files_with(project: Project, story_ids: Iterable[int]) -> None:
    """At once, when a story goes or is no longer public: every file that has it."""
    gone = set(story_ids)
    for file in StoryFile.objects.of(project).exclude(file="").select_related("job"):
        if gone.intersection(held_ids(file.holds)):
            forget(file)


def forget_files() -> int:
    """Remove files that may no longer be shown, and those that no row names. Returns how many."""
    kept = StoryFile.objects.exclude(file="").select_related("job")
    late = [file for file in kept if not may_be_shown(file.holds)]
    for file in late:
        forget(file)
    return len(late) + forget_orphans()


def forget_orphans() -> int:
    """Files of projects that were deleted, and halves of rows that are gone."""
    names = {name: key_of(name) for name in files_in(FOLDER)}
    known = set(StoryFile.objects.filter(pk__in=set(names.values())).values_list("pk", flat=True))
    orphans = [name for name, key in names.items() if key not in known]
    for name in orphans:
        forget_file(name)
    return len(orphans)


def name_of(file: StoryFile) -> str:
    """The same place at every attempt."""
    return f"{FOLDER}/{file.project_id}-{file.pk}.{FORMS[file.kind].ending}"


def key_of(name: str) -> int:
    """7 of "verhalenbestanden/3-7.pdf"; 0 for what is not ours."""
    number = PurePath(name).name.split(".")[0].rpartition("-")[2]
    return int(number) if number.isdecimal() else 0
