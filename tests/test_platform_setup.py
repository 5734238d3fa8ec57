"""What `make` runs before anything else: the lock files and the search for a Python."""

import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)(.*?)(?=^[a-z0-9])", re.MULTILINE | re.DOTALL)


def pins(name: str) -> dict[str, str]:
    return {match[1]: match[2] for match in PIN.finditer((ROOT / name).read_text() + "\nzzz")}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_file_has_hashes_and_no_place_to_fetch_from(name: str) -> None:
    text = (ROOT / name).read_text()
    entries = list(PIN.finditer(text + "\nzzz"))
    assert len(entries) > 30
    assert all("--hash=sha256:" in entry[0] for entry in entries)
    assert not re.search(r"://|--index-url|--extra-index-url|--find-links", text)


def test_the_application_is_tested_with_the_versions_it_runs_with() -> None:
    tested = pins("requirements-dev.txt")
    assert pins("requirements.txt").items() <= tested.items()


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_everything_asked_for_is_locked(name: str) -> None:
    lines = (ROOT / f"{name}.in").read_text().splitlines()
    asked = {re.split(r"[\[<>=]", line)[0] for line in lines if line and not line.startswith(("-", "#"))}
    assert asked <= pins(f"{name}.txt").keys()


# --- finding a Python --------------------------------------------------------------------
FAKE = """#!/bin/sh
case "$*" in
    *version_info*) exit {too_old} ;;
    *ensurepip*) exit {no_venv} ;;
    *-m\\ venv*) mkdir -p .venv/bin; cp "$0" .venv/bin/python; echo "made with {name}" ;;
    *-m\\ pip*) echo "installed with {name}" ;;
    *machine.py*) echo "looked at the machine" ;;
esac
"""


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A fresh checkout, started from another folder, on a machine of which we choose the programs."""
    checkout = tmp_path / "a checkout"
    (checkout / "scripts").mkdir(parents=True)
    for name in ("setup.sh", "machine.py"):
        shutil.copy(ROOT / "scripts" / name, checkout / "scripts")
    for name in ("requirements.txt", "requirements-dev.txt", ".python-version"):
        shutil.copy(ROOT / name, checkout)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("sh", "dirname", "mkdir", "cp", "rm", "cmp"):
        (programs / name).symlink_to(shutil.which(name) or "")
    return checkout


def add_python(bare: Path, name: str, *, too_old: bool = False, no_venv: bool = False) -> None:
    program = bare.parent / "bin" / name
    program.write_text(FAKE.format(name=name, too_old=int(too_old), no_venv=int(no_venv)))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def setup(bare: Path, kind: str = "up") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(bare / "scripts" / "setup.sh"), kind],
        capture_output=True,
        text=True,
        cwd="/",
        env={"PATH": str(bare.parent / "bin"), "HOME": str(bare.parent)},
    )


def test_a_python_that_is_too_old_is_passed_over(bare: Path) -> None:
    add_python(bare, "python3", too_old=True)
    add_python(bare, "python3.12")
    done = setup(bare)
    assert done.returncode == 0, done.stderr
    assert "made with python3.12" in done.stdout


def test_a_python_that_cannot_make_environments_is_passed_over(bare: Path) -> None:
    add_python(bare, "python3", no_venv=True)
    add_python(bare, "python3.13")
    assert "made with python3.13" in setup(bare).stdout


def test_without_a_python_it_says_what_to_do(bare: Path) -> None:
    add_python(bare, "python3", too_old=True)
    done = setup(bare)
    assert done.returncode == 1
    assert "Python 3.12 or newer" in done.stderr
    assert not (bare / ".venv").exists()


def test_the_second_time_nothing_is_installed(bare: Path) -> None:
    add_python(bare, "python3")
    assert "Installing requirements.txt" in setup(bare).stdout
    assert setup(bare).stdout == "looked at the machine\n"


def test_what_is_installed_for_the_tests_is_enough_to_run(bare: Path) -> None:
    add_python(bare, "python3")
    assert "Installing requirements-dev.txt" in setup(bare, "test").stdout
    assert setup(bare).stdout == "looked at the machine\n"


def test_a_change_of_the_lock_file_is_installed(bare: Path) -> None:
    add_python(bare, "python3")
    setup(bare)
    with (bare / "requirements.txt").open("a") as lock:
        lock.write("# changed\n")
    assert "Installing requirements.txt" in setup(bare).stdout


def test_an_install_that_fails_is_tried_again_next_time(bare: Path) -> None:
    add_python(bare, "python3")
    program = bare.parent / "bin" / "python3"
    program.write_text(program.read_text().replace('echo "installed with python3"', "exit 1"))
    assert setup(bare).returncode != 0
    assert not (bare / ".venv" / "installed-requirements.txt").exists()
