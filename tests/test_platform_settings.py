"""Settings come from the environment; what is malformed is refused by name."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
KEY = "k" * 50
PRODUCTION = {
    "BUURTAGENDA_ENV": "production",
    "SECRET_KEY": KEY,
    "SITE_URL": "https://buurtagenda.example.nl",
    "EMAIL_URL": "smtp://user:password@mail.example.nl:587/?tls=True",
}
MALFORMED = [
    ("BUURTAGENDA_ENV", "prod"),
    ("DEBUG", "misschien"),
    ("DATA_DIR", "/proc/nowhere"),
    ("BIND", "a b"),
    ("PORT", "http"),
    ("PORT", "0"),
    ("PORT", "70000"),
    ("SITE_URL", "buurtagenda.nl"),
    ("SITE_URL", "ftp://buurtagenda.nl"),
    ("ALLOWED_HOSTS", "https://buurtagenda.nl"),
    ("ALLOWED_HOSTS", "buurtagenda.nl:8000"),
    ("SECURE_HSTS_SECONDS", "lang"),
    ("SECURE_HSTS_SECONDS", "-1"),
    ("MAP_TILES_HOST", "https://tiles.nl; script-src *"),
    ("MAP_TILES_HOST", "https://tiles.nl/path"),
    ("DATABASE_URL", "nonsense"),
    ("DATABASE_URL", "mysql://host/name"),
    ("DATABASE_URL", "postgres://user@host"),
    ("DATABASE_URL", "postgres://host:port/name"),
    ("REDIS_URL", "http://host"),
    ("REDIS_URL", "redis://"),
    ("REDIS_URL", "redis://host:6379/0 1"),
    ("EMAIL_URL", "nonsense"),
    ("EMAIL_URL", "smtp://"),
    ("EMAIL_URL", "smtp://host:port"),
    ("EMAIL_URL", "consolemail://"),
    ("DEFAULT_FROM_EMAIL", "Buurtagenda"),
    ("OPENDATA_CBS_V3_URL", "opendata"),
    ("REFRESH_FIGURES", "hourly"),
    ("OPENDATA_TIMEOUT", "0"),
    ("OPENDATA_TIMEOUT", "snel"),
    ("LOG_LEVEL", "LOUD"),
]
REFUSED_IN_PRODUCTION = [
    ("SECRET_KEY", ""),
    ("SECRET_KEY", "kort"),
    ("SITE_URL", ""),
    ("SITE_URL", "http://buurtagenda.example.nl"),
    ("EMAIL_URL", ""),
    ("DEBUG", "true"),
]
GOOD = [
    {},
    {"DATABASE_URL": "", "REDIS_URL": "", "EMAIL_URL": "", "ALLOWED_HOSTS": "", "SITE_URL": ""},
    {"DATABASE_URL": "postgres://user:pass@db:5432/name", "REDIS_URL": "redis://redis:6379/0"},
    {"BIND": "0.0.0.0", "SITE_URL": "http://192.168.1.20:8000/"},  # noqa: S104
    {"SITE_URL": "http://[fd00::1]:8000"},
    {"REFRESH_FIGURES": "weekly"},
    {**PRODUCTION, "REFRESH_FIGURES": "never"},
    PRODUCTION,
]
# Reads settings once for each environment; prints what became of it.
READ = """
import json, os, runpy, sys
base = dict(os.environ)
answers = []
for case in json.load(sys.stdin):
    os.environ.clear()
    os.environ.update(base | case)
    try:
        read = runpy.run_path("buurtagenda/settings.py")
        answers.append({name: repr(value) for name, value in read.items() if name.isupper()})
    except Exception as refusal:
        answers.append({"refused": type(refusal).__name__, "words": str(refusal)})
