"""From published numbers to the figures of a scan. Pure: no database, no clock.

For each indicator the newest year is chosen in which anything is published for the asked area, its
wijk, its gemeente or the country; every area is shown for that same year, so that the comparison
is fair. An empty asked area is replaced, visibly, by the nearest larger area (never a count: the
number of the wijk is no estimate of that of the buurt). A larger area is never replaced.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from buurtscan.catalogue import Combination, Indicator
from buurtscan.comparison import Point, Spot
from buurtscan.held import Cells, Held, Number, TableId
from buurtscan.target import Place, Target

FEW_INHABITANTS = 200
FEW_CASES = 10
WITH_TREND = frozenset({"asked", "gemeente", "land"})
INHABITANTS = "T001036"
NOT_IN_VINTAGE = "not_in_vintage"

__all__ = ["Cells", "Comparison", "Figure", "Held", "Number", "TableId", "Year", "figures_of", "rounded"]


@dataclass(frozen=True)
class Figure:
    """One figure for one area. `value` as published (%, × 1 000 €); None unless status is ok or fallback.

    `spot`, `median` and `alike` are filled in by what knows the whole country; `trend` is of the area
    itself, also where a larger one stands in for the newest period.
    """

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
    trend: tuple[Point, ...] = ()
    spot: Spot | None = None
    median: float | None = None
    alike: tuple[tuple[str, float], ...] = ()


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
    """Halves away from zero, as CBS does; never a negative zero."""
    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)) + 0.0


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
        return rounded(above * how.times / below, self.indicator.decimals)

    def values(self) -> dict[str, float]:
        """Of every area that has one, each alone."""
        indicator = self.indicator
        if not indicator.formula and len(indicator.measures) == 1:
            return dict(self.cells[indicator.measures[0]].values)
        codes = set.intersection(*(set(self.cells[measure].values) for measure in indicator.parts))
        found = ((code, self.value([code])) for code in sorted(codes))
        return {code: value for code, value in found if value is not None}

    def total(self, measures: Sequence[str], codes: Sequence[str]) -> float | None:
        found = [self.cells[measure].sum_of(codes) for measure in measures]
        return None if None in found else sum(value for value in found if value is not None)

    def any_value(self, codes: Sequence[str]) -> bool:
        """One of the areas has a figure of its own: there is something to show beside each other."""
        return any(self.value([code]) is not None for code in codes)

    def few_cases(self, codes: Sequence[str]) -> bool:
        """A rate of fewer than ten cases: one more or less changes it much. Not said of who lives here."""
        formula = self.indicator.formula
        if formula is None or self.indicator.composition:
            return False
        cases = self.total(formula.numerator, codes)
        return cases is not None and cases < FEW_CASES

    def combinable(self, codes: Sequence[str]) -> bool:
        """Counts and our own rates are; an average only where its parts are published."""
        if self.indicator.count or self.indicator.formula:
            return True
        how = self.indicator.combine
        return how is not None and any(self.combined(how, [code]) is not None for code in codes)


def year_of(indicator: Indicator, held: Held, period: str, codes: Sequence[str]) -> Year:
    return Year(
        indicator,
        period,
        {measure: held.cells(measure, period, codes) for measure in indicator.all_measures},
    )


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
        return year_of(self.indicator, self.held, period, self.target.all_codes)

    def figures(self) -> list[Figure]:
        if self.year is None:
            status = "failed" if self.failed else "not_published"
            return [self.empty(place, status) for place in self.target.places]
        years = [self.in_period(period) for period in reversed(self.held.periods(self.indicator.parts))]
        return [
            replace(self.figure(place, self.year), trend=self.trend(place, years))
            for place in self.target.places
        ]

    def trend(self, place: Place, years: Sequence[Year]) -> tuple[Point, ...]:
        """What the area had in each period; no point where it was not there or had no figure."""
        if place.role not in WITH_TREND:
            return ()
        values = ((year.period, year.value(place.codes)) for year in years)
        return tuple(
            Point(period, value, self.indicator.series(period))
            for period, value in values
            if value is not None
        )

    def figure(self, place: Place, year: Year) -> Figure:
        if len(place.codes) > 1 and not year.combinable(place.codes) and year.any_value(place.codes):
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
                found = self.filled(place, larger, value, year)
                new = (NOT_IN_VINTAGE,) if self.not_in_vintage(place, year) else ()
                return replace(found, status="fallback", flags=(*found.flags, *new))
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
        found = {
            "modelled": modelled,
            "few_inhabitants": few_inhabitants(place, self.held, year.period if year else ""),
            "few_cases": year is not None and year.few_cases(place.codes),
            NOT_IN_VINTAGE: self.not_in_vintage(place, year),
        }
        return tuple(flag for flag, there in found.items() if there)

    def not_in_vintage(self, place: Place, year: Year | None) -> bool:
        """CBS has numbers of what lies around within these boundaries, and none at all of this area."""
        table = year.table if year else None
        if table is None or place.level == "land":
            return False
        around = [code for larger in self.target.around if larger != place for code in larger.codes]
        known = self.held.cells(INHABITANTS, str(table.vintage), around).table
        return known is not None and not all(self.held.was_asked(known, code) for code in place.codes)


def few_inhabitants(place: Place, held: Held, period: str) -> bool:
    """True below 200 inhabitants in that year; where that year is unknown, in the newest known one."""
    in_period = held.cells(INHABITANTS, period, place.codes).sum_of(place.codes) if period else None
    if in_period is not None:
        return in_period < FEW_INHABITANTS
    newest = [held.newest(INHABITANTS, code) for code in place.codes]
    return None not in newest and sum(value or 0 for value in newest) < FEW_INHABITANTS
