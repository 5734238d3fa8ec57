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
    """`seconds` is the work alone, without starting Python; `peak` is in MB, Python included."""

    name: str
    seconds: float
    requests: int
    peak: float
    rows: int


def measured(name: str, replica: Replica, command: Sequence[str]) -> Measured:
    """Run `python -m <command>` with the replica as its sources and a database of its own."""
    with tempfile.TemporaryDirectory(prefix="buurtagenda-bench-") as folder:
        env = {
            **os.environ,
            **replica.environ(),
            "DATA_DIR": folder,
            "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3"),
            "DJANGO_SETTINGS_MODULE": "buurtagenda.settings",
            "REPLICA": replica.url.removeprefix("http://"),
        }
        replica.clear_requests()
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", *command], cwd=ROOT, env=env, check=True, capture_output=True, text=True
        )
    told = json.loads(done.stdout.splitlines()[-1])
    return Measured(name, told["seconds"], len(replica.requests), told["peak"], told["rows"])


def tell(work: Callable[[], int]) -> None:
    """In the child: do the work and print what it cost."""
    start = time.perf_counter()
    rows = work()
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "peak": peak(), "rows": rows}))  # noqa: T201


def peak() -> float:
    """The most memory this process ever held, in MB. On Linux getrusage counts the parent in."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def table(title: str, lines: Sequence[Measured]) -> str:
    width = max(len(line.name) for line in lines)
    head = f"{'':<{width}}  {'seconds':>8}  {'requests':>8}  {'peak MB':>8}  {'rows':>8}"
    body = [
        f"{line.name:<{width}}  {line.seconds:>8.2f}  {line.requests:>8}  {line.peak:>8.0f}  {line.rows:>8}"
        for line in lines
    ]
    return "\n".join([title, head, *body, ""])


def prepared() -> None:
    """Django, with an empty database."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, skip_checks=True)


def cbs_client(service: str) -> Any:
    """cbsodata, aimed at one service of the replica."""
    import cbsodata

    cbsodata.options.use_https = False
    cbsodata.options.catalog_url = f"{os.environ['REPLICA']}/{service}"
    return cbsodata
