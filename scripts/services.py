"""PostgreSQL and Redis for the tests: the ones that answer, else temporary ones of this machine."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import redis

ROOT = Path(__file__).resolve().parent.parent
USUAL_DATABASE = "postgres://postgres@127.0.0.1:5432/postgres"
USUAL_REDIS = "redis://127.0.0.1:6379"
OLDEST_POSTGRES = 150000
LOCKED_FOR = 3600  # seconds a database of a shared Redis stays ours after a crash


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(ready: Callable[[], bool], what: str, seconds: float = 30) -> None:
    limit = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > limit:
            raise TimeoutError(f"{what} did not start")
        time.sleep(0.05)


# --- PostgreSQL --------------------------------------------------------------------------
def may_create_databases(url: str) -> bool:
    """True where a PostgreSQL that is new enough answers and lets us make databases."""
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            return bool(row and row[0]) and connection.info.server_version >= OLDEST_POSTGRES
    except psycopg.Error:
        return False


def initdb() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if found:
        return found[-1]
    on_path = shutil.which("initdb")
    return Path(on_path) if on_path else None


def with_name(url: str) -> str:
    """The same server, with a database name of this checkout: Django puts `test_` before it."""
    start, _, query = url.partition("?")
    name = f"buurtagenda_{zlib.crc32(str(ROOT).encode()):08x}"
    return f"{start.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[str | None]:
    """The address of a PostgreSQL to make test databases in; None where there is none."""
    for url in filter(None, [os.environ.get("DATABASE_URL"), USUAL_DATABASE]):
        if url.startswith("postgres") and may_create_databases(url):
            yield with_name(url)
            return
    program = initdb()
    if program is None:
        yield None
        return
    with temporary_postgres(program.parent, folder / "postgres") as url:
        yield with_name(url)


@contextlib.contextmanager
def temporary_postgres(programs: Path, folder: Path) -> Iterator[str]:
    folder.mkdir()
    owner = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    if owner:
        folder.parent.chmod(0o755)
        shutil.chown(folder, owner, owner)
    make = [str(programs / "initdb"), "--pgdata", str(folder), "--username", "postgres", "--auth", "trust"]
    calm = ["--encoding", "UTF8", "--locale", "C", "--no-sync"]
    subprocess.run([*make, *calm], check=True, stdout=subprocess.DEVNULL, cwd=folder, user=owner, group=owner)
    port = free_port()
    fast = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=127.0.0.1"]
    options = [word for setting in fast for word in ("-c", setting)]
    server = subprocess.Popen(
        [str(programs / "postgres"), "-D", str(folder), "-p", str(port), "-k", str(folder), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        start_new_session=True,
        user=owner,
        group=owner,
    )
    url = f"postgres://postgres@127.0.0.1:{port}/postgres"
    try:
        wait_until(lambda: may_create_databases(url), "PostgreSQL")
        yield url
    finally:
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(timeout=5)
        server.kill()


# --- Redis -------------------------------------------------------------------------------
def answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=3) as connection:
            return bool(connection.ping())
    except redis.RedisError:
        return False


def claim(server: redis.Redis, base: str, number: int) -> bool:
    """Take a database that is empty or was left by an earlier run of ours; nobody else's data is touched."""
    if not server.set(f"buurtagenda-tests:{number}", os.getpid(), nx=True, ex=LOCKED_FOR):
        return False
    with redis.Redis.from_url(f"{base}/{number}") as database:
        if database.dbsize() and not server.sismember("buurtagenda-tests", str(number)):
            server.delete(f"buurtagenda-tests:{number}")
            return False
        database.flushdb()
    server.sadd("buurtagenda-tests", str(number))
    return True


@contextlib.contextmanager
def redis_databases(folder: Path, wanted: int) -> Iterator[list[str] | None]:
    """One database for each process of the suite; None where there is no Redis."""
    for base in filter(None, [server_of(os.environ.get("REDIS_URL", "")), USUAL_REDIS]):
        if answers(base):
            with claimed(base, wanted) as urls:
                if len(urls) == wanted:
                    yield urls
                    return
    program = shutil.which("redis-server")
    if program is None:
        yield None
        return
    with temporary_redis(program, folder) as base:
        yield [f"{base}/{number}" for number in range(wanted)]


def server_of(url: str) -> str:
    """`redis://host:6379` of `redis://host:6379/2`."""
    scheme, mark, rest = url.partition("://")
    return scheme + mark + rest.partition("/")[0]


@contextlib.contextmanager
def claimed(base: str, wanted: int) -> Iterator[list[str]]:
    with redis.Redis.from_url(base) as server:
        ours: list[int] = []
        for number in range(15, 0, -1):
            if len(ours) < wanted and claim(server, base, number):
                ours.append(number)
        try:
            yield [f"{base}/{number}" for number in ours]
        finally:
            for number in ours:
                with redis.Redis.from_url(f"{base}/{number}") as database:
                    database.flushdb()
                server.delete(f"buurtagenda-tests:{number}")


@contextlib.contextmanager
def temporary_redis(program: str, folder: Path) -> Iterator[str]:
    port = free_port()
    server = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until(lambda: answers(f"redis://127.0.0.1:{port}"), "Redis")
        yield f"redis://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)
