"""Databases to measure on: SQLite always, PostgreSQL where one answers. Each measurement gets a fresh copy."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from scripts.services import postgres

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Kind:
    """`name` as it is printed; `fresh` gives the address of a migrated, empty database."""

    name: str
    folder: Path
    server: str = ""

    @contextlib.contextmanager
    def fresh(self) -> Iterator[str]:
        if not self.server:
            with tempfile.TemporaryDirectory(dir=self.folder) as folder:
                shutil.copy(self.folder / "empty.sqlite3", f"{folder}/copy.sqlite3")
                yield f"sqlite:///{folder}/copy.sqlite3"
            return
        with made(self.server, "_copy", "_empty") as url:
            yield url


def name_of(url: str) -> str:
    return url.rpartition("/")[2].partition("?")[0]


@contextlib.contextmanager
def made(server: str, ending: str, template: str = "") -> Iterator[str]:
    """A database beside that of `server`, for as long as the block lasts."""
    base = f"{name_of(server)}_bench"
    name = sql.Identifier(base + ending)
    like = sql.SQL(" TEMPLATE {}").format(sql.Identifier(base + template)) if template else sql.SQL("")
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name)
    maintenance = f"{server.rpartition('/')[0]}/postgres"
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name) + like)
    try:
        yield f"{server.rpartition('/')[0]}/{base}{ending}"
    finally:
        with psycopg.connect(maintenance, autocommit=True) as connection:
            connection.execute(drop)


def migrate(url: str, folder: Path) -> None:
    env = {**os.environ, "DATABASE_URL": url, "DATA_DIR": str(folder / "data")}
    (folder / "data").mkdir(exist_ok=True)
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"]
    subprocess.run(command, cwd=ROOT, env=env, check=True)


@contextlib.contextmanager
def databases() -> Iterator[list[Kind]]:
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="buurtagenda-bench-")))
        migrate(f"sqlite:///{folder}/empty.sqlite3", folder)
        kinds = [Kind("SQLite", folder)]
        server = stack.enter_context(postgres(folder))
        if server:
            migrate(stack.enter_context(made(server, "_empty")), folder)
            kinds.append(Kind("PostgreSQL", folder, server))
        else:
            print("PostgreSQL does not answer: only SQLite is measured.\n")
        yield kinds
