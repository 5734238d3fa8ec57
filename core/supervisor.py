"""Keeps a few processes running, shows what they say, and takes them all along when it ends."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from core import guard

GRACE = 3.0  # seconds a child gets to end politely
STEADY = 30.0  # seconds after which a child counts as running well
LONGEST_WAIT = 30.0
LOOK_EVERY = 0.1


@dataclass
class Child:
    name: str
    command: list[str]
    process: subprocess.Popen[str] | None = None
    failures: int = 0
    starts_at: float = 0.0

    def wait_before_next(self, now: float) -> float:
        """Seconds until the next try, after it died: 1, 2, 4 … 30; it starts anew after a good run."""
        if now - self.starts_at > STEADY:
            self.failures = 0
        self.failures += 1
        return min(LONGEST_WAIT, 2.0 ** (self.failures - 1))


@dataclass
class Supervisor:
    children: list[Child]
    environment: dict[str, str]
    say: Callable[[str], None]
    signals: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        """Runs until SIGINT, SIGTERM or SIGHUP; a second one does not wait any longer."""
        for word in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(word, self._count_signal)
        with self._guard() as self._watch:
            try:
                while not self.signals:
                    self._look_after_children()
                    time.sleep(LOOK_EVERY)
            finally:
                self._end_children()

    def _count_signal(self, *_: object) -> None:
        self.signals += 1

    @contextlib.contextmanager
    def _guard(self) -> Iterator[subprocess.Popen[str]]:
        command = [sys.executable, "-I", "-S", str(Path(guard.__file__))]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, text=True, start_new_session=True)
        try:
            yield process
        finally:
            assert process.stdin
            process.stdin.close()
            process.wait()

    def _look_after_children(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.process is None:
                if child.starts_at <= now:
                    self._start(child)
            elif child.process.poll() is not None:
                self._bury(child, now)

    def _start(self, child: Child) -> None:
        child.starts_at = time.monotonic()
        child.process = subprocess.Popen(
            child.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=self.environment,
            start_new_session=True,
        )
        self._tell_guard(f"+{child.process.pid}")
        threading.Thread(target=self._repeat, args=(child.name, child.process), daemon=True).start()

    def _bury(self, child: Child, now: float) -> None:
        assert child.process
        code, group = child.process.returncode, child.process.pid
        guard.end({group}, patience=0.5)
        self._tell_guard(f"-{group}")
        wait = child.wait_before_next(now)
        child.process, child.starts_at = None, now + wait
        self.show(child.name, f"stopped with code {code}; starts again in {wait:.0f} s")

    def _end_children(self) -> None:
        running = [child.process for child in self.children if child.process]
        for process in running:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGTERM)
        limit = time.monotonic() + GRACE
        while any(process.poll() is None for process in running) and time.monotonic() < limit:
            if self.signals > 1:
                break
            time.sleep(0.05)
        for process in running:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            self._tell_guard(f"-{process.pid}")

    def _tell_guard(self, line: str) -> None:
        assert self._watch.stdin
        with contextlib.suppress(BrokenPipeError):
            self._watch.stdin.write(f"{line}\n")
            self._watch.stdin.flush()

    def _repeat(self, name: str, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        for line in process.stdout:
            if line.strip():
                self.show(name, line.rstrip())

    def show(self, name: str, line: str) -> None:
        with self.lock:
            try:
                self.say(f"{name:<6} | {line}")
            except (OSError, ValueError):  # nobody reads along any more
                self.signals += 1