print(json.dumps(answers))
"""

type Answer = dict[str, str]


def bare_environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "DATA_DIR": str(folder), "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Settings under every environment of this file, read in one other process."""
    production = [{**PRODUCTION, name: value} for name, value in REFUSED_IN_PRODUCTION]
    cases = [*({name: value} for name, value in MALFORMED), *production, *GOOD]
    done = subprocess.run(
        [sys.executable, "-c", READ],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=bare_environment(tmp_path_factory.mktemp("data")),
        check=True,
    )
    answers = json.loads(done.stdout)

    def of(case: dict[str, str]) -> Answer:
        answer: Answer = answers[cases.index(case)]
        return answer

    return of


@pytest.mark.parametrize(("name", "value"), MALFORMED)
def test_a_malformed_value_is_refused_by_name(read: Any, name: str, value: str) -> None:
    answer = read({name: value})
    assert answer.get("refused") in ("ImproperlyConfigured", "EnvValidationError")
    assert name in answer["words"]


@pytest.mark.parametrize(("name", "value"), REFUSED_IN_PRODUCTION)
def test_production_refuses_what_a_laptop_may_do(read: Any, name: str, value: str) -> None:
    answer = read({**PRODUCTION, name: value})
    assert answer.get("refused") == "ImproperlyConfigured"
    assert name in answer["words"]


@pytest.mark.parametrize("case", GOOD)
def test_a_good_environment_is_accepted(read: Any, case: dict[str, str]) -> None:
    assert "refused" not in read(case), read(case)


def test_a_laptop_needs_no_server_beside_it(read: Any) -> None:
    answer = read({})
    assert "sqlite3" in answer["DATABASES"]
    assert "IMMEDIATE" in answer["DATABASES"]
    assert "journal_mode=WAL" in answer["DATABASES"]
    assert answer["CELERY_BROKER_URL"].startswith("'filesystem://")


def test_a_server_uses_postgresql_and_redis(read: Any) -> None:
    answer = read(GOOD[2])
    assert "postgresql" in answer["DATABASES"]
    assert answer["CELERY_BROKER_URL"] == "'redis://redis:6379/0'"
    assert "RedisCache" in answer["CACHES"]


def test_production_is_strict(read: Any) -> None:
    answer = read(PRODUCTION)
    assert answer["SESSION_COOKIE_SECURE"] == answer["CSRF_COOKIE_SECURE"] == "True"
    assert answer["SECURE_SSL_REDIRECT"] == "True"
    assert answer["ALLOWED_HOSTS"] == "['buurtagenda.example.nl']"
    assert "Manifest" in answer["STORAGES"]
    assert "smtp" in answer["MAILERS"]
    assert answer["DEBUG"] == "False"


def test_in_the_room_the_address_of_the_laptop_is_enough(read: Any) -> None:
    answer = read(GOOD[3])
    assert "'192.168.1.20'" in answer["ALLOWED_HOSTS"]
    assert answer["SITE_URL"] == "'http://192.168.1.20:8000'"
    assert answer["SESSION_COOKIE_SECURE"] == "False"


def test_no_page_may_load_a_script_or_style_of_another_host_or_of_its_own(read: Any) -> None:
    policy = read({})["SECURE_CSP"]
    assert "unsafe" not in policy
    assert "script-src" not in policy


def test_a_refusal_at_the_start_is_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "up"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**bare_environment(tmp_path), "PORT": "http"},
    )
    assert done.returncode == 1
    assert "PORT" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_key_of_a_laptop_is_made_once_and_kept_to_its_owner(tmp_path: Path) -> None:
    from buurtagenda.environment import kept_secret

    key = kept_secret(tmp_path / "key")
    assert len(key) >= 50
    assert kept_secret(tmp_path / "key") == key
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


def test_only_in_production_the_clock_fetches_the_whole_country_unasked(read: Any) -> None:
    task = "buurtscan.refresh_sources"
    assert task not in read({})["CELERY_BEAT_SCHEDULE"]
    assert task in read(PRODUCTION)["CELERY_BEAT_SCHEDULE"]
    assert task in read({"REFRESH_FIGURES": "weekly"})["CELERY_BEAT_SCHEDULE"]
    assert task not in read({**PRODUCTION, "REFRESH_FIGURES": "never"})["CELERY_BEAT_SCHEDULE"]
