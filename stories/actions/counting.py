"""The log of what went because its time was up: numbers, and nothing of what it was."""

from datetime import datetime

from django.db.models import F
from django.utils import timezone

from stories.models import RetentionRun


def note_run(project_id: int, kind: str, number: int, now: datetime) -> None:
    """One row per project, kind and day; what goes later that day is added. In the caller's transaction."""
    day = timezone.localdate(now)
    run, made = RetentionRun.objects.get_or_create(
        project_id=project_id, kind=kind, on=day, defaults={"number": number}
    )
    if not made and number:
        RetentionRun.objects.filter(pk=run.pk).update(number=F("number") + number)
