"""CBS Kerncijfers wijken en buurten: some hundred numbers a year, the backbone of a scan."""

from buurtscan.sources import cbs
from buurtscan.sources.harvest import Harvest, National, Plan
from buurtscan.sources.tables import KWB
from core.fetch import Fetcher

SERIES = cbs.Series("kwb", "KWB", KWB)


def fetch(plan: Plan, fetcher: Fetcher) -> Harvest:
    return cbs.Scanner(SERIES, plan, fetcher).harvest()


def nationals(fetcher: Fetcher, year: int | None = None) -> list[National]:
    return cbs.nationals(SERIES, fetcher, year)
