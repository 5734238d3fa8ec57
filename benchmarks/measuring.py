"""One measurement is one child process, so that time and peak memory are its own."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.replica import Replica

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Measured:
    """`seconds` is the work alone, without starting Python; `peak` is in MB, Python included.

    `cpu` are the seconds that this process itself was busy: far less than `seconds` when it waited for the
    network, the disk, or for other work on the machine. `bound` says what was promised, and whether it was kept.
    """

    name: str
    seconds: float
    cpu: float
    requests: int
    peak: float
    rows: int
    queries: int = 0
    bound: str = ""


def measured(name: str, replica: Replica, command: Sequence[str], database: str = "") -> Measured:
    """Run `python -m <command>` with the replica as its sources."""
    with tempfile.TemporaryDirectory(prefix="buurtagenda-bench-") as folder:
        env = {
            **os.environ,
            **replica.environ(),
            "DATA_DIR": folder,
            "DATABASE_URL": database or f"sqlite:///{folder}/none.sqlite3",
            "REDIS_URL": "",
            "DJANGO_SETTINGS_MODULE": "buurtagenda.settings",
            "REPLICA": replica.url.removeprefix("http://"),
        }
        replica.clear_requests()
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
        )
    if done.returncode:
        raise SystemExit(f"{name}: python -m {' '.join(command)} failed")
    told = json.loads(done.stdout.splitlines()[-1])
    return Measured(name, requests=len(replica.requests), **told)


class Clock:
    """From its making on."""

    def __init__(self) -> None:
        self.start, self.cpu_start = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        return time.perf_counter() - self.start, time.process_time() - self.cpu_start


def tell(work: Callable[[], int]) -> None:
    """In the child: do the work and print what it cost."""
    clock = Clock()
    rows = work()
    tell_seconds(*clock.read(), rows)


def tell_seconds(seconds: float, cpu: float, rows: int, queries: int = 0) -> None:
    told = {"seconds": seconds, "cpu": cpu, "peak": peak(), "rows": rows, "queries": queries}
    print(json.dumps(told))


def peak() -> float:
    """The most memory this process ever held, in MB. On Linux getrusage counts the parent in."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def kept(value: float, limit: float, unit: str) -> str:
    """ "0.12 s of 0.30 s" and, where it is so, that it is too much."""
    return f"{value:.2f} {unit} of {limit:g}{'' if value <= limit else '  TOO MUCH'}"


def table(title: str, lines: Sequence[Measured]) -> str:
    width = max(len(line.name) for line in lines)
    head = f"{'':<{width}}  {'seconds':>8}  {'cpu':>8}  {'requests':>8}  {'peak MB':>8}  {'rows':>9}  {'queries':>7}  bound"
    body = [
        f"{line.name:<{width}}  {line.seconds:>8.3f}  {line.cpu:>8.3f}  {line.requests:>8}  {line.peak:>8.0f}  {line.rows:>9}"
        f"  {line.queries or '':>7}  {line.bound}"
        for line in lines
    ]
    return "\n".join([title, head, *body, ""])


def started() -> None:
    """Django, on the database of the measurement."""
    import django

    django.setup()


def counted() -> Any:
    """Every statement to the database from now on, those that begin and end a transaction left out."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    class Counted(CaptureQueriesContext):
        def number(self) -> int:
            control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
            return sum(not query["sql"].startswith(control) for query in self.captured_queries)

    return Counted(connection)


def cbs_client(service: str) -> Any:
    """cbsodata, aimed at one service of the replica."""
    import cbsodata

    cbsodata.options.use_https = False
    cbsodata.options.catalog_url = f"{os.environ['REPLICA']}/{service}"
    return cbsodata
