"""Asking all sources at once. The threads only ask; the database is written by who calls."""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from buurtscan import store
from buurtscan.catalogue import CATALOGUE, MEASURES, Indicator, measures_of
from buurtscan.figures import Figure, Held, figures_of
from buurtscan.sources import kwb, leefbaarometer, politie, rivm
from buurtscan.sources.harvest import Harvest, Plan
from buurtscan.target import Target
from core.fetch import Fetcher, SourceFailed

logger = logging.getLogger(__name__)

type Fetch = Callable[[Plan, Fetcher], Harvest]

FETCHES: dict[str, Fetch] = {
    "kwb": kwb.fetch,
    "rivm": rivm.fetch,
    "politie": politie.fetch,
    "leefbaarometer": leefbaarometer.fetch,
}


def plan_of(targets: Sequence[Target]) -> Plan:
    codes = {code for target in targets for code in target.all_codes}
    marks, held = store.pulled(codes)
    return Plan(tuple(targets), marks, held)


def harvest(source: str, plan: Plan) -> Harvest:
    """Never raises: one source that surprises us does not stop the others."""
    with Fetcher() as fetcher:
        try:
            return FETCHES[source](plan, fetcher)
        except SourceFailed as failure:
            return failed(source, failure.message)
        except Exception:
            logger.exception("source %s gave an answer that we did not foresee", source)
            return failed(source, _("De bron gaf een antwoord dat wij niet kunnen lezen."))


def failed(source: str, note: str) -> Harvest:
    return Harvest(missing=frozenset(measure.id for measure in measures_of(source)), note=note)


def harvests(sources: Sequence[str], plan: Plan) -> Iterator[tuple[str, Harvest]]:
    """The sources as they come in."""
    with ThreadPoolExecutor(max(1, len(sources)), thread_name_prefix="source") as pool:
        asked: dict[Future[Harvest], str] = {pool.submit(harvest, source, plan): source for source in sources}
        for future in as_completed(asked):
            yield asked[future], future.result()


def sources_of(indicator: Indicator) -> frozenset[str]:
    """A rate of the police needs inhabitants of CBS."""
    return frozenset(MEASURES[measure].source for measure in indicator.all_measures)


@dataclass
class Arrivals:
    """Which sources are in, and what could not be asked."""

    sources: set[str] = field(default_factory=set)
    missing: frozenset[str] = frozenset()

    def add(self, source: str, missing: frozenset[str]) -> list[Indicator]:
        """Returns the indicators to work out now: those that have all they need and use this source.

        With CBS come the inhabitants, and with those the flags of all that was there already.
        """
        self.sources.add(source)
        self.missing |= missing
        return [
            indicator
            for indicator in CATALOGUE.values()
            if sources_of(indicator) <= self.sources and (source == "kwb" or source in sources_of(indicator))
        ]


def figures_from_store(
    indicators: Sequence[Indicator], target: Target, missing: frozenset[str]
) -> list[Figure]:
    """Inhabitants always come along: they say which areas are too small for big words."""
    measures = {measure for indicator in indicators for measure in indicator.all_measures} | {"T001036"}
    held = Held(store.numbers_of(target.all_codes, measures))
    return figures_of(indicators, target, held, missing)
