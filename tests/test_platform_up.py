"""`make up`: one process that keeps web, worker and clock running, and takes them along."""

import json
import os
import signal
import socket
import textwrap
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from buurtagenda.demo_login import DEMO_PASSWORD, demo_login
from core.supervisor import LONGEST_WAIT, STEADY, Child
from tests import builders
from tests.platform_live import (
    ROOT,
    Live,
    environment,
    eventually,
    free_port,
    live,
    processes_of,
)

SUPERVISE = """
import json, os, sys
from core.supervisor import Child, Supervisor
children = [Child(name, [sys.executable, "-c", code]) for name, code in json.loads(sys.argv[1]).items()]
Supervisor(children, dict(os.environ), lambda line: print(line, flush=True)).run()
print("ended", flush=True)
"""
STEADY_CHILD = "import time; print('hello', flush=True); time.sleep(60)"
STUBBORN_CHILD = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import signal, time; signal.signal(15, 1); time.sleep(60)"])
print("hello", flush=True)
time.sleep(60)
"""
ONCE_MORE_CHILD = "import time; print('hello', flush=True); time.sleep(0.2)"

type Supervise = Callable[..., AbstractContextManager[Live]]


@pytest.fixture
def supervise(tmp_path: Path) -> Supervise:
    def start(**children: str) -> AbstractContextManager[Live]:
        code = {name: textwrap.dedent(child) for name, child in children.items()}
        env = {**os.environ, "PYTHONPATH": str(ROOT), "DATA_DIR": str(tmp_path)}
        return live(["-c", SUPERVISE, json.dumps(code)], env, tmp_path / "log")

    return start


def count(started: Live, words: str) -> int:
    return started.said.count(words)


# --- the supervisor, with children of one line -------------------------------------------
@pytest.mark.worker
@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_all_children(supervise: Supervise, tmp_path: Path, word: signal.Signals) -> None:
    with supervise(one=STEADY_CHILD, two=STEADY_CHILD) as started:
        eventually(lambda: count(started, "hello") == 2, "both children speak")
        assert "one    | hello" in started.said
        started.process.send_signal(word)
        assert started.process.wait(timeout=10) == 0
        assert "ended" in started.said
        assert processes_of(tmp_path) == []


@pytest.mark.worker
def test_children_that_do_not_listen_are_gone_within_five_seconds(
    supervise: Supervise, tmp_path: Path
) -> None:
    with supervise(one=STUBBORN_CHILD) as started:
        started.says("hello")
        start = time.monotonic()
        started.process.send_signal(signal.SIGINT)
        started.process.wait(timeout=20)
        assert time.monotonic() - start < 5
        assert processes_of(tmp_path) == []


@pytest.mark.worker
def test_a_second_signal_does_not_wait(supervise: Supervise, tmp_path: Path) -> None:
    with supervise(one=STUBBORN_CHILD) as started:
        started.says("hello")
        start = time.monotonic()
        started.process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        started.process.send_signal(signal.SIGINT)
        started.process.wait(timeout=20)
        assert time.monotonic() - start < 2
        assert processes_of(tmp_path) == []


@pytest.mark.worker
def test_nothing_stays_behind_a_supervisor_that_is_killed(supervise: Supervise, tmp_path: Path) -> None:
    with supervise(one=STUBBORN_CHILD, two=STEADY_CHILD) as started:
        eventually(lambda: count(started, "hello") == 2, "both children speak")
        started.process.kill()
        started.process.wait()
        eventually(lambda: not processes_of(tmp_path), "everything is gone", seconds=10)


@pytest.mark.worker
def test_a_child_that_ends_is_started_again(supervise: Supervise) -> None:
    with supervise(one=ONCE_MORE_CHILD, two=STEADY_CHILD) as started:
        eventually(lambda: "two    | hello" in started.said, "the steady child speaks")
        eventually(lambda: count(started, "one    | hello") >= 2, "the other one starts again")
        assert "one    | stopped with code 0; starts again in 1 s" in started.said
        assert count(started, "two    | hello") == 1


def test_a_child_that_keeps_failing_waits_longer_each_time() -> None:
    child = Child("one", [])
    assert [child.wait_before_next(now=1.0) for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    assert child.wait_before_next(now=STEADY + 1) == 1
    assert LONGEST_WAIT == 30


# --- the whole application ---------------------------------------------------------------
def application(data: Path, log: Path, **changes: str) -> tuple[AbstractContextManager[Live], str]:
    port = str(free_port())
    env = environment(data, PORT=port, **changes)
    return live(["manage.py", "up"], env, log), f"http://127.0.0.1:{port}"


def status_of(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=20) as response:
            return int(response.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def named(data: Path, words: str) -> list[int]:
    def line(pid: int) -> str:
        try:
            return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
        except OSError:
            return ""

    return [pid for pid in processes_of(data) if words in line(pid)]


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_up_serves_with_worker_and_clock_until_ctrl_c(tmp_path: Path) -> None:
    builders.project()  # so that there is nothing to demonstrate
    data = tmp_path / "data"
    starting, url = application(data, tmp_path / "log")
    with starting as started:
        started.says("Buurtagenda is ready")
        assert status_of(f"{url}/") == 200
        assert status_of(f"{url}/static/css/app.css") == 200
        eventually(lambda: named(data, "celery --quiet --app buurtagenda worker"), "the worker runs")
        eventually(lambda: named(data, "celery --quiet --app buurtagenda beat"), "the clock runs")

        start = time.monotonic()
        started.process.send_signal(signal.SIGINT)
        assert started.process.wait(timeout=20) == 0, started.said
        assert time.monotonic() - start < 6
        assert processes_of(data) == []
        assert "Traceback" not in started.said
        assert "superuser" not in started.said


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_up_that_is_killed_leaves_no_web_worker_or_clock(tmp_path: Path) -> None:
    builders.project()
    data = tmp_path / "data"
    starting, _ = application(data, tmp_path / "log")
    with starting as started:
        started.says("Buurtagenda is ready")
        started.process.kill()
        started.process.wait()
        eventually(lambda: not processes_of(data), "everything is gone", seconds=10)


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_up_says_that_its_port_is_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with live(["manage.py", "up"], environment(tmp_path, PORT=str(port)), tmp_path / "log") as started:
            assert started.process.wait(timeout=60) == 1
            assert f"Port {port} is taken" in started.said
            assert "Traceback" not in started.said


@pytest.mark.worker
@pytest.mark.skipif(bool(settings.REDIS_URL), reason="the first start of a laptop has no server beside it")
@pytest.mark.django_db(transaction=True)
def test_the_first_start_makes_its_database_and_shows_the_demonstration(tmp_path: Path) -> None:
    data = tmp_path / "data"
    starting, url = application(data, tmp_path / "log", DATABASE_URL="")
    with starting as started:
        started.says("Buurtagenda is ready")
        assert "Preparing the database" in started.said
        assert (data / "buurtagenda.sqlite3").exists()
        assert status_of(f"{url}/") == 200
        if "demo" in get_commands():
            assert "Loading the demonstration project" in started.said
            assert DEMO_PASSWORD in started.said


# --- who sees the login of the demonstration ---------------------------------------------
@pytest.mark.django_db
def test_the_login_of_the_demonstration_is_shown_on_a_laptop_only(settings: object) -> None:
    project = builders.project(is_demo=True)
    builders.member(project, "coordinator", email="samira@voorbeeld.example", password=DEMO_PASSWORD)
    assert demo_login() == ("samira@voorbeeld.example", DEMO_PASSWORD)
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    assert demo_login() is None


@pytest.mark.django_db
def test_no_login_is_shown_once_the_password_was_changed_or_the_project_is_real() -> None:
    builders.member(builders.project(is_demo=True), "coordinator", password="een-eigen-wachtwoord")
    builders.member(builders.project(), "coordinator", password=DEMO_PASSWORD)
    assert demo_login() is None
