"""The whole suite, first on PostgreSQL and Redis, then on SQLite without any server.

Every argument goes to pytest: `make test ARGS="-k moderation"`.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from scripts.services import ROOT, postgres, redis_databases

PROCESSES = max(1, min(4, os.cpu_count() or 1))
CLOSING_LINE = re.compile(r"\d+ (passed|failed|error|skipped|deselected)|no tests ran")


@dataclass(frozen=True)
class Outcome:
    name: str
    code: int
    summary: str
    seconds: float

    def __str__(self) -> str:
        return f"{'ok  ' if self.code == 0 else 'FAIL'} {self.name}: {self.summary} ({self.seconds:.0f} s)"


def run(name: str, changes: dict[str, str], folder: Path, arguments: list[str]) -> Outcome:
    print(f"\n=== The suite on {name} ===", flush=True)
    clean = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")}
    environment = {**clean, "DATA_DIR": str(folder), **changes}
    several = ["-n", str(PROCESSES), "--dist", "loadfile"] if PROCESSES > 1 else []
    command = [sys.executable, "-m", "pytest", "-q", "--durations=5", *several, *arguments]
    summary, start = "pytest did not finish", time.monotonic()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, errors="replace"
    ) as process:
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            if CLOSING_LINE.search(line):
                summary = line.strip(" =\n")
    return Outcome(name, process.returncode, summary, time.monotonic() - start)


def run_both(folder: Path, arguments: list[str]) -> list[Outcome]:
    outcomes = []
    with postgres(folder) as database, redis_databases(folder, PROCESSES) as databases:
        if database and databases:
            changes = {"DATABASE_URL": database, "TEST_REDIS_URLS": " ".join(databases)}
            outcomes.append(run("PostgreSQL + Redis", changes, folder / "large", arguments))
        else:
            name = "PostgreSQL" if not database else "Redis"
            print(f"Left out: {name} does not answer and is not installed, so only SQLite is tested.")
            if os.environ.get("CI") == "true":
                outcomes.append(Outcome("PostgreSQL + Redis", 1, "left out, which CI does not allow", 0))
    outcomes.append(run("SQLite", {}, folder / "embedded", arguments))
    return outcomes


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="buurtagenda-tests-"))
    try:
        outcomes = run_both(folder, sys.argv[1:])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("", *outcomes, sep="\n", flush=True)
    return 1 if any(outcome.code for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
