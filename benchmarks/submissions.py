"""A burst of stories through the real web server: none lost, none double, none refused, none 500.

Every story comes from another phone; one in twenty is sent twice, as a double click does. Beside it the same
burst to a view that writes one row (`benchmarks.bare`). The phones are threads of this process on the same
machine, which take their share of it in both measurements. What is set apart as too quick counts as arrived.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.databases import ROOT, Kind
from benchmarks.measuring import started
from tests.replica import Replica

STORIES = {"SQLite": 2_000, "PostgreSQL": 10_000}
PHONES = 32  # that send at the same moment
TWICE_EVERY = 20
CSRF = "b" * 32
ADDRESS = "/buurt/burst/vertel/nl/"


@dataclass(frozen=True)
class Burst:
    """`answers` counts the answers by status; `slowest` and `median` are seconds of one answer."""

    seconds: float
    answers: Counter[int]
    median: float
    slowest: float

    @property
    def per_second(self) -> float:
        return self.answers.total() / self.seconds


def report(replica: Replica, kinds: Sequence[Kind]) -> Iterator[str]:
    return (report_on(kind) for kind in kinds)


def report_on(kind: Kind) -> str:
    number = STORIES[kind.name]
    with kind.fresh() as database, tempfile.TemporaryDirectory(prefix="buurtagenda-bench-") as folder:
        env = environment(database, folder)
        tokens = told(["prepare", str(number)], env)
        with served("buurtagenda.wsgi:application", ADDRESS, env) as port:
            ours = burst(port, ADDRESS, [body_of(token, each) for each, token in enumerate(tokens)])
        kept = told(["check"], env)
        with served("benchmarks.bare:application", "/", env) as port:
            bare = burst(port, "/", [f"text={each}" for each in range(len(tokens))])
    wrong = {status: count for status, count in ours.answers.items() if status != 302}
    lost, double = number - kept["forms"], kept["stories"] - kept["forms"]
    promise = "kept" if not (wrong or lost or double) else "BROKEN"
    return "\n".join(
        [
            f"A burst of {number} stories on {kind.name}, {PHONES} at a time, 1 in {TWICE_EVERY} sent twice",
            line("public form", ours),
            line("  bare view, one row", bare),
            f"lost {lost}, double {double}, answers that are no thanks: {wrong or 'none'}: {promise};"
            f" {bare.per_second / ours.per_second:.1f} x the time of the bare view\n",
        ]
    )


def line(name: str, burst: Burst) -> str:
    return (
        f"{name:<22} {burst.seconds:>7.1f} s  {burst.per_second:>6.0f} a second"
        f"  median {burst.median * 1000:>5.0f} ms  slowest {burst.slowest * 1000:>6.0f} ms"
    )


def environment(database: str, folder: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATA_DIR": folder,
        "DATABASE_URL": database,
        "REDIS_URL": "",
        "DJANGO_SETTINGS_MODULE": "buurtagenda.settings",
        "BUURTAGENDA_ENV": "local",
    }


def told(command: list[str], env: dict[str, str]) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.submissions", *command],
        cwd=ROOT,
        env=env,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


@contextlib.contextmanager
def served(application: str, address: str, env: dict[str, str]) -> Iterator[int]:
    """granian as `manage.py up` starts it, with the errors of the application on our screen."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    threads = str(2 * (os.cpu_count() or 1) + 1)
    command = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    calm = ["--log-level", "warning", "--workers-kill-timeout", "2s", "--blocking-threads", threads]
    server = subprocess.Popen([sys.executable, "-m", *command, *calm, application], cwd=ROOT, env=env)
    try:
        wait_for(port, address)
        yield port
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int, address: str) -> None:
    """Until every thread of the server has had the time to load what it needs: the rush finds it running."""
    for _ in range(600):
        if 0 not in burst(port, address, [f"csrfmiddlewaretoken={CSRF}"] * 4 * PHONES).answers:
            return
        time.sleep(0.1)
    raise SystemExit("the web server did not start")


def body_of(token: str, number: int) -> str:
    return urlencode(
        {
            "csrfmiddlewaretoken": CSRF,
            "form_token": token,
            "text": f"Verhaal {number}: het plein is donker na zes uur en de lift is stuk.",
            "about": "leefomgeving",
            "feeling": "slecht",
            "frequency": "vaak",
            "place": "op het plein",
            "consent": "on",
        }
    )


def burst(port: int, address: str, bodies: list[str]) -> Burst:
    """Send every body once, and every twentieth a second time at the same moment."""
    sendings = [(each, body) for each, body in enumerate(bodies)]
    sendings += sendings[::TWICE_EVERY]
    sendings.sort()
    parts = [sendings[start::PHONES] for start in range(PHONES)]
    begin = time.perf_counter()
    with ThreadPoolExecutor(PHONES) as phones:
        found = list(phones.map(lambda part: sent(port, address, part), parts))
    seconds = time.perf_counter() - begin
    times = sorted(each for part in found for _status, each in part)
    answers = Counter(status for part in found for status, _each in part)
    return Burst(seconds, answers, times[len(times) // 2], times[-1])


def sent(port: int, address: str, part: list[tuple[int, str]]) -> list[tuple[int, float]]:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    done = []
    for number, body in part:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"csrftoken={CSRF}",
            "Host": "localhost",
            "User-Agent": f"phone {number}",
        }
        begin = time.perf_counter()
        try:
            connection.request("POST", address, body, headers)
            answer = connection.getresponse()
            answer.read()
            status = answer.status
        except (OSError, HTTPException):
            connection.close()
            status = 0
        done.append((status, time.perf_counter() - begin))
    return done


def prepare(number: int) -> list[str]:
    """A project, and the tokens of `number` forms."""
    from datetime import date

    from django.core.management import call_command

    from projects.models import Project
    from stories.codes import sign_token

    call_command("createcachetable")
    project = Project.objects.create(
        name="Burst", slug="burst", starts=date(2026, 9, 4), ends=date(2026, 12, 12)
    )
    return [sign_token(f"formulier.{project.pk}") for _ in range(number)]


def check() -> dict[str, int]:
    """How many stories there are, and of how many forms."""
    from stories.models import Story

    return {
        "stories": Story.objects.count(),
        "forms": Story.objects.order_by().values("text").distinct().count(),
    }


if __name__ == "__main__":
    Path(os.environ["DATA_DIR"]).mkdir(exist_ok=True)
    started()
    print(json.dumps(prepare(int(sys.argv[2])) if sys.argv[1] == "prepare" else check()))
