"""CBS Kerncijfers wijken en buurten: one table a year, v4 first and v3 where that fails.

The newest year comes first; asking stops once every indicator has a year with a figure. For the
sake of rates of other sources, at least the newest years are asked for their inhabitants.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from buurtscan.catalogue import MEASURES, Indicator, Measure, measures_of, of_source
from buurtscan.figures import Held, Number, TableId, has_value
from buurtscan.sources.harvest import Fetched, Harvest, National, Plan, Row, published
from buurtscan.sources.tables import KWB
from core.fetch import Fetcher, NotFound, SourceFailed
from core.odata import ColumnMissing, Columns, ColumnsMoved, OData3, OData4, all_of, any_of, one_of

AREA = "WijkenEnBuurten"
YEARS_AT_LEAST = 3
FAILURES_AT_MOST = 2
SELECT_CHARS = 1_500  # the service refuses long addresses


def fetch(plan: Plan, fetcher: Fetcher) -> Harvest:
    return Scanner(plan, fetcher).harvest()


class Scanner:
    """One walk through the years for a few areas."""

    def __init__(self, plan: Plan, fetcher: Fetcher) -> None:
        self.plan = plan
        self.v3 = OData3(fetcher, settings.OPENDATA_CBS_V3_URL)
        self.v4 = OData4(fetcher, settings.OPENDATA_CBS_V4_URL)
        self.v4_works = True
        self.v4_gave = False
        self.failures = 0
        self.found: list[Number] = []
        self.result = Harvest()

    def harvest(self) -> Harvest:
        listed = self.listed()
        years = 0
        for table in KWB:
            open_ = self.unsettled(table.vintage)
            if (not open_ and years >= YEARS_AT_LEAST) or self.failures >= FAILURES_AT_MOST:
                break
            years += self.take(table, listed, open_)
        if not self.found and not self.result.failed:
            self.fail(_("CBS gaf geen cijfers."), of_source("kwb"))
        return self.result

    def listed(self) -> Mapping[str, str] | None:
        """The tables that v3 says it has, with their marks. None when it does not say."""
        try:
            return self.v3.catalogue() or None
        except SourceFailed:
            return None

    def unsettled(self, year: int) -> list[Indicator]:
        """The indicators without a figure for some target, that this year or an older one may have."""
        held = Held(self.found)
        return [
            indicator
            for indicator in of_source("kwb")
            if all(MEASURES[measure].first <= year for measure in indicator.parts)
            and not all(has_value(indicator, target, held) for target in self.plan.targets)
        ]

    def take(self, table: TableId, listed: Mapping[str, str] | None, open_: list[Indicator]) -> bool:
        """Ask one year. True when the table exists."""
        if listed and self.plan.marks.get(table.name) == listed.get(table.name, "?"):
            self.found += self.plan.held.get(table.name, ())
            return True
        try:
            fetched = self.ask(table, listed)
        except SourceFailed as failure:
            self.failures += 1
            self.fail(_("KWB %(year)s: %(why)s") % {"year": table.vintage, "why": failure.message}, open_)
            return True
        if fetched:
            self.found += fetched.numbers
            self.result.fetched.append(fetched)
        return fetched is not None

    def ask(self, table: TableId, listed: Mapping[str, str] | None) -> Fetched | None:
        """None when there is no such table (yet).

        Until v4 has shown that it has numbers, an answer without any is asked again of v3.
        """
        unlisted = listed is not None and table.name not in listed
        fetched = self.by_v4(table)
        if unlisted or (fetched and (fetched.numbers or self.v4_gave)):
            self.v4_gave |= bool(fetched and fetched.numbers)
            return fetched
        try:
            return ask_v3(self.v3, table, self.plan.codes)
        except NotFound:
            if listed and not fetched:
                raise
            return fetched

    def by_v4(self, table: TableId) -> Fetched | None:
        """None when v4 does not have it, or does not work at all."""
        if not self.v4_works:
            return None
        try:
            return ask_v4(self.v4, table, self.plan.codes)
        except NotFound:
            return None
        except SourceFailed:
            self.v4_works = False
            return None

    def fail(self, note: str, indicators: Iterable[Indicator]) -> None:
        self.result.note = self.result.note or note
        names = (measure for indicator in indicators for measure in indicator.all_measures)
        self.result.missing |= frozenset(names)


def wanted(year: int) -> list[Measure]:
    return [measure for measure in measures_of("kwb") if measure.exists_in(year)]


def ask_v4(service: OData4, table: TableId, codes: Sequence[str]) -> Fetched:
    measures = wanted(table.vintage)
    names = {code: measure for measure in measures for code in measure.v4}
    where = all_of(one_of(AREA, codes), one_of("Measure", names))
    found: dict[tuple[str, str], Number] = {}
    called: dict[str, str] = {}
    for row in service.observations(table.name, filter=where):
        value = published(row.value)
        measure = names.get(row.measure)
        if value is None or measure is None or row.code not in codes:
            continue
        called[measure.id] = row.measure
        found[measure.id, row.code] = Number(measure.id, row.code, str(table.vintage), value, table)
    return Fetched(
        table, frozenset(measure.id for measure in measures), tuple(codes), tuple(found.values()), called
    )


def ask_v3(service: OData3, table: TableId, codes: Sequence[str]) -> Fetched:
    """Whole rows: a list of columns would make the address too long, and rows cannot move midway."""
    measures = wanted(table.vintage)
    for last in (False, True):
        called = keys_of(service.columns(table.name), measures)
        rows = [row for where in any_of(AREA, codes) for row in service.rows(table.name, filter=where)]
        if not rows or set(called.values()) <= rows[0].keys():
            break
        if last:
            raise ColumnsMoved(_("De tabel is net vernieuwd."), transient=True)
    numbers = [
        Number(measure, code, str(table.vintage), value, table)
        for row in rows
        for measure, code, value in numbers_in(row, called)
        if code in codes
    ]
    return Fetched(table, frozenset(measure.id for measure in measures), tuple(codes), tuple(numbers), called)


def keys_of(columns: Columns, measures: Iterable[Measure]) -> dict[str, str]:
    """Measure: the key it has today. A measure the table lacks is left out."""
    found: dict[str, str] = {}
    for measure in measures:
        for name in measure.v3:
            try:
                found[measure.id] = columns.key(name.base, name.group)
            except ColumnMissing:
                continue
            break
    return found


def numbers_in(row: Mapping[str, object], called: Mapping[str, str]) -> Iterator[tuple[str, str, float]]:
    code = str(row.get(AREA) or "")
    for measure, key in called.items():
        value = published(row.get(key))
        if value is not None:
            yield measure, code, value


def nationals(fetcher: Fetcher, year: int | None = None) -> list[National]:
    """The years that v3 lists, or one of them. Raises SourceFailed when the catalogue does not answer."""
    service = OData3(fetcher, settings.OPENDATA_CBS_V3_URL)
    listed = service.catalogue()
    return [
        national(service, table, listed[table.name])
        for table in KWB
        if table.name in listed and year in (None, table.vintage)
    ]


def national(service: OData3, table: TableId, mark: str) -> National:
    measures = wanted(table.vintage)
    called: dict[str, str] = {}

    def batches() -> Iterator[list[Row]]:
        called.update(keys_of(service.columns(table.name), measures))
        year = str(table.vintage)
        for part in parts_of(called):
            keys = [AREA, *part.values()]
            batch: list[Row] = []
            for row in service.rows(table.name, select=keys, bulk=True):
                batch += [(measure, code, year, value) for measure, code, value in numbers_in(row, part)]
                if len(batch) > 50_000:
                    yield batch
                    batch = []
            yield batch

    return National(table, mark, frozenset(measure.id for measure in measures), batches, called)


def parts_of(called: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The columns in parts that each fit in an address."""
    part: dict[str, str] = {}
    for measure, key in called.items():
        if sum(len(name) + 3 for name in part.values()) + len(key) > SELECT_CHARS:
            yield part
            part = {}
        part[measure] = key
    if part:
        yield part
