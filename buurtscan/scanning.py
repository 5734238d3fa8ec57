"""Asking all sources at once. The threads only ask; the database is written by who calls."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from buurtscan import store
from buurtscan.catalogue import CATALOGUE, MEASURES, Indicator, measures_of
from buurtscan.figures import Figure, Held, figures_of
from buurtscan.national import likeness
from buurtscan.national.freshness import is_unchanged, shelf
from buurtscan.national.places import Compared, compared
from buurtscan.sources import kwb, leefbaarometer, nabijheid, politie, rivm, ses_woa
from buurtscan.sources.harvest import Harvest, Plan
from buurtscan.sources.tables import KWB, LEEFBAAROMETER, NABIJHEID
from buurtscan.target import Target
from core.fetch import Fetcher, SourceFailed

logger = logging.getLogger(__name__)

type Fetch = Callable[[Plan, Fetcher], Harvest]

FETCHES: dict[str, Fetch] = {
    "kwb": kwb.fetch,
    "rivm": rivm.fetch,
    "politie": politie.fetch,
    "leefbaarometer": leefbaarometer.fetch,
    "ses_woa": ses_woa.fetch,
    "nabijheid": nabijheid.fetch,
}

# What these give is compared with what we hold: whole years, or those before the newest.
COMPARING = {"kwb": KWB, "nabijheid": NABIJHEID, "leefbaarometer": (LEEFBAAROMETER,)}


@dataclass(frozen=True)
class Asked:
    """What is left to ask of the sources, after a look at the shelf: nothing of those that are fresh."""

    plan: Plan
    fresh: frozenset[str]
    dates: Mapping[str, datetime | None]

    def of(self, sources: Iterable[str]) -> list[str]:
        return [source for source in sources if source not in self.fresh]


def plan_of(targets: Sequence[Target]) -> Asked:
    """Two queries; one more when there is something to ask."""
    held = shelf()
    codes = {code for target in targets for code in target.all_codes}
    numbers = store.numbers_by_table(codes) if FETCHES.keys() - held.fresh else {}
    return Asked(Plan(tuple(targets), held.marks, numbers), held.fresh, held.dates)


def harvest(source: str, asked: Asked) -> Harvest:
    """Never raises: one source that surprises us does not stop the others."""
    with Fetcher() as fetcher:
        try:
            if is_unchanged(source, asked.plan.marks, fetcher):
                return Harvest()
            return FETCHES[source](asked.plan, fetcher)
        except SourceFailed as failure:
            return failed(source, failure.message)
        except Exception:
            logger.exception("source %s gave an answer that we did not foresee", source)
            return failed(source, _("De bron gaf een antwoord dat wij niet kunnen lezen."))


def failed(source: str, note: str) -> Harvest:
    return Harvest(missing=frozenset(measure.id for measure in measures_of(source)), note=note)


def harvests(sources: Iterable[str], asked: Asked) -> Iterator[tuple[str, Harvest]]:
    """The sources as they come in; what is fresh is not asked."""
    for group in harvest_groups(sources, asked):
        yield from group.items()


def harvest_groups(sources: Iterable[str], asked: Asked) -> Iterator[dict[str, Harvest]]:
    """The same, those that are in by now together: they are written down at once."""
    open_ = asked.of(sources)
    with ThreadPoolExecutor(max(1, len(open_)), thread_name_prefix="source") as pool:
        futures: dict[Future[Harvest], str] = {pool.submit(harvest, one, asked): one for one in open_}
        while futures:
            done, _rest = wait(futures, return_when=FIRST_COMPLETED)
            yield {futures.pop(future): future.result() for future in done}


def sources_of(indicator: Indicator) -> frozenset[str]:
    """A rate of the police needs inhabitants of CBS."""
    return frozenset(MEASURES[measure].source for measure in indicator.all_measures)


@dataclass
class Arrivals:
    """Which sources are in, what could not be asked, and when the tables that were not asked came in."""

    sources: set[str] = field(default_factory=set)
    missing: frozenset[str] = frozenset()
    dates: dict[str, datetime | None] = field(default_factory=dict)

    def add(self, harvests: Mapping[str, Harvest]) -> list[Indicator]:
        """Returns the indicators to work out now: those that have all they need and use one of these.

        With CBS come the inhabitants, and with those the flags of all that was there already.
        """
        for source, harvest in harvests.items():
            self.sources.add(source)
            self.missing |= harvest.missing
            for fetched in harvest.fetched:
                self.dates.pop(fetched.table.name, None)
        return [
            indicator
            for indicator in CATALOGUE.values()
            if sources_of(indicator) <= self.sources
            and ("kwb" in harvests or sources_of(indicator) & harvests.keys())
        ]


def figures_from_store(
    indicators: Sequence[Indicator], target: Target, missing: frozenset[str]
) -> list[Figure]:
    return compared_from_store(indicators, target, missing).figures


def compared_from_store(indicators: Sequence[Indicator], target: Target, missing: frozenset[str]) -> Compared:
    """The figures among those of the whole country.

    Inhabitants always come along: they say which areas are too small for big words.
    """
    measures = {measure for indicator in indicators for measure in indicator.all_measures}
    held = Held(store.numbers_of(target.all_codes, measures | set(likeness.MEASURES)))
    return compared(figures_of(indicators, target, held, missing), target, held)
