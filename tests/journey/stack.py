"""The whole product as processes: web, a Celery worker and the replica, on a database of its own.

On the embedded default that is an SQLite file and the file system broker; where DATABASE_URL and
REDIS_URL are set it is a fresh PostgreSQL database and Redis.
"""

import contextlib
import os
import quopri
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings

from tests.replica import running_replica

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Stack:
    url: str
    data: Path
    environment: dict[str, str]

    def manage(self, *words: str, **more: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment | more, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def said(self) -> str:
        """All that web and worker printed; mail goes there too, as there is no mail server."""
        printed = b"".join((self.data / f"{name}.log").read_bytes() for name in ("web", "worker"))
        return quopri.decodestring(printed).decode(errors="replace")

    def mailed(self, pattern: str, seconds: float = 20) -> str:
        """What the first group of `pattern` finds in the newest mail; waits until it is there."""
        limit = time.monotonic() + seconds
        while True:
            found = re.findall(pattern, self.said())
            if found:
                return str(found[-1])
            assert time.monotonic() < limit, f"no mail with {pattern}"
            time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def fresh_database() -> Iterator[dict[str, str]]:
    """Settings for a database that is gone afterwards; nothing to set for SQLite."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield {"DATABASE_URL": "", "REDIS_URL": ""}
        return
    name = f"journey_{os.getpid()}"
    server = address.rsplit("/", 1)[0]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {"DATABASE_URL": f"{server}/{name}", "REDIS_URL": settings.REDIS_URL}
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextlib.contextmanager
def process(environment: dict[str, str], log: Path, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        child = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
        try:
            yield child
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, 9)
            child.wait()


def wait_until_up(url: str, seconds: float = 60) -> None:
    limit = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=30).close()
            return
        except OSError:
            if time.monotonic() > limit:
                raise
            time.sleep(0.1)


@contextlib.contextmanager
def running_stack(data: Path) -> Iterator[Stack]:
    port = free_port()
    url = f"http://localhost:{port}"
    with running_replica() as replica, fresh_database() as database:
        environment = {
            **os.environ,
            **replica.environ(),
            **database,
            "DJANGO_SETTINGS_MODULE": "buurtagenda.settings",
            "DATA_DIR": str(data),
            "SITE_URL": url,
            "PYTHONUNBUFFERED": "1",
        }
        environment = {name: value for name, value in environment.items() if value}
        stack = Stack(url, data, environment)
        for words in (["migrate"], ["createcachetable"], ["build_assets"]):
            stack.manage(*words)
        web = [
            str(BIN / "granian"),
            *(
                "--interface",
                "wsgi",
                "--blocking-threads",
                "16",
                "--host",
                "127.0.0.1",
                "--port",
                str(port),
                "--no-ws",
            ),
            *("--workers-kill-timeout", "2s", "buurtagenda.wsgi:application"),
        ]
        worker = [str(BIN / "celery"), "-A", "buurtagenda", "worker", "-P", "threads", "-c", "2"]
        with (
            process(environment, data / "web.log", *web),
            process(environment, data / "worker.log", *worker),
        ):
            wait_until_up(url)
            yield stack
