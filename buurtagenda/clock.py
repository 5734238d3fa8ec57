"""What happens by itself, and when (Europe/Amsterdam). Times in the night: a machine that slept catches up."""

from datetime import timedelta
from typing import Any

from celery.schedules import crontab

CLOCK: dict[str, Any] = {
    "resume stale jobs": {"task": "core.resume_stale", "schedule": timedelta(seconds=15)},
    "forget originals of photos": {
        "task": "stories.forget_originals",
        "schedule": timedelta(minutes=10),
    },
    "forget originals of pictures of maps": {
        "task": "buurtscan.forget_scan_originals",
        "schedule": timedelta(minutes=10),
    },
    "forget what has had its time": {
        "task": "stories.keep_retention",
        "schedule": timedelta(hours=6),
    },
    "count tellers": {  # in the night; a machine that slept does it when it wakes
        "task": "stories.count_tellers",
        "schedule": crontab(hour=4, minute=7),
    },
    "forget the salt of yesterday": {
        "task": "stories.forget_salt",
        "schedule": timedelta(hours=1),
    },
    "forget takeaways that may no longer be shown": {
        "task": "buurtscan.forget_takeaways",
        "schedule": timedelta(minutes=10),
    },
    "forget files with stories that are no longer public": {
        "task": "stories.forget_files",
        "schedule": timedelta(minutes=10),
    },
    "forget documents with withdrawn words": {
        "task": "agenda.forget_outdated_documents",
        "schedule": timedelta(minutes=10),
    },
    "forget old pulls": {"task": "buurtscan.forget_pulls", "schedule": crontab(hour=4, minute=23)},
    "forget old jobs": {"task": "core.forget_jobs", "schedule": crontab(hour=4, minute=37)},
}


def refreshing(*, weekly: bool) -> dict[str, Any]:
    """The figures of the country, in the night or in the night before Sunday."""
    when = crontab(hour=3, minute=17, day_of_week="sunday" if weekly else "*")
    return {"refresh the figures of the country": {"task": "buurtscan.refresh_sources", "schedule": when}}
