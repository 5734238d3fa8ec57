"""The replica as the sources of a scan, and a few short cuts. A plugin: `pytest_plugins` names it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from buurtscan.actions import scan_areas
from buurtscan.figures import Figure
from buurtscan.models import AreaRow
from buurtscan.target import target_of
from core import fetch
from gebieden.models import Area
from projects.models import Project
from tests import builders
from tests.replica import Replica, running_replica
from tests.replica.facts import FACTS


@pytest.fixture(scope="session")
def running_sources() -> Iterator[Replica]:
    with running_replica(Path(FACTS)) as replica:
        yield replica


@pytest.fixture
def sources(running_sources: Replica, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replica]:
    """The open-data services, without a fault and with nothing asked yet; hiccups are retried at once."""
    for name, value in running_sources.environ().items():
        setattr(settings, name, value)
    settings.OPENDATA_TIMEOUT = 2.0
    monkeypatch.setattr(fetch, "FIRST_PAUSE", 0.01)
    running_sources.faults.clear()
    running_sources.clear_requests()
    yield running_sources
    running_sources.faults.clear()


def scan(*codes: str) -> dict[tuple[str, str], Figure]:
    """The figures of one area or set, by indicator and code."""
    target = target_of(codes)
    return {(figure.indicator, figure.code): figure for figure in scan_areas([target]).figures[target]}


def stored(**where: Any) -> dict[tuple[str, str, str, str], float]:
    """Every number in the store, by table, code, period and measure."""
    rows = AreaRow.objects.filter(**where).values_list("table__table", "code", "period", "values")
    return {
        (table, code, period, measure): value
        for table, code, period, values in rows
        for measure, value in values.items()
    }


def buurt(code: str, wijk: str = "Wijk", gemeente: str = "Gemeente") -> Area:
    """A buurt with its wijk, gemeente and the country around it."""
    land = builders.area("NL00", name="Nederland")
    above = builders.area(f"GM{code[2:6]}", name=gemeente, parent=land)
    between = builders.area(f"WK{code[2:8]}", name=wijk, parent=above, gemeente_name=gemeente)
    return builders.area(code, name=f"Buurt {code}", parent=between, gemeente_name=gemeente)


def gelselaar() -> Project:
    """A village of two buurten."""
    areas: Sequence[Area] = [buurt("BU18590004"), buurt("BU18590006")]
    return builders.project(areas=list(areas))
