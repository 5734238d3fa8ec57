import os
import socket
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from projects.models import Project, User
from tests import builders
from tests.buurtscan_help import running_sources, sources  # noqa: F401  (fixtures)

# Playwright keeps an event loop in the main thread; Django's guard would refuse the ORM there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_sessionstart(session: pytest.Session) -> None:
    """A fresh clone has no fonts yet; pages and PDF need them."""
    if not hasattr(session.config, "workerinput"):
        call_command("build_assets")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What starts real processes begins first: two test processes then end at about the same time."""
    items.sort(key=lambda item: not (item.get_closest_marker("journey") or item.get_closest_marker("worker")))


LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@pytest.fixture(autouse=True)
def no_sockets_to_the_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def an_empty_cache() -> None:
    """Redis forgets no count of tries between tests; the cache table rolls back by itself."""
    if settings.REDIS_URL:
        cache.clear()


@pytest.fixture
def project(db: None) -> Project:
    return builders.project()


@pytest.fixture
def coordinator(project: Project) -> User:
    """Runs the project and also moderates."""
    return builders.member(project, "coordinator", moderator=True)


@pytest.fixture
def colleague(project: Project) -> User:
    """A kernteamlid without the task of moderator."""
    return builders.member(project, "kernteamlid", side="gemeente")


@pytest.fixture
def reader(project: Project) -> User:
    return builders.member(project, "lezer")


@pytest.fixture
def outsider(db: None) -> User:
    """Coordinates another project."""
    return builders.member(builders.project(), "coordinator", moderator=True)


@pytest.fixture
def login() -> Callable[[User], Client]:
    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of
