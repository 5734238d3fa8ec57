"""From published numbers to the figures of a scan. Pure: no database, no clock.

For each indicator the newest year is chosen in which anything is published for the asked area, its
wijk, its gemeente or the country; every area is shown for that same year, so that the comparison
is fair. An empty asked area is replaced, visibly, by the nearest larger area (never a count: the
number of the wijk is no estimate of that of the buurt). A larger area is never replaced.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from buurtscan.catalogue import Combination, Indicator
from buurtscan.target import Place, Target

FEW_INHABITANTS = 200
INHABITANTS = "T001036"


@dataclass(frozen=True, slots=True)
class TableId:
    """A table we hold, and its year of boundaries."""

    name: str
    vintage: int


@dataclass(frozen=True, slots=True)
class Number:
    """A published number, as it is in the store. `period` is a year."""

    measure: str
    code: str
    period: str
    value: float
    table: TableId


class Held:
    """The published numbers at hand, found by measure and period."""

    def __init__(self, numbers: Iterable[Number] = ()) -> None:
        self._cells: dict[tuple[str, str], dict[TableId, dict[str, float]]] = {}
        self._periods: dict[str, set[str]] = {}
        self._seen: set[tuple[TableId, str]] = set()
        for number in numbers:
            self._seen.add((number.table, number.code))
            tables = self._cells.setdefault((number.measure, number.period), {})
            tables.setdefault(number.table, {})[number.code] = number.value
            self._periods.setdefault(number.measure, set()).add(number.period)

    def periods(self, measures: Iterable[str]) -> list[str]:
        """The periods in which all measures have a number, the newest first."""
        found = [self._periods.get(measure, set()) for measure in measures]
        return sorted(set.intersection(*found), reverse=True) if found else []

    def cells(self, measure: str, period: str, codes: Iterable[str]) -> "Cells":
        """The numbers of the newest table that has any for these codes."""
        tables = self._cells.get((measure, period), {})
        for table in sorted(tables, key=lambda table: (table.vintage, table.name), reverse=True):
            if any(code in tables[table] for code in codes):
                return Cells(table, tables[table])
        return Cells()

    def was_asked(self, table: TableId | None, code: str) -> bool:
        """True when the table ever gave a number of this area: then what lacks is not published."""
        return table is not None and (table, code) in self._seen

    def newest(self, measure: str, code: str) -> float | None:
        for period in self.periods([measure]):
            value = self.cells(measure, period, [code]).values.get(code)
            if value is not None:
                return value
        return None


@dataclass(frozen=True)
class Cells:
    table: TableId | None = None
    values: Mapping[str, float] = field(default_factory=dict)

    def sum_of(self, codes: Iterable[str]) -> float | None:
        """None as soon as one of them is not published: nothing is never 0."""
        found = [self.values.get(code) for code in codes]
        return None if None in found else sum(value for value in found if value is not None)


@dataclass(frozen=True)
class Figure:
    """One figure for one area. `value` as published (%, × 1 000 €); None unless status is ok or fallback."""

    indicator: str
    chapter: str
    role: str
    code: str
    level: str
    source: str
    status: str
    value: float | None = None
    period: str = ""
    vintage: int | None = None
    level_used: str = ""
    table: str = ""
    flags: tuple[str, ...] = ()


def figures_of(
    indicators: Iterable[Indicator], target: Target, held: Held, failed: frozenset[str] = frozenset()
) -> list[Figure]:
    """`failed` are the measures that could not be asked for just now."""
    return [
        figure
        for indicator in indicators
        for figure in Comparison(indicator, target, held, bool(failed & indicator.all_measures)).figures()
    ]


def has_value(indicator: Indicator, target: Target, held: Held) -> bool:
    """True when some period has a figure for any area of the comparison."""
    return Comparison(indicator, target, held).year is not None


def rounded(value: float, decimals: int) -> float:
    """Halves away from zero, as CBS does."""
    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP))


@dataclass(frozen=True)
class Year:
    """All numbers one indicator needs in one period, for the codes of one comparison."""

    indicator: Indicator
    period: str
    cells: Mapping[str, Cells]

    @property
    def table(self) -> TableId | None:
        """The table of the first part that has numbers: the one of the indicator's own source."""
        tables = (self.cells[measure].table for measure in self.indicator.parts)
        return next((table for table in tables if table), None)

    def value(self, codes: Sequence[str]) -> float | None:
        """Of one area, or of a set: counts added up, rates recomputed from the added-up parts."""
        indicator = self.indicator
        if indicator.formula:
            return self.combined(indicator.formula, codes)
        if indicator.count:
            return self.total(indicator.measures, codes)
        if len(codes) == 1:
            return self.total(indicator.measures, codes)
        return self.combined(indicator.combine, codes) if indicator.combine else None

    def combined(self, how: Combination, codes: Sequence[str]) -> float | None:
        below = self.total(how.denominator, codes)
        above = self.total(how.numerator, codes)
        if above is None or not below:
            return None
        return rounded(above / below * how.times, self.indicator.decimals)

    def total(self, measures: Sequence[str], codes: Sequence[str]) -> float | None:
        found = [self.cells[measure].sum_of(codes) for measure in measures]
        return None if None in found else sum(value for value in found if value is not None)

    def combinable(self, codes: Sequence[str]) -> bool:
        """Counts and our own rates are; an average only where its parts are published."""
        if self.indicator.count or self.indicator.formula:
            return True
        how = self.indicator.combine
        return how is not None and any(self.combined(how, [code]) is not None for code in codes)


