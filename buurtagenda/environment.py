"""Reads the environment, and refuses what is malformed with the name of the variable."""

import contextlib
import os
import re
import secrets
from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, validate

env = Env(expand_vars=False)
HOST = re.compile(r"\*|\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\]", re.IGNORECASE)
MAIL_SCHEMES = {"smtp", "smtps", "smtp+tls", "smtp+ssl", "submission", "submit"}


def refuse(name: str, why: str) -> NoReturn:
    raise ImproperlyConfigured(f"{name} {why}")


def empty_or(check: Callable[[str], Any]) -> Callable[[str], Any]:
    """A variable that is set to nothing counts as one that is not set."""
    return lambda text: check(text) if text else None


def base_address(name: str, default: str) -> str:
    """An http(s) address without a slash at its end."""
    http = validate.URL(schemes={"http", "https"}, require_tld=False)
    return (env.str(name, "", validate=empty_or(http)) or default).rstrip("/")


def origin(name: str, default: str) -> str:
    """An http(s) address of a host alone, as a content security policy wants it."""
    address = base_address(name, default)
    if address != "{0.scheme}://{0.netloc}".format(urlsplit(address)):
        refuse(name, "must be an address without a path, such as https://tiles.example.nl.")
    return address


def host_of(address: str) -> str:
    host = urlsplit(address).hostname or ""
    return f"[{host}]" if ":" in host else host


def host_names(name: str, default: list[str]) -> list[str]:
    given: list[str] = env.list(name, [])
    hosts = [host.strip() for host in given] or default
    if not all(HOST.fullmatch(host) for host in hosts):
        refuse(name, "must be names of hosts with commas between them, without http:// or a port.")
    return hosts


def folder(name: str, default: Path) -> Path:
    """A folder that is there, or can be made, and can be written to."""
    path = Path(env.str(name, "") or default).absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        refuse(name, f"must be a folder that can be made: {problem}.")
    if not os.access(path, os.W_OK):
        refuse(name, f"must be a folder that can be written to, and {path} is not.")
    return path


def kept_secret(file: Path) -> str:
    """A key of this machine's own, made once, also when several processes start together."""
    if not file.exists():
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return file.read_text()


def database(name: str, default: str) -> dict[str, Any]:
    """An SQLite file, or a PostgreSQL database with a name."""
    given = bool(env.str(name, ""))
    found: dict[str, Any] = dict(env.dj_db_url(name) if given else dj_database_url.parse(default))
    known = found["ENGINE"] in ("django.db.backends.sqlite3", "django.db.backends.postgresql")
    if not known or not found["NAME"]:
        refuse(name, "must name an SQLite file or a PostgreSQL database.")
    return found


def mail_server(name: str) -> dict[str, Any] | None:
    """The SMTP server behind an address such as smtp://user:password@host:587/?tls=True, if there is one."""
    address = env.str(name, "")
    if not address:
        return None
    try:
        parts = urlsplit(address)
        usable = parts.scheme in MAIL_SCHEMES and bool(parts.hostname)
        mail = env.dj_email_url(name) if usable else {}
    except (ValueError, EnvError):
        mail = {}
    if not mail:
        refuse(name, "must be an address such as smtp://user:password@host:587/?tls=True.")
    return {
        "host": mail["EMAIL_HOST"],
        "port": mail["EMAIL_PORT"],
        "username": mail["EMAIL_HOST_USER"],
        "password": mail["EMAIL_HOST_PASSWORD"],
        "use_tls": mail["EMAIL_USE_TLS"],
        "use_ssl": mail["EMAIL_USE_SSL"],
    }


def sender(name: str, default: str) -> str:
    text = env.str(name, "") or default
    if "@" not in parseaddr(text)[1]:
        refuse(name, "must be a mail address, such as Buurtagenda <noreply@example.nl>.")
    return text
