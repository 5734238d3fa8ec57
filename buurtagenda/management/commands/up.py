"""`manage.py up`: web, worker and clock as children of one process."""

import errno
import os
import socket
import sys
import threading
import time
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from buurtagenda.demo_login import demo_login
from core.supervisor import Child, Supervisor

NO_WORD_ABOUT_ROOT = "ignore::UserWarning:celery.platforms"


def commands() -> list[Child]:
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "--quiet", "--app", "buurtagenda"]
    pool = (
        ["--pool", "prefork", "--max-tasks-per-child", "50"] if settings.REDIS_URL else ["--pool", "threads"]
    )
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    granian = ["granian", "--interface", "wsgi", "--host", settings.BIND, "--port", str(settings.PORT)]
    threads = ["--blocking-threads", str(2 * (os.cpu_count() or 1) + 1)]
    calm = ["--no-ws", "--log-level", "warning", "--workers-kill-timeout", "2s", *threads]
    return [
        Child("web", [*python, *granian, *calm, "buurtagenda.wsgi:application"]),
        Child("worker", [*celery, "worker", *pool, "--concurrency", "2", *alone, "--loglevel", "WARNING"]),
        Child("clock", [*celery, "beat", "--loglevel", "WARNING"]),
    ]


def refuse_taken_port() -> None:
    family = socket.AF_INET6 if ":" in settings.BIND else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.BIND, settings.PORT))
        except OSError as problem:
            raise CommandError(why_not(problem)) from None


def why_not(problem: OSError) -> str:
    if problem.errno != errno.EADDRINUSE:
        return f"Cannot listen on BIND {settings.BIND}, PORT {settings.PORT}: {problem}."
    return (
        f"Port {settings.PORT} is taken, perhaps by another Buurtagenda. "
        f"Stop that one, or choose another port: PORT={settings.PORT + 1} make up"
    )


def answers() -> bool:
    """Whether the web server gives any answer at all; asked as the reverse proxy would."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.BIND, settings.BIND)  # noqa: S104
    site = urlsplit(settings.SITE_URL)
    connection = HTTPConnection(host, settings.PORT, timeout=5)
    try:
        connection.request("GET", "/", headers={"Host": site.netloc, "X-Forwarded-Proto": site.scheme})
        return connection.getresponse().status > 0
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


class Command(BaseCommand):
    help = "Prepares, then serves the application with its worker and its clock until Ctrl-C."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_taken_port()
        call_command("prepare", stdout=self.stdout)
        login = demo_login()
        connections.close_all()
        threading.Thread(target=self.announce, args=(login,), daemon=True).start()
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": NO_WORD_ABOUT_ROOT}
        Supervisor(commands(), environment, self.say).run()
        self.say("Stopped.")

    def announce(self, login: tuple[str, str] | None) -> None:
        while not answers():
            time.sleep(0.1)
        lines = [f"Buurtagenda is ready: {settings.SITE_URL}"]
        if login:
            lines.append(f"Log in to the demonstration: {login[0]} with password {login[1]}")
        self.say("\n".join(["", *lines, "Stop with Ctrl-C.", ""]))

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