class Comparison:
    """One indicator for all areas of a target."""

    def __init__(self, indicator: Indicator, target: Target, held: Held, failed: bool = False) -> None:
        self.indicator = indicator
        self.target = target
        self.held = held
        self.failed = failed
        self.year = next(self.years(), None)

    def years(self) -> Iterator[Year]:
        """The periods with a figure for any of the areas, the newest first."""
        singles = [[code] for code in self.target.all_codes]
        for period in self.held.periods(self.indicator.parts):
            year = self.in_period(period)
            if any(year.value(codes) is not None for codes in singles):
                yield year

    def in_period(self, period: str) -> Year:
        codes = self.target.all_codes
        cells = {measure: self.held.cells(measure, period, codes) for measure in self.indicator.all_measures}
        return Year(self.indicator, period, cells)

    def figures(self) -> list[Figure]:
        if self.year is None:
            status = "failed" if self.failed else "not_published"
            return [self.empty(place, status) for place in self.target.places]
        return [self.figure(place, self.year) for place in self.target.places]

    def figure(self, place: Place, year: Year) -> Figure:
        if len(place.codes) > 1 and not year.combinable(place.codes):
            return self.empty(place, "not_combinable")
        value = year.value(place.codes)
        if value is not None:
            return self.filled(place, place, value, year)
        if self.failed and not all(self.held.was_asked(year.table, code) for code in place.codes):
            return self.empty(place, "failed")
        if place.role == "asked" and not self.indicator.count:
            larger = self.stand_in(place, year)
            if larger:
                return larger
        return self.empty(place, self.why_empty(place, year))

    def stand_in(self, place: Place, year: Year) -> Figure | None:
        for larger in self.target.larger:
            value = year.value(larger.codes)
            if value is not None:
                return replace(self.filled(place, larger, value, year), status="fallback")
        return None

    def why_empty(self, place: Place, year: Year) -> str:
        """Suppressed where the source does publish it for the gemeente or the country."""
        above = [larger for larger in (*self.target.gemeenten, *self.target.land) if larger != place]
        known = any(year.value(larger.codes) is not None for larger in above)
        return "suppressed" if known and place.level != "land" else "not_published"

    def filled(self, place: Place, used: Place, value: float, year: Year) -> Figure:
        table = year.table
        return replace(
            self.empty(place, "ok"),
            value=value,
            period=year.period,
            vintage=table.vintage if table else None,
            table=table.name if table else "",
            level_used=used.level,
            flags=self.flags(used, year, modelled=self.indicator.modelled),
        )

    def empty(self, place: Place, status: str) -> Figure:
        """A row without a value; its period and table say where was looked, if anywhere."""
        year = self.year
        table = year.table if year else None
        return Figure(
            indicator=self.indicator.id,
            chapter=self.indicator.chapter,
            role=place.role,
            code=place.code,
            level=place.level,
            source=self.indicator.source,
            status=status,
            period=year.period if year else "",
            vintage=table.vintage if table else None,
            table=table.name if table else "",
            flags=self.flags(place, year),
        )

    def flags(self, place: Place, year: Year | None, *, modelled: bool = False) -> tuple[str, ...]:
        few = few_inhabitants(place, self.held, year.period if year else "")
        return (*(["modelled"] if modelled else []), *(["few_inhabitants"] if few else []))


def few_inhabitants(place: Place, held: Held, period: str) -> bool:
    """True below 200 inhabitants in that year; where that year is unknown, in the newest known one."""
    in_period = held.cells(INHABITANTS, period, place.codes).sum_of(place.codes) if period else None
    if in_period is not None:
        return in_period < FEW_INHABITANTS
    newest = [held.newest(INHABITANTS, code) for code in place.codes]
    return None not in newest and sum(value or 0 for value in newest) < FEW_INHABITANTS
