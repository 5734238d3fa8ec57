"""Real processes for the tests: a worker, or the whole application, on the database of the test."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR)
PATIENCE = 150.0  # seconds; two cores may be shared by several suites


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(happens: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
    limit = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < limit, f"did not happen within {seconds:.0f} s: {what}"
        time.sleep(0.05)


def database_url() -> str:
    """The address of the test database, for a process of its own."""
    chosen = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{chosen['NAME']}"
    password = f":{chosen['PASSWORD']}" if chosen["PASSWORD"] else ""
    port = chosen["PORT"] or 5432
    return f"postgres://{chosen['USER']}{password}@{chosen['HOST']}:{port}/{chosen['NAME']}"


def environment(data: Path, **changes: str) -> dict[str, str]:
    """The environment of a process that shares database and broker with the test."""
    base = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    return {
        **base,
        "DJANGO_SETTINGS_MODULE": "buurtagenda.settings",
        "DATA_DIR": str(data),
        "DATABASE_URL": database_url(),
        "PYTHONUNBUFFERED": "1",
        **changes,
    }


def processes_of(data: Path) -> list[int]:
    """Every process that was started with this folder of data."""
    mark = f"DATA_DIR={data}\0".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark in (entry / "environ").read_bytes() and not is_zombie(entry):
                found.append(int(entry.name))
    return found


def is_zombie(entry: Path) -> bool:
    return (entry / "stat").read_text().rpartition(")")[2].split()[0] == "Z"


class Live:
    """One process with what it said so far."""

    def __init__(self, command: list[str], env: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.log.read_text()

    def says(self, words: str) -> None:
        def found() -> bool:
            assert self.process.poll() is None or words in self.said, self.said
            return words in self.said

        eventually(found, f"{words!r} in:\n{self.said}")

    def kill(self) -> None:
        """kill -9 of the process and of everything it started in its own group."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)


@contextlib.contextmanager
def live(command: list[str], env: dict[str, str], log: Path) -> Iterator[Live]:
    started = Live(command, env, log)
    try:
        yield started
    finally:
        started.kill()
