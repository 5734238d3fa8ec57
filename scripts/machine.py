"""Installs what the application needs beside Python, where it may; else says what to do.

python scripts/machine.py up | test | ci
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


def library(*names: str) -> Callable[[], bool]:
    def loads(name: str) -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return lambda: all(loads(name) for name in names)


def program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def postgres() -> bool:
    return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


def noto() -> bool:
    folders = ["/usr/share/fonts", "/usr/local/share/fonts", str(Path.home() / ".fonts"), "/Library/Fonts"]
    return any(next(Path(folder).rglob("NotoSansArabic*"), None) for folder in folders)


@dataclass(frozen=True)
class Need:
    what: str
    present: Callable[[], bool]
    packages: list[str]
    without: str


PANGO = Need(
    "Pango",
    library("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
    if sys.platform == "linux"
    else program("pango-view"),
    ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"],
    "PDF files cannot be made",
)
FONTS = Need("the Noto fonts", noto, ["fonts-noto-core"], "Arabic has no letters in PDF files")
CHROMIUM = Need(
    "Chromium",
    program("chromium", "chromium-browser", "google-chrome"),
    ["chromium"],
    "no test drives a browser",
)
POPPLER = Need("Poppler", program("pdftotext"), ["poppler-utils"], "no test reads a PDF")
POSTGRES = Need("PostgreSQL", postgres, ["postgresql"], "nothing is tested on PostgreSQL")
REDIS = Need("Redis", program("redis-server"), ["redis-server"], "nothing is tested on Redis")
COMPOSE = Need(
    "docker-compose", program("docker-compose"), ["docker-compose"], "docker-compose.yml is not checked"
)
OFFICE = Need(
    "LibreOffice", program("libreoffice"), ["libreoffice-impress-nogui"], "no test opens the slides"
)
UP = [PANGO, FONTS]
TEST = [*UP, CHROMIUM, POPPLER, POSTGRES, REDIS]
KINDS = {"up": UP, "test": TEST, "ci": [*TEST, COMPOSE, OFFICE]}


def right_to_install() -> list[str] | None:
    """The words before apt-get, or None where this user may not install."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "--non-interactive"]
    if shutil.which("sudo") and subprocess.run([*sudo, "true"], capture_output=True).returncode == 0:
        return sudo
    return None


def apt(before: list[str], *words: str) -> bool:
    command = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", *words]
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0


def install(packages: list[str], before: list[str]) -> None:
    words = ["install", "-y", "--no-install-recommends", *packages]
    print(f"Installing {', '.join(packages)} ...", flush=True)
    if apt(before, *words):
        return
    apt(before, "update")
    if not apt(before, *words):
        for package in packages:  # one that this system does not know must not stop the others
            apt(before, *words[:3], package)


def main(kind: str) -> int:
    missing = [need for need in KINDS[kind] if not need.present()]
    before = right_to_install()
    if missing and before is not None:
        install([package for need in missing for package in need.packages], before)
        missing = [need for need in missing if not need.present()]
    for need in missing:
        print(f"Left out: {need.what}, so {need.without}.", file=sys.stderr)
    if missing and shutil.which("apt-get"):
        packages = " ".join(package for need in missing for package in need.packages)
        print(f"To add it: sudo apt-get install {packages}", file=sys.stderr)
    return 1 if missing and kind != "up" and os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
