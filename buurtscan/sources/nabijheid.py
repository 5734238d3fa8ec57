"""CBS Nabijheid van voorzieningen: how far inhabitants are from facilities, by road on average."""

from buurtscan.sources import cbs
from buurtscan.sources.harvest import Harvest, National, Plan
from buurtscan.sources.tables import NABIJHEID
from core.fetch import Fetcher

SERIES = cbs.Series("nabijheid", "Nabijheid", NABIJHEID)


def fetch(plan: Plan, fetcher: Fetcher) -> Harvest:
    return cbs.Scanner(SERIES, plan, fetcher).harvest()


def nationals(fetcher: Fetcher, year: int | None = None) -> list[National]:
    return cbs.nationals(SERIES, fetcher, year)
