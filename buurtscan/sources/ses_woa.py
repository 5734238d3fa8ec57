"""CBS Sociaal-economische status (SES-WOA): wealth, education and work of households.

Each table has all years since 2014, on the areas of one year; the newest is enough, unless it lacks an
area. v3 only: the columns are known by their group there, while the codes in v4 are not known to us.
"""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext as _

from buurtscan.catalogue import measures_of
from buurtscan.sources import cbs
from buurtscan.sources.harvest import Harvest, National, Plan
from buurtscan.sources.tables import SES_WOA
from core.fetch import Fetcher, NotFound, SourceFailed
from core.odata import OData3

SERIES = cbs.Series("ses_woa", "SES-WOA", SES_WOA)
MEASURES = measures_of("ses_woa")


def fetch(plan: Plan, fetcher: Fetcher) -> Harvest:
    service, result = OData3(fetcher, settings.OPENDATA_CBS_V3_URL), Harvest()
    listed: Mapping[str, str] | None = None
    for table in SES_WOA:
        if listed and table.name not in listed:
            continue
        try:
            fetched = cbs.ask_v3(service, table, MEASURES, plan.codes)
        except NotFound:
            listed = listed or cbs.listed_by(service)
            continue
        except SourceFailed as failure:
            return stopped(result, f"{SERIES.called(table)}: {failure.message}")
        if not fetched.columns:
            return stopped(
                result, _("%(table)s: de kolommen heten anders.") % {"table": SERIES.called(table)}
            )
        result.fetched.append(fetched)
        if complete(result, plan):
            break
    if any(one.numbers for one in result.fetched):
        return result
    return cbs.nothing(SERIES, listed or cbs.listed_by(service))


def complete(result: Harvest, plan: Plan) -> bool:
    """Every asked area has a number; what it is compared with may lack one."""
    given = {number.code for fetched in result.fetched for number in fetched.numbers}
    return all(code in given for target in plan.targets for code in target.codes)


def stopped(result: Harvest, note: str) -> Harvest:
    """What came in is kept; without anything, all of it is missing."""
    came = any(fetched.numbers for fetched in result.fetched)
    return Harvest(result.fetched, frozenset() if came else cbs.ids_of(MEASURES), note)


def nationals(fetcher: Fetcher, year: int | None = None) -> list[National]:
    """`year` is that of the areas."""
    return cbs.nationals(SERIES, fetcher, year)
