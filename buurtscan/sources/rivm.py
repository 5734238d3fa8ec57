"""RIVM, GGD'en and CBS: health of adults. Buurten are estimates of a model.

Three generations of one table; the newest has all years, the older ones have indicators that were
asked no more. One request each, until every indicator has a figure.
"""

from collections.abc import Iterator, Mapping
from itertools import batched

from django.utils.translation import gettext as _

from buurtscan.catalogue import Indicator, measures_of, of_source
from buurtscan.figures import Held, TableId, has_value
from buurtscan.sources.cbs import AREA, AREAS_AT_ONCE, keys_of
from buurtscan.sources.derden import area_of, both_nations, called_in, service_of, year_of
from buurtscan.sources.harvest import Fetched, Harvest, National, Plan, Row, numbers_from, values_in
from buurtscan.sources.tables import RIVM
from core.fetch import Fetcher, NotFound, SourceFailed
from core.odata import OData3, all_of, any_of, equals
from core.odata.v3 import Cell

ADULTS = "20300"
VALUE = "MW00000"
PEOPLE = all_of(equals("Leeftijd", ADULTS), equals("Marges", VALUE))
MEASURES = measures_of("rivm")


def fetch(plan: Plan, fetcher: Fetcher) -> Harvest:
    service, result = service_of(fetcher), Harvest()
    for table in RIVM:
        open_ = unsettled(plan, result)
        if not open_:
            break
        try:
            result.fetched.append(ask(service, table, plan))
        except NotFound:
            continue
        except SourceFailed as failure:
            result.note = result.note or failure.message
            result.missing |= frozenset(measure for one in open_ for measure in one.all_measures)
    if not any(one.numbers for one in result.fetched) and not result.failed:
        return Harvest(
            missing=frozenset(measure.id for measure in MEASURES), note=_("RIVM gaf geen cijfers.")
        )
    return result


def unsettled(plan: Plan, result: Harvest) -> list[Indicator]:
    held = Held(number for one in result.fetched for number in one.numbers)
    return [
        indicator
        for indicator in of_source("rivm")
        if not all(has_value(indicator, target, held) for target in plan.targets)
    ]


def ask(service: OData3, table: TableId, plan: Plan) -> Fetched:
    codes = both_nations(plan.codes)
    rows = [
        row
        for where in any_of(AREA, codes)
        for row in service.rows(table.name, filter=all_of(PEOPLE, where))
        if row.get("Leeftijd") == ADULTS and row.get("Marges") == VALUE
    ]
    called = called_in(service, table.name, rows, MEASURES)
    numbers = numbers_from((numbers_in(row, called) for row in rows), table, plan.codes)
    if not numbers:
        raise SourceFailed(_("RIVM gaf een leeg antwoord."), transient=True)
    return Fetched(table, frozenset(measure.id for measure in MEASURES), plan.codes, numbers, called)


def numbers_in(row: Mapping[str, Cell], called: Mapping[str, str]) -> Row:
    """Without values for what is no year."""
    period = year_of(row)
    return area_of(row), period, values_in(row, called) if period else {}


def nationals(fetcher: Fetcher, year: int | None = None) -> list[National]:
    service = service_of(fetcher)
    listed = service.catalogue()
    return [national(service, table, listed[table.name], year) for table in RIVM if table.name in listed]


def national(service: OData3, table: TableId, mark: str, year: int | None) -> National:
    """Of one year only, it is not the whole table and gets no mark."""
    called: dict[str, str] = {}
    where = all_of(PEOPLE, equals("Perioden", f"{year}JJ00") if year else "")

    def batches() -> Iterator[list[Row]]:
        called.update(keys_of(service.columns(table.name), MEASURES))
        for part in batched(service.rows(table.name, filter=where, bulk=True), AREAS_AT_ONCE):
            yield [numbers_in(row, called) for row in part]

    names, periods = frozenset(measure.id for measure in MEASURES), (str(year),) if year else ()
    return National(table, "" if year else mark, names, batches, called, periods)
