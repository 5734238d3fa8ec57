"""What the tables of CBS share: one table a year, whole rows or observations of a few areas.

A scan brings every year that is configured, the newest first: the newest with a figure is shown, the
others are its course. v4 is asked first and v3 where that fails. For one table v4 takes one question.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import batched

from django.conf import settings
from django.utils.translation import gettext as _

from buurtscan.catalogue import MEASURES, Indicator, Measure, measures_of, of_source
from buurtscan.figures import Held, Number, TableId, has_value
from buurtscan.sources.harvest import (
    Fetched,
    Harvest,
    National,
    Plan,
    Row,
    numbers_from,
    published,
    values_in,
)
from core.fetch import Fetcher, NotFound, SourceFailed
from core.odata import ColumnMissing, Columns, ColumnsMoved, OData3, OData4, all_of, any_of, one_of

AREA = "WijkenEnBuurten"
FAILURES_AT_MOST = 2
AREAS_AT_ONCE = 2_000


@dataclass(frozen=True)
class Series:
    """The tables of one source, the newest first. `label` is what a reader calls a table of it."""

    source: str
    label: str
    tables: tuple[TableId, ...]

    def measures(self, year: int) -> list[Measure]:
        return [measure for measure in measures_of(self.source) if measure.exists_in(year)]

    def called(self, table: TableId) -> str:
        return f"{self.label} {table.vintage}"


class Scanner:
    """One walk through the years for a few areas."""

    def __init__(self, series: Series, plan: Plan, fetcher: Fetcher) -> None:
        self.series = series
        self.plan = plan
        self.v3 = OData3(fetcher, settings.OPENDATA_CBS_V3_URL)
        self.v4 = OData4(fetcher, settings.OPENDATA_CBS_V4_URL)
        self.v4_works = True
        self.v4_gave = False
        self.failures = 0
        self.found: list[Number] = []
        self.result = Harvest()

    def harvest(self) -> Harvest:
        for table in self.series.tables:
            self.take(table)
            if self.failures >= FAILURES_AT_MOST:
                break
        if not self.found and not self.result.failed:
            return nothing(self.series, self.listed)
        return self.result

    @cached_property
    def listed(self) -> Mapping[str, str] | None:
        """Asked only when it matters: to compare marks, or where a table gives nothing."""
        return listed_by(self.v3)

    def unsettled(self, year: int) -> list[Indicator]:
        """The indicators without a figure for some target, that this year or an older one may have."""
        held = Held(self.found)
        return [
            indicator
            for indicator in of_source(self.series.source)
            if all(MEASURES[measure].first <= year for measure in indicator.parts)
            and not all(has_value(indicator, target, held) for target in self.plan.targets)
        ]

    def take(self, table: TableId) -> None:
        """Ask one year, unless we hold it as it is now."""
        mark = self.plan.marks.get(table.name)
        if mark and self.listed and mark == self.listed.get(table.name):
            self.found += self.plan.held.get(table.name, ())
            return
        try:
            fetched = self.ask(table)
        except SourceFailed as failure:
            self.failures += 1
            self.fail(f"{self.series.called(table)}: {failure.message}", self.unsettled(table.vintage))
            return
        if fetched:
            self.found += fetched.numbers
            self.result.fetched.append(fetched)

    def ask(self, table: TableId) -> Fetched | None:
        """None when there is no such table (yet).

        Until v4 has shown that it has numbers, an answer without any is asked again of v3.
        """
        fetched = self.by_v4(table)
        if fetched and (fetched.numbers or self.v4_gave):
            self.v4_gave = True
            return fetched
        if self.listed is not None and table.name not in self.listed:
            return fetched
        try:
            return ask_v3(self.v3, table, self.series.measures(table.vintage), self.plan.codes)
        except NotFound:
            if self.listed and not fetched:
                raise
            return fetched

    def by_v4(self, table: TableId) -> Fetched | None:
        """None when v4 does not have it, or does not work at all."""
        if not self.v4_works:
            return None
        try:
            return ask_v4(self.v4, table, self.series.measures(table.vintage), self.plan.codes)
        except NotFound:
            return None
        except SourceFailed:
            self.v4_works = False
            return None

    def fail(self, note: str, indicators: Iterable[Indicator]) -> None:
        self.result.note = self.result.note or note
        names = (measure for indicator in indicators for measure in indicator.all_measures)
        self.result.missing |= frozenset(names)


def listed_by(service: OData3) -> Mapping[str, str] | None:
    """The tables that the service says it has, with their marks. None when it does not say."""
    try:
        return service.catalogue() or None
    except SourceFailed:
        return None


def nothing(series: Series, listed: Mapping[str, str] | None) -> Harvest:
    """Not one number. That the tables are withdrawn is believed of a catalogue that lists other tables;
    else the source failed. Either way what we hold stays what it was.
    """
    names = {table.name for table in series.tables}
    if listed and not names & listed.keys():
        return Harvest(note=_("Het CBS heeft de tabellen van %(label)s nu niet.") % {"label": series.label})
    missing = frozenset(measure.id for measure in measures_of(series.source))
    return Harvest(missing=missing, note=_("CBS gaf geen cijfers."))


def ask_v4(service: OData4, table: TableId, measures: Sequence[Measure], codes: Sequence[str]) -> Fetched:
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
    return Fetched(table, ids_of(measures), tuple(codes), tuple(found.values()), called)


def ask_v3(service: OData3, table: TableId, measures: Sequence[Measure], codes: Sequence[str]) -> Fetched:
    """Whole rows: a list of columns would make the address too long, and rows cannot move midway."""
    for last in (False, True):
        called = keys_of(service.columns(table.name), measures)
        rows = [row for where in any_of(AREA, codes) for row in service.rows(table.name, filter=where)]
        if not rows or set(called.values()) <= rows[0].keys():
            break
        if last:
            raise ColumnsMoved(_("De tabel is net vernieuwd."), transient=True)
    found = (numbers_in(row, called, period_of(row, table)) for row in rows)
    return Fetched(table, ids_of(measures), tuple(codes), numbers_from(found, table, codes), called)


def ids_of(measures: Iterable[Measure]) -> frozenset[str]:
    return frozenset(measure.id for measure in measures)


def period_of(row: Mapping[str, object], table: TableId) -> str:
    """2024 for 2024JJ00; the year of the table where it has one only; empty for a month or a quarter."""
    period = str(row.get("Perioden") or f"{table.vintage}JJ00")
    return period[:4] if period[4:] == "JJ00" else ""


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


def numbers_in(row: Mapping[str, object], called: Mapping[str, str], period: str) -> Row:
    """Without values for what is no year."""
    return str(row.get(AREA) or ""), period, values_in(row, called) if period else {}


def nationals(series: Series, fetcher: Fetcher, year: int | None = None) -> list[National]:
    """The years that v3 lists, or one of them. Raises SourceFailed when the catalogue does not answer."""
    service = OData3(fetcher, settings.OPENDATA_CBS_V3_URL)
    listed = service.catalogue()
    return [
        national(service, table, listed[table.name], series.measures(table.vintage))
        for table in series.tables
        if table.name in listed and year in (None, table.vintage)
    ]


def national(service: OData3, table: TableId, mark: str, measures: Sequence[Measure]) -> National:
    called: dict[str, str] = {}

    def batches() -> Iterator[list[Row]]:
        called.update(keys_of(service.columns(table.name), measures))
        if not called:
            raise ColumnMissing(_("De tabel heeft geen kolom die wij kennen."))
        for part in batched(service.rows(table.name, bulk=True), AREAS_AT_ONCE):
            yield [numbers_in(row, called, period_of(row, table)) for row in part]

    return National(table, mark, ids_of(measures), batches, called)
