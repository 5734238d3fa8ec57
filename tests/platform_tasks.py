"""Jobs for a real worker in the tests: `celery worker --include tests.platform_tasks`."""

import os
import time
from pathlib import Path

from django.conf import settings

from core.jobs import Run, job_task

GATE = Path(settings.DATA_DIR) / "gate-is-open"


@job_task("tests.at_once")
def at_once(run: Run) -> None:
    run.progress(1, 1, f"process {os.getpid()}")


@job_task("tests.until_the_gate_opens")
def until_the_gate_opens(run: Run) -> None:
    limit = time.monotonic() + 60
    while not GATE.exists() and time.monotonic() < limit:
        run.progress(1, 2)
        time.sleep(0.05)


@job_task("tests.broken")
def broken(run: Run) -> None:
    raise ValueError("broken on purpose")
